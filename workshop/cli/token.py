"""``workshop token create | list | revoke``: bearer tokens for the JSON API."""

from uuid import UUID

import click
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.queries import api_tokens_of
from workshop.accounts.tokens import make_api_token, revoke_api_token
from workshop.cli.running import in_database, membership_of


@click.group("token")
def token_command() -> None:
    """Keys for programs: each may do what its owner may."""


_partnership = click.option("--partnership", help="its name; may be left out when the owner belongs to only one")


@token_command.command("create")
@click.argument("email")
@_partnership
def create(email: str, partnership: str | None) -> None:
    """Make a bearer token that acts for EMAIL. It is printed once and kept nowhere."""

    async def work(db: AsyncSession) -> str:
        return await make_api_token(db, (await membership_of(db, email, partnership)).id)

    click.echo(in_database(work))


@token_command.command("list")
@click.argument("email")
@_partnership
def list_all(email: str, partnership: str | None) -> None:
    """Name EMAIL's tokens, with when they were made and last used."""

    async def work(db: AsyncSession) -> list[str]:
        tokens = await api_tokens_of(db, (await membership_of(db, email, partnership)).id)
        return [
            f"{token.id} made {token.created_at:%Y-%m-%d}, "
            + (f"last used {token.last_used_on:%Y-%m-%d}" if token.last_used_on else "never used")
            for token in tokens
        ]

    for line in in_database(work):
        click.echo(line)


@token_command.command("revoke")
@click.argument("email")
@click.argument("token_id", type=click.UUID)
@_partnership
def revoke(email: str, token_id: UUID, partnership: str | None) -> None:
    """Let EMAIL's token TOKEN_ID do nothing any more."""

    async def work(db: AsyncSession) -> None:
        await revoke_api_token(db, (await membership_of(db, email, partnership)).id, token_id)

    in_database(work)
    click.echo("Revoked.")
