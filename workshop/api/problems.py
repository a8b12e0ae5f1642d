"""Errors of the API as problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException
from litestar.openapi.datastructures import ResponseSpec
from litestar.status_codes import (
    HTTP_400_BAD_REQUEST,
    HTTP_401_UNAUTHORIZED,
    HTTP_403_FORBIDDEN,
    HTTP_404_NOT_FOUND,
    HTTP_409_CONFLICT,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    HTTP_422_UNPROCESSABLE_ENTITY,
    HTTP_500_INTERNAL_SERVER_ERROR,
)

from workshop.facts import NotFound, Refused
from workshop.web.guard import SignedOut

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger()


class Problem(msgspec.Struct, omit_defaults=True):
    """Problem details. ``field`` names the key at fault, ``problems`` every fault of a programme file."""

    title: str
    status: Annotated[int, msgspec.Meta(ge=400, le=599)]
    type: str = "about:blank"
    detail: str = ""
    field: str | None = None
    problems: list[str] = []


def responses(*statuses: int) -> dict[int, ResponseSpec]:
    """What the OpenAPI document says of the errors that every route may answer with, and of these."""
    always = (HTTP_400_BAD_REQUEST, HTTP_401_UNAUTHORIZED, HTTP_403_FORBIDDEN, HTTP_404_NOT_FOUND)
    return {
        status: ResponseSpec(Problem, media_type=MEDIA_TYPE, description=HTTPStatus(status).phrase)
        for status in (*always, *statuses)
    }


READ = responses()
WRITE = responses(HTTP_409_CONFLICT, HTTP_413_REQUEST_ENTITY_TOO_LARGE, HTTP_422_UNPROCESSABLE_ENTITY)


def answer_problem(request: Request[Any, Any, Any], exception: Exception) -> Response[Any]:
    """Problem details for whatever was raised; a failure of ours is logged without the request's words."""
    detail, field = "", None
    problems: list[str] = []
    headers: dict[str, str] = {}
    if isinstance(exception, SignedOut):
        status, detail = HTTP_401_UNAUTHORIZED, "Send a bearer token; `workshop token create EMAIL` makes one."
        headers = {"WWW-Authenticate": "Bearer"}
    elif isinstance(exception, NotFound):
        status, detail, field = HTTP_404_NOT_FOUND, str(exception), exception.field
    elif isinstance(exception, Refused):
        status = HTTP_422_UNPROCESSABLE_ENTITY if exception.field else HTTP_409_CONFLICT
        detail, field, problems = str(exception), exception.field, getattr(exception, "problems", [])
    elif isinstance(exception, HTTPException) and not isinstance(exception, InternalServerException):
        status, detail, headers = exception.status_code, exception.detail, exception.headers or {}
    else:
        log.error("api.failed", path_template=request.scope.get("path_template"), exc_info=exception)
        status = HTTP_500_INTERNAL_SERVER_ERROR
    problem = Problem(HTTPStatus(status).phrase, status, detail=detail, field=field, problems=problems)
    return Response(problem, status_code=status, media_type=MEDIA_TYPE, headers=headers)


PROBLEM_HANDLERS: dict[int | type[Exception], Any] = {
    Refused: answer_problem,
    HTTPException: answer_problem,
    Exception: answer_problem,
}
