"""Documents made of a text alone, for the tests of dates and figures."""

from __future__ import annotations

import re
from itertools import pairwise

from ctcorpus.model.document import Document, FrontMatter, Metadata, Provenance
from ctcorpus.model.span import Span


def document(text: str, *, published: str | None = None, front: tuple[FrontMatter, ...] = ()) -> Document:
    """A document whose sentences end at a full stop and a blank."""
    provenance = Provenance("a.txt", "text/plain", "0" * 64, len(text), "utf-8", "utf-8", "text/1")
    taken = front[-1].end if front else 0
    cuts = [taken, *(x.end() for x in re.finditer(r"(?<=[a-z0-9%]\.)\s+", text) if x.end() > taken), len(text)]
    sentences = tuple(Span(a, b) for a, b in pairwise(cuts) if text[a:b].strip())
    return Document(
        "d" * 32, text, "0" * 64, provenance, Metadata(published=published), sentences=sentences, front=front
    )
