"""LaTeX: the words of the document's body, its quotations and citations. Commands go, their arguments' words stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from ctcorpus.citing.checking.draft import Cited, Draft, Plain
from ctcorpus.citing.checking.drafts.markdown import decoded
from ctcorpus.model.span import Span

_TOKEN = re.compile(
    r"""
  (?P<comment>(?<!\\)%[^\n]*(?:\n[ \t]*|\Z))
| (?P<cite>\\(?:[a-zA-Z]{0,20}cite[a-zA-Z]{0,20})\*?(?:\[[^\]\n]{0,200}\]){0,2}\{(?P<keys>[^{}\n]{1,500})\})
| (?P<block>\\(?P<side>begin|end)\{(?:quote|quotation|displayquote|blockquote|quoting)\})
| (?P<enquote>\\(?:enquote\*?|textquote\*?(?:\[(?P<quoted>[^\]\n]{0,200})\])?(?:\[[^\]\n]{0,200}\])?)\{)
| (?P<silent>\\(?:label|ref|pageref|autoref|input|include|includegraphics|usepackage|documentclass|url|bibliography
    |bibliographystyle|vspace|hspace|begin|end|hypersetup|definecolor)\*?(?:\[[^\]\n]{0,300}\])?\{[^{}\n]{0,500}\})
| (?P<dots>\\(?:l?dots|textellipsis)\b(?:\{\})?[ ]?)
| (?P<accent>\\(?P<mark>["'`^~=.cvuH])[ ]?\{?(?P<letter>[A-Za-z])\}?)
| (?P<escaped>\\(?P<sign>[%&$\#_{}]))
| (?P<line>\\\\(?:\[[^\]\n]{0,40}\])?)
| (?P<command>\\[a-zA-Z]{1,40}\*?(?:\[[^\]\n]{0,200}\])?[ ]?)
| (?P<opening>``|`) | (?P<closing>'') | (?P<dashes>---?) | (?P<tie>~) | (?P<open>\{) | (?P<shut>\})
""",
    re.VERBOSE,
)
_ACCENTS: Mapping[str, str] = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b",
}  # fmt: skip
_BEGIN, _END = "\\begin{document}", "\\end{document}"


@dataclass(slots=True)
class _Scan:
    """What one pass over a body gathers. braces: what closes each open brace."""

    plain: Plain = field(default_factory=Plain)
    cited: list[Cited] = field(default_factory=list)
    blocks: list[Span] = field(default_factory=list)
    braces: list[str] = field(default_factory=list)
    opened: int | None = None


def read_tex(name: str, data: bytes) -> Draft:
    """The draft of a .tex file: what stands between begin and end of the document, or all of it without these."""
    text = decoded(name, data)
    start = text.find(_BEGIN)
    at = start + len(_BEGIN) if start >= 0 else 0
    stop = text.find(_END, at)
    stop = stop if stop >= 0 else len(text)
    found = _Scan()
    for match in _TOKEN.finditer(text, at, stop):
        found.plain.keep(text[at : match.start()], at)
        _take(found, match)
        at = match.end()
    found.plain.keep(text[at:stop], at)
    plain = found.plain.text()
    blocks = tuple(x for x in (_trimmed(plain, block) for block in found.blocks) if len(x))
    return Draft(name, text, plain, found.plain.pieces(), blocks=blocks, cited=tuple(found.cited))


def _take(found: _Scan, match: re.Match[str]) -> None:
    """Records or replaces one command or sign."""
    source = Span(match.start(), match.end())
    plain = found.plain
    if match["cite"]:
        _cite(found, match["keys"], match.group(), source)
    elif match["block"]:
        if match["side"] == "begin":
            plain.put("\n\n", source)
            found.opened = plain.length
        elif found.opened is not None:
            found.blocks.append(Span(found.opened, plain.length))
            found.opened = None
            plain.put("\n\n", source)
    elif match["enquote"]:
        if match["quoted"]:
            _cite(found, match["quoted"], match.group(), source)
        plain.put("“", source)
        found.braces.append("”")
    elif match["open"]:
        found.braces.append("")
    elif match["shut"]:
        plain.put(found.braces.pop() if found.braces else "", source)
    else:
        plain.put(_words(match), source)


def _words(match: re.Match[str]) -> str:
    """The characters that a command stands for; "" for those that only set type."""
    if match["accent"]:
        return unicodedata.normalize("NFC", match["letter"] + _ACCENTS[match["mark"]])
    if match["escaped"]:
        return match["sign"]
    if match["dashes"]:
        return "—" if len(match["dashes"]) == 3 else "–"
    if match["opening"]:
        return "“" if match["opening"] == "``" else "‘"
    if match["dots"]:
        return "…" + (" " if match["dots"].endswith(" ") else "")
    if match["tie"]:
        return "\u00a0"
    if match["line"]:
        return "\n"
    return "”" if match["closing"] else ""


def _cite(found: _Scan, keys: str, printed: str, source: Span) -> None:
    for key in keys.split(","):
        if key.strip():
            found.cited.append(Cited(found.plain.length, key.strip(), printed, source))


def _trimmed(text: str, span: Span) -> Span:
    body = span.of(text)
    first = span.start + len(body) - len(body.lstrip())
    return Span(first, max(first, span.start + len(body.rstrip())))
