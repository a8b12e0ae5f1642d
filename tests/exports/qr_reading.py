"""Reads a clean QR code back (ISO/IEC 18004): byte mode, no errors to correct."""

from qrcode import base, util  # noqa: TID253 (a test's, not the server's start)

Matrix = list[list[bool]]
FORMAT_MASK = 0b101010000010010
BYTE_MODE = 0b0100


def read_matrix(with_quiet_zone: Matrix, quiet_zone: int = 4) -> str:
    """The text of a code."""
    matrix = [row[quiet_zone:-quiet_zone] for row in with_quiet_zone[quiet_zone:-quiet_zone]]
    size = len(matrix)
    version = (size - 17) // 4
    copy = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    form = int("".join(str(int(matrix[y][x])) for y, x in copy), 2) ^ FORMAT_MASK
    level, mask = form >> 13, util.mask_func(form >> 10 & 0b111)
    bits = [matrix[y][x] ^ mask(y, x) for y, x in _path(size) if not _is_function(y, x, size, version)]
    words = [sum(bit << 7 - i for i, bit in enumerate(bits[at : at + 8])) for at in range(0, len(bits) // 8 * 8, 8)]
    data = _in_order(words, [block.data_count for block in base.rs_blocks(version, level)])
    stream = "".join(f"{word:08b}" for word in data)
    assert int(stream[:4], 2) == BYTE_MODE
    long = 8 if version < 10 else 16
    count = int(stream[4 : 4 + long], 2)
    payload = stream[4 + long : 4 + long + count * 8]
    return bytes(int(payload[at : at + 8], 2) for at in range(0, len(payload), 8)).decode()


def _path(size: int) -> list[tuple[int, int]]:
    """Two columns at a time, from the lower right corner, up and down in turn; column 6 is a timing pattern."""
    places, is_up = [], True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        rows = range(size - 1, -1, -1) if is_up else range(size)
        places += [(y, x) for y in rows for x in (right, right - 1)]
        is_up = not is_up
    return places


def _is_function(y: int, x: int, size: int, version: int) -> bool:
    if 6 in {y, x} or (y < 9 and (x < 9 or x >= size - 8)) or (y >= size - 8 and x < 9):
        return True
    if version >= 7 and ((y < 6 and x >= size - 11) or (x < 6 and y >= size - 11)):
        return True
    centres = util.pattern_position(version)
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return any(abs(y - cy) <= 2 and abs(x - cx) <= 2 for cy in centres for cx in centres if (cy, cx) not in corners)


def _in_order(words: list[int], counts: list[int]) -> list[int]:
    """The blocks' words are interleaved; put them one block after another."""
    blocks: list[list[int]] = [[] for _ in counts]
    left = iter(words)
    for place in range(max(counts)):
        for block, count in zip(blocks, counts, strict=True):
            if place < count:
                block.append(next(left))
    return [word for block in blocks for word in block]
