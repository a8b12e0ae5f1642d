"""The practitioner's phone: no account, one focus group, from the QR code to the thank-you."""

from litestar import Router
from litestar.di import Provide

from workshop.pages.phone.contributions import create_contribution
from workshop.pages.phone.done import say_done
from workshop.pages.phone.done import take_back as take_done_back
from workshop.pages.phone.finish import confirm_finish, finish
from workshop.pages.phone.join import join, show_join
from workshop.pages.phone.now import show_now, show_standing
from workshop.pages.phone.others import say, show_others, take_back_me_too
from workshop.pages.phone.own_point import (
    confirm_removal,
    edit_contribution,
    remove_contribution,
    update_contribution,
)
from workshop.pages.phone.scale import answer, show_scale
from workshop.pages.phone.stream import stream
from workshop.pages.phone.table import join_table, show_table
from workshop.pages.phone.themes import show_theme, show_themes
from workshop.pages.phone.visit import provide_visit
from workshop.pages.phone.votes import give_vote, show_votes, take_back
from workshop.pages.phone.waiting import show_waiting

phone = Router(
    "/j/{join_token:str}",
    route_handlers=[
        show_join,
        join,
        show_table,
        join_table,
        show_themes,
        show_theme,
        create_contribution,
        edit_contribution,
        update_contribution,
        confirm_removal,
        remove_contribution,
        show_others,
        say,
        take_back_me_too,
        show_votes,
        give_vote,
        take_back,
        show_scale,
        answer,
        show_now,
        show_standing,
        stream,
        show_waiting,
        say_done,
        take_done_back,
        confirm_finish,
        finish,
    ],
    # Read by those that show a page. Submissions do without: the inbox's own transaction checks.
    dependencies={"visit": Provide(provide_visit)},
)
