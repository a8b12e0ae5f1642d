"""The ids of points that are written together: as near to each other as nobody can learn anything from."""

import secrets
from collections.abc import Sequence
from uuid import UUID

# So many devices of a group in one batch: which of them sent what cannot be told.
CROWD = 8


def new_ids(senders: Sequence[tuple[UUID, UUID | None]]) -> list[UUID]:
    """An id (UUIDv4) for each point of a batch; ``senders``: the focus group and participant of each.

    Those of a crowd share a half, the batch's: they stand on one page of the index, where each would have dirtied one
    of its own. Of fewer devices none do: that two ids are alike would tell that one device may have sent both.
    """
    # At once for all: each time that the system is asked for randomness another thread has its turn.
    random = secrets.token_bytes(8 + 16 * len(senders))
    devices: dict[UUID, set[UUID | None]] = {}
    for focus_group_id, participant_id in senders:
        devices.setdefault(focus_group_id, set()).add(participant_id)
    ids = []
    for place, (focus_group_id, _) in enumerate(senders, start=1):
        own = random[16 * place - 8 : 16 * place + 8]
        half = random[:8] if len(devices[focus_group_id]) >= CROWD else own[:8]
        ids.append(UUID(bytes=half + own[8:], version=4))
    return ids
