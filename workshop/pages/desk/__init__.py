"""(to be written)."""

from litestar import Router

desk = Router("/", route_handlers=[])
