"""Find pairs of texts alike enough to be asked whether they should merge."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, triu
from sklearn.feature_extraction.text import TfidfVectorizer

CHUNK = 250  # texts compared with all others at once: keeps the memory far below a table of all pairs
WORD = r"(?u)\b\w\w+\b"  # in any script; where words are not spaced out, a run of characters is one word
COMMON = 0.2  # of a large call: a word in more of its texts tells nothing about a pair and costs the most
LARGE = 500  # texts; below, every word counts, because a theme may well be shared by a fifth of them


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, `a` below `b`, and their likeness from 0 (no word in common) to 1 (the same words)."""

    a: int
    b: int
    likeness: float


def similar_pairs(texts: Mapping[int, str], *, least: float = 0.35, most: int = 20) -> tuple[Pair, ...]:
    """Return the pairs most alike, from the most alike down, equal ones by number.

    Likeness is the cosine between weighted counts of words and pairs of neighbouring words (term frequency
    damped by its logarithm, times inverse document frequency; G. Salton and C. Buckley, 1988), rounded to
    nine decimals. Promises the same pairs whatever the order of the texts; never holds a table of all pairs.

    Raises:
        ValueError: `least` is not above 0, or `most` is below 0.
    """
    if not 0 < least <= 1 or most < 0:
        raise ValueError(f"least {least} and most {most}: above 0, at most 1; and at least 0 are needed")
    ids = sorted(one for one in texts if texts[one].strip())
    weights = _weights([texts[one] for one in ids])
    if weights is None:
        return ()
    found: list[tuple[float, int, int]] = []
    for start in range(0, len(ids), CHUNK):
        found = sorted(found + _alike(weights, start, least))[:most]
    return tuple(Pair(ids[row], ids[column], -negative) for negative, row, column in found)


def _weights(texts: list[str]) -> csr_array | None:
    """Return one row of unit length per text, or None where no text has a word."""
    shared = COMMON if len(texts) >= LARGE else 1.0
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD, max_df=shared, dtype=np.float64
    )
    try:
        return csr_array(vectorizer.fit_transform(texts))
    except ValueError:  # so scikit-learn says that there is no word
        return None


def _alike(weights: csr_array, start: int, least: float) -> list[tuple[float, int, int]]:
    """Return (likeness with a minus, row, column) for the pairs whose first text is in the chunk."""
    products = triu(weights[start : start + CHUNK] @ weights.T, k=start + 1).tocoo()
    likeness = np.round(products.data, 9)
    near = likeness >= least
    rows, columns = products.row[near] + start, products.col[near]
    return list(zip((-likeness[near]).tolist(), rows.tolist(), columns.tolist(), strict=True))
