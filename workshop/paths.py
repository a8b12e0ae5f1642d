"""Where templates, static files and document layouts lie, in a checkout and in a wheel; nobody else knows."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_WHEEL = _PACKAGE / "_data"
_ROOT = _WHEEL if _WHEEL.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"
LAYOUTS = _ROOT / "exports"
