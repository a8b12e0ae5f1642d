"""``workshop suggest``: which rows of a CSV file could go together, as a facilitator is told on the grouping page."""

import json
from pathlib import Path

import click

from workshop.contributions.spreadsheets import csv_lines
from workshop.facts import Refused
from workshop.findings.suggestions import Said, suggested_groups

COLUMNS = ("theme", "column", "text")


@click.command("suggest")
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def suggest_command(file: Path) -> None:
    """Print which rows of FILE.csv (columns theme, column, text) could go together, as JSON.

    A list of lists of row numbers: the row after the header is row 0. Nothing is stored.
    """
    try:
        groups = suggested_groups(_points(file))
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be read: {problem.strerror}.") from problem
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(groups))


def _points(file: Path) -> list[Said]:
    lines = csv_lines(file.read_bytes())
    if not lines:
        raise Refused(f"{file} is empty. Its first row has to name the columns theme, column and text.")
    header = [name.strip().lower() for name in lines[0]]
    if missing := [name for name in COLUMNS if name not in header]:
        names = " and ".join(f"“{name}”" for name in missing)
        raise Refused(f"{file} has no column {names}. Its first row has to name the columns theme, column and text.")
    places = [header.index(name) for name in COLUMNS]
    # A blank behind a theme's name, as spreadsheets are full of, makes no other theme.
    return [Said(*(line[place].strip() if place < len(line) else "" for place in places)) for line in lines[1:]]
