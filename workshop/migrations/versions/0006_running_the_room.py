"""Let a facilitator run the room."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "breakout_table",
        sa.Column("focus_group_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("join_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["focus_group_id"], ["focus_group.id"], name=op.f("fk_breakout_table_focus_group_id")),
        sa.PrimaryKeyConstraint("focus_group_id", "number", name=op.f("pk_breakout_table")),
        sa.UniqueConstraint("join_code", name=op.f("uq_breakout_table_join_code")),
    )
    op.create_table(
        "co_facilitator",
        sa.Column("focus_group_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["focus_group_id"], ["focus_group.id"], name=op.f("fk_co_facilitator_focus_group_id")),
        sa.PrimaryKeyConstraint("focus_group_id", "email", name=op.f("pk_co_facilitator")),
    )
    with op.batch_alter_table("co_facilitator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_co_facilitator_email"), ["email"], unique=False)

    op.create_table(
        "practice_scale",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("lowest", sa.String(), nullable=False),
        sa.Column("highest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_practice_scale_programme_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_practice_scale_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_scale")),
    )
    with op.batch_alter_table("practice_scale", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_scale_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_practice_scale_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "refused_suggestion",
        sa.Column("focus_group_id", sa.Uuid(), nullable=False),
        sa.Column("members", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["focus_group_id"], ["focus_group.id"], name=op.f("fk_refused_suggestion_focus_group_id")
        ),
        sa.PrimaryKeyConstraint("focus_group_id", "members", name=op.f("pk_refused_suggestion")),
    )
    op.create_table(
        "reveal",
        sa.Column("focus_group_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["focus_group_id"], ["focus_group.id"], name=op.f("fk_reveal_focus_group_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_reveal_theme_id")),
        sa.PrimaryKeyConstraint("focus_group_id", "theme_id", name=op.f("pk_reveal")),
    )
    with op.batch_alter_table("reveal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reveal_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "run_sheet_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("focus_group_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("column", sa.String(32), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["focus_group_id"], ["focus_group.id"], name=op.f("fk_run_sheet_step_focus_group_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_run_sheet_step_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_sheet_step")),
    )
    with op.batch_alter_table("run_sheet_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_sheet_step_focus_group_id"), ["focus_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_run_sheet_step_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "priority_vote",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_priority_vote_finding_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_priority_vote_participant_id")),
        sa.PrimaryKeyConstraint("participant_id", "client_id", name=op.f("pk_priority_vote")),
    )
    with op.batch_alter_table("priority_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_priority_vote_finding_id"), ["finding_id"], unique=False)

    op.create_table(
        "concern",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("focus_group_id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=True),
        sa.Column("passed_on_to", sa.String(), nullable=False),
        sa.Column("passed_on_at", sa.DateTime(), nullable=True),
        sa.Column("passed_on_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_concern_contribution_id")),
        sa.ForeignKeyConstraint(["focus_group_id"], ["focus_group.id"], name=op.f("fk_concern_focus_group_id")),
        sa.ForeignKeyConstraint(
            ["passed_on_by"], ["account.id"], name=op.f("fk_concern_passed_on_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["account.id"], name=op.f("fk_concern_raised_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concern_contribution_id"), ["contribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_focus_group_id"), ["focus_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_passed_on_by"), ["passed_on_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_raised_by"), ["raised_by"], unique=False)

    op.create_table(
        "me_too",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_me_too_contribution_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_me_too_participant_id")),
        sa.PrimaryKeyConstraint("contribution_id", "participant_id", name=op.f("pk_me_too")),
    )
    with op.batch_alter_table("me_too", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_me_too_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "scale_answer",
        sa.Column("scale_id", sa.Uuid(), nullable=False),
        sa.Column("focus_group_id", sa.Uuid(), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("not_lower", sa.String(), nullable=True),
        sa.Column("one_higher", sa.String(), nullable=True),
        sa.Column("taken_over_as", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["focus_group_id"], ["focus_group.id"], name=op.f("fk_scale_answer_focus_group_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_scale_answer_participant_id")),
        sa.ForeignKeyConstraint(["scale_id"], ["practice_scale.id"], name=op.f("fk_scale_answer_scale_id")),
        sa.ForeignKeyConstraint(["taken_over_as"], ["contribution.id"], name=op.f("fk_scale_answer_taken_over_as")),
        sa.PrimaryKeyConstraint("scale_id", "focus_group_id", "asking", "participant_id", name=op.f("pk_scale_answer")),
    )
    with op.batch_alter_table("scale_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scale_answer_focus_group_id"), ["focus_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scale_answer_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scale_answer_taken_over_as"), ["taken_over_as"], unique=False)

    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_held", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("held_for", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("was_reworded", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("focus_group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("step_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("is_blind", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("is_together", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("takes_late_points", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("has_me_too", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("votes_each", sa.Integer(), server_default="3", nullable=False))
        batch_op.add_column(sa.Column("are_totals_shown", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("timer_ends_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("timer_left", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("gathering_ended_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("projected", sa.String(32), server_default="step", nullable=False))
        batch_op.add_column(sa.Column("projected_theme_id", sa.Uuid(), nullable=True))

    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("table_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_done", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rehearsal_of", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_programme_rehearsal_of"), ["rehearsal_of"], unique=False)

    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("focus_group_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("step", "focus_group_id")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_rehearsal_of"))
        batch_op.drop_column("rehearsal_of")
    columns = {
        "participant": ("is_done", "table_number"),
        "focus_group": (
            "projected_theme_id",
            "projected",
            "gathering_ended_at",
            "timer_left",
            "timer_ends_at",
            "are_totals_shown",
            "votes_each",
            "has_me_too",
            "takes_late_points",
            "is_together",
            "is_blind",
            "step_id",
        ),
        "contribution": ("was_reworded", "held_for", "is_held"),
    }
    for table, names in columns.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.drop_column(name)
    for table in (
        "scale_answer",
        "me_too",
        "concern",
        "priority_vote",
        "run_sheet_step",
        "reveal",
        "refused_suggestion",
        "practice_scale",
        "co_facilitator",
        "breakout_table",
    ):
        op.drop_table(table)
