"""Who may speak: the words for offices, callings and bodies, what kind of speaker they make, and who bears a role.

The lists are the whole knowledge: a speaker whose words are in none of them is ``unknown``. A role stands for a
person only where the document itself says so.
"""

from __future__ import annotations

import re

from ctcorpus.annotate.speech.verbs import word_set
from ctcorpus.model.document import Document
from ctcorpus.model.facts import SpeakerKind

#: public offices and ranks; before a name they are titles
OFFICES = word_set(
    "president premier minister ministers secretary undersecretary secretary-general ambassador ambassadors governor "
    "senator senators general lieutenant colonel major brigadier captain admiral marshal chief chiefs commissioner "
    "director chairman chairwoman chairperson mayor judge justice prosecutor prosecutors sheriff king queen prince "
    "congressman congresswoman representative lawmaker lawmakers parliamentarian mp mps mna mpa coas cjcsc dg ig dig "
    "ssp dsp aig pm cm envoy chancellor commander inspector superintendent officer officers sergeant lt gen col maj "
    "brig capt sgt adm gov sen rep sec amb cdr hon deputy vice counsel adviser advisor advisers advisors aide aides "
    "attorney attorneys diplomat diplomats negotiator negotiators delegate delegates councillor councilor "
    "investigator investigators speaker"
)
#: those who speak for a body, and people of it whom nobody names
UNNAMED = word_set(
    "official officials authorities source sources spokesman spokeswoman spokesperson spokesmen spokespersons "
    "insider insiders"
)
SPOKES = word_set("spokesman spokeswoman spokesperson spokesmen spokespersons representative")
EXPERTS = word_set(
    "analyst analysts expert experts scholar scholars researcher researchers professor professors academic academics "
    "scientist scientists author authors economist economists historian historians specialist specialists "
    "academician physicist astronomer ecologist epidemiologist prof"
)
MILITANTS = word_set(
    "militant militants insurgent insurgents rebel rebels jihadist jihadists terrorist terrorists extremists "
    "taliban ttp bla blf isis isis-k iskp isis-khorasan daesh al-qaeda aqis jamaat-ul-ahrar hizbollah hezbollah "
    "hamas separatists houthis boko"
)
MEDIA = word_set(
    "media newspaper newspapers channel magazine broadcaster press broadcasters outlets journalists journalist "
    "reuters bbc cnn afp dawn jazeera guardian economist tribune herald news journal gazette daily telegraph times "
    "post newsweek xinhua editorial bloomberg ap upi dpa pti ani tass irna anadolu kyodo yonhap npr cbs nbc pbs "
    "cnbc msnbc ndtv ptv reporter reporters correspondent columnist"
)
AGENCIES = word_set(
    "ispr ministry ministries department agency agencies government governments army military navy police police's "
    "forces force authority council commission committee nacta fia nab ctd un unama undp unicef who embassy pentagon "
    "court courts parliament senate congress cabinet administration bureau directorate inter-services organisation "
    "organization nato eu union fbi cia isi raw imf bank fatf assembly office state secretariat mission "
    "regime establishment board tribunal nations"
)
#: states and their capitals speak for governments
STATES = word_set(
    "pakistan afghanistan india china russia iran iraq syria israel turkey türkiye us u.s uk britain france germany "
    "qatar bangladesh nepal japan ukraine egypt islamabad kabul delhi beijing moscow tehran washington london riyadh "
    "doha ankara kyiv jerusalem brussels canada australia indonesia malaysia yemen lebanon jordan"
)
#: documents and occasions that may be cited like speakers
RECORDS = word_set(
    "report reports data figures statistics estimate estimates survey surveys study studies statement statements "
    "records analysis analyses article story documents document complaint indictment communiqué communique dossier "
    "filing briefing tally count counts index assessment review transcript memo letter poll polls release readout "
    "account accounts database census findings research"
)
#: occasions and texts that are somebody's: "the press briefing by X"
OCCASIONS = word_set("briefing statement speech address interview remarks letter post tweet conference")
#: people who are neither in office nor unnamed officials
PEOPLE = word_set(
    "person people critics residents witnesses witness eyewitnesses victim victims survivor survivors lawyer lawyers "
    "representatives settlers companies firms doctor doctors father mother brother sister "
    "wife husband son daughter parents friend friends neighbour neighbor "
    "neighbours neighbors resident villagers villager elder elders cleric clerics activist activists observer "
    "observers protesters protester demonstrators supporters opponents leader leaders leadership workers employees "
    "employee staff owner manager managers executive executives ceo cfo founder co-founder partner head member "
    "members candidate politician politicians teacher teachers student students player coach captain actor actress "
    "singer writer physician physicians surgeon nurse nurses engineer engineers developer commentators commentator "
    "party group groups company firm team agency's family relatives delegation man woman men women boy girl couple "
    "trader traders investor investors businessman dealer consultant consultants staffer staffers tribesman prophet "
    "tribesmen farmer farmers worker driver soldier soldiers guard guards passenger passengers father-in-law "
    "campaign campaigner campaigners advocates advocate organiser organizers organizer organisers union unions "
    "university institute foundation co-author musician filmmaker chef maulana mufti allama sahib mr mrs ms dr sir "
    "lord lady madam syed haji senior-most st pope bishop imam rabbi priest pastor"
)
#: titles of courtesy, stripped from a name like offices
COURTESY = word_set("mr mrs ms dr sir lord lady prof maulana mufti allama hon")

#: every word that can head a speaker's noun phrase
HEADS = OFFICES | UNNAMED | EXPERTS | MILITANTS | MEDIA | AGENCIES | RECORDS | PEOPLE
#: words that stand before a name and are no part of it, when capitalised
TITLES = OFFICES | UNNAMED | COURTESY | word_set("professor analyst author ceo cfo coach founder leader")
#: words of bodies and outlets, which begin a name and are no title before a person's: "Inter-Services Public Relations"
BODIES = (AGENCIES | MEDIA) - word_set(
    "journalists journalist reporter reporters correspondent columnist cabinet state press media editorial economist "
    "guardian"
)
#: words of a portfolio: "Minister for Information X", "Chief of Army Staff General Y"
PORTFOLIOS = word_set(
    "state defence defense information interior foreign affairs finance law justice health education army staff "
    "police naval navy air planning religious human rights energy home security national commerce transport labour "
    "labor broadcasting development relations public inter-services and"
)
#: a name that holds one of these is no person's
_NOT_PERSONS = (
    AGENCIES
    | STATES
    | MEDIA
    | MILITANTS
    | word_set(
        "party university institute foundation company inc corp ltd group league house islamic north south east west "
        "new republic city province conference agreement accord charter article resolution front "
        "movement association federation society network centre center college school hospital street river day"
    )
)
_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
#: which list makes which kind, the first that holds the head word
_KINDS: tuple[tuple[frozenset[str], SpeakerKind], ...] = (
    (MEDIA, "media"),
    (EXPERTS, "expert"),
    (AGENCIES | STATES, "agency"),
    (UNNAMED, "unnamed_official"),
    (OFFICES - word_set("deputy vice counsel attorney lt rep gen col sen sec"), "named_official"),
)
#: a pronoun in the singular may stand for whoever is called so
SINGLE_PERSONS = frozenset(
    word for word in (OFFICES | UNNAMED | EXPERTS | PEOPLE) - AGENCIES if not word.endswith("s") or word == "witness"
) - word_set("people staff leadership police party group company firm team family delegation campaign union")
_PLURAL_OFFICES = word_set(
    "ministers ambassadors senators chiefs lawmakers diplomats aides aide advisers advisors officers prosecutors "
    "investigators negotiators delegates attorneys parliamentarians diplomat"
)


def is_person_name(name: str) -> bool:
    """Whether a run of capitalised words can be a person's name: one to five words, none of a body or a place."""
    words = name.split()
    if not 0 < len(words) <= 5:
        return False
    for word in words:
        bare = word.strip(".’'")
        if not word[0].isalpha():
            return False
        if bare.lower() in _NOT_PERSONS or (len(bare) > 1 and bare.isupper() and len(words) < 3):
            return False
    return not words[0].isupper() or len(words[0]) < 2 or "." in words[0] or all(w.isupper() for w in words)


def kind_of(speaker: str, phrase: str, *, officials: frozenset[str] = frozenset()) -> SpeakerKind:
    """What kind of speaker the words say it is; ``unknown`` where no list holds them.

    speaker: as it is given in a record. phrase: the whole noun phrase and appositions that it was taken from.
    officials: last words of the names that the document gives an office to, in lower case.
    """
    said = _WORD.findall(speaker.lower())
    if not said:
        return "unknown"
    words = {word.removesuffix("’s").removesuffix("'s") for word in _WORD.findall(phrase.lower())}
    own = {word.removesuffix("’s").removesuffix("'s") for word in said}
    named = speaker[0].isupper() and is_person_name(speaker) and not own & (HEADS - MEDIA - MILITANTS)
    if words & MILITANTS and not words & (AGENCIES | {"minister"}):
        return "militant"
    if named:
        return _kind_of_named(words, said[-1], officials)
    head = _head(said)
    if head in RECORDS:
        return "media" if own & MEDIA else "agency" if own & (AGENCIES | {"official"}) else "unknown"
    if head in UNNAMED or head in _PLURAL_OFFICES:
        return "unnamed_official"
    for words_of, kind in _KINDS:
        if head in words_of:
            return kind
    return next((kind for words_of, kind in _KINDS if own & words_of), "unknown")


def _head(words: list[str]) -> str:
    """The head word of a noun phrase: an office that opens it ("DG ISPR"), else the last before a preposition."""
    if words[0] in OFFICES and words[-1] in AGENCIES:
        return words[0]
    end = next(
        (i for i, word in enumerate(words) if i and word in {"of", "for", "at", "from", "in", "to", "with"}), None
    )
    return words[: end or len(words)][-1]


def _kind_of_named(words: set[str], last: str, officials: frozenset[str]) -> SpeakerKind:
    if words & EXPERTS:
        return "expert"
    if words & (OFFICES | UNNAMED) or last in officials:
        return "named_official"
    return "media" if words & {"reporter", "correspondent", "journalist", "columnist"} else "unknown"


def roles(document: Document) -> dict[str, str]:
    """Role -> the person whom the document itself names as its bearer, both as printed; empty where it names none.

    A role that the document gives to two differently named people is left out.
    """
    return {role: next(iter(names)) for role, names in _bearers(document.text).items() if len(names) == 1}


def _bearers(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    free = 0
    for run in _CAPITAL_RUN.finditer(text):
        words = run.group().split()
        role, name = _split_title(words) if len(words) > 2 else ("", "")
        if role and name:
            found.setdefault(role, set()).add(name)
        match = (
            _APPOSITION.match(text, run.start()) if run.start() >= free and text.startswith(",", run.end()) else None
        )
        if match is None:
            continue
        free = match.end()
        name = _split_title(match["name"].split())[1]
        role = match["role"].strip()
        if name and set(role.lower().split()) & OFFICES:
            for printed in filter(None, (role, match["short"])):
                found.setdefault(printed, set()).add(name)
    return found


_CAPITALISED = r"[A-Z][\w-]*\.?"
_CAPITAL_RUN = re.compile(rf"{_CAPITALISED}(?: {_CAPITALISED}){{1,7}}")
_APPOSITION = re.compile(
    rf"(?P<name>{_CAPITALISED}(?: {_CAPITALISED}){{1,6}}), (?:the )?"
    rf"(?P<role>[A-Z][\w-]*(?: (?:of|for|the|and|[A-Z][\w-]*)){{0,9}})(?: \((?P<short>[A-Z]{{2,}}(?: [A-Z]{{2,}})?)\))?"
)


def _split_title(words: list[str]) -> tuple[str, str]:
    """The title and the person's name in a run of capitalised words; "" for what is not there."""
    last = max((i for i, word in enumerate(words) if word.strip(".").lower() in TITLES), default=-1)
    name = [word.rstrip(".") if len(word) > 2 else word for word in words[last + 1 :]]
    if len(name) < 2 or not is_person_name(" ".join(name)):
        return "", ""
    return " ".join(words[: last + 1]), " ".join(name)
