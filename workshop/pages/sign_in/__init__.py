"""(to be written)."""

from litestar import Router

sign_in = Router("/", route_handlers=[])
