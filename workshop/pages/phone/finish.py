"""Finishing: a borrowed phone forgets who used it."""

from litestar import get, post
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER

from workshop.pages.phone.device import no_device_cookie
from workshop.pages.phone.visit import TheVisit, phone_page
from workshop.web.answers import AnyRequest, see_other
from workshop.web.scope import TheSettings


@get("/finish", name="phone.finish", include_in_schema=False)
async def confirm_finish(request: AnyRequest, visit: TheVisit, cleared: FromQuery[str] = "") -> Template:
    """The question; once the phone is ``cleared``, thanks and what happens next."""
    if cleared and visit.participant is None:
        return phone_page(request, "finished.html", visit)
    return phone_page(request, "finish.html", visit)


@post("/finish", name="phone.finish.create", status_code=HTTP_303_SEE_OTHER, include_in_schema=False)
async def finish(request: AnyRequest, visit: TheVisit, settings: TheSettings) -> Redirect:
    """Takes the cookie away; what was sent stays where it is."""
    path = request.app.route_reverse("phone.finish", join_token=visit.focus_group.join_token)
    answer = see_other(request, f"{path}?cleared=yes")
    answer.set_cookie(no_device_cookie(settings, visit.focus_group))
    # Browsers obey over https only; static/js/phone.js does it for the others.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
