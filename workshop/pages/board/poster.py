"""The A4 poster with which people join."""

import asyncio
import re
import unicodedata
from datetime import datetime

from litestar import Response, get

from workshop.accounts.policy import Permission
from workshop.days import LONDON
from workshop.exports.poster import Poster, poster_pdf
from workshop.focus_groups.join_address import join_link, shown_address
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.settings import Settings
from workshop.web.filters import uk_date, uk_time
from workshop.web.scope import TheDatabase, TheFocusGroup, TheSettings

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}


@get("/focus-groups/{focus_group_id:uuid}/poster.pdf", name="poster", opt=RUN, include_in_schema=False)
async def show_poster(database: TheDatabase, settings: TheSettings, focus_group: TheFocusGroup) -> Response[bytes]:
    """The poster as PDF, to be printed."""
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
    pdf = await asyncio.to_thread(poster_pdf, poster_of(focus_group, programme, settings))
    name = file_name("poster", focus_group, ".pdf")
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def poster_of(focus_group: FocusGroup, programme: Programme, settings: Settings) -> Poster:
    """What stands on it. The address is the installation's own, whatever the request says."""
    date, starts_at = focus_group.date, focus_group.starts_at
    time = f", {uk_time(datetime.combine(date, starts_at, LONDON))}" if starts_at else ""
    return Poster(
        title=programme.title,
        group=focus_group.label or programme.group_word.capitalize(),
        when=f"{date:%A} {uk_date(date)}{time}",
        link=join_link(settings.address, focus_group.join_token),
        address=shown_address(settings.address),
        code=shown_join_code(focus_group.join_code) if focus_group.join_code else None,
        about=programme.purpose,
        controller=programme.controller,
        days=programme.retention_days,
        contacts=[line for line in programme.safeguarding_contacts.splitlines() if line.strip()],
        word=programme.group_word,
    )


def file_name(kind: str, focus_group: FocusGroup, ending: str) -> str:
    """poster-north-east-2026-11-20.pdf: in plain letters, whatever the group is called."""
    plain = unicodedata.normalize("NFKD", focus_group.label or "").encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    return "-".join(filter(None, [kind, words, focus_group.date.isoformat()])) + ending
