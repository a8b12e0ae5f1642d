"""The facilitator's board: a focus group live on one screen, the join screen and the poster."""

from litestar import Router

from workshop.pages.board import board as live_board
from workshop.pages.board import gathering, join_screen, meeting_settings, moderation, poster, run_sheet, running, tables

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
        running.take_step,
        running.change_the_timer,
        running.change_reveals,
        running.change_projected,
        meeting_settings.show_settings,
        meeting_settings.save_settings,
        run_sheet.show_run_sheet,
        run_sheet.create_run_sheet,
        run_sheet.create_step,
        run_sheet.show_step,
        run_sheet.save_step,
        run_sheet.put_step_elsewhere,
        run_sheet.take_step_away,
        join_screen.show_join_screen,
        join_screen.show_joined,
        poster.show_poster,
        tables.show_tables,
        tables.change_tables,
    ],
)
