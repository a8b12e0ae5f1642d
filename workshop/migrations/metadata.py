"""Every table of every slice, for migrations: importing this module fills ``SQLModel.metadata``."""

from sqlmodel import SQLModel

import workshop.accounts.models
import workshop.contributions.models
import workshop.exports.models
import workshop.findings.models
import workshop.focus_groups.models
import workshop.programmes.models
import workshop.recommendations.models
import workshop.retention.models
import workshop.surveys.models  # noqa: F401 (imported for its tables)

metadata = SQLModel.metadata
