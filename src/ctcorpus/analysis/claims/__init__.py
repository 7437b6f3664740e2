"""Claims: check-worthy sentences, how strongly they assert, and which sentences elsewhere bear on them."""
