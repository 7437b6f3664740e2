"""ctcorpus: search and analyse a corpus of articles; every answer is a quotation that a stranger can find again."""
