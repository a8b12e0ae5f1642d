"""Every route of the app, taken from the app itself, and what fills it in: for the tests that walk them all."""

import re
import tempfile
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from litestar.handlers import HTTPRouteHandler

from tests.conftest import settings_in
from workshop.accounts.policy import Permission
from workshop.app import create_app

PUBLIC = {
    "home": "the front door",
    "home.join": "a code is typed in",
    "health.live": "for whoever watches",
    "health.ready": "for whoever watches",
    "assets.serve": "static files",
    "sign-in": "before signing in",
    "sign-in.create": "before signing in",
    "sign-out": "does nothing for a stranger",
    "password": "the link is the secret",
    "password.create": "the link is the secret",
    "first-start": "dead as soon as there is an account",
    "first-start.create": "dead as soon as there is an account",
    # A phone has no account: its link and its cookie say what it may see (tests/pages/phone).
    "phone.join": "the link is the secret",
    "phone.join.create": "the link is the secret",
    "phone.table": "the link is the secret",
    "phone.table.create": "the link is the secret",
    "phone.themes": "the device's cookie",
    "phone.theme": "the device's cookie",
    "phone.others": "the device's cookie",
    "phone.me-too.create": "the device's cookie",
    "phone.me-too.take-back": "the device's cookie",
    "phone.votes": "the device's cookie",
    "phone.votes.create": "the device's cookie",
    "phone.votes.take-back": "the device's cookie",
    "phone.scale": "the device's cookie",
    "phone.scale.create": "the device's cookie",
    "phone.now": "the device's cookie",
    "phone.standing": "the link is the secret; it holds nobody's words",
    "phone.stream": "the device's cookie",
    "phone.waiting": "the device's cookie",
    "phone.done": "the device's cookie",
    "phone.done.take-back": "the device's cookie",
    "phone.finish": "the device's cookie",
    "phone.finish.create": "the device's cookie",
    "contributions.create": "the device's cookie",
    "contributions.edit": "the device's cookie",
    "contributions.update": "the device's cookie",
    "contributions.removal": "the device's cookie",
    "contributions.removal.create": "the device's cookie",
}
# What an id of the path is called in the world, where it is not the parameter's own name.
PATH_IDS = {
    "focus-group.removal": {"focus_group_id": "empty_focus_group_id"},
    "focus-group.remove": {"focus_group_id": "empty_focus_group_id"},
    "programme.theme.removal": {"theme_id": "empty_theme_id"},
    "programme.theme.remove": {"theme_id": "empty_theme_id"},
    "programme.agency.removal": {"agency_id": "unused_agency_id"},
    "programme.agency.remove": {"agency_id": "unused_agency_id"},
    "room.edit": {"contribution_id": "room_contribution_id"},
    "room.update": {"contribution_id": "room_contribution_id"},
    "room.deletion": {"contribution_id": "room_contribution_id"},
    "room.delete": {"contribution_id": "room_contribution_id"},
    "points.showing": {"contribution_id": "hidden_contribution_id"},
    "points.release": {"contribution_id": "held_contribution_id"},
    "points.rewording": {"contribution_id": "held_contribution_id"},
    "points.rewording.create": {"contribution_id": "held_contribution_id"},
    "grouping.take-out": {"finding_id": "room_finding_id"},
    "grouping.word": {"finding_id": "room_finding_id"},
    "rehearsal.end": {"focus_group_id": "rehearsed_focus_group_id"},
    "import.mapping": {"import_id": "unmapped_import_id"},
    "import.map": {"import_id": "unmapped_import_id"},
    "recommendations.bring-back": {"recommendation_id": "omitted_recommendation_id"},
    "exports.file": {"kind": "kind"},
}
MEETING = {"date-day": "1", "date-month": "12", "date-year": "2026", "mode": "virtual"}
# Route name → the form that it takes, with {ids} of the world.
BODIES: dict[str, dict[str, Any]] = {
    "account.password": {"old_password": "the words of yesterday", "password": "the words of tomorrow"},
    "account.token.revocation.create": {},
    "accounts.create": {"email": "new@example.org", "name": "New", "role": "viewer"},
    "accounts.link": {},
    "accounts.removal.create": {},
    "accounts.role.create": {"role": "facilitator"},
    "closure.create": {},
    "concerns.create": {},
    "concerns.passing-on.create": {
        "to": "Duty social worker",
        "day-day": "1",
        "day-month": "10",
        "day-year": "2020",
    },
    "facilitators.create": {"email": "another@example.org"},
    "facilitators.change": {"email": "shares@example.org", "change": "hand over"},
    "tables.change": {"tables": "3"},
    "findings.add": {
        "target": "finding:{finding_id}",
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "points": "{loose_contribution_id}",
    },
    "findings.create": {
        "heading": "A heading",
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "points": "{loose_contribution_id}",
    },
    "findings.delete": {},
    "findings.split": {"split_heading": "Another heading", "points": "{contribution_id}"},
    "findings.take-out": {"points": "{contribution_id}"},
    "findings.word": {"heading": "Better words", "based_on": "First"},
    "focus-group.attendance.change": {"people": "3"},
    "focus-group.details.change": MEETING,
    "focus-group.archive": {},
    "focus-group.remove": {},
    "focus-groups.create": MEETING,
    "grouping.add": {
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "points": "{loose_contribution_id}",
        "to": "{room_finding_id}",
    },
    "grouping.create": {
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "points": "{loose_contribution_id}",
        "heading": "Together",
    },
    "grouping.merge": {
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "findings": ["{room_finding_id}", "{other_room_finding_id}"],
    },
    "grouping.offer-again": {"theme": "{theme_id}", "column": "needs_to_happen"},
    "grouping.redo": {"theme": "{theme_id}", "column": "needs_to_happen"},
    "grouping.refuse": {"theme": "{theme_id}", "column": "needs_to_happen", "points": "{loose_contribution_id}"},
    "grouping.suggest": {"theme": "{theme_id}", "column": "needs_to_happen"},
    "grouping.take-out": {"theme": "{theme_id}", "column": "needs_to_happen", "points": "{grouped_contribution_id}"},
    "grouping.undo": {"theme": "{theme_id}", "column": "needs_to_happen"},
    "grouping.word": {"theme": "{theme_id}", "column": "needs_to_happen", "heading": "Earlier", "based_on": "Early"},
    "import.cancel": {},
    "import.create": {},
    "import.map": {"uses": "{theme_id}:needs_to_happen"},
    "import.mend": {},
    "import.upload": {},
    "meeting-settings.change": {"is_together": "yes", "is_blind": "yes", "votes_each": "4"},
    "opening": {},
    "point-purge.create": {"confirmed": "yes"},
    "points.hiding": {},
    "points.holding": {},
    "points.release": {},
    "points.rewording.create": {
        "text": "Said without a name.",
        "based_on": "Held: Jayden’s mum said so.",
        "concern": "no",
        "then": "show",
    },
    "points.showing": {},
    "programme.agencies.create": {"name": "Fire and rescue"},
    "programme.agency.change": {"name": "Social care"},
    "programme.agency.remove": {},
    "programme.columns.change": {
        "framework": "own",
        "working_well": "What works?",
        "worried_about": "What worries you?",
        "needs_to_happen": "What next?",
    },
    "programme.delete": {"title": "{title}"},
    "priorities.totals": {"shown": "yes"},
    "priorities.votes-each": {"votes_each": "5"},
    "programme.details.change": {"title": "Another title", "purpose": "To learn.", "group_word": "workshop"},
    "programme.privacy.change": {
        "controller": "The council",
        "privacy_notice_url": "https://example.org/privacy",
        "safeguarding_contacts": "01632 960 100",
        "retention_days": "60",
        "minimum_count": "6",
    },
    "programme.scale.change": {"question": "How well?", "lowest": "Not at all", "highest": "Always"},
    "programme.theme.change": {"name": "Another name"},
    "programme.theme.position": {"move": "down"},
    "programme.theme.remove": {},
    "programme.themes.create": {"name": "One more theme"},
    "programmes.create": {
        "title": "A new programme",
        "group_word": "workshop",
        "framework": "signs_of_safety",
        "themes": "One",
        "agencies": "Police",
    },
    "projected.change": {"projected": "points:{theme_id}", "theme": "{theme_id}"},
    "questions.answer": {"every": "no", "seen": "999999", "confirmed": "yes"},
    "taken-back.answer": {"every": "no", "seen": "999999", "confirmed": "yes"},
    "purge.create": {"confirmed": "yes", "looked": "yes"},
    "recommendations.bring-back": {},
    "recommendations.delete": {},
    "recommendations.create": {
        "text": "Do something",
        "heading": "Something",
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "points": "{loose_contribution_id}",
    },
    "recommendations.layout": {"flat": "yes"},
    "recommendations.leave-out": {"reason": "It is done"},
    "recommendations.merge": {
        "other": "{other_recommendation_id}",
        "text": "Both",
        "based_on": "Do it",
        "other_based_on": "Do that too",
    },
    "recommendations.move": {"move": "down"},
    "recommendations.redo": {},
    "recommendations.split": {"split_text": "The other half", "findings": "{finding_id}"},
    "recommendations.theme": {"theme": ""},
    "recommendations.undo": {"step": "1"},
    "recommendations.word": {"text": "Do it soon", "based_on": "Do it"},
    "rehearsal.create": {},
    "rehearsal.end": {},
    "reveals.change": {"reveal": "all"},
    "room.create": {
        "theme": "{theme_id}",
        "column": "working_well",
        "text": "From a paper note.",
        "client_id": "{new_id}",
    },
    "room.delete": {},
    "room.update": {"text": "Written better."},
    "run-sheet.create": {"layout": "columns"},
    "run-sheet.step.change": {"title": "Ten minutes of quiet", "minutes": "10"},
    "run-sheet.step.position": {"move": "down"},
    "run-sheet.step.remove": {},
    "run-sheet.steps.create": {"what": "own", "title": "A break", "minutes": "10"},
    "scale.ask": {"about": "{theme_id}"},
    "scale.stop": {"about": "{theme_id}"},
    "scale.take-over": {"about": "{theme_id}"},
    "scale.words": {"about": "whole", "question": "How well?", "lowest": "Not at all", "highest": "Always"},
    "sign-in.partnership.create": {"membership": "{own_membership_id}"},
    "step.create": {"to": "{step_id}"},
    "timer.change": {"timer": "start:10"},
}
JSON_BODIES: dict[str, dict[str, Any]] = {
    "api.contributions.create": {
        "client_id": "{new_id}",
        "theme_id": "{theme_id}",
        "column": "worried_about",
        "text": "Sent by a script.",
    },
    "api.programmes.create": {
        "format": "workshop-programme/1",
        "title": "From a file",
        "purpose": "",
        "minimum_count": 5,
        "columns": [
            {"kind": "working_well", "question": "Well?"},
            {"kind": "worried_about", "question": "Worried?"},
            {"kind": "needs_to_happen", "question": "Next?"},
        ],
        "themes": [],
        "agencies": [],
        "focus_groups": [],
        "findings": [],
        "recommendations": [],
    },
}
FILES = {"import.upload": {"file": ("points.csv", b"theme,column,agency,text\r\n,,,Words\r\n", "text/csv")}}
QUERIES = {"recommendations.merger": {"other": "{other_recommendation_id}"}}
# Conflicts that are the right answer to a valid request, with the reason.
RIGHTLY_REFUSED = {
    "findings.delete": (HTTPStatus.CONFLICT, "points stand under it"),
    "recommendations.delete": (HTTPStatus.CONFLICT, "points stand behind it"),
    "programme.delete": (HTTPStatus.UNPROCESSABLE_ENTITY, "a concern of it has not been passed on"),
    "account.password": (HTTPStatus.UNPROCESSABLE_ENTITY, "the cast has no passwords"),
}


@dataclass(frozen=True)
class Route:
    """One way to ask: a route's name, method and pattern, and who may."""

    name: str
    method: str
    path: str
    permission: Permission | None

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+):\w+}", self.path)

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")


def routes_of_app() -> list[Route]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_in(Path(folder)))
    return sorted(
        (
            Route(handler.name or "", method, route.path, handler.opt.get("permission"))
            for route in app.routes
            for handler in getattr(route, "route_handlers", [])
            if isinstance(handler, HTTPRouteHandler) and not _is_litestars_own(handler, route.path)
            for method in handler.http_methods
            if method != "OPTIONS"
        ),
        key=lambda route: (route.path, route.method),
    )


def _is_litestars_own(handler: HTTPRouteHandler, path: str) -> bool:
    """The OpenAPI document, public on purpose, and what Litestar puts beside it."""
    return path in {"/api", "/api/openapi.json", "/api/{path:str}"} and "GET" in handler.http_methods


ROUTES = routes_of_app()
FOR_MEMBERS = [route for route in ROUTES if route.permission]
SCOPED = [route for route in FOR_MEMBERS if set(route.parameters) - {"kind", "token_id"}]


def at(route: Route, ids: dict[str, str]) -> str:
    """The route's path with its parameters filled in."""
    return re.sub(r"{(\w+):\w+}", lambda found: ids[found[1]], route.path)


def filled(body: Any, known: dict[str, str]) -> Any:
    """A body with the world's ids in it."""
    if isinstance(body, dict):
        return {key: filled(value, known) for key, value in body.items()}
    if isinstance(body, list):
        return [filled(item, known) for item in body]
    return body.format(**known) if isinstance(body, str) else body
