"""Speech in a text: who says what, by which verb, and whose word a statement is.

``quotes`` pairs quotation marks; ``verbs``, ``speakers`` and ``words`` are the lexicons; ``names``, ``subjects`` and
``frames`` read who speaks beside a verb, ``reports`` what is said without marks; ``quotations`` (``find_quotations``)
puts them together, ``resolution`` settles pronouns and second hand; ``attribution`` tells whose word a figure is.
"""
