"""Pages for everybody: the front door and the signs of life."""

from litestar import Router

from workshop.pages.public.health import live, ready
from workshop.pages.public.home import join_by_code, show_home

public = Router("/", route_handlers=[show_home, join_by_code, live, ready])
