"""The base of every record: frozen, slotted, compared by value, and with one plain form, to it and back.

``@record`` makes a dataclass in all that matters to its users and to type checkers. The standard decorator writes
and compiles six methods for each class, which for the classes that one search imports takes longer than the search;
these methods are the same for all, so they are written once, here. What ``dataclasses`` itself asks of a dataclass is
there too, made when it is asked for.

``to_dict`` gives what JSON can hold (tuples become lists, records become objects) under the field names that the
contract fixes; ``from_dict`` is its inverse, told by ``NESTED`` which fields hold records, so that a cold process
decodes a row without importing a validation library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, FrozenInstanceError, dataclass, field
from typing import Any, ClassVar, Self, TypeAlias, TypeVar, cast, dataclass_transform

#: field -> the record class that it holds: one, a sequence of them, or a mapping of names to them
Nested: TypeAlias = Mapping[str, Any]

_T = TypeVar("_T")
_put = object.__setattr__


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """The class as a frozen, slotted dataclass, compared by type and values. Records have no fields of a base."""
    space = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    kinds = space.get("__annotations__", {})
    names = tuple(name for name, kind in kinds.items() if not str(kind).startswith("ClassVar"))
    space["__record_defaults__"] = {name: space.pop(name) for name in names if name in space}
    made = {**_METHODS, **space, "__slots__": names, "__match_args__": names, "__dataclass_fields__": _Fields()}
    return cast("type[_T]", type(cls.__name__, cls.__bases__, made))


class _Fields:
    """The fields as ``dataclasses`` describes them, for what asks for them (``replace``, pydantic): made when asked."""

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        space = {"__annotations__": owner.__annotations__, "__module__": owner.__module__}
        shadow = type(owner.__name__, (), {**space, **vars(owner)["__record_defaults__"]})
        fields: dict[str, Any] = vars(dataclass(init=False, repr=False, eq=False)(shadow))["__dataclass_fields__"]
        type.__setattr__(owner, "__dataclass_fields__", fields)
        return fields


class Record:
    """Base of the records of ``model``."""

    __slots__ = ()
    NESTED: ClassVar[Nested] = {}
    #: the field names, in order: set by the decorator
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as plain values, ready for JSON; ``from_dict`` of the same class takes it back."""
        return {name: _plain(getattr(self, name)) for name in self.__match_args__}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The record that ``to_dict`` wrote; unknown keys are ignored, a missing required one is a TypeError."""
        names, nested = cls.__match_args__, cls.NESTED
        values = {name: data[name] for name in names if name in data}
        if len(values) < len(names):
            return cls(**{name: _made_of(value, nested.get(name)) for name, value in values.items()})
        made = object.__new__(cls)  # as ``_init`` does with all values; most records are made here
        for name, value in values.items():
            of_json = value.__class__
            _put(made, name, _record(value, nested.get(name)) if of_json is dict or of_json is list else value)
        return made


def _plain(value: object) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return value


def _made_of(value: Any, of: type[Record] | None) -> Any:
    return _record(value, of) if isinstance(value, (dict, list)) else value


def _record(value: Any, of: type[Record] | None) -> Any:
    if isinstance(value, list):
        return tuple(_record(item, of) for item in value)
    if isinstance(value, dict) and of is not None:
        if "start" in value or set(of.__match_args__) & value.keys():
            return of.from_dict(cast("Mapping[str, Any]", value))
        return {name: _record(item, of) for name, item in value.items()}
    return value


# --- the methods that every record has ------------------------------------------------------------------------


def _init(self: Any, /, *values: Any, **named: Any) -> None:
    names = self.__match_args__
    if len(values) > len(names):
        raise TypeError(f"{type(self).__name__} takes {len(names)} values, {len(values)} were given")
    for name, value in zip(names, values, strict=False):
        _put(self, name, value)
    if len(values) == len(names) and not named:
        return
    defaults = self.__record_defaults__
    for name in names[len(values) :]:
        if name in named:
            _put(self, name, named.pop(name))
        elif name not in defaults:
            raise TypeError(f"{type(self).__name__} needs a value for '{name}'")
        else:
            default = defaults[name]
            _put(self, name, _made(default) if isinstance(default, Field) else default)
    if named:
        raise TypeError(f"{type(self).__name__} has no '{next(iter(named))}', or was given it twice")


def _made(default: Any) -> Any:
    """What ``field(default_factory=...)`` makes."""
    return default.default_factory()


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__match_args__])


def _repr(self: Any) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__match_args__)})"


def _eq(self: Any, other: object) -> bool:
    return type(other) is type(self) and _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash((type(self).__name__, *_values(self)))


def _frozen(self: Any, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} cannot be changed")


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), _values(self)


_METHODS: Mapping[str, Any] = {
    "__init__": _init,
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__setattr__": _frozen,
    "__delattr__": _frozen,
    "__reduce__": _reduce,  # between processes; a store holds no pickle
}
