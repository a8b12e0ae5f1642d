"""What an administrator's browser sent about an account."""

from dataclasses import dataclass

from workshop.accounts.models import Role
from workshop.text import normalised

LONGEST_NAME = 200
NO_ROLE = "Choose what this person may do"
ROLES = [
    (Role.VIEWER.value, "Viewer", "Reads programmes and their recommendations, with small numbers left out"),
    (Role.FACILITATOR.value, "Facilitator", "Runs focus groups of their own, and reads what is written there"),
    (
        Role.COORDINATOR.value,
        "Coordinator",
        "Sets up programmes; reads, exports and deletes everything of the partnership",
    ),
    (Role.ADMINISTRATOR.value, "Administrator", "Does all of this, and makes accounts"),
]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A clean one."""

    email: str
    name: str
    role: Role


@dataclass
class AccountForm:
    """Somebody who is to have an account."""

    email: str = ""
    name: str = ""
    role: str = ""

    def clean(self) -> NewAccount | dict[str, str]:
        """The new account, or errors by field; the address is judged where accounts are made."""
        name, role = " ".join(normalised(self.name).split()), role_of(self.role)
        errors = {}
        if not normalised(self.email):
            errors["email"] = "Enter the person’s e-mail address"
        if not name or len(name) > LONGEST_NAME:
            errors["name"] = f"Enter the person’s name, in at most {LONGEST_NAME} characters"
        if role is None:
            errors["role"] = NO_ROLE
        return errors if errors or role is None else NewAccount(self.email, name, role)


@dataclass
class RoleForm:
    """What somebody is to be from now on."""

    role: str = ""


def role_of(sent: str) -> Role | None:
    """The role of that value, if there is one."""
    return Role(sent) if sent in {role.value for role in Role} else None
