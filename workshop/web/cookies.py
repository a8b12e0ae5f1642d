"""Cookies' names and attributes: `__Host-` and Secure over https, ordinary ones over plain http."""

from litestar.datastructures import Cookie

from workshop.settings import Settings


def cookie_name(settings: Settings, name: str) -> str:
    """The cookie's name in this installation."""
    return f"__Host-{name}" if settings.is_https else name


def new_cookie(settings: Settings, name: str, value: str, *, seconds: int | None = None) -> Cookie:
    """A cookie that scripts cannot read and other sites' forms do not send. ``seconds`` 0 takes it away."""
    return Cookie(
        key=cookie_name(settings, name),
        value=value,
        path="/",
        httponly=True,
        secure=settings.is_https,
        samesite="lax",
        max_age=seconds,
    )
