"""What a browser sent: e-mail addresses, passwords, and where to go on to."""

from dataclasses import dataclass

from workshop.accounts.passwords import PasswordLength, check_length
from workshop.text import normalised


@dataclass
class SignInForm:
    """Who somebody says they are. ``next`` is where they were going."""

    email: str = ""
    password: str = ""
    next: str = ""

    def errors(self) -> dict[str, str]:
        """What was left empty, by field: nobody has tried a password yet."""
        questions = {"email": "Enter your e-mail address", "password": "Enter your password"}
        return {field: said for field, said in questions.items() if not getattr(self, field)}


@dataclass
class NewPasswordForm:
    """A password for the account of a one-time link."""

    password: str = ""

    def errors(self) -> dict[str, str]:
        """By field."""
        return errors_of_password(self.password)


@dataclass
class ChangePasswordForm:
    """The old password, and the one to take its place."""

    old_password: str = ""
    password: str = ""

    def errors(self) -> dict[str, str]:
        """By field."""
        missing = {} if self.old_password else {"old_password": "Enter the password that you have now"}
        return missing | errors_of_password(self.password)


@dataclass
class FirstStartForm:
    """The first partnership and its administrator."""

    partnership: str = ""
    name: str = ""
    email: str = ""
    password: str = ""

    def errors(self) -> dict[str, str]:
        """By field; the e-mail address is judged where accounts are made."""
        questions = {
            "partnership": "Enter the partnership’s name",
            "name": "Enter your name",
            "email": "Enter your e-mail address",
        }
        missing = {field: said for field, said in questions.items() if not normalised(getattr(self, field))}
        return missing | errors_of_password(self.password)


@dataclass
class PartnershipForm:
    """The membership to go on in."""

    membership: str = ""
    next: str = ""


def errors_of_password(plain: str) -> dict[str, str]:
    """The length rule's sentence, if it has one."""
    try:
        check_length(plain)
    except PasswordLength as rule:
        return {"password": str(rule)}
    return {}


def local_path(following: str) -> str:
    r"""``following`` if it is a path of this installation, else nothing: a link must not lead elsewhere after sign-in.

    Browsers read ``//host``, ``/\host`` and a tab between the slashes as another host.
    """
    is_local = following.startswith("/") and not following.startswith(("//", "/\\"))
    return following if is_local and following.isascii() and following.isprintable() and "\\" not in following else ""
