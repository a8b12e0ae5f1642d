"""A rehearsal: the meeting played with pretend phones on a copy of the focus group, of which nothing remains."""
