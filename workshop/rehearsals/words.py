"""What pretend phones write: points that fit under any theme, so that a rehearsal looks like a meeting."""

from workshop.programmes.models import ColumnKind

POINTS: dict[ColumnKind, tuple[str, ...]] = {
    ColumnKind.WORKING_WELL: (
        "People turn up, and they have read the papers beforehand.",
        "We know one another by now and pick up the phone.",
        "The chair makes sure that everybody is heard.",
        "Schools are represented nearly every time.",
        "Families tell us that they know what will happen next.",
        "New colleagues get a proper introduction.",
        "The templates are short and easy to follow.",
        "Dates for the next three meetings are agreed at the first.",
        "Somebody always writes down who does what by when.",
        "Disagreements are spoken about in the room, not afterwards.",
    ),
    ColumnKind.WORRIED_ABOUT: (
        "Minutes arrive after the next meeting has taken place.",
        "Nobody knows who takes over when a worker leaves.",
        "The same three people do most of the work.",
        "Parents hear words that they do not understand and do not ask.",
        "Reports are written for each other rather than for the family.",
        "Health colleagues are asked at two days' notice.",
        "Plans say what will be done, but not what should be different for the child.",
        "Meetings in working hours shut some fathers out.",
        "It takes weeks until an agency's systems show the agreed plan.",
        "We rarely ask whether the last action made a difference.",
        # Held until the facilitator releases it, so that they have seen it happen. The number is kept for drama.
        "Nobody answers the duty line, I always end up ringing 01632 960 417.",
    ),
    ColumnKind.NEEDS_TO_HAPPEN: (
        "Send the minutes within five working days.",
        "Agree at the first meeting who stands in for whom.",
        "Ask the family beforehand where and when they can come.",
        "One page that explains what this meeting is for, in plain words.",
        "Name one lead for each action, and a date.",
        "Begin each meeting with what has changed for the child.",
        "Share the plan with everybody on the same day.",
        "Minutes should go out within a week.",
        "Joint training for people who are new to this work.",
        "Let agencies dial in rather than stay away.",
    ),
}
NOT_LOWER = (
    "People come and take part.",
    "Families mostly know the plan.",
    "We trust one another.",
    "Actions are written down.",
)
ONE_HIGHER = (
    "Minutes that arrive in time.",
    "The same people at every meeting.",
    "A plan in the family's own words.",
    "Knowing who stands in for whom.",
)
