"""Rehearsing a meeting with pretend phones."""

from litestar import Router

from workshop.pages.rehearsal import rehearsing

rehearsal = Router(
    "/",
    route_handlers=[rehearsing.ask_before_rehearsal, rehearsing.begin, rehearsing.end],
)
