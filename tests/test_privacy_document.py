"""docs/privacy.md is what an information governance officer agrees to: it leaves no table out."""

import re
from pathlib import Path

from workshop.migrations.metadata import metadata

DOCUMENT = Path("docs/privacy.md").read_text()


def test_what_is_kept_names_every_table_and_none_that_is_gone() -> None:
    kept = DOCUMENT.partition("## What is kept")[2].partition("Not kept:")[0]
    places = " ".join(row.split(" | ")[2] for row in kept.splitlines() if row.startswith("| "))
    assert set(re.findall(r"`(\w+)`", places)) == set(metadata.tables)
