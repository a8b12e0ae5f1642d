"""``workshop …``: how an installation is run from the command line; one file a command."""

import click

from workshop.cli.account import account_command
from workshop.cli.demo import demo
from workshop.cli.doctor import doctor_command
from workshop.cli.keeping import backup_command, purge_command, restore_command
from workshop.cli.partnership import partnership_command
from workshop.cli.programme_files import export_command, import_command
from workshop.cli.serve import serve
from workshop.cli.suggest import suggest_command
from workshop.cli.token import token_command


@click.group()
@click.version_option(package_name="workshop")
def main() -> None:
    """Focus groups for safeguarding children partnerships."""


main.add_command(serve)
main.add_command(backup_command)
main.add_command(restore_command)
main.add_command(purge_command)
main.add_command(doctor_command)
main.add_command(account_command)
main.add_command(partnership_command)
main.add_command(token_command)
main.add_command(import_command)
main.add_command(export_command)
main.add_command(suggest_command)
main.add_command(demo)
