"""(to be written)."""

from litestar import Router

admin = Router("/", route_handlers=[])
