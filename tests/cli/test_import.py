"""`shopdesk import`: what a script gets (ORDER.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_list_is_looked_over_then_taken_in_then_known(shop: Run, tmp_path: Path) -> None:
    path = tmp_path / "kunden.csv"
    path.write_bytes('Vorname;Nachname;E-Mail\nJürgen;Möller;j@example.org\n;;"offen\n'.encode("cp1252"))
    expected = {
        "file": str(path), "kind": "customers", "new": 1, "changed": 0, "unchanged": 0, "doubtful": 0,
        "refused": [{"row": 3, "reason": "Ein Anführungszeichen wird geöffnet und nicht geschlossen."}],
    }  # fmt: skip
    assert shop("import", path, "--dry-run").json == {"files": [expected]}
    assert shop("find", "möller").out == ""
    assert shop("import", path).json == {"files": [expected]}
    assert '"Jürgen Möller"' in shop("find", "moeller").out
    again = shop("import", path).json["files"][0]
    assert (again["new"], again["unchanged"]) == (0, 1)


def test_a_file_that_is_refused_whole_stores_nothing_of_the_others(shop: Run, tmp_path: Path) -> None:
    (tmp_path / "gut.vcf").write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Petra Schulz\nEND:VCARD\n", encoding="utf-8"
    )
    (tmp_path / "bild.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = shop("import", tmp_path / "gut.vcf", tmp_path / "bild.csv")
    assert (answer.code, answer.error) == (3, ("foreign", None))
    assert shop("find", "schulz").out == ""
    assert shop("import", tmp_path / "nirgends.csv").code == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"customers": [{"name": "Anna"},\n{"name": "Otto"}]}', "foreign"),
        ("Betreff: Hallo\nVon: Anna\n\nText; noch einer\n", "foreign"),
        ("Anna Lang;anna@example.org\nOtto Vogel;otto@example.org\n", "mapping"),
        ("Hallo Herr Lindner\nwie geht es Ihnen?\n", "mapping"),
    ],
)
def test_nothing_is_guessed_where_nobody_looks(shop: Run, tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "datei.txt"
    path.write_text(content, encoding="utf-8")
    answer = shop("import", path)
    assert (answer.code, answer.error[0]) == (3, code)
    assert shop("find", "anna").out == ""
