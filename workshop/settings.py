"""Everything configurable, read once from the environment (``WORKSHOP_…``)."""

import os
import secrets
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRET_KEY_BYTES = 32


class NoSecretKey(RuntimeError):
    """The file that keeps the key holds none."""


class Settings(BaseSettings):
    """The settings of one process; immutable.

    ``secret_key`` is made and kept in the data directory when the environment names none, so that cookies and keyed
    hashes outlive a restart.
    """

    model_config = SettingsConfigDict(env_prefix="WORKSHOP_", frozen=True, extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    redis_url: str = ""
    base_url: str = Field(default="", description="where browsers reach it; http://host:port unless told otherwise")
    secret_key: SecretStr = SecretStr("")
    trusted_proxies: str = Field(default="", description="comma-separated addresses whose X-Forwarded-* is believed")
    host: str = "127.0.0.1"
    port: int = 8000

    @field_validator("base_url")
    @classmethod
    def _as_browsers_say_it(cls, value: str) -> str:
        """Scheme and host in lower case, no slash at the end: it is compared with what browsers send."""
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            message = "WORKSHOP_BASE_URL must be an address that begins with http:// or https://"
            raise ValueError(message)
        return parts._replace(netloc=parts.netloc.lower()).geturl().rstrip("/")

    @property
    def is_https(self) -> bool:
        """Whether browsers reach this installation over https: decides cookies' names and HSTS."""
        return self.base_url.startswith("https://")

    @property
    def address(self) -> str:
        """Where browsers reach this installation, without a slash at the end: what QR codes and links begin with."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database: an SQLite file in the data directory unless told otherwise."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'workshop.sqlite3'}"

    @cached_property
    def key(self) -> bytes:
        """The secret key's bytes, made on first use and kept in ``<data_dir>/secret-key`` when none was given."""
        if given := self.secret_key.get_secret_value():
            return given.encode()
        kept = self.data_dir / "secret-key"
        if not kept.exists():
            _keep_new_key(kept)
        key = kept.read_bytes().strip()
        if not key:
            # Everybody knows the empty key: with it anybody could make the first administrator's link.
            raise NoSecretKey(f"{kept} is empty. Restore it from a backup, or remove it to have a new one made")
        return key


def _keep_new_key(kept: Path) -> None:
    """A new key, readable by its owner alone; it appears whole. Of two processes that start at once, one makes it."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(prefix=".secret-key.", dir=kept.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(SECRET_KEY_BYTES))
        with suppress(FileExistsError):
            kept.hardlink_to(unfinished)
    finally:
        Path(unfinished).unlink()
