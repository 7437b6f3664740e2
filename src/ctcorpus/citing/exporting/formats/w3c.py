"""W3C Web Annotation JSON-LD: an annotation a passage, found by its words or by its position.

Source: Web Annotation Data Model (W3C Recommendation, 2017). A source without an address is named by the digest of
its bytes, as RFC 6920 names things: ``ni:///sha-256;...``. Positions are code points of the text whose digest the
state gives.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from typing import Any

from ctcorpus.citing.exporting.formats.credit import credit
from ctcorpus.model.export import CitedPassage, Selection
from ctcorpus.query.fragment import is_address

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"ctcorpus": "urn:ctcorpus:", "sha256": "ctcorpus:sha256", "textSha256": "ctcorpus:textSha256"},
]

PDF, PDF_FRAGMENTS = "application/pdf", "http://tools.ietf.org/rfc/rfc3778"


def render(selection: Selection) -> str:
    """One annotation page."""
    page = {
        "@context": CONTEXT,
        "type": "AnnotationPage",
        "items": [_annotation(passage) for passage in selection.passages],
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def digest_name(sha256: str) -> str:
    """The ``ni`` URI of a sha256 digest given in hex."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode("ascii").rstrip("=")


def _annotation(passage: CitedPassage) -> dict[str, Any]:
    citation = passage.citation
    state: dict[str, Any] = {"type": "ctcorpus:DigestState", "sha256": citation.sha256}
    state["textSha256"] = citation.text_sha256
    if passage.retrieved:
        state = {**state, "type": ["TimeState", "ctcorpus:DigestState"], "sourceDate": passage.retrieved}
    position = {"type": "TextPositionSelector", "start": citation.start, "end": citation.end}
    words = {"type": "TextQuoteSelector", "exact": citation.quote, "prefix": citation.prefix, "suffix": citation.suffix}
    return {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'urn:ctcorpus:' + passage.id)}",
        "type": "Annotation",
        "motivation": "highlighting",
        "body": [_body(credit(passage), "describing"), *(_body(x.text, "commenting", x.by) for x in passage.notes)],
        "target": {
            "source": passage.url if is_address(passage.url) else digest_name(citation.sha256),
            "state": state,
            "selector": [words, position, *_on_page(passage, words)],
        },
    }


def _on_page(passage: CitedPassage, words: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The words on the page of a PDF, as its viewers count; none where they run over its end."""
    if passage.media_type == PDF and passage.pages and passage.pages[0] == passage.pages[1]:
        page = {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENTS, "value": f"page={passage.pages[0]}"}
        yield {**page, "refinedBy": words}


def _body(text: str, purpose: str, by: str | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": purpose}
    return {**body, "creator": {"type": "Person", "name": by}} if by else body
