"""``workshop …``: how an installation is run from the command line; one file a command."""

import click

from workshop.cli.serve import serve


@click.group()
@click.version_option(package_name="workshop")
def main() -> None:
    """Focus groups and surveys for safeguarding children partnerships."""


main.add_command(serve)
