"""A text as it reads: look-alike letters, odd digits, unusual blanks and what nobody sees made plain."""

import unicodedata
from collections.abc import Sequence

# Letters of other alphabets that read as Latin ones (a choice from Unicode's confusables.txt, UTS 39).
_CYRILLIC = "ЬҮүԜҽѡбАаВЕеЗКкМмНОоРрСсТуУХхѕЅіІјЈԁԛԝһҺԌӏѴѵгпӀ", "bYyWew6AaBEe3KkMmHOoPpCcTyYXxsSiIjJdqwhHGlVvrnI"
_GREEK = "ϜϹσͿΑαΒΕΖΗΙιΚκΜΝνΟοΡρΤτΥυΧχγϲϳ", "FCoJAaBEZHIiKkMNvOoPpTtYuXxycj"
_OTHERS = "ıȷɡɑɩʏʀɴɪʜʟᴀʙᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢօսոհցԼՕ", "ijgaiyrnihlabcdejkmoptuvwzounhgLO"
# Capitals of Cherokee, Lisu, Coptic and Canadian syllabics, of which "fancy letters" are made.
_CHEROKEE = "ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᎤᏙᏔᎩᏃᏎᏮᏏᏧᏂᎥ", "ABCDEGHJKLMPRSTUVWYZ46bdhi"
_LISU = "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEFGHIJKLMNOPRSTUVWXYZ"  # noqa: RUF001 (that is what they are)
_COPTIC = "ⲤⲎⲒⲔⲘⲚⲞⲢⲦⲨⲬⲟⲣⲥ", "CHIKMNOPTYXopc"  # noqa: RUF001 (that is what they are)
_SYLLABICS = "ᗅᗷᑕᗞᗪᕮᖴᕼᒍᒪᗰᑎᑭᖇᔕᑌᐯᗯ᙭", "ABCDDEFHJLMNPRSUVWX"  # noqa: RUF001 (that is what they are)
# Letters of Latin alphabets that no decomposition takes to their plain form.
_STROKED = "ꜱꜰǫſƧƷƼƽɯʋɣƦƖꞮłŁøØđĐħĦŧŦßæÆœŒðÐþÞ", "sfqs235swvyRIIlLoOdDhHtTsaAoOdDtT"
_POINTS = "˗⁃➖‵ʹʻʽˈ‘’ʼ´′＇‛“”„«»‐‑‒–—―−﹣∙·•․。｡⁄∕", "---''''''''''''\"\"\"\"\"--------......//"  # noqa: RUF001 (that is what they are)
# Letters by their category, but nobody sees them.
_UNSEEN = "\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}"
_INVISIBLE = {"Cf", "Mn", "Me", "Cc", "Co", "Cn"}
MOST_REMEMBERED = 10_000


class _Plain(dict[int, str]):
    """Code point → the one character that it reads as, or nothing. Filled as characters come."""

    def __missing__(self, code: int) -> str:
        if len(self) > MOST_REMEMBERED:
            self.clear()
        plain = self[code] = _plain(chr(code))
        return plain


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character in _UNSEEN or unicodedata.category(character) in _INVISIBLE:
        return ""
    if character in _LETTERS:
        return _LETTERS[character]
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    # The base letter: an accented, full-width or mathematical one reads as the plain one.
    parts = unicodedata.normalize("NFKD", character)
    # A letter in brackets is one sign.
    base = next((part for part in parts if part.isalnum()), parts[0])
    return " " if base.isspace() else _LETTERS.get(base, base)


def _pairs(*alphabets: tuple[str, str]) -> dict[str, str]:
    return {odd: plain for odds, plains in alphabets for odd, plain in zip(odds, plains, strict=True)}


# White letters on black circles and squares, and the letters of flags.
_SIGNS = (0x1F150, 0x1F170, 0x1F1E6)
_BADGES = {chr(first + at): chr(ord("A") + at) for first in _SIGNS for at in range(26)}
_LETTERS = (
    _pairs(_CYRILLIC, _GREEK, _OTHERS, _CHEROKEE, _LISU, _COPTIC, _SYLLABICS, _STROKED, _POINTS)
    | _BADGES
    | {"\N{BRAILLE PATTERN BLANK}": " "}
)
_PLAIN = _Plain()


def as_read(text: str) -> tuple[str, Sequence[int]]:
    """``text`` as a reader takes it, and for each of its characters the place in ``text`` that it came from.

    One character becomes one or none, so that a place in the one is easily found in the other.
    """
    if text.isascii():
        return text, range(len(text))
    plain = text.translate(_PLAIN)
    if len(plain) == len(text):
        return plain, range(len(text))
    return plain, [place for place, character in enumerate(text) if _PLAIN[ord(character)]]
