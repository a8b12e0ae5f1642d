"""(to be written)."""

from litestar import Router

board = Router("/", route_handlers=[])
