"""The thesaurus: concepts by id and by name, checked, and one made of the shipped file and a project's own."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from ctcorpus.annotate.concepts.labels import Matcher, key_path, spellings_of
from ctcorpus.annotate.concepts.skos import parse, written
from ctcorpus.annotate.fold import folded, key
from ctcorpus.errors import ThesaurusError
from ctcorpus.model.concept import Concept, Label

#: the file that comes with the package
SHIPPED = Path(__file__).with_name("thesaurus.ttl")


class _Names(dict[tuple[str, ...], set[str]]):
    """Folded tokens or a skeleton -> the ids of the concepts that are called so."""


class Problem(NamedTuple):
    """What is wrong with a concept, and the line of its file where that is known."""

    concept: str
    problem: str
    line: int | None


class Thesaurus:
    """Concepts in order of id. Compared by content: equal digests are equal thesauri."""

    def __init__(
        self,
        concepts: Iterable[Concept] = (),
        *,
        lines: Mapping[tuple[str, str], int] | None = None,
        replaces: Iterable[str] = (),
    ) -> None:
        """lines: where a concept ("id", "") and its labels ("id", text) stand. replaces: ids that a merge replaces."""
        self.concepts: tuple[Concept, ...] = tuple(sorted(concepts, key=lambda x: x.id))
        self._by_id = {x.id: x for x in self.concepts}
        self._lines = dict(lines or {})
        self.replaces = frozenset(replaces)

    @staticmethod
    def shipped() -> Thesaurus:
        """The thesaurus that comes with the package."""
        return _shipped()

    @staticmethod
    def load(path: Path | str) -> Thesaurus:
        """The thesaurus of a file; raises ThesaurusError where it cannot be read or is no SKOS Turtle."""
        try:
            text = Path(path).read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise ThesaurusError(path, line, "the file is not UTF-8") from error
        except OSError as error:
            raise ThesaurusError(path, None, error.strerror or "cannot be read") from error
        return Thesaurus.parse(text, path)

    @staticmethod
    def parse(text: str, path: Path | str) -> Thesaurus:
        """The thesaurus of a text; ``path`` is named in errors."""
        source = parse(text, path)
        return Thesaurus(source.concepts.values(), lines=source.lines, replaces=source.replaces)

    def merged(self, own: Thesaurus) -> Thesaurus:
        """This one with ``own`` laid over it: a concept of the same id is added to, or replaced where it says so.

        Added to: its labels and links join those that are there, its type, note and preferred labels prevail.
        """
        together = dict(self._by_id)
        for concept in own.concepts:
            base = None if concept.id in own.replaces else together.get(concept.id)
            together[concept.id] = concept if base is None else _added(base, concept)
        return Thesaurus(together.values(), lines=own._lines)

    def get(self, id: str) -> Concept | None:
        """The concept of this id, or None."""
        return self._by_id.get(id)

    def look_up(self, name: str) -> tuple[Concept, ...]:
        """The concepts that a name may mean, in order of id: its id with or without prefix, else a label.

        Case, accents, hyphens and British or American spelling do not matter. Strong labels go before weak ones, and
        before transliterations that have a label's skeleton.
        """
        wanted = name.strip().casefold()
        by_id = tuple(x for x in self.concepts if wanted in (x.id, x.id.partition(":")[2]))
        if by_id:
            return by_id
        strong, weak, keys = self._by_name
        tokens = folded(name)
        ids = strong.get(tokens) or weak.get(tokens) or set()
        if not ids:
            same = keys.get(key(name), set())
            ids = same if len(same) == 1 else set()
        return tuple(self._by_id[x] for x in sorted(ids))

    def narrower(self, id: str) -> tuple[Concept, ...]:
        """The concepts directly below, in order of id."""
        return self._narrower.get(id, ())

    @cached_property
    def _narrower(self) -> dict[str, tuple[Concept, ...]]:
        below: defaultdict[str, list[Concept]] = defaultdict(list)
        for concept in self.concepts:
            for above in concept.broader:
                below[above].append(concept)
        return {above: tuple(concepts) for above, concepts in below.items()}

    @cached_property
    def _by_name(self) -> tuple[_Names, _Names, _Names]:
        """The ids by strong label, by weak label and by the skeleton of a transliterated label."""
        strong, weak, keys = _Names(), _Names(), _Names()
        for concept in self.concepts:
            for label in concept.labels:
                names = strong if label.strength == "strong" else weak
                for text in spellings_of(label.text):
                    names.setdefault(folded(text), set()).add(concept.id)
                if path := key_path(label):
                    keys.setdefault(path, set()).add(concept.id)
        return strong, weak, keys

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the labels in a text; made once, on first need."""
        return Matcher(self.concepts)

    @cached_property
    def digest(self) -> str:
        """sha256 of the content, hex: the same for the same concepts, however their file was laid out."""
        return hashlib.sha256(self.to_turtle().encode()).hexdigest()

    def to_turtle(self, heading: str = "") -> str:
        """The thesaurus as SKOS Turtle in a stable order; heading: a comment for the first lines."""
        return written(self.concepts, heading)

    def validate(self) -> list[Problem]:
        """What is wrong with it, in order of id: an empty list is a sound thesaurus.

        Checked: one type, one preferred label a language; no strong label on two concepts; links that lead
        somewhere; no circle of broader concepts; a state's label with its source and who entered it.
        """
        owners: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        for concept in self.concepts:
            for label in concept.labels:
                if label.strength == "strong" and not _is_acronym(label):
                    owners[folded(label.text)].setdefault(concept.id, label.text)
                elif label.strength == "strong":
                    owners[(label.text,)].setdefault(concept.id, label.text)
        problems = [x for concept in self.concepts for x in self._of_concept(concept)]
        for shared in owners.values():
            first, *others = sorted(shared)
            problems += [self._problem(x, f"its label '{shared[x]}' is one of {first} too", shared[x]) for x in others]
        return sorted(problems)

    def _of_concept(self, concept: Concept) -> list[Problem]:
        found: list[Problem] = []
        if not concept.type:
            found.append(self._problem(concept.id, "it has no ct:type"))
        languages = [x.language for x in concept.labels if x.kind == "preferred"]
        if not languages:
            found.append(self._problem(concept.id, "it has no preferred label"))
        twice = {x for x in languages if languages.count(x) > 1}
        found += [self._problem(concept.id, f"it has two preferred labels in '{x}'") for x in sorted(twice)]
        found += [
            self._problem(concept.id, f"the label '{x.text}' has no letter or digit", x.text)
            for x in concept.labels
            if not folded(x.text)
        ]
        states = [y for x in concept.state_label_for for y in (x.concept, x.state) if y]
        for target in (*concept.broader, *concept.related, *states):
            if target not in self._by_id:
                found.append(self._problem(concept.id, f"it is linked to '{target}', which does not exist"))
        found += [
            self._problem(concept.id, f"it is a state's label for '{x.concept}' without source or who entered it")
            for x in concept.state_label_for
            if not x.source.strip() or not x.entered_by.strip()
        ]
        if self._in_circle(concept):
            found.append(self._problem(concept.id, "it is broader than itself"))
        return found

    def _in_circle(self, concept: Concept) -> bool:
        seen: set[str] = set()
        above = list(concept.broader)
        while above:
            higher = above.pop()
            if higher == concept.id:
                return True
            if higher not in seen and higher in self._by_id:
                seen.add(higher)
                above += self._by_id[higher].broader
        return False

    def _problem(self, id: str, problem: str, label: str = "") -> Problem:
        return Problem(id, problem, self._lines.get((id, label), self._lines.get((id, ""))))

    def __len__(self) -> int:
        return len(self.concepts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thesaurus) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Thesaurus {len(self)} concepts>"


def _is_acronym(label: Label) -> bool:
    text = label.text
    return text.isupper() or (len(text) < 6 and sum(x.isupper() for x in text) > 1)


def _added(base: Concept, own: Concept) -> Concept:
    """``base`` with what ``own`` says: own labels replace labels of the same text and language."""
    mine = {(x.text, x.language) for x in own.labels}
    preferred = {x.language for x in own.labels if x.kind == "preferred"}
    kept = [x for x in base.labels if (x.text, x.language) not in mine]
    demoted = [replace(x, kind="alternative") if x.kind == "preferred" and x.language in preferred else x for x in kept]
    return Concept(
        id=base.id,
        type=own.type or base.type,
        labels=(*demoted, *own.labels),
        broader=tuple(dict.fromkeys((*base.broader, *own.broader))),
        related=tuple(dict.fromkeys((*base.related, *own.related))),
        state_label_for=tuple(dict.fromkeys((*base.state_label_for, *own.state_label_for))),
        note=own.note or base.note,
        umbrella=base.umbrella or own.umbrella,
    )


@cache
def _shipped() -> Thesaurus:
    return Thesaurus.load(SHIPPED)
