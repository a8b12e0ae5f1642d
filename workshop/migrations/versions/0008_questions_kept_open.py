"""Keep the question of a child at risk open past the date, and note words that went, for the files' bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "open_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("focus_group_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["focus_group_id"], ["focus_group.id"], name=op.f("fk_open_question_focus_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_question")),
    )
    with op.batch_alter_table("open_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_question_focus_group_id"), ["focus_group_id"], unique=False)

    op.create_table(
        "words_gone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_words_gone")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(), nullable=True))
    # Whoever reworded a point was asked, and so was whoever made its words a concern.
    op.execute(
        "UPDATE contribution SET answered_at = CURRENT_TIMESTAMP WHERE text IS NOT NULL AND (was_reworded OR EXISTS "
        "(SELECT 1 FROM concern WHERE concern.contribution_id = contribution.id AND concern.words = contribution.text))"
    )


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_column("answered_at")
    op.drop_table("words_gone")
    op.drop_table("open_question")
