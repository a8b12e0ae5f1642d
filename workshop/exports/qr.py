"""QR codes as SVG: pure black on white, with the quiet zone that scanners want."""

import html
from functools import lru_cache

QUIET_ZONE = 4  # modules on each side, as ISO/IEC 18004 (5.3.8) wants it


def qr_matrix(text: str) -> list[list[bool]]:
    """The code's modules, row by row, quiet zone included; True is black.

    A quarter of the code may be covered or glare (level Q), which costs little at a link's length.
    """
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


@lru_cache(maxsize=64)
def qr_svg(text: str, label: str) -> str:
    """An SVG element, without style or script, for pages and documents.

    ``label``: what it says to those who cannot see it, in plain words, escaped here.
    """
    matrix = qr_matrix(text)
    size = len(matrix)
    # One run of black modules is one rectangle of the path.
    runs = "".join(
        f"M{start},{y}h{length}v1h-{length}z" for y, row in enumerate(matrix) for start, length in _black_runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" role="img" '
        f'aria-label="{html.escape(label)}"><path fill="#fff" d="M0,0h{size}v{size}h-{size}z"/>'
        f'<path fill="#000" d="{runs}"/></svg>'
    )


def _black_runs(row: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, is_black in enumerate(row):
        if not is_black:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
