"""Role × permission, and nothing else: the one place that says who may do what."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from workshop.accounts.models import Role


class Permission(StrEnum):
    """What a route asks for. Every route names one, or is public."""

    READ_RESULTS = "see programmes and their recommendations, with suppressed counts"
    RUN_FOCUS_GROUPS = "add and run one's own focus groups, read what was written there"
    COORDINATE = "set up programmes, read and export everything of the partnership, delete"
    MANAGE_ACCOUNTS = "make accounts, roles and password links"


LEAST_ROLE = {
    Permission.READ_RESULTS: Role.VIEWER,
    Permission.RUN_FOCUS_GROUPS: Role.FACILITATOR,
    Permission.COORDINATE: Role.COORDINATOR,
    Permission.MANAGE_ACCOUNTS: Role.ADMINISTRATOR,
}
_ORDER = list(Role)


@dataclass(frozen=True, slots=True)
class Member:
    """The person a request acts for: one account in one partnership."""

    account_id: UUID
    membership_id: UUID
    partnership_id: UUID
    partnership: str
    role: Role
    email: str
    name: str

    def may(self, permission: Permission) -> bool:
        """Whether this member's role has ``permission``."""
        return allows(self.role, permission)


def allows(role: Role, permission: Permission) -> bool:
    """Whether ``role`` has ``permission``: a role includes those below it."""
    return _ORDER.index(role) >= _ORDER.index(LEAST_ROLE[permission])
