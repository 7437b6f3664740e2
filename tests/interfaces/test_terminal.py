"""The door to a terminal, tried on a real one: what reaches it is text and our own sequences, nothing else."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import termios
import threading
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctcorpus.interfaces.terminal import PALETTE, ColorChoice, Column, Segment, Terminal

#: the only sequences that may ever leave: our styles, links to the web, the erasing of the progress line
WHITELIST = re.compile(
    rf"\x1b\[(?:0|{'|'.join(PALETTE.values())})m"
    r"|\x1b\]8;(?:id=[0-9-]+)?;(?:https?://[!-~]+?)?\x1b\\"
    r"|\x1b\[K"
)

HOSTILE = [
    # colours, cursor, screen, scrolling, modes
    *("\x1b[31m", "\x1b[0m", "\x1b[2J", "\x1b[H", "\x1b[1;1H", "\x1b[10A", "\x1b[3J", "\x1b[?1049h", "\x1b[?25l"),
    *("\x1b[8m", "\x1b[5n", "\x1b[6n", "\x1b[c", "\x1b[>c", "\x1b[21t", "\x1b[4h", "\x1b[20h", "\x1b[1;5r", "\x1b[s"),
    *("\x1b7", "\x1b8", "\x1bc", "\x1bD", "\x1bM", "\x1bE", "\x1b#8", "\x1b(0", "\x1b%G", "\x1bZ", "\x1b="),
    # titles, clipboard, links, notifications, palettes, device strings, with either end
    *("\x1b]0;t\x07", "\x1b]2;t\x1b\\", "\x1b]52;c;aGk=\x07", "\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\"),
    *("\x1b]8;;https://example.org\x07x\x1b]8;;\x07", "\x1b]9;n\x07", "\x1b]777;notify;a;b\x07", "\x1b]4;1;?\x07"),
    *("\x1b]1337;File=:AA\x07", "\x1bPq#0\x1b\\", "\x1bP$qm\x1b\\", "\x1b_G;AA\x1b\\", "\x1b^x\x1b\\", "\x1bXx\x1b\\"),
    # eight-bit forms, and ones that are cut off
    *("\x9b31m", "\x9b2J", "\x9d0;t\x9c", "\x90q\x9c", "\x98x\x9c", "\x85", "\x8d", "\x1b", "\x1b[", "\x1b]8;;http"),
    # no sequences, and yet not what they seem
    *("\r100 %", "\x08\x08\x08safe", "\x07", "\x00", "\x0e", "\x0f", "\x7f", "\u202e", "\u2066", "\u2028", "\u2029"),
    *("\u200b", "\u200f", "\ufeff", "\U000e0041", "\ud800", "[bold red]x[/]", ":warning:", "a\n   2. forged"),
]


def on_a_pty(write: Callable[[Terminal], None], **environ: str) -> str:
    """What arrives at a terminal of 60 columns when ``write`` has written to one."""
    ours, theirs = pty.openpty()
    attributes = termios.tcgetattr(theirs)
    attributes[1] &= ~termios.OPOST  # the line feeds arrive as they are written
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    arrived = bytearray()

    def read() -> None:
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # Linux says that the other side is closed with EIO
                return
            if not chunk:
                return
            arrived.extend(chunk)

    reader = threading.Thread(target=read)
    reader.start()
    with os.fdopen(theirs, "w", encoding="utf-8") as out:  # closing it ends the reader
        write(Terminal(stdout=out, stderr=out, environ={"COLUMNS": "60", "TERM": "xterm-256color", **environ}))
    reader.join(10)
    os.close(ours)
    return arrived.decode()


def write_everything(terminal: Terminal, text: str) -> None:
    """The text through every method that takes one, in every style and as a link."""
    segments: list[Segment] = [text, *((text, style) for style in PALETTE), (text, "title", text)]
    segments.append(("x", "", "https://example.org/" + text))
    terminal.line(*segments)
    terminal.wrapped(segments, indent=text[:5], hanging=text[:5])
    terminal.rule(text)
    terminal.table([Column(text, style="dim"), Column("n", "right", no_wrap=True)], [[text, [text, (text, "mark")]]])
    terminal.data(text)
    terminal.error(text, text)
    terminal.warn(text)
    terminal.note(text)
    with terminal.progress(3, text) as advance:
        advance(1)


def leaks(arrived: str) -> list[str]:
    """What is left of escape and control characters when our own sequences are taken away."""
    rest = re.sub(r"\r\n|\r(?=[^\n]*\x1b\[K)", "", arrived)
    rest = WHITELIST.sub("", rest)
    return re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0041]", rest)


def test_sixty_sequences_reach_no_terminal() -> None:
    assert len(HOSTILE) >= 60
    for text in HOSTILE:
        for variant in (text, f"before {text} after", text * 3):
            assert leaks(on_a_pty(partial(write_everything, text=variant))) == [], repr(text)


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from("ab 1\x1b[]\\;m?8Khtps:/\x07\r\n\t\x9b\x9d\x9c\u202e\u200b\ud800語"), max_size=40))
def test_no_mixture_reaches_a_terminal(text: str) -> None:
    assert leaks(on_a_pty(lambda terminal: write_everything(terminal, text))) == []


def test_a_leak_would_be_noticed() -> None:
    ours = {"\x1b[0m", "\x1b8", "[bold red]x[/]", ":warning:", "a\n   2. forged", "\ufeff", "\ud800"}
    for text in HOSTILE:
        assert text in ours or leaks(text), repr(text)


def test_a_terminal_sees_styles_and_links() -> None:
    arrived = on_a_pty(lambda terminal: terminal.line(("fence", "mark"), " ", ("here", "title", "https://example.org")))
    assert arrived == "\x1b[1;38;5;166mfence\x1b[0m \x1b]8;;https://example.org\x1b\\\x1b[1mhere\x1b[0m\x1b]8;;\x1b\\\n"


def test_a_terminal_without_colour_sees_marks() -> None:
    assert on_a_pty(lambda terminal: terminal.line(("fence", "mark")), NO_COLOR="1") == "*fence*\n"


def test_progress_is_seen_and_gone() -> None:
    def write(terminal: Terminal) -> None:
        with terminal.progress(1200, "reading") as advance:
            advance(7)
            terminal.warn("one set aside")

    assert on_a_pty(write, NO_COLOR="1") == "\rreading 7 of 1,200\x1b[K\r\x1b[KWarning: one set aside\n"


def piped(
    write: Callable[[Terminal], None], *, columns: int = 40, marks: bool | None = None, quiet: bool = False
) -> tuple[str, str]:
    """What arrives in two files."""
    out, err = io.StringIO(), io.StringIO()
    write(Terminal(stdout=out, stderr=err, environ={"COLUMNS": str(columns)}, marks=marks, quiet=quiet))
    return out.getvalue(), err.getvalue()


def test_a_pipe_gets_the_words_alone() -> None:
    def write(terminal: Terminal) -> None:
        terminal.line("a ", ("fence", "mark"), (" there", "label", "https://example.org"))
        with terminal.progress(3, "reading") as advance:
            advance(1)

    assert piped(write) == ("a fence there\n", "")
    assert piped(write, marks=True) == ("a *fence* there\n", "")


def test_wrapping_adds_line_breaks_and_indents_only() -> None:
    segments: list[Segment] = [
        "The border ",
        ("fence", "mark"),
        ", 2,600\u00a0km long, was  built over\tfour years.\nIt stands.",
    ]
    out, _ = piped(lambda terminal: terminal.wrapped(segments, "   ", "      "), columns=24)
    lines = out.split("\n")
    assert lines[0] == "   The border fence, "
    assert all(line.startswith("      ") for line in lines[1:-1])
    assert lines[0][3:] + "".join(line[6:] for line in lines[1:]) == "".join(
        part if isinstance(part, str) else part[0] for part in segments
    ).replace("\n", "")


def test_a_highlight_goes_on_after_a_line_break() -> None:
    out = io.StringIO()
    terminal = Terminal(stdout=out, color="always", environ={"COLUMNS": "20"})
    terminal.wrapped(["along the ", ("border fence there", "mark"), " now"], "", "  ")
    mark = "\x1b[1;38;5;166m"
    assert out.getvalue() == f"along the {mark}border \x1b[0m\n  {mark}fence there\x1b[0m now\n"


def test_tables_without_a_terminal_are_aligned_and_whole() -> None:
    columns = [Column("document"), Column("words", "right", min_width=7)]
    out, _ = piped(lambda terminal: terminal.table(columns, [["a" * 50, "1,200"], ["語", ("7", "number")]]))
    assert out.splitlines() == [
        "document" + " " * 44 + "  words",
        "a" * 50 + "    1,200",
        "語" + " " * 50 + "      7",
    ]


def test_tables_on_a_terminal_fit_it() -> None:
    arrived = on_a_pty(lambda terminal: terminal.table([Column("a"), Column("b")], [["word " * 30, "語" * 50]]))
    lines = [WHITELIST.sub("", line).rstrip() for line in arrived.splitlines()]
    assert len(lines) > 3
    assert max(len(line) + line.count("語") for line in lines) <= 60


def test_a_table_that_would_break_words_is_written_in_blocks() -> None:
    columns = [Column("id", no_wrap=True), Column("where"), Column("n", "right")]
    place = "anon-nd-a-long-citekey-of-a-document:12345-12399"
    arrived = on_a_pty(lambda terminal: terminal.table(columns, [["jamali-2025-pakistans", place, ("7", "number")]]))
    lines = [WHITELIST.sub("", line).rstrip() for line in arrived.splitlines()]
    assert lines[0] == "jamali-2025-pakistans"
    assert " ".join(" ".join(lines[1:]).split()) == f"where {place} · n 7"
    assert max(map(len, lines)) <= 60


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="shorter"):
        piped(lambda terminal: terminal.table([Column("a"), Column("b")], [["1"]]))


def test_an_unknown_style_is_refused_even_without_colour() -> None:
    with pytest.raises(KeyError, match="blink"):
        piped(lambda terminal: terminal.line(("x", "blink")))


def test_errors_name_the_next_step_and_quiet_keeps_them() -> None:
    def write(terminal: Terminal) -> None:
        terminal.note("3 documents")
        terminal.error("No store at 'x'", "Build one with: ctcorpus index")

    assert piped(write, quiet=True) == ("", "Error: No store at 'x'\n  Build one with: ctcorpus index\n")
    assert piped(write)[1].startswith("3 documents\n")


def test_data_is_verbatim_in_a_file() -> None:
    assert piped(lambda terminal: terminal.data('{"a": "\x9b\u202e"}\r\n'))[0] == '{"a": "\x9b\u202e"}\r\n'


@pytest.mark.parametrize(
    ("color", "environ", "expected"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_who_decides_on_colour(color: ColorChoice, environ: dict[str, str], expected: bool) -> None:
    assert Terminal(stdout=io.StringIO(), environ=environ, color=color).color is expected


@pytest.mark.parametrize(("columns", "width"), [("132", 132), ("", 80), ("0", 80), ("abc", 80), ("5", 20), ("²", 80)])
def test_width(columns: str, width: int) -> None:
    assert Terminal(stdout=io.StringIO(), environ={"COLUMNS": columns}).width == width


def test_an_encoding_that_lacks_a_character_loses_none() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="latin-1")
    Terminal(stdout=out, environ={}).line("2–3 é")
    out.flush()
    assert raw.getvalue() == b"2\\u20133 \xe9\n"


def test_lines_need_no_rich() -> None:
    script = """
import sys
from ctcorpus.interfaces.terminal import Column, Terminal
terminal = Terminal(color="always")
terminal.wrapped([("x", "mark")])
terminal.table([Column("a")], [["b"]])
sys.exit("rich" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
