"""Concepts as SKOS in Turtle, and back: the form in which a thesaurus is shipped, edited and compared.

Labels are plain SKOS, so that any SKOS tool reads them. What the domain adds stands beside them under ``ct:``
and names the label that it speaks of; docs/thesaurus.md lists the vocabulary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ctcorpus.annotate.concepts.turtle import TYPE, Blank, Iri, Literal, Triple, block, in_brackets, quoted, read
from ctcorpus.errors import ThesaurusError
from ctcorpus.model.concept import Concept, Label, LabelKind, StateLabel

CONCEPT = "urn:ctcorpus:concept:"
CT = "urn:ctcorpus:vocabulary:"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEME = "urn:ctcorpus:thesaurus"

_KINDS: dict[str, LabelKind] = {
    SKOS + "prefLabel": "preferred",
    SKOS + "altLabel": "alternative",
    SKOS + "hiddenLabel": "hidden",
}
_LINKS = {SKOS + "broader": "broader", SKOS + "related": "related"}
_TEXTS = {SKOS + "scopeNote": "note", CT + "type": "type"}
_FLAGS = {CT + "umbrella": "umbrella", CT + "replaces": "replaces"}
#: properties that say nothing which the concept does not already hold
_SILENT = frozenset((TYPE, SKOS + "inScheme"))


class Source(NamedTuple):
    """What a file holds: its concepts by id, the line of each and of each label, and whom it replaces outright."""

    concepts: dict[str, Concept]
    lines: dict[tuple[str, str], int]  # (concept, label text), and (concept, "") for the concept itself
    replaces: frozenset[str]


def parse(text: str, path: Path | str) -> Source:
    """The concepts of a SKOS Turtle text; raises ThesaurusError where a statement cannot be taken as meant."""
    triples = read(text, path)
    nodes: defaultdict[Blank, list[Triple]] = defaultdict(list)
    subjects: defaultdict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, Blank):
            nodes[triple.subject].append(triple)
        elif triple.subject.value.startswith(CONCEPT):
            subjects[triple.subject.value.removeprefix(CONCEPT)].append(triple)
        elif triple.subject.value != SCHEME:
            raise ThesaurusError(path, triple.line, f"'{triple.subject.value}' is no concept: ids begin with {CONCEPT}")
    source = Source({}, {}, frozenset())
    replaces = set()
    for concept, about in subjects.items():
        reader = _Concept(concept, path, nodes)
        for triple in about:
            reader.take(triple)
        source.concepts[concept] = reader.concept()
        source.lines.update(reader.lines)
        source.lines[concept, ""] = about[0].line
        if reader.flags["replaces"]:
            replaces.add(concept)
    return source._replace(replaces=frozenset(replaces))


class _Concept:
    """Gathers the statements about one concept."""

    def __init__(self, id: str, path: Path | str, nodes: Mapping[Blank, list[Triple]]) -> None:
        self.id, self.path, self.nodes = id, path, nodes
        self.labels: dict[tuple[str, str], LabelKind] = {}
        self.weak: dict[tuple[str, str], int] = {}
        self.users: dict[tuple[str, str], list[str]] = {}
        self.lines: dict[tuple[str, str], int] = {}
        self.links: dict[str, list[str]] = {"broader": [], "related": []}
        self.texts: dict[str, str] = {}
        self.flags = {"umbrella": False, "replaces": False}
        self.state: list[StateLabel] = []

    def take(self, triple: Triple) -> None:
        name, line = triple.predicate, triple.line
        if name in _KINDS:
            label = self._label(triple)
            if label in self.labels:
                raise ThesaurusError(self.path, line, f"'{label[0]}' is twice a label of {self.id}")
            self.labels[label] = _KINDS[name]
            self.lines[self.id, label[0]] = line
        elif name == CT + "weakLabel":
            self.weak[self._label(triple)] = line
        elif name in _LINKS:
            self.links[_LINKS[name]].append(self._concept(triple))
        elif name in _TEXTS:
            self.texts[_TEXTS[name]] = self._text(triple)
        elif name in _FLAGS:
            self.flags[_FLAGS[name]] = self._text(triple) == "true"
        elif name == CT + "labelUse":
            use = self._properties(triple, ("label", "user"))
            self.users.setdefault(self._label(use["label"]), []).append(self._text(use["user"]))
        elif name == CT + "stateLabelFor":
            self.state.append(self._state_label(triple))
        elif name not in _SILENT and name.startswith((SKOS, CT)):
            raise ThesaurusError(self.path, line, f"the property '{name}' is not known here")

    def concept(self) -> Concept:
        for label, line in self.weak.items():
            if label not in self.labels:
                raise ThesaurusError(self.path, line, f"'{label[0]}' is said to be weak, and is no label of {self.id}")
        for label in self.users:
            if label not in self.labels:
                where = self.lines.get((self.id, label[0]))
                raise ThesaurusError(self.path, where, f"'{label[0]}' is said to be used, and is no label of {self.id}")
        labels = tuple(
            Label(
                text,
                kind,
                "weak" if (text, tag) in self.weak else "strong",
                tag,
                tuple(self.users.get((text, tag), ())),
            )
            for (text, tag), kind in self.labels.items()
        )
        return Concept(
            id=self.id,
            type=self.texts.get("type", ""),
            labels=labels,
            broader=tuple(self.links["broader"]),
            related=tuple(self.links["related"]),
            state_label_for=tuple(self.state),
            note=self.texts.get("note"),
            umbrella=self.flags["umbrella"],
        )

    def _state_label(self, triple: Triple) -> StateLabel:
        said = self._properties(triple, ("organisation", "source", "enteredBy"), optional=("state",))
        return StateLabel(
            concept=self._concept(said["organisation"]),
            state=self._concept(said["state"]) if "state" in said else None,
            source=self._text(said["source"]),
            entered_by=self._text(said["enteredBy"]),
        )

    def _properties(self, triple: Triple, wanted: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Triple]:
        if not isinstance(triple.object, Blank):
            raise ThesaurusError(self.path, triple.line, f"{_short(triple.predicate)} takes its parts in brackets")
        found = {x.predicate: x for x in self.nodes[triple.object]}
        known = {CT + name: name for name in (*wanted, *optional)}
        for name, part in found.items():
            if name not in known:
                raise ThesaurusError(self.path, part.line, f"{_short(triple.predicate)} has no part '{_short(name)}'")
        for name in wanted:
            if CT + name not in found:
                raise ThesaurusError(
                    self.path, triple.line, f"{_short(triple.predicate)} of {self.id} has no ct:{name}"
                )
        return {known[name]: part for name, part in found.items()}

    def _label(self, triple: Triple) -> tuple[str, str]:
        if not isinstance(triple.object, Literal) or not triple.object.text.strip():
            raise ThesaurusError(self.path, triple.line, "a label is a text in quotes")
        if triple.object.language is None:
            raise ThesaurusError(
                self.path, triple.line, f"the label '{triple.object.text}' has no language, such as @en"
            )
        return triple.object.text, triple.object.language

    def _text(self, triple: Triple) -> str:
        if not isinstance(triple.object, Literal):
            raise ThesaurusError(self.path, triple.line, f"{_short(triple.predicate)} is a text in quotes")
        return triple.object.text

    def _concept(self, triple: Triple) -> str:
        if not isinstance(triple.object, Iri) or not triple.object.value.startswith(CONCEPT):
            raise ThesaurusError(self.path, triple.line, f"{_short(triple.predicate)} names a concept")
        return triple.object.value.removeprefix(CONCEPT)


def _short(iri: str) -> str:
    return iri.replace(CT, "ct:").replace(SKOS, "skos:")


def written(concepts: Iterable[Concept], heading: str = "") -> str:
    """The concepts as Turtle, in order of id, always the same for the same concepts; heading: a comment."""
    ordered = sorted(concepts, key=lambda x: x.id)
    spaces = sorted({x.id.split(":")[0] for x in ordered} | {y.split(":")[0] for x in ordered for y in _named(x)})
    lines = [f"# {x}".rstrip() for x in heading.splitlines()]
    lines += [f"@prefix {x}: <{CONCEPT}{x}:> ." for x in spaces]
    lines += [
        f"@prefix ct: <{CT}> .",
        f"@prefix skos: <{SKOS}> .",
        "",
        f"<{SCHEME}>",
        "  a",
        "    skos:ConceptScheme .",
        "",
    ]
    return "\n".join(lines) + "\n" + "\n".join(_written(x) for x in ordered)


def _named(concept: Concept) -> list[str]:
    states = [y for x in concept.state_label_for for y in (x.concept, x.state) if y]
    return [*concept.broader, *concept.related, *states]


def _written(concept: Concept) -> str:
    labels = sorted(concept.labels, key=lambda x: (x.language != "en", x.language, x.text.casefold(), x.text))
    literal = {x: quoted(x.text, x.language) for x in labels}
    uses = [{"ct:label": literal[x], "ct:user": quoted(user)} for x in labels for user in x.used_by]
    states = [
        {"ct:organisation": x.concept}
        | ({"ct:state": x.state} if x.state else {})
        | {"ct:source": quoted(x.source), "ct:enteredBy": quoted(x.entered_by)}
        for x in concept.state_label_for
    ]
    return block(
        concept.id,
        {
            "a": ("skos:Concept",),
            "skos:inScheme": (f"<{SCHEME}>",),
            "ct:type": (quoted(concept.type),) if concept.type else (),
            "ct:umbrella": ("true",) if concept.umbrella else (),
            "skos:prefLabel": tuple(literal[x] for x in labels if x.kind == "preferred"),
            "skos:altLabel": tuple(literal[x] for x in labels if x.kind == "alternative"),
            "skos:hiddenLabel": tuple(literal[x] for x in labels if x.kind == "hidden"),
            "ct:weakLabel": tuple(literal[x] for x in labels if x.strength == "weak"),
            "ct:labelUse": tuple(in_brackets(x) for x in uses),
            "skos:broader": concept.broader,
            "skos:related": concept.related,
            "ct:stateLabelFor": tuple(in_brackets(x) for x in states),
            "skos:scopeNote": (quoted(concept.note, "en"),) if concept.note else (),
        },
    )
