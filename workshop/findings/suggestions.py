"""Which points could go together: proposals for a person to accept, change or refuse. Nothing is decided here.

Points are compared within one theme and column: by the stems of their words, by the meanings these have in the field
(meanings.py) and by character 3-to-5-grams, each weighed by how rare it is (TF-IDF), then put together as long as the
members of two groups are alike on average (agglomerative, average linkage, cosine). tests/findings/test_suggestions.py
measures it. scikit-learn is imported where it is used: only worker processes and commands come here.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from workshop.facts import Refused
from workshop.findings.meanings import meanings
from workshop.findings.wording import same_words, stems, telling

# How alike two groups have to be on average: the best on the tuning half of the labelled points.
THRESHOLD = 0.12
# Words that stand in findings of every kind say little about which.
COMMONPLACE = 0.4
_COMMONPLACES = (
    "core group meeting agency professional child children family parent plan people person worker work case time use"
)
# Each is compared with each: memory grows with the square.
MOST_POINTS = 5_000


class Said(NamedTuple):
    """A point as far as it is compared: under which theme and column it was said, and its words."""

    theme: str
    column: str
    text: str


class TooManyPoints(Refused):
    """More points of one theme and column than can be compared with each other."""


def suggested_groups(points: Sequence[Said], threshold: float = THRESHOLD) -> list[list[int]]:
    """Groups of two and more indices into ``points``, none in two groups, each of one theme and column.

    The largest first. Points of the same words are always together. The order of ``points`` makes no difference.
    Raises TooManyPoints.
    """
    alike = _by_words(points)
    places = sorted(alike)
    rows: dict[tuple[str, str], list[int]] = {}
    for row, (theme, column, _) in enumerate(places):
        rows.setdefault((theme, column), []).append(row)
    if any(len(own) > MOST_POINTS for own in rows.values()):
        raise TooManyPoints(f"There are more than {MOST_POINTS:,} points of one theme and column: too many to compare.")
    vectors = _vectors([place[2] for place in places]) if any(len(own) > 1 for own in rows.values()) else None
    groups = [
        sorted(index for row in cluster for index in alike[places[row]])
        for own in rows.values()
        for cluster in _clusters(vectors, own, threshold)
    ]
    return sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group))


def said_twice(points: Sequence[Said]) -> list[list[int]]:
    """Groups of indices whose points have the same words under the same theme and column. Takes no worker."""
    groups = [group for group in _by_words(points).values() if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), group))


def _by_words(points: Sequence[Said]) -> dict[Said, list[int]]:
    """Theme, column and key of the words → the points that have them. A text without any is left out."""
    alike: dict[Said, list[int]] = {}
    for index, point in enumerate(points):
        if key := same_words(point.text):
            alike.setdefault(Said(point.theme, point.column, key), []).append(index)
    return alike


def _clusters(vectors: Any, rows: list[int], threshold: float) -> list[list[int]]:
    if len(rows) == 1:
        return [rows]
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering

    own = vectors[rows]
    # As binary floats all of it, so that equal points are at equal distances wherever they stand.
    distances = np.clip(1 - (own @ own.T).toarray().round(9), 0, None)
    np.fill_diagonal(distances, 0)
    clustering = AgglomerativeClustering(
        n_clusters=None, distance_threshold=1 - threshold, metric="precomputed", linkage="average"
    )
    clusters: dict[int, list[int]] = {}
    for row, label in zip(rows, clustering.fit_predict(distances), strict=True):
        clusters.setdefault(int(label), []).append(row)
    return list(clusters.values())


def _vectors(texts: Sequence[str]) -> Any:
    """A row for each text: its words, meanings and character n-grams side by side, of length 1 (0 for nothing)."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    said = [stems(text) for text in texts]
    words = [telling(each) for each in said]
    blocks = []
    for documents, settings in (
        (words, {"analyzer": _as_it_is}),
        ([meanings(each) for each in said], {"analyzer": _as_it_is}),
        ([" ".join(each) for each in words], {"analyzer": "char_wb", "ngram_range": (3, 5)}),
    ):
        if not any(documents):
            continue
        vectorizer = TfidfVectorizer(sublinear_tf=True, lowercase=False, **settings)
        block = vectorizer.fit_transform(documents)
        if documents is words:
            common = set(stems(_COMMONPLACES))
            weights = [COMMONPLACE if word in common else 1 for word in vectorizer.get_feature_names_out()]
            block = normalize(block.multiply(weights).tocsr())
        blocks.append(block)
    return normalize(hstack(blocks).tocsr()) if blocks else csr_matrix((len(texts), 1))


def _as_it_is(words: list[str]) -> list[str]:
    return words
