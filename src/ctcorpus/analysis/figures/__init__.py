"""Figures: the ledger of all, groups of one measure, and what relates their members."""
