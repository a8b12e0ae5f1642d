"""(to be written)."""

from litestar import Router

api = Router("/api", route_handlers=[])
