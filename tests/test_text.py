"""The one normalisation: the same as Unicode's, and no text takes it long."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.text import LONGEST_TEXT, SHORT, Form, in_form, normalised

# Marks of several classes, marks that come apart into others, letters that carry some, a half-width sign.
marks = st.text(
    st.sampled_from("\u0300\u0316\u0327\u0345\u3099\u05b0\u0f71\u0f73\u0f74\u0344\U0001d165\U0001e94a"), min_size=1
)
letters = st.sampled_from(["e", "é", "\u1ed9", "\uff9f", " ", "가"])


@pytest.mark.parametrize("form", ["NFC", "NFKC"])
@given(parts=st.lists(st.tuples(letters, marks, st.integers(1, 40)), min_size=1, max_size=8))
def test_long_rows_of_marks_come_out_as_unicode_says(form: Form, parts: list[tuple[str, str, int]]) -> None:
    text = "".join(letter + row * times for letter, row, times in parts) + "x" * SHORT
    assert in_form(form, text) == unicodedata.normalize(form, text)


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@pytest.mark.parametrize("what", ["normalised(text)", "_as_bytes(text)"])
def test_a_form_full_of_marks_holds_nobody_up(what: str) -> None:
    """Python's own way takes minutes for what half a megabyte of a form can hold: the process is ended before."""
    code = f"""
from workshop.accounts.passwords import _as_bytes
from workshop.text import normalised
text = "a" + "\\u0300" * 125_000 + "\\u0316" * 125_000
assert {what}
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)


def test_the_longest_text_is_kept_whole() -> None:
    assert len(normalised("ẍ" * LONGEST_TEXT)) == LONGEST_TEXT
