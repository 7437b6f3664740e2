"""Names: under which labels an actor goes, and which concepts the corpus names."""
