"""What the tests of the formats share: how many records, whose readers there are, and how texts are compared."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from ctcorpus.citing.exporting.formats import render
from ctcorpus.model.export import Selection

#: how many records: some hundred always, all of them where slow tests are asked for
_MANY = pytest.param(10_000, id="10000", marks=[pytest.mark.slow, pytest.mark.timeout(600)])
COUNTS = [pytest.param(300, id="300"), _MANY]
PANDOC = shutil.which("pandoc")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def rendered(chosen: Selection, name: str) -> str:
    """The export in a format of text."""
    made = render(chosen, name)
    assert isinstance(made, str)
    return made


def pandoc(source: str, *options: str) -> str:
    """What pandoc makes of a text."""
    assert PANDOC
    done = subprocess.run([PANDOC, *options], input=source.encode(), capture_output=True, check=True, timeout=550)
    return done.stdout.decode()


def squeezed(value: str) -> str:
    """A text without its white space, which BibLaTeX and Markdown do not keep."""
    return re.sub(r"\s+", "", value)


def printable(value: str) -> str:
    """A text without white space, control characters and what stands for them."""
    return re.sub("[\x00-\x1f\x7f-\x9f\ufffd]", "", squeezed(value))


class Page(HTMLParser):
    """The text of each block quotation, every tag, and every attribute of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quotes: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag == "blockquote":
            self._inside = True
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.quotes[-1] += data
