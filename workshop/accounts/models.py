"""Who may do what, where: partnerships, accounts, memberships, and the secrets that prove them (as hashes only)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now, values_of


class Role(StrEnum):
    """What a membership may do; each includes those before it."""

    VIEWER = "viewer"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Partnership(SQLModel, table=True):
    """The organisation that runs this installation's work; the boundary nobody's data crosses."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(unique=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Account(SQLModel, table=True):
    """A person who signs in. ``email`` is in lower case; without ``password_hash`` only a link lets them in."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    """An account's role in a partnership. A request acts in one membership."""

    __table_args__ = (UniqueConstraint("account_id", "partnership_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    partnership_id: UUID = Field(foreign_key="partnership.id", index=True)
    role: Role = Field(sa_type=values_of(Role))
    agency: str | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SignIn(SQLModel, table=True):
    """A signed-in browser: the hash of its cookie's token. Gone at sign-out."""

    __tablename__ = "sign_in"

    token_hash: bytes = Field(primary_key=True)
    membership_id: UUID = Field(foreign_key="membership.id", index=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class PasswordLink(SQLModel, table=True):
    """A one-time link with which its account's password is set."""

    __tablename__ = "password_link"

    token_hash: bytes = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApiToken(SQLModel, table=True):
    """A bearer token for the JSON API, scoped like its membership."""

    __tablename__ = "api_token"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: bytes = Field(unique=True)
    membership_id: UUID = Field(foreign_key="membership.id", index=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_used_on: datetime | None = Field(default=None, sa_type=UtcDateTime)
