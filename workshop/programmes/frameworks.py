"""Named sets of column questions, and the themes and agencies that a new programme is offered.

The questions are those of the Signs of Safety format, of a published report's table of group work, and of a published
key-messages paper on a multi-agency audit.
"""

from workshop.programmes.models import ColumnKind

Questions = dict[ColumnKind, str]

SIGNS_OF_SAFETY = "signs_of_safety"
FRAMEWORKS: dict[str, tuple[str, Questions]] = {
    SIGNS_OF_SAFETY: (
        "In the Signs of Safety format",
        {
            ColumnKind.WORKING_WELL: "What is working well?",
            ColumnKind.WORRIED_ABOUT: "What are we worried about?",
            ColumnKind.NEEDS_TO_HAPPEN: "What needs to happen?",
        },
    ),
    "strengths": (
        "Strengths, areas for development, next steps",
        {
            ColumnKind.WORKING_WELL: "Strengths",
            ColumnKind.WORRIED_ABOUT: "Areas for development",
            ColumnKind.NEEDS_TO_HAPPEN: "Next steps",
        },
    ),
    "did_well": (
        "What we did well, areas for development, further actions",
        {
            ColumnKind.WORKING_WELL: "What we did well",
            ColumnKind.WORRIED_ABOUT: "Areas for development",
            ColumnKind.NEEDS_TO_HAPPEN: "Further actions",
        },
    ),
}
SUGGESTED_THEMES = (
    "Administration and pre-planning",
    "Engagement of children and families",
    "Roles and responsibilities",
    "Planning and outcome",
)
# Each with the parent that it sits under, or none.
SUGGESTED_AGENCIES: tuple[tuple[str, str | None], ...] = (
    ("Children's Social Care", None),
    ("Police", None),
    ("Education", None),
    ("Early Years", None),
    ("Health visiting and school nursing", "Health"),
    ("GP practice", "Health"),
    ("Hospital trust", "Health"),
    ("Mental health service", "Health"),
    ("Integrated care board", "Health"),
    ("Housing", None),
    ("Probation", None),
    ("Youth justice", None),
    ("Drug and alcohol service", None),
    ("Domestic abuse service", None),
    ("Voluntary sector", None),
)
