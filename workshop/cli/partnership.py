"""``workshop partnership create | list``."""

import click
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.queries import partnerships
from workshop.accounts.writes import make_partnership
from workshop.cli.running import in_database


@click.group("partnership")
def partnership_command() -> None:
    """Organisations that share this installation and never see each other."""


@partnership_command.command("create")
@click.argument("name")
def create(name: str) -> None:
    """Make a partnership called NAME."""

    async def work(db: AsyncSession) -> str:
        return (await make_partnership(db, name)).name

    click.echo(f"Made “{in_database(work)}”. Its first account: workshop account create EMAIL --role administrator")


@partnership_command.command("list")
def list_all() -> None:
    """Name them all."""

    async def work(db: AsyncSession) -> list[str]:
        return [partnership.name for partnership in await partnerships(db)]

    for name in in_database(work):
        click.echo(name)
