"""The labels of a thesaurus, ready to be looked up: small, plain, and quick to load.

A search recognises names in a question with it. It is made when a store is indexed and lies beside the index, so
that a search neither parses the thesaurus nor sees another one than the facts were read by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from ctcorpus.annotate.fold import folded, key
from ctcorpus.model.record import record

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus

#: tokens of the longest name that is looked for
LONGEST = 10
#: letters that a transliterated name's skeleton has at least: shorter ones say too little
LEAST_SKELETON = 5
#: words by which one event is called now this, now that
ATTACKS = ("attack", "attacks", "bombing", "bombings", "blast", "blasts", "explosion", "explosions")


@record
class Named:
    """A concept as a question needs it. labels: the strong ones, the preferred first.

    state_labels: (concept of the label, state, where the mapping is stated). narrower: concepts directly below.
    """

    id: str
    name: str
    type: str
    umbrella: bool
    labels: tuple[str, ...]
    narrower: tuple[str, ...]
    state_labels: tuple[tuple[str, str | None, str], ...]


class LabelTable:
    """Concepts by folded label, and by the skeleton of transliterated names where that names one concept only."""

    def __init__(
        self, concepts: Mapping[str, Sequence[Any]], keys: Mapping[str, Sequence[str]], skeletons: Mapping[str, str]
    ) -> None:
        """concepts: id -> the values of Named after the id; the few that a question names are made when asked for."""
        self._concepts = concepts
        self._keys = keys
        self._skeletons = skeletons

    @classmethod
    def of(cls, thesaurus: Thesaurus) -> Self:
        """The table of a thesaurus."""
        state_labels: dict[str, list[tuple[str, str | None, str]]] = {}
        for concept in thesaurus.concepts:
            for mapping in concept.state_label_for:
                state_labels.setdefault(mapping.concept, []).append((concept.id, mapping.state, mapping.source))
        concepts, keys, skeletons = dict[str, Sequence[Any]](), dict[str, set[str]](), dict[str, set[str]]()
        for concept in thesaurus.concepts:
            strong = [x for x in concept.labels if x.strength == "strong"]
            labels = tuple(dict.fromkeys((concept.preferred, *(x.text for x in strong if x.kind != "hidden"))))
            below = tuple(x.id for x in thesaurus.narrower(concept.id))
            own = tuple(state_labels.get(concept.id, ()))
            concepts[concept.id] = (concept.preferred, concept.type, concept.umbrella, labels, below, own)
            for label in concept.labels:
                written = " ".join(folded(label.text))
                # a weak label is taken where it is typed in its very capitals: "KP", never "kp" or "is"
                keys.setdefault(written if label.strength == "strong" else label.text, set()).add(concept.id)
                bones = " ".join(key(label.text))
                if label.language.endswith("-Latn") and len(bones.replace(" ", "")) >= LEAST_SKELETON:
                    skeletons.setdefault(bones, set()).add(concept.id)
        unique = {bones: next(iter(ids)) for bones, ids in skeletons.items() if len(ids) == 1}
        return cls(concepts, {written: sorted(ids) for written, ids in keys.items()}, unique)

    def to_dict(self) -> dict[str, Any]:
        """The table as plain values."""
        return {"concepts": self._concepts, "keys": self._keys, "skeletons": self._skeletons}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What ``to_dict`` gave."""
        return cls(data["concepts"], data["keys"], data["skeletons"])

    def get(self, id: str) -> Named | None:
        """The concept of this id, or None."""
        if id not in self._concepts:
            return None
        name, kind, umbrella, labels, narrower, states = self._concepts[id]
        mapped = tuple((x[0], x[1], x[2]) for x in states)
        return Named(id, name, kind, umbrella, tuple(labels), tuple(narrower), mapped)

    def find(self, words: Sequence[str]) -> Named | None:
        """The one concept that these words, side by side, name; None where none or several do.

        By label first, then an event by another word for what it was, then (for transliterated names) by skeleton; a
        plural s of a single acronym is overlooked.
        """
        typed = " ".join(words)
        written = " ".join(folded(typed))
        candidates: Iterable[str] = self._keys.get(written) or self._keys.get(typed) or ()
        if not candidates and len(words) == 1 and typed[:-1].isupper() and typed.endswith("s"):
            candidates = self._keys.get(written[:-1], ())
        if not candidates:
            candidates = self._events_like(folded(typed))
        if not candidates and (bones := " ".join(key(typed))) in self._skeletons:
            candidates = (self._skeletons[bones],)
        found = list(candidates)
        return self.get(found[0]) if len(found) == 1 else None

    def _events_like(self, words: Sequence[str]) -> set[str]:
        """Events whose label differs in the last word alone, both being words for an attack: "… blast", "… bombing"."""
        if len(words) < 2 or words[-1] not in ATTACKS:
            return set()
        labels = (" ".join((*words[:-1], other)) for other in ATTACKS)
        return {name for label in labels for name in self._keys.get(label, ()) if self._concepts[name][1] == "event"}

    def look_up(self, name: str) -> Named | None:
        """The concept that ``@name`` means: its id with or without prefix, else a label."""
        if name in self._concepts:
            return self.get(name)
        short = [x for x in self._concepts if x.partition(":")[2] == name.lower()]
        return self.get(short[0]) if len(short) == 1 else self.find(name.split())
