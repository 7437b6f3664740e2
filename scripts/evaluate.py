"""Runs judged sets in BEIR layout through the real ingest, index and search code, and scores what comes back.

A set is a folder with ``corpus.jsonl`` (_id, title, text), ``queries.jsonl`` (_id, text) and ``qrels.tsv`` (query,
document, grade). Each document becomes a Document with its title, and is one passage: what was judged is ranked.
With ``--cut`` it is cut into passages as an article is, and ranked by the best of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctcorpus.annotate import annotate, rules
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.corpus.maintaining.ledger import Ledger
from ctcorpus.corpus.maintaining.writing import finish
from ctcorpus.errors import QueryLimitError, SourceError
from ctcorpus.index.base import Index
from ctcorpus.index.disk import open_disk
from ctcorpus.index.tfidf import TfidfIndex
from ctcorpus.ingest import read_text
from ctcorpus.model.document import Document, Passage
from ctcorpus.model.entry import FileState
from ctcorpus.query.matrix import cached_matrix
from ctcorpus.query.parse import parse
from ctcorpus.query.search import Search
from ctcorpus.store import Store, open_store
from ctcorpus.store.writer import StoreWriter

if TYPE_CHECKING:
    from ir_measures import Measure

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "judged"
#: set -> digest of its files and the least nDCG@10; lowering one is a deliberate act
FLOORS = OWN / "floors.toml"
FILES = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")
#: passages that are ranked for a query, so that there are a hundred documents among them
PASSAGES = 400
DOCUMENTS = 100
#: words of a query that is longer than the language takes
MOST_WORDS = 60


@dataclass(frozen=True)
class Configuration:
    """One way to search. expand: whether names are searched under their other labels."""

    expand: bool = True
    state_labels: bool = True
    exact: bool = False
    ranker: str = "bm25"


CONFIGURATIONS: Mapping[str, Configuration] = {
    "default": Configuration(),
    "plain": Configuration(expand=False),
    "no-state-labels": Configuration(state_labels=False),
    "exact": Configuration(expand=False, exact=True),
    "tfidf": Configuration(ranker="tfidf"),
}

Run = dict[str, dict[str, float]]


class JudgedSet:
    """One folder: its documents, queries and judgements."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name
        self.queries = {x["_id"]: x["text"] for x in _rows(folder / "queries.jsonl")}
        self.judgements: dict[str, dict[str, int]] = {}
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            query, document, grade = line.split("\t")[:3]
            self.judgements.setdefault(query, {})[document] = int(grade)

    def digest(self) -> str:
        """sha256 of its three files, in order."""
        digest = hashlib.sha256()
        for name in FILES:
            digest.update(hashlib.sha256((self.folder / name).read_bytes()).digest())
        return digest.hexdigest()

    def documents(self, *, cut: bool) -> Iterator[tuple[str, Document]]:
        """The documents with their ids, each with its title as one that a maintainer states."""
        for number, row in enumerate(_rows(self.folder / "corpus.jsonl")):
            text = row["text"].strip() or row["title"]
            try:
                document = read_text(text, name=f"{number:07}.txt")
            except SourceError:
                continue
            title = row["title"] or document.metadata.title
            document = replace(document, metadata=replace(document.metadata, title=title))
            yield row["_id"], document if cut else replace(document, passages=(_whole(document),))


def _whole(document: Document) -> Passage:
    """The whole text as one passage."""
    return Passage(document.id, 0, len(document.text), None, 1, (1, 1 + document.text.count("\n")))


def build(judged: JudgedSet, store: Path, *, cut: bool) -> None:
    """Makes the store of a set, and a file beside it that tells which document is which."""
    thesaurus = Thesaurus.shipped()
    names: dict[str, list[str]] = {}
    with StoreWriter.open(store) as writer:
        for name, document in judged.documents(cut=cut):
            if document.id not in names:
                source = document.provenance
                state = FileState(source.path, source.size, 0, 0, 0, source.sha256, document.id)
                writer.put(document, annotate(document, thesaurus), document.text.encode(), state)
            names.setdefault(document.id, []).append(name)
        finish(writer, thesaurus, Ledger(), rules=rules(thesaurus))
    (store.parent / f"{store.name}.json").write_text(json.dumps(names), encoding="utf-8")


def run(judged: JudgedSet, store: Store, index: Index, table: LabelTable, names: Mapping[str, Sequence[str]],
        how: Configuration) -> Run:  # fmt: skip
    """Query -> document -> a score that keeps the order of the search."""
    if how.ranker == "tfidf":
        index = TfidfIndex(index, cached_matrix(store))
    found: Run = {}
    for query in judged.judgements:
        best: dict[str, float] = {}
        for passage in _ranked(judged.queries[query], store, index, table, how):
            for name in names[passage.partition(":")[0]]:
                best.setdefault(name, float(PASSAGES - len(best)))
            if len(best) >= DOCUMENTS:
                break
        found[query] = best
    return found


def _ranked(text: str, store: Store, index: Index, table: LabelTable, how: Configuration) -> list[str]:
    used = table if how.expand and not how.exact else None
    try:
        parsed = parse(text, exact=how.exact)
    except QueryLimitError:
        parsed = parse(" ".join(text.split()[:MOST_WORDS]), exact=how.exact)
    search = Search(store, index, parsed, used, state_labels=how.state_labels)
    return [x.passage for x in search.ranking(PASSAGES)]


def scores(judged: JudgedSet, found: Run) -> dict[str, dict[str, float]]:
    """Measure -> query -> value, by ir-measures."""
    import ir_measures
    from ir_measures import AP, RR, R, nDCG

    measures: dict[str, Measure] = {"nDCG@10": nDCG @ 10, "MAP": AP, "recall@100": R @ 100, "MRR": RR}
    named = {measure: name for name, measure in measures.items()}
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(judged.judgements, 0.0) for name in measures}
    for value in ir_measures.iter_calc(list(measures.values()), judged.judgements, found):
        values[named[value.measure]][value.query_id] = value.value
    return values


def evaluate(
    folder: Path, place: Path, configurations: Sequence[str], *, cut: bool = False
) -> dict[str, dict[str, dict[str, float]]]:
    """Configuration -> measure -> query -> value. place: a folder for stores, where an older one is used again."""
    judged = JudgedSet(folder)
    store = place / f"{judged.name}-{judged.digest()[:12]}{'-cut' if cut else ''}"
    if not (place / f"{store.name}.json").is_file():
        build(judged, store, cut=cut)
    names = json.loads((place / f"{store.name}.json").read_text(encoding="utf-8"))
    table = LabelTable.of(Thesaurus.shipped())
    with open_store(store, verify=False) as opened:
        index = open_disk(opened.index_folder)
        return {
            name: scores(judged, run(judged, opened, index, table, names, CONFIGURATIONS[name]))
            for name in configurations
        }


def mean(values: Mapping[str, float]) -> float:
    """The mean over the queries; 0.0 without one."""
    return sum(values.values()) / len(values) if values else 0.0


def floors() -> dict[str, dict[str, Any]]:
    """Set -> ``digest`` and ``ndcg10``."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def _print(folder: Path, values: Mapping[str, Mapping[str, Mapping[str, float]]], seconds: float) -> None:
    first, *others = values
    print(f"{folder.name}: {len(next(iter(values[first].values())))} queries, {seconds:.0f} s")
    for name, measured in values.items():
        print(f"  {name:<16}" + "".join(f"{what} {mean(of):.4f}   " for what, of in measured.items()))
    for other in others:
        print(f"  {first} against {other}: {_compared(values[first]['nDCG@10'], values[other]['nDCG@10'])}")


def _compared(a: Mapping[str, float], b: Mapping[str, float]) -> str:
    """The difference in nDCG@10, how many queries gain and lose, and a paired t-test."""
    from scipy.stats import ttest_rel

    pairs = [(a[query], b[query]) for query in a]
    better, worse = sum(x > y for x, y in pairs), sum(x < y for x, y in pairs)
    difference = mean(a) - mean(b)
    if not better and not worse:
        return "no query differs"
    p = float(ttest_rel([x for x, _ in pairs], [y for _, y in pairs]).pvalue) if len(pairs) > 1 else float("nan")
    return f"nDCG@10 {difference:+.4f}, {better} queries better, {worse} worse, p = {p:.3f} (paired t-test)"


def _below_its_floor(folder: Path, values: Mapping[str, Mapping[str, Mapping[str, float]]]) -> bool:
    floor = floors().get(folder.name)
    if floor is None or "default" not in values:
        return False
    if JudgedSet(folder).digest() != floor["digest"]:
        print(f"  no floor: the files of {folder.name} are not those that its floor was set for")
        return False
    reached = mean(values["default"]["nDCG@10"])
    print(f"  floor {floor['ndcg10']}: {'reached' if reached >= floor['ndcg10'] else 'NOT REACHED'}")
    return bool(reached < floor["ndcg10"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/evaluate", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[OWN / "sample"])
    parser.add_argument("--compare", choices=sorted(CONFIGURATIONS), action="append", default=[])
    parser.add_argument("--with", dest="first", choices=sorted(CONFIGURATIONS), default="default")
    parser.add_argument("--cut", action="store_true", help="cut the documents into passages, as articles are")
    parser.add_argument("--keep", type=Path, help="a folder in which the stores stay, to be used again")
    wanted = parser.parse_args()
    low = False
    with tempfile.TemporaryDirectory() as temporary:
        place = wanted.keep or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        for folder in wanted.folders:
            began = time.perf_counter()
            values = evaluate(folder, place, list(dict.fromkeys([wanted.first, *wanted.compare])), cut=wanted.cut)
            _print(folder, values, time.perf_counter() - began)
            low = _below_its_floor(folder, values) or low
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
