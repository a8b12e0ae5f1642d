"""Keep the order in which a programme file names a finding's points."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("contribution", sa.Column("finding_position", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("contribution", "finding_position")
