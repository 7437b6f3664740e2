"""The parts of a message, within limits: however deep they stand, nothing here is recursive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from ctcorpus.ingest.readers.reading import UnreadableError
from ctcorpus.ingest.readers.sheet import fit, one_line

#: limits before anything is parsed: bytes of the header, of one header field; parts; levels of parts in parts
MOST_HEADER, MOST_FIELD, MOST_PARTS, MOST_LEVELS = 262_144, 65_536, 1_000, 50
_ATTACHED = "message/rfc822"


def message_of(data: bytes) -> EmailMessage:
    """The message. Raises UnreadableError where it is damaged, its header too long, its parts too many or too deep."""
    header = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    if len(header) > MOST_HEADER or any(len(x) > MOST_FIELD for x in re.split(rb"\r?\n(?![ \t])", header)):
        raise UnreadableError(f"a header of {len(header):,} bytes; at most {MOST_HEADER:,} are read")
    try:
        message = message_from_bytes(data, policy=default)
    except RecursionError as error:
        raise UnreadableError(f"its parts are nested more than {MOST_LEVELS} deep") from error
    except (ValueError, LookupError, AttributeError) as error:
        raise UnreadableError(f"the message is damaged: {type(error).__name__}") from error
    assert isinstance(message, EmailMessage)
    _check(message)
    return message


def _check(message: EmailMessage) -> None:
    waiting: list[tuple[Message, int]] = [(message, 1)]
    parts = 0
    while waiting:
        part, level = waiting.pop()
        parts += 1
        if level > MOST_LEVELS:
            raise UnreadableError(f"its parts are nested more than {MOST_LEVELS} deep")
        if parts > MOST_PARTS:
            raise UnreadableError(f"a message of more than {MOST_PARTS:,} parts")
        waiting.extend((x, level + 1) for x in _inner(part))


def own_parts(message: Message) -> Iterator[Message]:
    """The parts of a message that hold no others, in order; an attached message is one part, and not looked into."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and (part is message or part.get_content_type() != _ATTACHED):
            waiting.extend(reversed(_inner(part)))
        else:
            yield part


def alternatives(message: Message) -> set[int]:
    """The identities of the parts that say the same in several ways, of which one is shown."""
    found: set[int] = set()
    waiting = [(message, False)]
    while waiting:
        part, inside = waiting.pop()
        inside = inside or part.get_content_type() == "multipart/alternative"
        if inside:
            found.add(id(part))
        waiting.extend((x, inside) for x in _inner(part))
    return found


def attached_message(part: Message) -> EmailMessage | None:
    """The message that a part attaches, unpacked where it was packed; None where the part is no message."""
    if part.get_content_type() != _ATTACHED or not part.is_multipart():
        return None
    inner = part.get_payload(0)
    if isinstance(inner, EmailMessage) and not inner.keys():
        inner["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding") or "7bit")
        return message_of(payload(inner))
    return inner if isinstance(inner, EmailMessage) else None


def payload(part: Message) -> bytes:
    """The bytes of a part, unpacked; empty where they cannot be."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        found = b""
    return found if isinstance(found, bytes) else b""


def name_of(part: Message) -> str:
    """The name that a part is attached under, or its media type."""
    return one_line(fit(part.get_filename() or part.get_content_type()))[:100]


def field(message: Message, name: str) -> str:
    """A field of the header, decoded, on one line; empty where there is none, or none that can be read."""
    try:
        return one_line(fit(str(message.get(name) or "")))[:1_000]
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError):
        return ""


def _inner(part: Message) -> list[Message]:
    inner = part.get_payload() if part.is_multipart() else []
    return [x for x in inner if isinstance(x, Message)] if isinstance(inner, list) else []
