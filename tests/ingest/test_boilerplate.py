"""What is marked as boilerplate, and what is not."""

from __future__ import annotations

import pytest

from ctcorpus.ingest import read_text

BODY = "The council met in the spring, and it was decided that the road should be open to all who have to use it."


def marked(text: str) -> list[tuple[str, str]]:
    return [(x.kind, text[x.start : x.end]) for x in read_text(text, name="x.txt").boilerplate]


def test_a_widget_is_a_run_of_readings() -> None:
    widget = "Weather\n\nValley\nclear sky\n72%\n1.9km/h\n9°C\n9°\nMon\n11°\nTue"
    assert marked(f"{BODY}\n\n{widget}\n\n{BODY}") == [("widget", widget)]
    assert marked(f"{BODY}\n\nRice\nWheat\nMaize\nBarley\nOats\n\n{BODY}") == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share this post:", "share"),
        ("Follow us on X and Facebook", "share"),
        ("Sign up for the Daily Briefing", "newsletter"),
        ("Get the latest news straight to your inbox", "newsletter"),
        ("Valley StoreDownload our app", "navigation"),
        ("Privacy Policy | Terms of Use | Contact", "navigation"),
        ("Tags: roads, rivers", "navigation"),
        ("© Acme Publishing LLC 2026. All rights reserved.", "copyright"),
        ("@2025 – All Right Reserved.", "copyright"),
        ("Copyright © 2019-2024 Acme", "copyright"),
    ],
)
def test_lines_of_the_page(line: str, kind: str) -> None:
    assert marked(f"{BODY}\n{line}") == [(kind, line)]


def test_short_lines_among_boilerplate_belong_to_it() -> None:
    text = f"{BODY}\nSign up for more news\nOur valley\n© Acme 2026"
    assert [kind for kind, _ in marked(text)] == ["newsletter", "navigation", "copyright"]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell after the council had met.",
        "Copyright law was the subject of the council's second meeting.",
        "The last sentence has no stop",
        "Contact between the two valleys was restored in 2024.",
    ],
)
def test_prose_is_not_boilerplate(line: str) -> None:
    assert marked(f"{BODY}\n{line}") == []


def test_many_blank_lines_at_the_end_are_marked() -> None:
    assert marked(BODY + "\n\n\n\n") == [("blank", "\n\n\n\n")]
    assert marked(BODY + "\n") == []
