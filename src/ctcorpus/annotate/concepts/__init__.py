"""Concepts in a text: the labels of the thesaurus, where they stand, and what each occurrence counts for.

``turtle`` and ``skos`` read and write the thesaurus's file; ``trie`` and ``labels`` find labels in a text;
``acronyms`` binds those that a document explains; ``mentions`` (``find_mentions``) decides which concept each names.
"""
