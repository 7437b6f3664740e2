"""The base of every record: one plain form, to it and back.

A record is a frozen, slotted dataclass. ``to_dict`` gives what JSON can hold (tuples become lists, records
become objects) under the field names that the contract fixes; ``from_dict`` is its inverse, told by ``NESTED``
which fields hold records, so that a cold process decodes a row without importing a validation library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeAlias, cast

#: field -> the record class that it holds: one, a sequence of them, or a mapping of names to them
Nested: TypeAlias = "Mapping[str, type[Record]]"


class Record:
    """Base of the frozen, slotted dataclasses of ``model``."""

    __slots__ = ()
    NESTED: ClassVar[Nested] = {}
    #: the field names, in order: set by the dataclass decorator
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as plain values, ready for JSON; ``from_dict`` of the same class takes it back."""
        return {name: _plain(getattr(self, name)) for name in self.__match_args__}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The record that ``to_dict`` wrote; unknown keys are ignored, a missing required key is a KeyError."""
        values = {name: _record(data[name], cls.NESTED.get(name)) for name in cls.__match_args__ if name in data}
        return cls(**values)


def _plain(value: object) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return value


def _record(value: Any, of: type[Record] | None) -> Any:
    if isinstance(value, list):
        return tuple(_record(item, of) for item in value)
    if isinstance(value, dict) and of is not None:
        if "start" in value or set(of.__match_args__) & value.keys():
            return of.from_dict(cast("Mapping[str, Any]", value))
        return {name: _record(item, of) for name, item in value.items()}
    return value
