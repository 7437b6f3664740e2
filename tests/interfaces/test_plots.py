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

from ctcorpus.analysis.figures import Wanted
from ctcorpus.corpus import Corpus
from ctcorpus.errors import ExtraMissingError, UsageError
from ctcorpus.interfaces import plots

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
    "timeline": lambda x: plots.timeline_chart(x.timeline()),
    "figures": lambda x: plots.figures_chart(x.figures("", Wanted())),
    "figures compared": lambda x: plots.figures_chart(x.figures("", Wanted(), compare=True)),
}


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


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_not_empty_and_its_labels_do_not_overlap(corpus: Corpus, name: str) -> None:
    drawn = ElementTree.fromstring(plots.svg(CHARTS[name](corpus)))
    texts = list(boxes(drawn))
    marks = [x for x in drawn.iter(f"{SVG}path") if x.get("aria-roledescription") in {"bar", "point"}]
    assert len(marks) > 1
    assert len(texts) > 5
    assert any("with a named author" in x.text for x in texts)
    assert [(a.text, b.text) for a, b in combinations(texts, 2) if a.overlaps(b)] == []


@pytest.mark.parametrize("name", CHARTS)
def test_titles_and_units_are_told(corpus: Corpus, name: str) -> None:
    plain = CHARTS[name](corpus).to_dict()
    assert plain["title"]["text"]
    assert any("dated" in x for x in plain["title"]["subtitle"])
    titles = re.findall(r"'title': '([^']+)'", str({**plain, "datasets": None, "data": None}))
    assert titles
    assert set(plots.PALETTE) >= set(re.findall(r"#[0-9A-F]{6}", str(plain)))


def test_the_three_forms(corpus: Corpus, tmp_path: Path) -> None:
    chart = CHARTS["collocates"](corpus)
    for ending, begins in ((".svg", b"<svg"), (".png", b"\x89PNG"), (".html", b"<!doctype html>")):
        path = tmp_path / f"drawing{ending}"
        plots.save_plot(chart, path)
        assert path.read_bytes().startswith(begins)
        with pytest.raises(UsageError):
            plots.save_plot(chart, path)
        plots.save_plot(chart, path, force=True)
    page = (tmp_path / "drawing.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    with pytest.raises(UsageError):
        plots.save_plot(chart, tmp_path / "drawing.gif")
    assert len(list(tmp_path.iterdir())) == 3


def test_never_a_chart_of_nothing(corpus: Corpus) -> None:
    found = corpus.keyness("author:jamali")
    with pytest.raises(UsageError):
        plots.keyness_chart(replaced(found, rows=()))
    with pytest.raises(UsageError):
        plots.collocates_chart(corpus.collocates("submarine"))
    with pytest.raises(UsageError):
        plots.timeline_chart(corpus.timeline("submarine"))
    with pytest.raises(UsageError):
        plots.figures_chart(corpus.figures("submarine", Wanted()))


def test_without_the_packages_it_says_which_to_install(monkeypatch: pytest.MonkeyPatch, corpus: Corpus) -> None:
    found = corpus.collocates("security", minimum=2)
    monkeypatch.setattr(plots, "find_spec", lambda _: None)
    with pytest.raises(ExtraMissingError, match="optional package"):
        plots.collocates_chart(found)
