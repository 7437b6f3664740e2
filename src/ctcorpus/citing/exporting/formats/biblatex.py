"""BibLaTeX: an ``@online`` a source. For LaTeX and pandoc; the passages stand in ``annotation``.

Own writer: braces of a value that match are escaped, every other one becomes a command, so braces balance by
construction and no value can end its field. A title and each name are braced again: styles change no letter of them,
and no name is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctcorpus.citing.exporting.formats.characters import one_line
from ctcorpus.citing.exporting.formats.credit import caveat
from ctcorpus.citing.exporting.formats.works import Work, day, web_address, works
from ctcorpus.model.edtf import is_edtf
from ctcorpus.model.export import Selection

COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\`{}",
}
_SPECIAL = re.compile(r"[\\{}$&#_%^~`]")
#: characters that TeX joins where two of them meet: "--" would be printed as a dash
_LIGATURES = re.compile(r"([-'<>,])(?=\1)")
_NO_KEY = re.compile(r"[^A-Za-z0-9_:-]+")


def render(selection: Selection) -> str:
    """The entries, one after another."""
    return "\n".join(_entry(work) for work in works(selection.passages))


def latex(text: str) -> str:
    """A value as LaTeX prints it back: one line, its special characters as commands."""
    line = one_line(text)
    matching = _matching_braces(line)
    plain = _SPECIAL.sub(lambda found: "\\" + found[0] if found.start() in matching else COMMANDS[found[0]], line)
    return _LIGATURES.sub(r"\1{}", plain)


def _matching_braces(line: str) -> set[int]:
    """Where braces stand that belong to each other: BibTeX counts escaped ones too, so only these may be escaped."""
    opened: list[int] = []
    matching: set[int] = set()
    for at, c in enumerate(line):
        if c == "{":
            opened.append(at)
        elif c == "}" and opened:
            matching |= {opened.pop(), at}
    return matching


def entry_key(key: str) -> str:
    """A citekey of the characters that every BibTeX takes."""
    return _NO_KEY.sub("-", key) or "source"


def _entry(work: Work) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(work) if value)
    return f"@online{{{entry_key(work.key)},\n{fields}}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    source = work.source
    yield "author", " and ".join(f"{{{latex(author)}}}" for author in source.authors)
    yield "title", f"{{{latex(source.title)}}}" if source.title else ""
    yield "organization", f"{{{latex(source.site)}}}" if source.site else ""
    yield "publisher", f"{{{latex(source.publisher)}}}" if source.publisher else ""
    yield "date", _date(source.published)
    yield "url", web_address(source)
    yield "urldate", _date(source.retrieved)
    yield "langid", latex(source.language or "")
    yield "pages", work.pages.replace("-", "--")
    yield "keywords", ", ".join(latex(x.replace(",", ";")) for x in work.tags)
    yield "note", latex(" ".join([*work.remarks, *filter(None, [caveat(work.passages)])]))
    yield "annotation", " ".join(f"“{latex(x.citation.quote)}” ({latex(x.place)}, {x.id})" for x in work.passages)


def _date(value: str | None) -> str:
    """An EDTF date, which BibLaTeX reads as it is; a time of day is left out."""
    plain = day(value)
    if plain:
        return "-".join(f"{x:02d}" for x in plain)
    return value if value and is_edtf(value) and not value.startswith("P") else ""
