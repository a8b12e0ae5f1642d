"""Keeps Litestar from keeping forms.

Litestar 2.25 puts the last 1,024 urlencoded bodies into an ``lru_cache``: passwords and points would stay in memory
long after they were deleted, and 1,024 of the largest forms are half a gigabyte.
"""

from litestar._kwargs import extractors
from litestar._parsers import parse_url_encoded_form_data
from litestar.connection import request


def keep_no_forms() -> None:
    """Parse every form anew; a test looks into the cache, should Litestar's insides move."""
    parse = getattr(parse_url_encoded_form_data, "__wrapped__", parse_url_encoded_form_data)
    for module in (extractors, request):
        setattr(module, "parse_url_encoded_form_data", parse)  # noqa: B010 (the names are the modules' own, not public)
