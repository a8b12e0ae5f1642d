"""``workshop demo``."""

import click

from workshop.facts import Refused
from workshop.settings import Settings


@click.command()
def demo() -> None:
    """Serve a demonstration: a core-groups enquiry, accounts to sign in with, and one group to join."""
    from workshop.demo import prepared  # noqa: PLC0415 (the other commands need no demonstration)
    from workshop.serving import serve  # noqa: PLC0415 (nor a server)

    try:
        settings, lines = prepared(Settings())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo("\n".join(lines))
    serve(settings)
