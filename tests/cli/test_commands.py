"""The commands beside `issue`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SHOP, Run

Write = Callable[[str, Any], Path]
Order = dict[str, Any]


def test_setup_refuses_what_it_does_not_know(run: Run, write: Write) -> None:
    assert run("setup", write("s.json", SHOP | {"colour": "red"})).code == 2
    assert run("setup", write("s.json", SHOP | {"oss": "sometimes"})).code == 2
    refused = run("setup", write("s.json", SHOP | {"iban": "DE03120300000000202051"}))
    assert (refused.code, *refused.error) == (3, "iban", "iban")


def test_setup_keeps_what_the_file_does_not_name(shop: Run, write: Write) -> None:
    assert shop("setup", write("s.json", {"phone": "0551 999"})).json["complete"] is True


def test_find_prints_a_json_object_per_line(shop: Run, write: Write, order: Order, tmp_path: Path) -> None:
    shop("issue", write("o.json", order), "--out", tmp_path)
    found = [json.loads(line) for line in shop("find", "ivan").out.splitlines()]
    assert [hit["type"] for hit in found] == ["customer", "document"]
    assert set(found[0]) == {"type", "id", "number", "title", "subtitle", "email", "score"}
    assert shop("find", "3456").out.splitlines()
    assert shop("find", "nobody at all").out == ""


def test_backup_wipe_restore_gives_the_same_shop(
    shop: Run, write: Write, order: Order, tmp_path: Path
) -> None:
    first = shop("issue", write("o.json", order | {"request_key": "k"}), "--out", tmp_path / "a").json
    assert shop("backup", tmp_path / "shop.backup").json["documents"] == 1
    refused = shop("restore", tmp_path / "shop.backup")
    assert refused.code == 4
    restored = shop("restore", tmp_path / "shop.backup", "--replace").json
    assert Path(restored["kept"]).exists()
    again = shop("issue", write("o.json", order | {"request_key": "k"}), "--out", tmp_path / "b").json
    assert (again["repeated"], again["sha256"]) == (True, first["sha256"])
    assert shop("check").json == {"ok": True, "problems": []}


def test_check_says_what_is_damaged(shop: Run, write: Write, order: Order, tmp_path: Path) -> None:
    shop("issue", write("o.json", order), "--out", tmp_path)
    data = bytearray((tmp_path / "shop.sqlite").read_bytes())
    place = data.find(b'"family_name":"Ivanova"')
    assert place > 0
    data[place + 16] ^= 1
    (tmp_path / "shop.sqlite").write_bytes(bytes(data))
    answer = shop("check")
    assert answer.code == 3
    assert answer.json["ok"] is False
    assert answer.json["problems"]


def test_the_demo_without_a_screen_tells_the_story(run: Run, tmp_path: Path) -> None:
    answer = run("demo", "--headless", "--out", tmp_path / "demo")
    assert answer.code == 0, answer.out
    assert "Desislava Ivanova" in answer.out
    names = sorted(path.suffix for path in (tmp_path / "demo").iterdir())
    assert names == [".eml", ".pdf", ".pdf"]
    assert not (tmp_path / "shop.sqlite").exists()


def test_help_and_version_are_as_people_expect(run: Run) -> None:
    assert run("--version").out.startswith("shopdesk ")
    assert "issue" in run("--help").out
    wrong = run("isue")
    assert (wrong.code, wrong.error[0]) == (2, "usage")


def test_without_a_screen_the_window_says_so(run: Run) -> None:
    answer = run("demo", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (answer.code, answer.error[0]) == (3, "no-screen")


def test_export_writes_everything_into_a_new_folder(shop: Run, tmp_path: Path) -> None:
    done = shop("export", tmp_path / "all")
    assert done.code == 0, done.out
    assert set(done.json) == {"ok", "folder", "tables", "files"}
    assert (tmp_path / "all" / "everything.json").exists()
    again = shop("export", tmp_path / "all")
    assert (again.code, *again.error) == (4, "file-exists", "out")


@pytest.mark.parametrize(("wanted", "name"), [("fritzbox", "t.xml"), ("vcard", "t.vcf"), ("vcards", "cards")])
def test_export_writes_a_phone_book(shop: Run, tmp_path: Path, wanted: str, name: str) -> None:
    none = shop("export", tmp_path / name, "--as", wanted)
    assert (none.code, none.error[0]) == (3, "no-phones")
    people = tmp_path / "people.csv"
    people.write_text("Name;Telefon\nMaria Petrova;0551 998877\nOhne;\n", encoding="utf-8")
    assert shop("import", people).code == 0
    done = shop("export", tmp_path / name, "--as", wanted)
    assert done.code == 0, done.out
    assert done.json == {
        "ok": True, "path": str(tmp_path / name), "customers": 1, "numbers": 1, "without_phone": 1,
    }  # fmt: skip
    assert (tmp_path / name).exists()
