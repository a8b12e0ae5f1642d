"""Programmes, and the programme file in and out."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.openapi.spec import OpenAPIMediaType, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.openapi.spec.operation import Operation

from workshop.accounts.policy import Member, Permission
from workshop.api.problems import READ, WRITE
from workshop.exports.documents import Kind, rendered
from workshop.exports.programme_file import ProgrammeFile
from workshop.exports.queries import programme_file_of
from workshop.exports.reading import read_programme_file
from workshop.exports.writes import import_programme, record_export
from workshop.programmes.models import Programme
from workshop.programmes.queries import programmes_of_partnership
from workshop.web.scope import TheDatabase, TheMember, TheProgramme

LARGEST_FILE = 20 * 1024 * 1024


class ProgrammeSummary(msgspec.Struct):
    """A programme in a list."""

    id: UUID
    title: str
    purpose: str
    minimum_count: int
    retention_days: int


@get("/programmes", name="api.programmes", opt={"permission": Permission.READ_RESULTS}, responses=READ)
async def list_programmes(member: TheMember, database: TheDatabase) -> list[ProgrammeSummary]:
    """The partnership's programmes, newest first."""
    async with database.reading() as db:
        return [_summary(programme) for programme in await programmes_of_partnership(db, member.partnership_id)]


@get(
    "/programmes/{programme_id:uuid}",
    name="api.programme",
    opt={"permission": Permission.READ_RESULTS},
    responses=READ,
)
async def show_programme(programme: TheProgramme) -> ProgrammeSummary:
    """One programme."""
    return _summary(programme)


@dataclass
class _TakesProgrammeFile(Operation):
    """The body is read by our own code, which says where each fault lies; the document says what it must be."""

    def __post_init__(self) -> None:
        described = "A programme file; its JSON Schema is in docs/programme-file.md"
        schema = Schema(type=OpenAPIType.OBJECT, description=described)
        self.request_body = RequestBody(content={"application/json": OpenAPIMediaType(schema=schema)}, required=True)


@post(
    "/programmes",
    name="api.programmes.create",
    opt={"permission": Permission.COORDINATE},
    responses=WRITE,
    request_max_body_size=LARGEST_FILE,
    operation_class=_TakesProgrammeFile,
)
async def create_programme(
    request: Request[Member, Any, State], member: TheMember, database: TheDatabase
) -> ProgrammeSummary:
    """A new programme from a programme file, with its groups closed."""
    # A large file takes a while: nobody else waits for it.
    file = await asyncio.to_thread(read_programme_file, await request.body())
    async with database.writing() as db:
        programme = await import_programme(db, member.partnership_id, file)
    return _summary(programme)


@get(
    "/programmes/{programme_id:uuid}/file",
    name="api.programme.file",
    opt={"permission": Permission.COORDINATE},
    responses=READ,
)
async def give_programme_file(
    programme: TheProgramme, member: TheMember, database: TheDatabase
) -> Response[Annotated[ProgrammeFile, "written by our own code"]]:
    """The complete programme, confidential; the export is logged before it leaves."""
    async with database.writing() as db:
        await record_export(db, programme.id, "json", member.account_id)
    async with database.reading(is_frozen=True) as db:
        file = await programme_file_of(db, programme)
    answer: Response[Any] = Response(await rendered(file, Kind.JSON), media_type="application/json")
    return answer


def _summary(programme: Programme) -> ProgrammeSummary:
    return ProgrammeSummary(
        id=programme.id,
        title=programme.title,
        purpose=programme.purpose,
        minimum_count=programme.minimum_count,
        retention_days=programme.retention_days,
    )
