"""A concept and its labels, after SKOS, with three properties that the domain needs.

strength: a weak label ("IS", "the Khawarij") counts only beside a strong cue. used_by: who uses it.
state label for: one state's label for one or more organisations; directional, never a synonym, never merged.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from ctcorpus.model.record import Nested, Record, record

LabelKind = Literal["preferred", "alternative", "hidden"]
Strength = Literal["strong", "weak"]


@record
class Label(Record):
    """One name of a concept. language: BCP 47 tag."""

    text: str
    kind: LabelKind = "alternative"
    strength: Strength = "strong"
    language: str = "en"
    used_by: tuple[str, ...] = ()


@record
class StateLabel(Record):
    """The statement that a concept is a state's label for an organisation: who maps it so, and who entered that."""

    concept: str  # the organisation's concept id
    state: str | None  # the state whose label it is
    source: str  # where the mapping is stated
    entered_by: str


@record
class Concept(Record):
    """One concept. id: ``grp:ttp``. type: group, operation, agency, law, place, office, person, event, topic, label ...

    umbrella: a class of concepts ("armed groups"): never expanded in a query.
    """

    id: str
    type: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    state_label_for: tuple[StateLabel, ...] = ()
    note: str | None = None
    umbrella: bool = False

    NESTED: ClassVar[Nested] = {"labels": Label, "state_label_for": StateLabel}

    @property
    def preferred(self) -> str:
        """The preferred label: English where there is one, else the first."""
        preferred = [label for label in self.labels if label.kind == "preferred"]
        return next((x.text for x in preferred if x.language == "en"), preferred[0].text if preferred else self.id)
