"""Taking a programme out: what each file holds, who has taken what, and the files."""

import re
import unicodedata
from urllib.parse import quote

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from workshop.accounts.policy import Permission
from workshop.contributions.concerns import open_concerns
from workshop.database import now
from workshop.days import london_day
from workshop.exports.documents import MEDIA_TYPES, Kind, contents_of, file_name, rendered
from workshop.exports.queries import exports_of
from workshop.exports.writes import record_export
from workshop.web.answers import AnyRequest, page
from workshop.web.scope import TheDatabase, TheMember, TheProgramme

COORDINATE = {"permission": Permission.COORDINATE}


@get("/programmes/{programme_id:uuid}/exports", name="exports", opt=COORDINATE, include_in_schema=False)
async def show_exports(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """The four files, and the log."""
    async with database.reading() as db:
        log = await exports_of(db, programme.id)
        concerns = await open_concerns(db, programme.id)
    return page(request, "desk/exports.html", programme=programme, log=log, Kind=Kind, concerns=concerns)


@get("/programmes/{programme_id:uuid}/exports/{kind:str}", name="exports.file", opt=COORDINATE, include_in_schema=False)
async def send_file(
    programme: TheProgramme, member: TheMember, database: TheDatabase, kind: FromPath[str]
) -> Response[bytes]:
    """The file, once it is in the log. 404 for a kind that there is not."""
    if kind not in set(Kind):
        raise NotFoundException
    asked = Kind(kind)
    async with database.reading(is_frozen=True) as db:
        contents = await contents_of(db, programme, asked)
    content = await rendered(contents, asked)
    async with database.writing() as db:
        await record_export(db, programme.id, asked, member.account_id)
    headers = {"Content-Disposition": attachment(file_name(programme.title, asked, london_day(now())))}
    return Response(content, media_type=MEDIA_TYPES[asked], headers=headers)


def attachment(name: str) -> str:
    """The header's value (RFC 6266): the name in ASCII for old browsers, and as it is (RFC 8187)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.-]+", "-", plain).lstrip("-.")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
