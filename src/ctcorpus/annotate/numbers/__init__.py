"""Numbers in a text: figures (numeric claims) and dates, each with what it is about.

Dates: ``date_grammar`` (how they are written), ``date_values`` (what they state), ``dates`` (``find_dates``). Figures:
``numerals`` (numbers as printed), ``noun_phrases`` and ``figure_nouns`` (what is counted), ``figure_units``,
``figure_kinds``, ``figure_rules`` (what is no claim), ``figure_sentence`` (a sentence while it is read),
``figure_context`` (act, actor, place, period), ``figures`` (``find_figures``).
"""
