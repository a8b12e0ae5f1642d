"""Rules that two people could break together by acting at once, on both databases."""

import asyncio
from uuid import UUID

import pytest
from sqlmodel import select

from workshop.accounts.models import Account, Membership, Role, SignIn
from workshop.accounts.tokens import LinkUsedUp, make_password_link, use_password_link
from workshop.accounts.writes import (
    LastAdministrator,
    NotTheFirst,
    SignInOver,
    begin_sign_in,
    change_role,
    end_sign_ins,
    make_account,
    make_first_administrator,
    make_partnership,
    remove_membership,
    renew_sign_in,
)
from workshop.database import Database
from workshop.exports.models import ExportRecord
from workshop.programmes.models import Programme


async def two_administrators(database: Database) -> tuple[UUID, UUID]:
    async with database.writing() as db:
        home = await make_partnership(db, "Northshire")
        one, other = [
            await make_account(db, home.id, email=f"{name}@example.org", name=name, role=Role.ADMINISTRATOR)
            for name in ("one", "other")
        ]
    return one.id, other.id


async def test_there_is_one_first_administrator(database: Database) -> None:
    async def start(number: int) -> None:
        async with database.writing() as db:
            await make_first_administrator(
                db, partnership=f"P{number}", email=f"a{number}@example.org", name="A", password_hash="x"
            )

    outcomes = await asyncio.gather(*(start(number) for number in range(8)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [NotTheFirst] * 7
    async with database.reading() as db:
        assert len((await db.exec(select(Account))).all()) == 1


@pytest.mark.parametrize("how", ["demoted", "removed"])
async def test_two_administrators_cannot_end_each_other(database: Database, how: str) -> None:
    async def end(membership_id: UUID) -> None:
        async with database.writing() as db:
            membership = await db.get_one(Membership, membership_id)
            await asyncio.sleep(0.05)
            if how == "demoted":
                await change_role(db, membership, Role.VIEWER)
            else:
                await remove_membership(db, membership)

    one, other = await two_administrators(database)
    outcomes = await asyncio.gather(end(one), end(other), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [LastAdministrator]
    async with database.reading() as db:
        left = (await db.exec(select(Membership).where(Membership.role == Role.ADMINISTRATOR))).all()
        assert len(left) == 1


async def test_a_link_is_used_once(database: Database) -> None:
    one, _ = await two_administrators(database)
    async with database.writing() as db:
        link = await make_password_link(db, (await db.get_one(Membership, one)).account_id)

    async def use(number: int) -> None:
        async with database.writing() as db:
            await use_password_link(db, link, f"hash {number}")

    outcomes = await asyncio.gather(*(use(number) for number in range(8)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [LinkUsedUp] * 7
    async with database.reading() as db:
        assert len((await db.exec(select(SignIn))).all()) == 1


async def test_a_sign_out_wins_over_what_is_in_flight(database: Database) -> None:
    one, _ = await two_administrators(database)
    async with database.writing() as db:
        token = await begin_sign_in(db, one)
        account_id = (await db.get_one(Membership, one)).account_id

    async def sign_out() -> None:
        async with database.writing() as db:
            await end_sign_ins(db, account_id)

    async def renew() -> None:
        async with database.writing() as db:
            await renew_sign_in(db, token, one)

    await sign_out()
    with pytest.raises(SignInOver):
        await renew()
    async with database.reading() as db:
        assert (await db.exec(select(SignIn))).all() == []


async def test_a_removed_account_that_a_record_names_is_kept(database: Database) -> None:
    one, other = await two_administrators(database)
    async with database.writing() as db:
        kept = await db.get_one(Membership, one)
        programme = Programme(partnership_id=kept.partnership_id, title="Core groups")
        db.add(programme)
        await db.flush()
        db.add(ExportRecord(programme_id=programme.id, account_id=kept.account_id, kind="csv"))
        (await db.get_one(Account, kept.account_id)).password_hash = "hash"
    async with database.writing() as db:
        await change_role(db, await db.get_one(Membership, one), Role.VIEWER)
    async with database.writing() as db:
        await remove_membership(db, await db.get_one(Membership, one))
    async with database.reading() as db:
        assert (await db.get_one(Account, kept.account_id)).password_hash is None
        assert [membership.id for membership in (await db.exec(select(Membership))).all()] == [other]
