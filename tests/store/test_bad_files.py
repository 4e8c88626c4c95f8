"""A file that is not ours, newer, damaged or out of place is named and left as it was, byte for byte."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shopdesk.store import folders
from shopdesk.store.backup import check
from shopdesk.store.connection import SCHEMA_VERSION, open_for_reading
from shopdesk.store.database import Database
from shopdesk.store.folders import shared_folder
from shopdesk.store.problems import (
    DatabaseAbsent,
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseNewer,
    DatabaseNotOurs,
    DatabaseOlder,
    DatabaseProblem,
    DatabaseReadOnly,
    FolderNotAllowed,
)
from tests.store.stand_in import issue_some


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_letter(path: Path) -> None:
    path.write_bytes(b"Sehr geehrte Frau Ivanova,\n" * 400)


def one_byte(path: Path) -> None:
    path.write_bytes(b"S")


def another_programs(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    connection.close()


def another_programs_in_wal(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA application_id=77")
    connection.close()


def newer(path: Path) -> None:
    ours(path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    connection.close()


def cut_off(path: Path) -> None:
    ours(path)
    os.truncate(path, path.stat().st_size // 2)


def schema_destroyed(path: Path) -> None:
    ours(path)
    with path.open("rb+") as file:
        file.seek(100)
        file.write(b"\xff" * 3000)


def header_destroyed(path: Path) -> None:
    ours(path)
    with path.open("rb+") as file:
        file.write(b"\0" * 100)


def ours(path: Path) -> None:
    Database(path).close()


BAD: list[tuple[Callable[[Path], None], type[DatabaseProblem]]] = [
    (empty, DatabaseEmpty),
    (a_letter, DatabaseNotOurs),
    (one_byte, DatabaseNotOurs),
    (another_programs, DatabaseNotOurs),
    (another_programs_in_wal, DatabaseNotOurs),
    (newer, DatabaseNewer),
    (cut_off, DatabaseDamaged),
    (schema_destroyed, DatabaseDamaged),
    (header_destroyed, DatabaseNotOurs),
]


@pytest.mark.parametrize(("make", "problem"), BAD, ids=lambda value: getattr(value, "__name__", ""))
@pytest.mark.parametrize("door", [Database, open_for_reading], ids=["database", "first paint"])
def test_it_is_named_and_left_untouched(
    path: Path, make: Callable[[Path], None], problem: type[DatabaseProblem], door: Callable[[Path], object]
) -> None:
    make(path)
    before, entries = path.read_bytes(), sorted(entry.name for entry in path.parent.iterdir())
    with pytest.raises(problem):
        door(path)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in path.parent.iterdir()) == entries


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotOurs):
        Database(tmp_path)


def test_first_paint_makes_no_file(path: Path) -> None:
    with pytest.raises(DatabaseAbsent):
        open_for_reading(path)
    assert list(path.parent.iterdir()) == []


def test_first_paint_leaves_an_upgrade_to_the_database(path: Path) -> None:
    ours(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=0")
    connection.close()
    with pytest.raises(DatabaseOlder):
        open_for_reading(path)


def test_a_strangers_wal_is_not_played_into_a_new_shop(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(b"somebody's last minutes")
    with pytest.raises(DatabaseDamaged):
        Database(path)
    assert not path.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX permissions")
@pytest.mark.parametrize("which", ["file", "folder", "both"])
def test_a_write_protected_shop_is_named(path: Path, which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours(path)
    if os.geteuid() == 0:
        # the superuser may write everywhere: say what the system would say to others
        protected = {"file": {path}, "folder": {path.parent}, "both": {path, path.parent}}[which]
        monkeypatch.setattr("os.access", lambda entry, _mode: Path(entry) not in protected)
    else:
        for entry in {"file": [path], "folder": [path.parent], "both": [path, path.parent]}[which]:
            entry.chmod(0o500)
    before = path.read_bytes()
    with pytest.raises(DatabaseReadOnly):
        Database(path)
    assert path.read_bytes() == before
    path.parent.chmod(0o700)


def test_damage_deep_in_the_file_is_found_by_the_check(path: Path, tmp_path: Path) -> None:
    with Database(path) as database:
        issue_some(database, 20)
    good = path.read_bytes()
    chance = random.Random(11)
    unseen = 0
    for round_ in range(60):
        damaged = bytearray(good)
        place = chance.randrange(len(good))
        damaged[place] ^= 1 << chance.randrange(8)
        victim = tmp_path / f"victim-{round_}.sqlite"
        victim.write_bytes(damaged)
        if _passes(victim):
            unseen += _rows(victim) != _rows(path)
        victim.unlink()
    assert unseen == 0


def _passes(path: Path) -> bool:
    try:
        with Database(path) as database:
            return not check(database)
    except DatabaseProblem:
        return False


def _rows(path: Path) -> str:
    connection = driver.connect(str(path))
    tables = ("document", "document_line", "document_file", "journal")
    rows = repr([connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables])
    connection.close()
    return rows


CLOUD = [
    (r"C:\Users\Jens\OneDrive\shop.sqlite", "OneDrive"),
    (r"C:\Users\Jens\OneDrive - Schlafgut\Daten\shop.sqlite", "OneDrive"),
    (r"D:\Dropbox\shop.sqlite", "Dropbox"),
    ("/Users/jens/Dropbox (Privat)/shop.sqlite", "Dropbox"),
    ("/Users/jens/Library/Mobile Documents/com~apple~CloudDocs/shop.sqlite", "iCloud"),
    (r"C:\Users\Jens\iCloudDrive\shop.sqlite", "iCloud"),
    ("/Users/jens/Library/CloudStorage/GoogleDrive-j@example.org/Meine Ablage/shop.sqlite", "Cloud"),
    (r"G:\Meine Ablage\shop.sqlite", "Google Drive"),
    (r"G:\My Drive\shop.sqlite", "Google Drive"),
    (r"C:\Users\Jens\Google Drive\shop.sqlite", "Google Drive"),
    ("/home/jens/Nextcloud/shop.sqlite", "Nextcloud"),
    ("/home/jens/ownCloud/a/b/shop.sqlite", "ownCloud"),
    ("/home/jens/MagentaCLOUD/shop.sqlite", "MagentaCLOUD"),
    ("/home/jens/pCloudDrive/shop.sqlite", "pCloud"),
    ("/home/jens/MEGA/shop.sqlite", "MEGA"),
    ("/home/jens/Seafile/shop.sqlite", "Seafile"),
    ("/home/jens/HiDrive/shop.sqlite", "HiDrive"),
    ("/run/user/1000/gvfs/smb-share:server=nas/shop.sqlite", "gvfs"),
    (r"\\server\shop\shop.sqlite", "network"),
    (r"\\?\UNC\server\shop\shop.sqlite", "network"),
    ("//server/shop/shop.sqlite", "network"),
]
LOCAL = [
    r"C:\Users\Jens\AppData\Local\shopdesk\shop.sqlite",
    r"\\?\C:\Daten\shop.sqlite",
    r"D:\Schlafgut\shop.sqlite",
    "/home/jens/.local/share/shopdesk/shop.sqlite",
    "/Users/jens/Library/Application Support/shopdesk/shop.sqlite",
    "/home/jens/Dropbox-alt/shop.sqlite",
    "/home/jens/dropboxer/shop.sqlite",
    "/home/jens/Megaphon/shop.sqlite",
    "/home/jens/onedriven/shop.sqlite",
    "shop.sqlite",
    "Dropbox",
]


@pytest.mark.parametrize(("path", "service"), CLOUD)
def test_a_cloud_or_network_folder_is_recognised(path: str, service: str) -> None:
    assert shared_folder(path) == service


@pytest.mark.parametrize("path", LOCAL)
def test_a_folder_of_this_computer_is_allowed(path: str) -> None:
    assert shared_folder(path) == ""


@pytest.mark.parametrize("marker", [".dropbox", ".dropbox.cache", ".stfolder", ".owncloudsync.log"])
def test_a_renamed_synchronised_folder_is_recognised_by_its_marker(tmp_path: Path, marker: str) -> None:
    (tmp_path / "wolke" / "daten").mkdir(parents=True)
    (tmp_path / "wolke" / marker).touch()
    with pytest.raises(FolderNotAllowed):
        Database(tmp_path / "wolke" / "daten" / "shop.sqlite")
    assert list((tmp_path / "wolke" / "daten").iterdir()) == []


def test_a_renamed_onedrive_is_recognised_by_what_windows_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    with pytest.raises(FolderNotAllowed):
        Database(tmp_path / "shop.sqlite")


def test_a_link_into_a_cloud_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "daten").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(FolderNotAllowed):
        Database(tmp_path / "daten" / "shop.sqlite")


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:40 / /mnt/nas rw,relatime shared:9 - cifs //nas/shop rw
41 22 0:41 / /home/jens/my\\040drive rw - fuse.rclone gdrive: rw
42 22 0:42 / /srv rw - nfs4 nas:/srv rw
43 42 8:2 / /srv/local rw - xfs /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("/home/jens", False),
        ("/mnt/nas", True),
        ("/mnt/nas/daten", True),
        ("/mnt/nastier", False),
        ("/home/jens/my drive/x", True),
        ("/srv/daten", True),
        ("/srv/local/daten", False),
    ],
)
def test_a_network_mount_is_recognised(folder: str, network: bool) -> None:
    system = folders._file_system_of(Path(folder), MOUNTS)
    assert (re.fullmatch(folders._NETWORK_SYSTEMS, system) is not None) is network
