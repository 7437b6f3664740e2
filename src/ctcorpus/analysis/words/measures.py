"""The measures of keyness and collocation, each with its source. Arrays in, arrays out, element by element.

A word is held against two heaps of words, the first in question: a, b: how often it stands in each; c, d: how many
words each has. All are counts, a <= c and b <= d.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

    Counts = NDArray[int64] | int

#: how each measure is named in an answer
G2 = "G2: log-likelihood ratio over the four cells (Dunning 1993); 3.84 is p < 0.05, 15.13 is p < 0.0001"
LOG_RATIO = "log ratio: binary logarithm of the relative frequencies (Hardie 2014); 1 is twice as frequent"
DP = "DP: deviation of proportions over documents (Gries 2008); 0 is spread evenly, near 1 is in few documents"
MI = "MI: mutual information (Church and Hanks 1990), observed over expected, binary logarithm"


def g2(a: NDArray[int64], b: NDArray[int64], c: int, d: int) -> NDArray[float64]:
    """Log-likelihood ratio, 0 or more: how surely the relative frequencies differ, whichever is higher.

        2 * sum(O * ln(O / E)) over the cells a, b, c - a, d - b, with E = row total * column total / (c + d)

    0 where either heap is empty. Source: Dunning (1993), Accurate Methods for the Statistics of Surprise and
    Coincidence, Computational Linguistics 19(1); Rayson and Garside (2000) leave out the last two cells, which
    matter little for rare words.
    """
    import numpy as np

    total = np.zeros(np.shape(a), dtype=np.float64)
    if c <= 0 or d <= 0:
        return total
    here = a + b
    for observed, row, column in ((a, here, c), (b, here, d), (c - a, c + d - here, c), (d - b, c + d - here, d)):
        expected = np.asarray(row, dtype=np.float64) * column / (c + d)
        counted = np.asarray(observed, dtype=np.float64)
        some = counted > 0
        total[some] += counted[some] * np.log(counted[some] / expected[some])
    return np.maximum(2 * total, 0.0)


def log_ratio(a: NDArray[int64], b: NDArray[int64], c: int, d: int) -> NDArray[float64]:
    """Binary logarithm of (a / c) / (b / d), a count of 0 taken as 0.5; 0 where either heap is empty.

    Source: Hardie (2014), Log Ratio: an informal introduction, CASS Lancaster.
    """
    import numpy as np

    if c <= 0 or d <= 0:
        return np.zeros(np.shape(a), dtype=np.float64)
    return np.asarray(np.log2(np.where(a == 0, 0.5, a) / c) - np.log2(np.where(b == 0, 0.5, b) / d))


def mutual_information(a: NDArray[int64], b: NDArray[int64], c: int, d: int) -> NDArray[float64]:
    """Binary logarithm of a over what chance would put there, (a + b) * c / (c + d); minus infinity where a is 0.

    Source: Church and Hanks (1990), Word Association Norms, Mutual Information, and Lexicography.
    """
    import numpy as np

    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(a * ((c + d) / max(c, 1)) / np.maximum(a + b, 1)))


def dispersion(counts: NDArray[int64], sizes: NDArray[int64]) -> float | None:
    """Deviation of proportions, 0 to 1: half the sum of |share of the word - share of all words| over the parts.

    counts: of the word in each part; sizes: words of each part. None with fewer than two parts that have words, or
    where the word does not stand. Source: Gries (2008), Dispersions and adjusted frequencies in corpora,
    International Journal of Corpus Linguistics 13(4).
    """
    import numpy as np

    if np.count_nonzero(sizes) < 2 or not counts.sum():
        return None
    return float(np.abs(counts / counts.sum() - sizes / sizes.sum()).sum() / 2)


def per_million(count: int, words: int) -> float:
    """A frequency in each million words; 0.0 of none."""
    return count * 1e6 / words if words else 0.0
