"""(to be written)."""

from litestar import Router

phone = Router("/", route_handlers=[])
