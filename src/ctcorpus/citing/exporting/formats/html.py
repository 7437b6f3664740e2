"""One self-contained page: no scripts, nothing loaded from anywhere, and a policy in it that forbids both.

Everything from a source is escaped first and marked afterwards, by offsets.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from ctcorpus.citing.exporting.formats.characters import xml_text
from ctcorpus.citing.exporting.formats.credit import credit
from ctcorpus.citing.exporting.styles import HEADING, bibliography_of
from ctcorpus.model.export import CitedPassage, Selection
from ctcorpus.query.fragment import is_address

STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.55 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 1px solid #8886; padding: 1rem 0; }
blockquote { margin: 0 0 .6rem; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
mark { background: #ffe9a8; color: #000; }
footer, .note, header p { font: .85rem/1.4 system-ui, sans-serif; overflow-wrap: anywhere; }
code { font-size: .8em; }
@media print { mark { background: none; text-decoration: underline; } }
"""
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode("ascii")
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"


def render(selection: Selection) -> str:
    """The page."""
    count = len(selection.passages)
    sources = len({passage.document for passage in selection.passages})
    asked = f" for “{_text(selection.query)}”" if selection.query else ""
    told = f"{count} cited passage{'s' if count != 1 else ''} from {sources} document{'s' if sources != 1 else ''}"
    body = "\n".join(_article(passage) for passage in selection.passages)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{told}</title>
<style>{STYLE}</style>
</head>
<body>
<header><h1>{told}</h1><p>Generation {selection.generation} of the store{asked}.</p></header>
{body}
{_references(selection)}</body>
</html>
"""


def _references(selection: Selection) -> str:
    """The bibliography, where there is one."""
    lines = "".join(f'<li dir="auto">{_text(line)}</li>\n' for line in bibliography_of(selection))
    return f'<section id="references"><h2>{HEADING}</h2><ul>\n{lines}</ul></section>\n' if lines else ""


def _article(passage: CitedPassage) -> str:
    language = f' lang="{escape(passage.language)}"' if passage.language else ""
    words = "".join(_marked(passage))
    parts = [
        f'<article id="passage-{passage.number}">',
        f'<blockquote dir="auto"{language}>{words}</blockquote>',
        f'<footer dir="auto">{passage.number}. {_text(credit(passage))}',
    ]
    if passage.link and is_address(passage.url):
        parts.append(f' <a href="{escape(passage.link)}" rel="noreferrer">source</a>')
    parts.append(f"<br><code>{passage.id}</code> <code>text sha256 {passage.citation.text_sha256}</code></footer>")
    for note in passage.notes:
        tags = f" [{', '.join(note.tags)}]" if note.tags else ""
        parts.append(f'<p class="note" dir="auto">{_text(f"Note by {note.by}, {note.at}{tags}: {note.text}")}</p>')
    return "".join([*parts, "</article>"])


def _marked(passage: CitedPassage) -> Iterator[str]:
    """The quotation, escaped, with the matched words marked."""
    quote, start, at = passage.citation.quote, passage.citation.start, 0
    for span in passage.highlights:
        first, last = max(at, span.start - start), min(len(quote), span.end - start)
        if first < last:
            yield f"{_text(quote[at:first])}<mark>{_text(quote[first:last])}</mark>"
            at = last
    yield _text(quote[at:])


def _text(text: str) -> str:
    """Escaped; a carriage return as a reference, because a parser would make a line feed of it."""
    return escape(xml_text(text)).replace("\r", "&#13;")
