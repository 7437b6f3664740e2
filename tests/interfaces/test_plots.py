"""Every chart is rendered and its labels looked at: none is cut by another, none is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import replace as replaced
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ctcorpus.analysis.figures.ledger import Wanted
from ctcorpus.corpus import Corpus
from ctcorpus.errors import ExtraMissingError, UsageError
from ctcorpus.interfaces import drawing, plots, plots_facts
from ctcorpus.interfaces.cli import main
from ctcorpus.model.words import Topic, Topics

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with Corpus(tmp_path_factory.mktemp("seeds") / "index") as corpus:
        corpus.index([SEEDS])
        yield corpus


CHARTS: dict[str, Callable[[Corpus], Any]] = {
    "keyness": lambda x: plots.keyness_chart(x.keyness("author:jamali", n=40)),
    "collocates": lambda x: plots.collocates_chart(x.collocates("security", minimum=2)),
    "co-occurrence": lambda x: plots.co_occurrence_chart(x.co_occurrence("")),
    "topics": lambda x: plots.topics_chart(topics(x, 3)),
    "timeline": lambda x: plots_facts.timeline_chart(x.timeline()),
    "figures": lambda x: plots_facts.figures_chart(x.figures("", Wanted())),
    "figures compared": lambda x: plots_facts.figures_chart(x.figures("", Wanted(), compare=True), compare=True),
    "labels": lambda x: plots_facts.labels_chart(x.labels("grp:ttp")),
}
LONG = "a name that goes on and on and does not end before the page does, nor soon after"


def topics(corpus: Corpus, count: int) -> Topics:
    """So many topics: the seeds are too few to have any."""
    found = corpus.topics()
    terms = ("operations", "border", "agreement", "counterterrorism", "infrastructure")
    made = (Topic(n, (f"{terms[n % 5]}{n}", *terms), 30 + n, 20 + n, 0.25, "x", ()) for n in range(1, count + 1))
    return replaced(found, topics=tuple(made), fitted=200, reason=None)


def many(corpus: Corpus, name: str, count: int) -> Any:
    """The chart of an answer with so many rows, all of them with long names."""
    rows = range(count)
    if name == "keyness":
        words = corpus.keyness("author:jamali")
        return plots.keyness_chart(
            replaced(words, rows=tuple(replaced(words.rows[0], term=f"{LONG} {x}") for x in rows))
        )
    if name == "collocates":
        beside = corpus.collocates("security", minimum=2)
        return plots.collocates_chart(
            replaced(beside, rows=tuple(replaced(beside.rows[0], term=f"{LONG} {x}") for x in rows))
        )
    if name == "co-occurrence":
        pairs = corpus.co_occurrence("")
        made = tuple(replaced(pairs.pairs[0], a=f"{LONG} {x}", b=f"{LONG} {x + 1}") for x in rows)
        counts = {name: 7 for pair in made for name in (pair.a, pair.b)}
        return plots.co_occurrence_chart(replaced(pairs, pairs=made, concepts=counts))
    if name == "topics":
        return plots.topics_chart(topics(corpus, min(count, 50)))
    if name == "timeline":
        dated = corpus.timeline()
        events = tuple(replaced(dated.events[-1], citekey=f"{LONG} {x}") for x in rows)
        return plots_facts.timeline_chart(replaced(dated, events=events, published=()))
    if name == "labels":
        named = corpus.labels("grp:ttp")
        seen = tuple(replaced(named.rows[0], first_seen=f"{1980 + x // 12}-{1 + x % 12:02}") for x in rows)
        return plots_facts.labels_chart(replaced(named, rows=seen))
    ledger = corpus.figures("", Wanted(), compare=name == "figures compared")
    first = ledger.figures[0]
    figures = tuple(
        replaced(first, citekey=f"{LONG} {x}", quote=LONG, figure=replaced(first.figure, id=f"{x}")) for x in rows
    )
    return plots_facts.figures_chart(replaced(ledger, figures=figures, groups=(), total=count))


@dataclass(frozen=True)
class Box:
    """A text of a drawing and about where it stands: letters are taken as 0.55 of their height wide."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether they share more than a hair."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 1


def boxes(node: ElementTree.Element, x: float = 0.0, y: float = 0.0) -> Iterator[Box]:
    """The texts below a node, but those that are turned."""
    place = node.get("transform", "")
    moved = re.search(r"translate\(([-\d.]+)(?:,\s*([-\d.]+))?\)", place)
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2] or 0)
    if node.tag == f"{SVG}text" and "rotate" not in place and node.get("opacity") != "0":
        size = float((node.get("font-size") or "11px").removesuffix("px"))
        down = y
        for line in (node, *node.iter(f"{SVG}tspan")):
            down += float(line.get("dy", "0"))
            if line.text:
                wide = 0.55 * size * len(line.text)
                left = x - {"middle": wide / 2, "end": wide}.get(node.get("text-anchor", "start"), 0.0)
                yield Box(line.text, left, down - 0.75 * size, left + wide, down + 0.2 * size)
    for child in node:
        yield from boxes(child, x, y)


def looked_at(chart: Any) -> list[Box]:
    """The texts of a chart, once it is sure that it shows something and none of them lies on another."""
    drawn = ElementTree.fromstring(drawing.svg(chart))
    assert any(x.get("aria-roledescription") in {"bar", "point", "tick", "rect mark"} for x in drawn.iter(f"{SVG}path"))
    texts = list(boxes(drawn))
    assert any("with a named author" in x.text for x in texts)
    assert [(a.text, b.text) for a, b in combinations(texts, 2) if a.overlaps(b)] == []
    return texts


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_not_empty_and_its_labels_do_not_overlap(corpus: Corpus, name: str) -> None:
    assert len(looked_at(CHARTS[name](corpus))) > 5


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("count", [1, 60])
def test_one_row_and_sixty_with_long_names_can_be_read_too(corpus: Corpus, name: str, count: int) -> None:
    texts = looked_at(many(corpus, name, count))
    assert len({x.text for x in texts}) > 3
    if count == 60 and name not in ("topics", "co-occurrence", "labels"):
        whole = " ".join(x.text for x in texts)
        assert "of 60" in whole or "more are not drawn" in whole or "more documents are not drawn" in whole


@pytest.mark.parametrize("name", CHARTS)
def test_titles_and_units_are_told(corpus: Corpus, name: str) -> None:
    plain = CHARTS[name](corpus).to_dict()
    assert plain["title"]["text"]
    assert any("dated" in x for x in plain["title"]["subtitle"])
    titles = re.findall(r"'title': '([^']+)'", str({**plain, "datasets": None, "data": None}))
    assert titles
    assert set(drawing.PALETTE) >= set(re.findall(r"#[0-9A-F]{6}", str(plain)))


def test_the_three_forms(corpus: Corpus, tmp_path: Path) -> None:
    chart = CHARTS["collocates"](corpus)
    for ending, begins in ((".svg", b"<svg"), (".png", b"\x89PNG"), (".html", b"<!doctype html>")):
        path = tmp_path / f"drawing{ending}"
        drawing.save_plot(chart, path)
        assert path.read_bytes().startswith(begins)
        with pytest.raises(UsageError):
            drawing.save_plot(chart, path)
        drawing.save_plot(chart, path, force=True)
    page = (tmp_path / "drawing.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    with pytest.raises(UsageError):
        drawing.save_plot(chart, tmp_path / "drawing.gif")
    assert len(list(tmp_path.iterdir())) == 3


def test_never_a_chart_of_nothing(corpus: Corpus) -> None:
    nothing: tuple[Callable[[], Any], ...] = (
        lambda: plots.keyness_chart(replaced(corpus.keyness("author:jamali"), rows=())),
        lambda: plots.collocates_chart(corpus.collocates("submarine")),
        lambda: plots.co_occurrence_chart(corpus.co_occurrence("submarine")),
        lambda: plots.topics_chart(corpus.topics()),
        lambda: plots_facts.timeline_chart(corpus.timeline("submarine")),
        lambda: plots_facts.figures_chart(corpus.figures("submarine", Wanted())),
        lambda: plots_facts.labels_chart(corpus.labels("grp:ttp", "submarine")),
    )
    for draw in nothing:
        with pytest.raises(drawing.NothingToDrawError, match="nothing to draw"):
            draw()


@pytest.mark.parametrize(
    "words",
    [
        "keyness --target submarine",
        "collocates submarine",
        "concepts --co-occurrence submarine",
        "figures submarine",
        "labels ttp submarine",
        "timeline submarine",
        "topics",
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_where_there_is_nothing_no_file_is_written(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, form: list[str]
) -> None:
    if words == "topics" and form == ["--csv"]:
        return  # it has no such form
    with pytest.raises(SystemExit) as end:
        main([*words.split(), "--store", str(corpus.path), "--plot", str(tmp_path / "x.svg"), *form])
    assert end.value.code == 1
    assert not list(tmp_path.iterdir())
    assert "nothing to draw" in capsys.readouterr().err


def test_a_file_that_is_there_is_refused_before_anything_is_answered(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.svg").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["labels", "ttp", "--store", str(corpus.path), "--plot", str(tmp_path / "x.svg")])
    assert end.value.code == 2
    assert capsys.readouterr().out == ""
    assert (tmp_path / "x.svg").read_text(encoding="utf-8") == "mine"


def test_figures_of_another_unit_stand_on_another_axis(corpus: Corpus) -> None:
    plain = plots_facts.figures_chart(corpus.figures("", Wanted(), compare=True)).to_dict()
    titles = [panel["layer"][0]["encoding"]["x"]["title"] for panel in plain["vconcat"]]
    assert "operation (count)" in titles and "operation (per day)" in titles


def test_without_the_packages_it_says_which_to_install(monkeypatch: pytest.MonkeyPatch, corpus: Corpus) -> None:
    found = corpus.collocates("security", minimum=2)
    monkeypatch.setattr(drawing, "find_spec", lambda _: None)
    with pytest.raises(ExtraMissingError, match="optional package"):
        plots.collocates_chart(found)
