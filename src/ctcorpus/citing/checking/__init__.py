"""Checking: a draft, its quotations, figures, speakers and sources, held against the store."""
