"""Whose words a passage holds, said in words: the speaker travels with the quotation."""

from __future__ import annotations

from ctcorpus.model.export import CitedPassage
from ctcorpus.model.hit import Voice

UNNAMED = "a speaker who is not named"


def credit(passage: CitedPassage) -> str:
    """The reference, after the name of whoever is quoted: "X, quoted in Author, Title, Site, date ...".

    Where only a part of the words is another's, the reference comes first and that part is named after it.
    """
    reference = passage.citation.reference
    whole = [voice for voice in passage.voices if _is_all(passage, voice)]
    if whole:
        return f"{_who(whole[0])}, {_how(whole[0])} in {reference}"
    parts = spoken_parts(passage)
    return f"{reference}; holds {parts}" if parts else reference


def spoken_parts(passage: CitedPassage) -> str:
    """What in the passage is not the author's: "words of X (said), quoted; statements of Y (claimed), reported"."""
    told = dict.fromkeys(
        f"{'words' if voice.direct else 'statements'} of {_who(voice)}{f' ({voice.verb})' if voice.verb else ''}, "
        f"{_how(voice)}"
        for voice in passage.voices
    )
    return "; ".join(told)


def speakers(passage: CitedPassage) -> tuple[str, ...]:
    """Who speaks in the passage, each once, with how: "X (said): quoted"."""
    told = dict.fromkeys(
        f"{_who(voice)}{f' ({voice.verb})' if voice.verb else ''}: {_how(voice)}" for voice in passage.voices
    )
    return tuple(told)


def caveat(passages: tuple[CitedPassage, ...]) -> str | None:
    """One sentence for a bibliography about quotations that are not the author's own words; None where all are."""
    parts = [f"characters {x.citation.start}-{x.citation.end}: {told}" for x in passages if (told := spoken_parts(x))]
    return f"Not the author's own words: {'. '.join(parts)}." if parts else None


def _who(voice: Voice) -> str:
    via = f", via {', '.join(voice.via)}" if voice.via else ""
    return (voice.speaker or UNNAMED) + via


def _how(voice: Voice) -> str:
    return "quoted" if voice.direct else "reported"


def _is_all(passage: CitedPassage, voice: Voice) -> bool:
    """Whether nothing but punctuation of the passage lies outside the speaker's words."""
    start = passage.citation.start
    before = passage.citation.quote[: max(0, voice.start - start)]
    after = passage.citation.quote[max(0, voice.end - start) :]
    return not any(c.isalnum() for c in before + after)
