"""The sandbox: what it says where the kernel holds a reader back less than elsewhere."""

from __future__ import annotations

import pytest

from ctcorpus.ingest.sandbox import landlock_abi, missing_protection


@pytest.mark.parametrize(("abi", "words"), [(0, "no Landlock"), (1, "ABI 1"), (3, "the network")])
def test_what_is_missing_is_named(abi: int, words: str) -> None:
    missing = missing_protection(abi)
    assert missing is not None and words in missing


def test_nothing_is_missing_where_landlock_knows_the_network() -> None:
    assert missing_protection(4) is None and missing_protection(7) is None
    assert (missing_protection() is None) == (landlock_abi() >= 4)
