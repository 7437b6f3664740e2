"""Where a writer may write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ctcorpus.errors import StoreDamagedError, StoreLockedError, StoreReadOnlyError
from ctcorpus.store.lock import WriterLock, file_system, refuse_network, writer_pid


def test_one_holds_it(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "new" / "store")
    with pytest.raises(StoreLockedError) as error:
        WriterLock(tmp_path / "new" / "store")
    assert error.value.pid == os.getpid() == writer_pid(tmp_path / "new" / "store")
    lock.release()
    lock.release()
    WriterLock(tmp_path / "new" / "store").release()


def test_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("kept", encoding="utf-8")
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "writer.lock").symlink_to(target)
    with pytest.raises(StoreDamagedError, match="symbolic link"):
        WriterLock(tmp_path / "store")
    assert target.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_network_file_systems_are_refused(tmp_path: Path, kind: str) -> None:
    device = tmp_path.stat().st_dev
    mounts = (
        "20 1 0:999 / /proc rw - proc proc rw\n"
        f"21 1 {os.major(device)}:{os.minor(device)} / /a\\040b rw,relatime shared:1 - {kind} host:/a rw\n"
    )
    assert file_system(tmp_path, mounts) == kind
    with pytest.raises(StoreReadOnlyError, match="network"):
        refuse_network(tmp_path, kind)


def test_other_file_systems_are_not(tmp_path: Path) -> None:
    assert file_system(tmp_path, "") is None
    for kind in ("ext4", "tmpfs", "fuseblk", None):
        refuse_network(tmp_path, kind)
