"""Everything configurable, read once from the environment (``WORKSHOP_…``)."""

import secrets
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRET_KEY_BYTES = 32


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
    def _without_trailing_slash(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            message = "WORKSHOP_BASE_URL must be an address that begins with http:// or https://"
            raise ValueError(message)
        return value.rstrip("/")

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
        self.data_dir.mkdir(parents=True, exist_ok=True)
        try:
            with kept.open("x") as file:
                kept.chmod(0o600)
                file.write(secrets.token_urlsafe(SECRET_KEY_BYTES))
        except FileExistsError:
            pass
        return kept.read_text().encode()
