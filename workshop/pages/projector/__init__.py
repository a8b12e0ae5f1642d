"""The projector: what the room sees on the big screen."""

from litestar import Router

from workshop.pages.projector import projector as big_screen

projector = Router(
    "/",
    route_handlers=[big_screen.show_projector, big_screen.show_changes, big_screen.stream],
)
