"""Words that decide what a figure measures: nouns that count alike things, and what was done to what is counted.

The lists are the whole knowledge. Akin nouns may count the same thing under another name ("terrorists",
"militants"); they bring figures together, and the difference in words is then named in the reason.
"""

from __future__ import annotations

from collections.abc import Mapping


def _table(**rows: str) -> Mapping[str, str]:
    """Word -> name of its row."""
    return {word: name for name, words in rows.items() for word in words.split()}


def _words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


#: noun (small letters, one of its forms) -> the kind of thing that it counts
AKIN: Mapping[str, str] = _table(
    militant="terrorist terrorists militant militants insurgent insurgents fighter fighters extremist extremists rebel "
    "rebels jihadi jihadis jihadist jihadists gunman gunmen khwarij khawarij khariji kharijis khwariji operative "
    "operatives separatist separatists assailant assailants combatant combatants infiltrator infiltrators",
    force="soldier soldiers troop troops personnel policeman policemen officer officers serviceman servicemen jawan "
    "jawans constable constables guard guards cop cops police forces trooper troopers",
    people="civilian civilians noncombatant noncombatants people person persons individual individuals men women man "
    "woman child children citizen citizens",
    victim="casualty casualties victim victims",
    attack="attack attacks incident incidents violence assault assaults",
    blast="bombing bombings blast blasts explosion explosions",
    operation="operation operations raid raids ibo ibos",
    organisation="organisation organisations organization organizations outfit outfits group groups",
    suspect="suspect suspects detainee detainees facilitator facilitators",
)

#: nouns that say what happened to people: "fatalities" are people killed
EVENTFUL: Mapping[str, str] = _table(
    killed="fatality fatalities death deaths dead lives life killing killings martyrdom martyrdoms martyr martyrs "
    "shuhada shaheed",
    injured="injury injuries wounded injured",
    arrested="arrest arrests detention detentions capture captures",
    surrendered="surrender surrenders",
)

#: stem of a source's word for an act -> the kind of act; "neutralised" may be less than killed
ACTS: Mapping[str, str] = _table(
    killed="kill slain slay murder massacr assassin execut-person die dead death martyr lost lose sacrif perish elimin "
    "liquid claim lay laid shot gun",
    neutralised="neutral",
    arrested="arrest captur detain detent apprehend custodi nab held seiz",
    injured="injur wound hurt maim",
    surrendered="surrend",
    prevented="avert foil thwart prevent stop disrupt",
    displaced="displac flee fled evacu",
)

#: the kinds of acts: who was killed and who was arrested are never counted together
GRAVE = frozenset(ACTS.values())

#: kinds of things that acts are done to: with others ("operations conducted") the act says nothing of the measure
ACTED_ON = frozenset(("militant", "force", "people", "victim", "suspect"))

#: words about the noun that do not narrow what is counted
EMPTY = _words(
    "the a an of its their his her our some other more than about around total overall number such these those "
    "said alleged suspected active confirmed known reported additional new many several least most all and or"
)

#: words that count only what the sentence counted before
REST = frozenset(("other", "others", "more", "rest", "ones", "half", "dollars", "rupees", "euros"))

#: what a sum of money is for, where the figure itself names nothing
MONEY = _table(
    cost="cost costs loss losses lost lose damage damages toll shrank shrink",
    aid="aid assistance grant grants support funding fund funds relief",
    budget="budget budgets spending expenditure expenditures allocation allocations",
    reward="bounty reward head",
    finance="finance financing finances",
    loan="loan loans debt debts credit",
    trade="trade exports imports investment investments",
)

#: words of number, degree and grammar: found beside any figure, they say nothing of its matter
PLAIN = _words(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million "
    "billion trillion hundreds thousands millions billions dozen dozens half third quarter percent per first second "
    "more most over least less fewer than nearly almost about around some any many much several few all both each "
    "every other others another such same only even also not but however while after before since during until under "
    "between against among through into out off again been being have has had having would could should may might "
    "must can will shall now still ever very too own per said says saying according reported report reports "
    "including included including his her him she you your they them their it's year years month months week weeks "
    "day days time times today part number numbers total part made make take took taken just because if so no nor "
    "those there here where what why how january february march april june july august september october november "
    "december early late last next past recent recently ago"
)

#: stem -> kind of act; "neutralise" in both spellings
ACT_BY_STEM = {**ACTS, "neutralis": "neutralised", "neutraliz": "neutralised"}
