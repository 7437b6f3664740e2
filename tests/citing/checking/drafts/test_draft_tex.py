"""LaTeX: quotations, citations and accents are understood; commands go."""

from __future__ import annotations

from ctcorpus.citing.checking.drafts import read_bytes

TEXT = r"""\documentclass{article}
\begin{document}
\section{Aims} % a comment
He said ``so be \emph{it}'' in T\"urkiye~--- at 5\% \cite[12]{key-2020,other-2021}.
\begin{quote}
A block\ldots of words.
\end{quote}
\enquote{Inner words}
\end{document}
ignored
"""


def test_words_quotations_and_keys() -> None:
    draft = read_bytes(TEXT.encode(), name="memo.tex")
    assert "He said “so be it” in Türkiye\u00a0— at 5% ." in draft.plain
    assert "“Inner words”" in draft.plain
    assert [x.of(draft.plain) for x in draft.blocks] == ["A block… of words."]
    assert [x.key for x in draft.cited] == ["key-2020", "other-2021"]
    assert "ignored" not in draft.plain
    assert "comment" not in draft.plain


def test_braces_that_do_not_match_do_no_harm() -> None:
    assert read_bytes(b"a }}} b {{{ c \\enquote{d", name="x.tex").plain.startswith("a  b  c")
