from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from shopdesk.outside.mail_program import NoMailProgram, SystemMailProgram

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the opener is a script put first into the path"
)


def opener(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "xdg-open"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


def test_the_finished_mail_is_opened_from_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener(tmp_path, f'cp "$1" {tmp_path}/opened.eml', monkeypatch)
    file = SystemMailProgram(tmp_path / "mail").open(b"X-Unsent: 1\r\n\r\nGuten Tag", "Ihre Rechnung: R/2026")
    assert file.name == "Ihre Rechnung_ R_2026.eml"
    assert (tmp_path / "opened.eml").read_bytes() == b"X-Unsent: 1\r\n\r\nGuten Tag"
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_mails_of_earlier_days_do_not_lie_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener(tmp_path, "exit 0", monkeypatch)
    old = SystemMailProgram(tmp_path / "mail").open(b"x", "gestern")
    os.utime(old, (1, 1))
    new = SystemMailProgram(tmp_path / "mail").open(b"x", "heute")
    assert list((tmp_path / "mail").iterdir()) == [new]


@pytest.mark.parametrize("script", ["exit 3", None])
def test_no_mail_program_is_said_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    if script is None:
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        opener(tmp_path, script, monkeypatch)
    with pytest.raises(NoMailProgram) as problem:
        SystemMailProgram(tmp_path / "mail").open(b"x", "Rechnung")
    assert str(problem.value.message.values["file"]).endswith("Rechnung.eml")


def test_an_opener_that_hangs_is_no_mail_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shopdesk.outside import mail_program

    monkeypatch.setattr(mail_program, "_PATIENCE_SECONDS", 0.2)
    opener(tmp_path, "sleep 5", monkeypatch)
    with pytest.raises(NoMailProgram):
        SystemMailProgram(tmp_path / "mail").open(b"x", "Rechnung")
