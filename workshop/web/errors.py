"""What a person sees when something cannot be done: one place turns facts and failures into pages."""

from typing import Any
from urllib.parse import urlencode

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException
from litestar.response import Redirect
from litestar.status_codes import (
    HTTP_303_SEE_OTHER,
    HTTP_404_NOT_FOUND,
    HTTP_409_CONFLICT,
    HTTP_500_INTERNAL_SERVER_ERROR,
)

from workshop.accounts.writes import SignInOver
from workshop.facts import NotFound, Refused
from workshop.web.answers import is_htmx, page
from workshop.web.guard import SignedOut
from workshop.web.throttle import TooManyAttempts

log = structlog.get_logger()
TITLES = {
    400: "This did not arrive as it was sent",
    403: "You cannot do this",
    404: "Page not found",
    405: "Page not found",
    409: "This could not be done",
    413: "That is too large",
    429: "Too many attempts",
    500: "Sorry, something went wrong",
}
SENTENCES = {
    400: "Go back, reload the page and try again.",
    404: "Check the address. If you followed a link or scanned a code, ask whoever gave it to you for a new one.",
    405: "This address is not a page. Go back and try again.",
    413: "A form may hold half a megabyte, an uploaded file 20 megabytes.",
    429: "Wait a few minutes, then try again.",
    500: "Nothing was lost that was said to be saved. Go back and try again in a moment.",
}


def show_error(request: Request[Any, Any, Any], problem: Exception) -> Response[Any]:
    """A page (for htmx the same page's words) with what went wrong and what to do next."""
    if isinstance(problem, SignedOut | SignInOver):
        return _to_sign_in(request)
    headers: dict[str, str] = {}
    if isinstance(problem, Refused):
        status = HTTP_404_NOT_FOUND if isinstance(problem, NotFound) else HTTP_409_CONFLICT
        sentence = str(problem)
    elif isinstance(problem, HTTPException) and not isinstance(problem, InternalServerException):
        status = problem.status_code
        sentence = problem.sentence if isinstance(problem, TooManyAttempts) else SENTENCES.get(status, problem.detail)
        headers = problem.headers or {}
    else:
        # Without its message, which may hold the words of the request (workshop/logs.py).
        log.error("request.failed", path_template=request.scope.get("path_template"), exc_info=problem)
        status, sentence = HTTP_500_INTERNAL_SERVER_ERROR, SENTENCES[HTTP_500_INTERNAL_SERVER_ERROR]
    title = TITLES.get(status, "This could not be done")
    answer = page(request, "errors/error.html", status_code=status, title=title, sentence=sentence)
    answer.headers.update(headers)
    return answer


def _to_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    sign_in = request.app.route_reverse("sign-in")
    if is_htmx(request):
        return Response("", status_code=200, headers={"HX-Redirect": sign_in})
    going = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    following = f"?{urlencode({'next': going})}" if request.method == "GET" else ""
    return Redirect(f"{sign_in}{following}", status_code=HTTP_303_SEE_OTHER)


ERROR_HANDLERS: dict[int | type[Exception], Any] = {
    Refused: show_error,
    HTTPException: show_error,
    Exception: show_error,
}
