"""You can always go back: a backup is read back before it counts, and a wrong one is never restored."""

from __future__ import annotations

import collections
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shopdesk.store.backup import back_up, check, restore, verify_backup
from shopdesk.store.connection import SCHEMA_VERSION
from shopdesk.store.database import Database
from shopdesk.store.durable import durable_write, keep_under
from shopdesk.store.problems import (
    BackupRefused,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseUnreachable,
    FolderNotAllowed,
    TargetNotEmpty,
)
from tests.store.stand_in import NOW, issue, issue_some

TABLES = ("document", "document_line", "document_file", "journal", "number_counter", "number_range")


@pytest.fixture
def archive(database: Database, tmp_path: Path) -> Path:
    issue_some(database, 3)
    back_up(database, tmp_path / "backup.zip", NOW, "1.0")
    return tmp_path / "backup.zip"


def contents(path: Path) -> str:
    connection = driver.connect(str(path))
    rows = repr([connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES])
    connection.close()
    return rows


def test_what_comes_back_is_what_was_there(database: Database, archive: Path, tmp_path: Path) -> None:
    assert restore(archive, tmp_path / "new" / "shop.sqlite") is None
    assert contents(tmp_path / "new" / "shop.sqlite") == contents(database.path)
    assert [entry.name for entry in (tmp_path / "new").iterdir()] == ["shop.sqlite"]
    with Database(tmp_path / "new" / "shop.sqlite") as restored:
        assert check(restored) == []
        with restored.writing() as connection:
            assert issue(connection, "the next one") == "R-2026-0004"


def test_the_manifest_says_what_is_in_it(archive: Path) -> None:
    manifest = verify_backup(archive)
    assert (manifest.format, manifest.schema, manifest.documents) == (1, SCHEMA_VERSION, 3)
    assert (manifest.made_at, manifest.program_version) == ("2026-11-23T09:30:00+00:00", "1.0")


def test_a_backup_holds_what_stands_only_in_the_wal(database: Database, tmp_path: Path) -> None:
    issue_some(database, 2)
    assert database.path.with_name("shop.sqlite-wal").stat().st_size > 0
    assert back_up(database, tmp_path / "b.zip", NOW, "1").documents == 2


def test_a_backup_while_another_program_writes_is_whole(database: Database, tmp_path: Path) -> None:
    code = (
        "import sys; from shopdesk.store.database import Database; from tests.store.stand_in import issue\n"
        "with Database(sys.argv[1]) as d:\n"
        "    for i in range(10_000):\n"
        "        with d.writing() as c: number = issue(c, str(i))\n"
        "        print(number, flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(database.path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as writer:
        assert writer.stdout is not None
        for i in range(5):
            writer.stdout.readline()
            assert back_up(database, tmp_path / f"{i}.zip", NOW, "1").documents > i
        writer.kill()
    sizes = [verify_backup(tmp_path / f"{i}.zip").documents for i in range(5)]
    assert sizes == sorted(sizes)


def test_a_backup_replaces_the_older_one_only_when_it_is_good(database: Database, archive: Path) -> None:
    before = archive.read_bytes()
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER document_frozen")
        connection.exec_driver_sql("UPDATE document SET gross = 1 WHERE id = 2")
    with pytest.raises(DatabaseDamaged):
        back_up(database, archive, NOW, "1.0")
    assert archive.read_bytes() == before
    assert sorted(entry.name for entry in archive.parent.iterdir() if not entry.name.startswith("shop")) == [
        "backup.zip"
    ]


def test_a_backup_into_a_cloud_folder_is_welcome(database: Database, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    back_up(database, tmp_path / "Dropbox" / "b.zip", NOW, "1")
    assert [entry.name for entry in (tmp_path / "Dropbox").iterdir()] == ["b.zip"]


def test_a_shop_is_not_restored_into_a_cloud_folder(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(FolderNotAllowed):
        restore(archive, tmp_path / "Dropbox" / "shop.sqlite")
    assert not (tmp_path / "Dropbox").exists()


def test_a_folder_that_is_not_there_is_named(database: Database, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        back_up(database, tmp_path / "unplugged" / "b.zip", NOW, "1")


def test_a_shop_is_never_replaced_unasked(database: Database, archive: Path) -> None:
    before = contents(database.path)
    with pytest.raises(TargetNotEmpty):
        restore(archive, database.path)
    assert contents(database.path) == before


def test_a_replaced_shop_is_kept_beside_it(database: Database, archive: Path) -> None:
    with database.writing() as connection:
        issue(connection, "after the backup")
    later = contents(database.path)
    database.close()
    kept = restore(archive, database.path, replace_existing=True)
    again = restore(archive, database.path, replace_existing=True)
    assert kept == database.path.with_name("shop.sqlite.before-restore")
    assert again == database.path.with_name("shop.sqlite.before-restore-2")
    assert contents(kept) == later
    assert verify_backup(archive).documents == 3
    with Database(database.path) as restored:
        assert check(restored) == []


def test_a_shop_in_use_is_not_replaced(database: Database, archive: Path) -> None:
    with pytest.raises(DatabaseBusy):
        restore(archive, database.path, replace_existing=True)
    with database.writing() as connection:
        assert issue(connection, "goes on") == "R-2026-0004"


def test_a_damaged_shop_can_be_replaced(database: Database, archive: Path) -> None:
    database.close()
    wreck = b"\0" * 5000
    database.path.write_bytes(wreck)
    database.path.with_name("shop.sqlite-wal").write_bytes(b"stale")
    kept = restore(archive, database.path, replace_existing=True)
    assert kept is not None
    assert kept.read_bytes() == wreck
    with Database(database.path) as restored:
        assert check(restored) == []


def test_a_flipped_bit_never_restores_something_else(
    archive: Path, tmp_path: Path, database: Database
) -> None:
    wanted, good, chance = contents(database.path), archive.read_bytes(), random.Random(5)
    outcomes: collections.Counter[str] = collections.Counter()
    for round_ in range(150):
        flipped = bytearray(good)
        # the first and last bytes are the zip's own structure, where most of its traps are
        area = len(good) if round_ % 3 else 400
        place = chance.randrange(area) if round_ % 2 else len(good) - 1 - chance.randrange(area)
        flipped[place] ^= 1 << chance.randrange(8)
        bad, target = tmp_path / "bad.zip", tmp_path / "restored" / "shop.sqlite"
        bad.write_bytes(flipped)
        target.unlink(missing_ok=True)
        try:
            restore(bad, target)
            outcomes["same" if contents(target) == wanted else "WRONG"] += 1
        except BackupRefused:
            outcomes["refused"] += 1
            assert not target.exists()
    assert outcomes["WRONG"] == 0
    assert outcomes["refused"] > 50


@pytest.mark.parametrize("cut", [0, 1, 100, 10_000, -1, -100])
def test_a_cut_off_backup_is_refused(archive: Path, tmp_path: Path, cut: int) -> None:
    (tmp_path / "cut.zip").write_bytes(archive.read_bytes()[:cut])
    with pytest.raises(BackupRefused):
        restore(tmp_path / "cut.zip", tmp_path / "new.sqlite")
    assert not (tmp_path / "new.sqlite").exists()


def test_a_stranger_in_the_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("../../evil.txt", "x")
    with pytest.raises(BackupRefused):
        restore(archive, tmp_path / "new.sqlite")


@pytest.mark.parametrize(
    "change", [{"sha256": "0" * 64}, {"size": 1}, {"format": 2}, {"schema": 9}, {"extra": 1}]
)
def test_a_manifest_that_does_not_fit_is_refused(
    archive: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    with zipfile.ZipFile(archive) as opened:
        manifest, data = json.loads(opened.read("manifest.json")), opened.read("shop.sqlite")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as written:
        written.writestr("manifest.json", json.dumps(manifest | change))
        written.writestr("shop.sqlite", data)
    with pytest.raises(BackupRefused):
        verify_backup(tmp_path / "other.zip")


def test_a_missing_backup_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        restore(tmp_path / "none.zip", tmp_path / "new.sqlite")


def test_a_durable_write_is_all_or_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "letter.pdf"
    durable_write(target, b"first")

    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shopdesk.store.durable.os.fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        durable_write(target, b"second")
    assert target.read_bytes() == b"first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_kept_file_never_takes_a_taken_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("1")
    assert keep_under(tmp_path / "a", "a.before").name == "a.before"

    def refuse(*_arguments: object) -> None:
        raise OSError("no hard links on this disk")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert keep_under(tmp_path / "a", "a.before").name == "a.before-2"
    assert (tmp_path / "a.before-2").read_text() == "1"
