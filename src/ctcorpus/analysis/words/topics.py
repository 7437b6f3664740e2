"""The topics of a selection: words that stand together in many passages of many documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.words.stream import FUNCTION_WORDS, WordStream, word_stream
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.errors import UsageError
from ctcorpus.index.base import Index
from ctcorpus.model.words import Topic, TopicPassage, Topics
from ctcorpus.query.search import cite
from ctcorpus.query.select import Selection, select
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

METHOD = "non-negative matrix factorisation (scikit-learn, start nndsvd, no random part) of TF-IDF weights of stems"
#: below either, topics only mirror the single documents
LEAST_PASSAGES, LEAST_DOCUMENTS = 200, 20
#: passages that topics are found in at most, spread evenly over the selection
MOST_FITTED = 3_000
#: stems that topics are made of: those in most passages, but not in more than half, nor in fewer than LEAST_FOUND
MOST_STEMS, LEAST_FOUND = 2_000, 5
NO_TOPICS = "No topics: no words stand together across several documents in these passages"
SHOWN_TERMS, SHOWN_PASSAGES = 10, 3
#: a topic of which one document holds more than this share is that document's subject, and is not given
MOST_OF_ONE = 0.5


class _Fit(NamedTuple):
    """rows: the passages, as rows of the stream. stems: the columns. topics: a row a topic. shares: a row a passage."""

    rows: NDArray[int64]
    stems: NDArray[int64]
    topics: NDArray[float64]
    shares: NDArray[float64]


def topics(store: Store, index: Index, table: LabelTable | None, query: str = "", *, number: int = 10) -> Topics:
    """The topics of the passages of a filter, or of all; see ``topics_of``. Raises UsageError for fewer than 1."""
    if number < 1:
        raise UsageError(f"'{number}' topics cannot be given", "Give -n 1 or more")
    return topics_of(store, word_stream(store), select(store, index, table, query), number=number)


def topics_of(store: Store, stream: WordStream, selection: Selection, *, number: int = 10) -> Topics:
    """At most ``number`` topics, largest first, the same at every run; none where the selection is too small.

    Too small is a stated rule: fewer than LEAST_PASSAGES passages or LEAST_DOCUMENTS documents. Above MOST_FITTED
    passages, the topics are found in an even sample, and only its passages are given.
    """
    import numpy as np

    rows = np.flatnonzero(stream.selected(selection) & (np.diff(stream.offsets) > 0))
    documents = len(np.unique(stream.places[rows, 0]))
    basis = basis_of(selection)
    if len(rows) < LEAST_PASSAGES or documents < LEAST_DOCUMENTS:
        reason = (
            f"Too small to have topics: {_count(len(rows), 'passage')} in {_count(documents, 'document')}; below "
            f"{LEAST_PASSAGES} passages or {LEAST_DOCUMENTS} documents, topics only mirror the single documents"
        )
        return Topics(basis, METHOD, 0, (), reason)
    fit = _fit(stream, _sample(rows), number)
    made = _topics(store, stream, fit, selection.query) if fit else ()
    return Topics(basis, METHOD, len(fit.rows) if fit else 0, made, None if made else NO_TOPICS)


def _sample(rows: NDArray[int64]) -> NDArray[int64]:
    import numpy as np

    if len(rows) <= MOST_FITTED:
        return rows
    return np.asarray(rows[np.arange(MOST_FITTED) * len(rows) // MOST_FITTED])


def _fit(stream: WordStream, rows: NDArray[int64], number: int) -> _Fit | None:
    import warnings

    import numpy as np
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfTransformer
    from threadpoolctl import threadpool_limits

    stems, counts = _counts(stream, rows)
    filled = np.flatnonzero(np.diff(counts.indptr))
    number = min(number, len(stems), len(filled))
    if number < 1:
        return None
    matrix = TfidfTransformer(sublinear_tf=True).fit_transform(counts[filled])
    model = NMF(n_components=number, init="nndsvd", random_state=0, max_iter=200, tol=1e-4)
    # threads wait for each other longer than such matrices take
    with warnings.catch_warnings(), threadpool_limits(limits=1, user_api="blas"):
        warnings.simplefilter("ignore", ConvergenceWarning)  # a factorisation cut short is one all the same
        shares = model.fit_transform(matrix)
    return _Fit(rows[filled], stems, model.components_, shares)


def _counts(stream: WordStream, rows: NDArray[int64]) -> tuple[NDArray[int64], csr_matrix[int64]]:
    """The stems that count, and how often each stands in each of these passages."""
    import numpy as np
    from scipy.sparse import csr_matrix

    spans = [stream.words[stream.offsets[row] : stream.offsets[row + 1]] for row in rows]
    stems = stream.stem_of[np.concatenate(spans)]
    lines = np.repeat(np.arange(len(rows)), [len(x) for x in spans])
    pairs, times = np.unique(lines * len(stream.stems) + stems, return_counts=True)
    found_in = np.bincount(pairs % len(stream.stems), minlength=len(stream.stems))
    wanted = np.flatnonzero((found_in >= LEAST_FOUND) & (found_in <= len(rows) / 2))
    wanted = np.asarray([x for x in wanted if _says_something(stream.stems[int(x)])], dtype=np.int64)
    wanted = np.sort(wanted[np.lexsort((wanted, -found_in[wanted]))[:MOST_STEMS]])
    column = np.full(len(stream.stems), -1)
    column[wanted] = np.arange(len(wanted))
    columns = column[pairs % len(stream.stems)]
    kept = columns >= 0
    shape = (len(rows), len(wanted))
    return wanted, csr_matrix((times[kept], (pairs[kept] // len(stream.stems), columns[kept])), shape=shape)


def _says_something(stem: str) -> bool:
    return len(stem) > 2 and stem.isalpha() and stem not in FUNCTION_WORDS


def _topics(store: Store, stream: WordStream, fit: _Fit, where: str) -> tuple[Topic, ...]:
    import numpy as np

    totals = fit.shares.sum(axis=1)
    strongest = np.where(totals > 0, fit.shares.argmax(axis=1), -1)
    made = []
    for number in range(len(fit.topics)):
        own = np.flatnonzero(strongest == number)
        documents = np.bincount(stream.places[fit.rows[own], 0]) if len(own) else np.zeros(1, dtype=np.int64)
        largest = float(documents.max() / max(1, len(own)))
        if np.count_nonzero(documents) < 2 or largest > MOST_OF_ONE:
            continue
        weights = fit.topics[number]
        best = [int(x) for x in np.lexsort((fit.stems, -weights.round(9)))[:SHOWN_TERMS] if weights[x] > 0]
        terms = tuple(_form(stream, int(fit.stems[x])) for x in best)
        shares = fit.shares[own, number] / totals[own]
        order = np.lexsort((own, -fit.shares[own, number].round(9)))[:SHOWN_PASSAGES]
        places = [(int(fit.rows[own[x]]), float(shares[x])) for x in order]
        made.append((len(own), int(np.count_nonzero(documents)), largest, terms, _passages(store, stream, places)))
    made.sort(key=lambda x: (-x[0], x[3]))
    return tuple(
        Topic(at, terms, size, documents, round(largest, 6), _opening(terms, where), passages)
        for at, (size, documents, largest, terms, passages) in enumerate(made, 1)
    )


def _form(stream: WordStream, stem: int) -> str:
    """A stem as a word of the texts: the most frequent of its forms."""
    import numpy as np

    forms = [int(x) for x in np.flatnonzero(stream.stem_of == stem)]
    return stream.terms[min(forms, key=lambda x: (-stream.totals[x], stream.terms[x]))]


def _passages(store: Store, stream: WordStream, places: list[tuple[int, float]]) -> tuple[TopicPassage, ...]:
    stored = store.passages(stream.passage(row) for row, _ in places)
    found = []
    for row, share in places:
        passage = stored[stream.passage(row)]
        document = passage.passage.document
        found.append(
            TopicPassage(
                passage=passage.passage.id,
                document=document,
                citekey=store.entry(document).citekey,
                share=round(share, 6),
                text=passage.text,
                citation=cite(store, passage),
            )
        )
    return tuple(found)


def _opening(terms: tuple[str, ...], where: str) -> str:
    """A search for passages with some of the topic's first words: partial answers come, best first."""
    words = " ".join(terms[:5])
    return f"{words} +({where})" if where else words


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
