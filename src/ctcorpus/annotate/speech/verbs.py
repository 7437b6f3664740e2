"""The verbs that report what somebody says, in every form, and what each form may take.

A visible table: one line per group. A verb that is not here reports nothing. What a group may take is what its
verbs take in running text: whoever *says* can be quoted, can be followed by "that" or by a bare clause; whoever
*denies* a thing has not said it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


def word_set(words: str) -> frozenset[str]:
    """The words of a blank-separated list: how the lexicons of this room are written down."""
    return frozenset(words.split())


Group = Literal["say", "tell", "report", "believe", "find", "describe", "deny"]
Form = Literal["base", "third", "past", "ing"]


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One printed form. group: what it may take; lemma: its dictionary form; form: which of the four it is."""

    group: Group
    lemma: str
    form: Form


# "X said", "X said that …", "X said the road was open": the clause needs no "that"
_SAY = "say"
# needs a hearer before its clause: "told reporters that …"
_TELL = "tell inform remind assure"
# quoted, or with "that"; a bare clause only where a finite verb shows that it is one
_REPORT = """
    state add declare announce claim argue maintain insist assert affirm reaffirm reiterate emphasise emphasize
    stress underline underscore note observe remark comment explain clarify confirm acknowledge admit concede
    contend allege warn caution complain recall report reply respond answer reveal disclose repeat write testify
    tweet post ask opine lament vow pledge promise recommend urge elaborate quip joke recount conclude
    point concur agree suggest propose proclaim
"""
# a view: with or without "that", seldom between quotation marks
_BELIEVE = "believe think fear hope feel"
# findings: only with "that"
_FIND = "find estimate indicate assess predict show hold"
# a name that is given to something: "called it “a hoax”", "presenting 2025 as a “landmark year”"
_DESCRIBE = "call describe present brand term label dub denounce characterise characterize condemn hail slam"
# what is said to be untrue: never reported as that speaker's own statement
_DENY = "deny reject dismiss refute rebut"

_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing"),
    "think": ("thinks", "thought", "thinking"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "show": ("shows", "showed", "showing"),
    "hold": ("holds", "held", "holding"),
    "admit": ("admits", "admitted", "admitting"),
    "refute": ("refutes", "refuted", "refuting"),
    "rebut": ("rebuts", "rebutted", "rebutting"),
    "concur": ("concurs", "concurred", "concurring"),
    "slam": ("slams", "slammed", "slamming"),
    "dub": ("dubs", "dubbed", "dubbing"),
    "quip": ("quips", "quipped", "quipping"),
    "label": ("labels", "labelled", "labelling"),
}


def _forms(lemma: str) -> tuple[str, str, str]:
    """Third person, past and -ing form of a verb."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma[:-1] + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return third, lemma + "ed", lemma + "ing"


def _table() -> dict[str, VerbForm]:
    groups: tuple[tuple[Group, str], ...] = (
        ("say", _SAY),
        ("tell", _TELL),
        ("report", _REPORT),
        ("believe", _BELIEVE),
        ("find", _FIND),
        ("describe", _DESCRIBE),
        ("deny", _DENY),
    )
    table: dict[str, VerbForm] = {}
    for group, lemmas in groups:
        for lemma in lemmas.split():
            third, past, ing = _forms(lemma)
            forms: tuple[tuple[str, Form], ...] = ((lemma, "base"), (third, "third"), (past, "past"), (ing, "ing"))
            for printed, form in forms:
                table[printed] = VerbForm(group, lemma, form)
    table["labeled"] = VerbForm("describe", "label", "past")
    return table


#: printed form, lower case -> what it is
VERBS: dict[str, VerbForm] = _table()

#: what may be said without a clause after it: "“Enough,” he continued."
TAGS = word_set("continued continues shouted exclaimed whispered went began concluded laughed joked sighed mused")

#: forms that are more often nouns or adjectives: they count only directly before "that", a mark or a comma
NOUN_LIKE = word_set(
    "state states report reports claim claims comment comments remark remarks note notes point points post posts "
    "answer answers warning finding findings feeling feelings fear fears hope hopes promise promises pledge pledges "
    "show shows stress hold holds label labels term terms present presents brand brands call calls urge urges "
    "complaint estimate estimates respond tweet tweets vow vows allege saying showing holding presented found held "
    "alleged estimated reported presenting calling agreed"
)
