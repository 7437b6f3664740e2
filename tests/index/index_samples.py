"""A few neutral passages that every engine is tried on, and as many more as a test wants, made from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from ctcorpus.index.base import IndexedPassage
from ctcorpus.index.disk import DiskIndex, DiskWriter, open_disk

#: ids of documents, in their order
DAMS, RIVERS, TAXES = "a" * 32, "b" * 32, "c" * 32

PASSAGES = (
    IndexedPassage(
        f"{DAMS}:0-90",
        DAMS,
        "The counter-flood programme built 75,175 metres of dikes. “We will not stop,” said the minister.",
        title="Dams and dikes of the coast",
        heading="The programme",
        said=("We will not stop,",),
        fields={
            "site": ("Global Water Review",),
            "path": ("seeds/dams.txt",),
            "author": ("Ana Ruiz", "Bo Lind"),
            "kind": ("state",),
            "concept": ("dike", "counter-flood"),
            "speaker": ("the minister",),
            "lang": ("en",),
            "citekey": ("ruiz-2024-dams",),
        },
        dates={
            "published": (("2024-06-01", "2024-06-30"),),
            "event": (("2001-01-01", "2001-12-31"), ("2020-05-01", "")),
        },
        numbers=((75175.0, 75175.0),),
    ),
    IndexedPassage(
        f"{DAMS}:100-190",
        DAMS,
        "Counterflood work stopped. The dike's costs rose, and dikes, dikes, dikes were delayed.",
        title="Dams and dikes of the coast",
        heading="Costs",
        fields={"site": ("Global Water Review",), "path": ("seeds/dams.txt",), "kind": ("state",), "lang": ("en",)},
        dates={"published": (("2024-06-01", "2024-06-30"),)},
        numbers=((10.0, 20.0), (-5.0, -5.0)),
    ),
    IndexedPassage(
        f"{RIVERS}:0-80",
        RIVERS,
        "A flood can counter every plan; the U.S. survey of the Zarb-e-Azb canal counted 75175 trees.",
        title="Rivers",
        fields={
            "site": ("Policy Monthly",),
            "concept": ("dike+state",),
            "lang": ("en",),
            "path": ("notes/rivers.txt",),
        },
        dates={"published": (("2025-03-07", "2025-03-07"),), "period": (("", "1999-12-31"),)},
        numbers=((75175.0, 75175.0), (0.5, 3.25)),
    ),
    IndexedPassage(f"{RIVERS}:1000-1010", RIVERS, "Tied words here.", title="Rivers"),
    IndexedPassage(f"{RIVERS}:90-100", RIVERS, "Tied words here.", title="Rivers"),
    IndexedPassage(f"{TAXES}:0-10", TAXES, "Tied words here.", title="Rivers"),
    IndexedPassage(
        f"{TAXES}:20-120", TAXES, "Taxation of colour and color; taxes taxed the taxpayer of the café in São Paulo."
    ),
)

_WORDS = ["river", "dam", "canal", "flood", "dike", "survey", "coast", "tax", "levy", "the", "of", "plan"]
_WORDS += ["counter-flood", "U.S.", "Zarb-e-Azb", "1,200", "café"]


def generated(count: int, seed: int = 7) -> list[IndexedPassage]:
    """So many passages of common words in some forty documents, the same for one seed."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        document = sha256(bytes([chance.randrange(40)])).hexdigest()[:32]
        words = [chance.choice(_WORDS) + chance.choice(["", "", "s", "'s"]) for _ in range(chance.randrange(3, 130))]
        day = f"20{chance.randrange(10, 30)}-0{chance.randrange(1, 10)}-11"
        made.append(
            IndexedPassage(
                f"{document}:{number * 200}-{number * 200 + 99}",
                document,
                " ".join(words),
                title=" ".join(chance.choices(_WORDS, k=3)),
                heading=chance.choice(["", "Plans"]),
                dates={"event": ((day, chance.choice([day, "2029-12-31"])),)},
                numbers=((float(chance.randrange(50)), float(chance.randrange(50, 90))),),
            )
        )
    return made


def built(folder: Path, passages: Iterable[IndexedPassage], parent: Path | None = None) -> DiskIndex:
    """A disk index of these passages, open."""
    writer = DiskWriter(folder, parent)
    writer.add(passages)
    writer.finish()
    return open_disk(folder)
