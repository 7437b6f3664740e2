"""XML nested deeper than libxml2 reads: the same tree, built by expat, which keeps no stack."""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree

#: levels that are read; beyond them the time to build the tree grows with the square of the depth
MOST_DEPTH = 20_000


class DeepXMLError(ValueError):
    """The bytes are no XML, declare a document type or are nested too deep; the message begins in lower case."""


def is_too_deep(error: etree.XMLSyntaxError) -> bool:
    """Whether libxml2 gave up for depth."""
    return "Excessive depth" in str(error)


def parse_deep(data: bytes) -> etree._Element:
    """The root of an XML text of any nesting up to MOST_DEPTH; comments and instructions left out, no entity resolved.

    Raises DeepXMLError.
    """
    builder = etree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise DeepXMLError(f"it is nested more than {MOST_DEPTH:,} deep")
        builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_qualified(name))

    def doctype(*_: object) -> None:
        raise DeepXMLError("it declares a document type, which such files have no use for")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
        root: etree._Element = builder.close()
    except (expat.ExpatError, ValueError, AssertionError) as error:
        raise (
            error if isinstance(error, DeepXMLError) else DeepXMLError(f"it is no well-formed XML: {error}")
        ) from error
    return root


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name
