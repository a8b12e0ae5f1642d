"""Keep the form of a vote that was taken back; number the askings of a practice scale."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("priority_vote", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_taken_back", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("run_sheet_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asking", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("run_sheet_step", schema=None) as batch_op:
        batch_op.drop_column("asking")
    with op.batch_alter_table("priority_vote", schema=None) as batch_op:
        batch_op.drop_column("is_taken_back")
