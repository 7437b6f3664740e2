"""The version of ctcorpus, once: the package's, every receipt's and every pack's."""

VERSION = "0.1.0"
