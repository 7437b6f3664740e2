"""The forms in which cited passages leave the store: a file per format, one table of them.

Each module has one function ``render(selection)`` that returns the whole file, text or bytes. Files of text are UTF-8
and their lines end in a line feed; only the words of a quotation may hold other line ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from ctcorpus.errors import UsageError
from ctcorpus.model.export import Selection


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module here, the ending of its files, and what stands before the first byte of a file.

    mark: CSV files begin with a byte-order mark, without which Excel reads them in a legacy encoding.
    """

    module: str
    suffix: str
    mark: bytes = b""


FORMATS: dict[str, Format] = {
    "markdown": Format("markdown", ".md"),
    "csv": Format("csv", ".csv", mark="\ufeff".encode()),
    "jsonl": Format("jsonl", ".jsonl"),
    "ris": Format("ris", ".ris"),
    "biblatex": Format("biblatex", ".bib"),
    "csl-json": Format("csl", ".json"),
    "w3c": Format("w3c", ".jsonld"),
    "html": Format("html", ".html"),
    "docx": Format("docx", ".docx"),
    "text": Format("text", ".txt"),
}
#: those for reading, which end with a bibliography where a style is asked for
WITH_BIBLIOGRAPHY = ("markdown", "html", "docx", "text")
#: a program -> the format that it takes best
PROGRAMS = {"zotero": "ris"}


def render(selection: Selection, name: str) -> str | bytes:
    """The passages in a format, bytes where it is not text; UsageError for a name that is none."""
    if name not in FORMATS:
        raise UsageError(f"'{name}' is no export format", f"Formats: {', '.join(FORMATS)}")
    module = import_module(f"ctcorpus.citing.exporting.formats.{FORMATS[name].module}")
    rendered: str | bytes = module.render(selection)
    return rendered
