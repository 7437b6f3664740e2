"""``python -m ctcorpus``: the command line."""

from ctcorpus.interfaces.cli import main

main()
