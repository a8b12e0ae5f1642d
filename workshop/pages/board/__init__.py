"""The facilitator's board: a focus group live on one screen, the join screen and the poster."""

from litestar import Router

from workshop.pages.board import board as live_board
from workshop.pages.board import gathering, join_screen, moderation, poster

board = Router(
    "/",
    route_handlers=[
        live_board.show_board,
        live_board.show_changes,
        live_board.stream,
        moderation.hide_point,
        moderation.show_point,
        gathering.open_group,
        gathering.confirm_closure,
        gathering.close_group,
        join_screen.show_join_screen,
        join_screen.show_joined,
        poster.show_poster,
    ],
)
