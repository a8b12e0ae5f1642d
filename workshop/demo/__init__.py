"""The demonstration that ``make run`` serves: a core-groups enquiry with one group in session, and three accounts."""

import asyncio
import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, Partnership, Role
from workshop.accounts.passwords import hashed
from workshop.accounts.queries import account_by_email, partnerships
from workshop.accounts.writes import make_account, make_partnership
from workshop.database import Database, now
from workshop.days import london_day
from workshop.exports.reading import read_programme_file
from workshop.exports.writes import import_programme
from workshop.facts import Refused
from workshop.focus_groups.join_address import address_in_this_network, is_out_of_reach, join_link
from workshop.focus_groups.models import FocusGroup, StepKind
from workshop.focus_groups.queries import focus_groups_of
from workshop.focus_groups.run_sheet import Layout
from workshop.focus_groups.running import enter_step
from workshop.focus_groups.stage import IN_SESSION
from workshop.focus_groups.steps import make_run_sheet
from workshop.migrations import migrate
from workshop.programmes.models import Programme
from workshop.settings import Settings
from workshop.surveys.layouts import steps_for

FILE = Path(__file__).parent / "core_groups.json"
PARTNERSHIP = "Demonstration Safeguarding Children Partnership"
FACILITATOR = "facilitator@example.org"
PEOPLE = {
    "coordinator@example.org": ("Demonstration coordinator", Role.COORDINATOR),
    FACILITATOR: ("Demonstration facilitator", Role.FACILITATOR),
    "administrator@example.org": ("Demonstration administrator", Role.ADMINISTRATOR),
}
ANYWHERE = {"0.0.0.0", "::"}  # noqa: S104 (recognised, not bound)


class NotADemonstration(Refused):
    """The data directory holds somebody's work: no accounts with printed passwords are made there."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What to print: passwords by e-mail address, the open group's join token (none when somebody closed it)."""

    passwords: dict[str, str]
    join_token: str | None


def reachable(settings: Settings) -> Settings:
    """The settings, with the address that phones in the room can reach where it listens on every address."""
    if settings.base_url or settings.host not in ANYWHERE:
        return settings
    found = address_in_this_network() or "127.0.0.1"
    return settings.model_copy(update={"base_url": f"http://{found}:{settings.port}"})


async def prepare(settings: Settings) -> Demonstration:
    """Migrate, load the enquiry once, and set new passwords. Raises NotADemonstration, and then changes nothing."""
    database = Database(settings.database)
    passwords = {email: secrets.token_urlsafe(9) for email in PEOPLE}
    hashes = {email: await hashed(password) for email, password in passwords.items()}
    try:
        await migrate(database)
        async with database.writing() as db:
            home = await _partnership(db)
            await _set_passwords(db, home, hashes)
            focus_group = await _open_group(db, home)
        return Demonstration(passwords, focus_group.join_token if focus_group else None)
    finally:
        await database.close()


def lines(settings: Settings, demonstration: Demonstration) -> list[str]:
    """What whoever starts it reads."""
    width = max(map(len, PEOPLE))
    told = ["", f"Sign in at {settings.address}/sign-in (the passwords are new at each start):"]
    told += [
        f"  as {role.value:<14} {email:<{width}}  password {demonstration.passwords[email]}"
        for email, (_, role) in PEOPLE.items()
    ]
    if demonstration.join_token:
        told.append(f"Join the open focus group at {join_link(settings.address, demonstration.join_token)}")
    else:
        told.append("No focus group is open. Sign in as facilitator and open one to get a join link.")
    if is_out_of_reach(settings.address):
        told.append("Phones cannot reach this address: HOST=0.0.0.0 make run lets those in the same network join.")
    else:
        told.append("Phones in the same network can join. It is plain http: for trying out only.")
    return [*told, "Stop with Ctrl-C.", ""]


def prepared(settings: Settings) -> tuple[Settings, list[str]]:
    """Settings to serve with, and what to print before."""
    settings = reachable(settings)
    return settings, lines(settings, asyncio.run(prepare(settings)))


async def _partnership(db: AsyncSession) -> Partnership:
    known = await partnerships(db)
    others = [partnership.name for partnership in known if partnership.name != PARTNERSHIP]
    if others:
        raise NotADemonstration(
            f"This data directory belongs to {', '.join(others)}. Use another for the demonstration "
            "(WORKSHOP_DATA_DIR=…), or workshop serve for this one."
        )
    if known:
        return known[0]
    home = await make_partnership(db, PARTNERSHIP)
    programme = await import_programme(db, home.id, read_programme_file(FILE.read_bytes()))
    await _open_last_group(db, programme)
    return home


async def _open_last_group(db: AsyncSession, programme: Programme) -> None:
    focus_group = (await focus_groups_of(db, programme.id))[-1]
    focus_group.facilitator_email = FACILITATOR
    focus_group.date = london_day(now())
    steps = await make_run_sheet(db, focus_group, await steps_for(db, focus_group, Layout.THEMES))
    await enter_step(db, focus_group, next(step for step in steps if step.kind is StepKind.THEME))


async def _set_passwords(db: AsyncSession, home: Partnership, hashes: dict[str, str]) -> None:
    for email, (name, role) in PEOPLE.items():
        if await account_by_email(db, email) is None:
            await make_account(db, home.id, email=email, name=name, role=role)
        account = (await db.exec(select(Account).where(Account.email == email))).one()
        account.password_hash = hashes[email]
        db.add(account)


async def _open_group(db: AsyncSession, home: Partnership) -> FocusGroup | None:
    query = (
        select(FocusGroup)
        .join(Programme, col(Programme.id) == col(FocusGroup.programme_id))
        .where(Programme.partnership_id == home.id, col(FocusGroup.phase).in_(IN_SESSION))
        .order_by(col(FocusGroup.position))
    )
    return (await db.exec(query)).first()
