"""Page or fragment: how a handler answers a browser with and without htmx."""

import asyncio
from typing import Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import MediaType
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_204_NO_CONTENT,
    HTTP_303_SEE_OTHER,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from workshop.accounts.policy import Member, Permission
from workshop.settings import Settings
from workshop.web.cookies import cookie_name, new_cookie
from workshop.web.flash import NAME, leave_flash, read_flash
from workshop.web.throttle import TooManyAttempts

AnyRequest = Request[Any, Any, State]
PLAIN_HTTP = (
    "This address uses plain http: what people write crosses the network unencrypted. "
    "Use it for trying out, or on a closed network."
)


def is_htmx(request: AnyRequest) -> bool:
    """Whether htmx (or our own script) asks, so that a fragment is enough."""
    # As the header came: every submission asks, and Litestar would make a mapping of all headers first.
    return (b"hx-request", b"true") in request.scope["headers"]


def page(request: AnyRequest, template: str, *, status_code: int = HTTP_200_OK, **context: Any) -> Template:
    """A whole page with what its layout needs: the member's navigation, standing notices, and the flash message."""
    settings: Settings = request.app.state.settings
    member: Member | None = request.scope.get("user")
    flash = read_flash(request, settings)
    if member is not None:
        context = _desk(request, settings, member) | context
    answer = Template(template, context={"flash": flash, **context}, status_code=status_code)
    if flash:
        answer.set_cookie(new_cookie(settings, NAME, "", seconds=0))
    return answer


def has_flash(request: AnyRequest) -> bool:
    """Whether the last answer may have left a message, which ``page`` shows and takes away."""
    return cookie_name(request.app.state.settings, NAME) in request.cookies


def fragment(template: str, *, status_code: int = HTTP_200_OK, **context: Any) -> Template:
    """A part of a page, to be swapped in."""
    return Template(template, context=context, status_code=status_code)


def nothing_new() -> Response[str]:
    """204, to a page that asked what has changed and has it all."""
    return Response("", status_code=HTTP_204_NO_CONTENT, media_type=MediaType.HTML)


def reload_page() -> Response[str]:
    """To a page that asked what has changed and is out of date as a whole, since what it shows is gone."""
    return Response("", headers={"HX-Refresh": "true"}, media_type=MediaType.HTML)


async def rendered_aside(request: AnyRequest, answer: Template) -> Response[str]:
    """``answer``, rendered in a thread: a page of thousands of points would hold up everybody else meanwhile."""
    template = request.app.template_engine.get_template(answer.template_name)  # type: ignore[union-attr]  # there is one
    text: str = await asyncio.to_thread(template.render, request=request, **answer.context)
    return Response(
        text,
        media_type=MediaType.HTML,
        status_code=answer.status_code or HTTP_200_OK,
        headers=answer.headers,
        cookies=answer.cookies,
    )


def see_other(request: AnyRequest, path: str, *, success: str = "", problem: str = "") -> Redirect:
    """303 to ``path``, with a message for it."""
    answer = Redirect(path, status_code=HTTP_303_SEE_OTHER)
    if success or problem:
        settings: Settings = request.app.state.settings
        leave_flash(answer, settings, "problem" if problem else "success", problem or success)
    return answer


def refused(request: AnyRequest, template: str, errors: dict[str, str], **context: Any) -> Template:
    """422: the page again, with the words kept and an error beside each field that has one."""
    return page(request, template, status_code=HTTP_422_UNPROCESSABLE_ENTITY, errors=errors, **context)


def refused_for_now(request: AnyRequest, template: str, problem: TooManyAttempts, **context: Any) -> Template:
    """429: the page again, with the words kept and when to try again."""
    answer = page(request, template, status_code=problem.status_code, errors={"": problem.sentence}, **context)
    answer.headers.update(problem.headers or {})
    return answer


def _desk(request: AnyRequest, settings: Settings, member: Member) -> dict[str, Any]:
    items = [
        ("Programmes", "programmes", Permission.READ_RESULTS, ("/programmes", "/focus-groups", "/deletion-records")),
        ("Accounts", "accounts", Permission.MANAGE_ACCOUNTS, ("/accounts",)),
    ]
    navigation = [
        {"text": text, "href": request.app.route_reverse(name), "current": request.url.path.startswith(within)}
        for text, name, permission, within in items
        if member.may(permission)
    ]
    return {
        "member": member,
        "account": member,
        "account_url": request.app.route_reverse("account"),
        "sign_out_url": request.app.route_reverse("sign-out"),
        "partnership": member.partnership,
        "navigation": navigation,
        "notices": [] if settings.is_https else [PLAIN_HTTP],
    }
