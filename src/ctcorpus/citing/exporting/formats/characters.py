"""Which characters a format can carry: what it cannot is replaced by U+FFFD, visibly, never dropped."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
#: what XML 1.0 forbids: C0 controls but tab, line feed and carriage return; surrogates; two noncharacters
_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: every control character, and what ends a line for some reader or other
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WHITE = re.compile(r"\s+")


def xml_text(text: str) -> str:
    """The text with each character that XML forbids replaced."""
    return _XML_ILLEGAL.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """A field's value as one line: runs of white space are one space, control characters are replaced.

    >>> one_line("A title\\nER  - ")
    'A title ER -'
    """
    return _CONTROLS.sub(REPLACEMENT, _WHITE.sub(" ", text)).strip(" ")
