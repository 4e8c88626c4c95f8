"""The promises of dev.py that need no fresh machine: words, not tracebacks; nothing of others touched; quick."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dev

COMMAND = [sys.executable, dev.__file__]


def dev_py(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY", "CI"}
    }
    kept.pop("QT_QPA_PLATFORM", None)
    kept["SHOPDESK_VENV"] = sys.prefix
    return subprocess.run(
        [*COMMAND, *arguments], env={**kept, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["demo"], True),
        (["--database", "shop.sqlite"], True),
        (["--database=shop.sqlite"], True),
        (["demo", "--database", "shop.sqlite"], True),
        (["--call", "+49 551 4711"], True),
        (["--background"], True),
        (["demo", "--headless", "--out", "folder"], False),
        (["--database", "shop.sqlite", "issue", "order.json"], False),
        (["find", "petrova"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_only_commands_with_a_window_ask_for_a_screen(arguments: list[str], window: bool) -> None:
    assert dev.opens_window(arguments) is window


@pytest.mark.skipif(not dev.LINUX, reason="elsewhere there is always a screen")
@pytest.mark.parametrize("arguments", [["run"], ["run", "demo"]])
def test_without_a_screen_the_headless_story_is_named(arguments: list[str]) -> None:
    done = dev_py(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "demo --headless" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_environment_stays_untouched(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    done = dev_py("setup", SHOPDESK_VENV=str(tmp_path))
    assert done.returncode == 1
    assert "stays untouched" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["letters.txt"]


def test_an_unknown_command_is_answered_in_words() -> None:
    done = dev_py("fly")
    assert done.returncode == 1
    assert "fly? The commands are: run, test, check, fuzz, setup" in done.stderr


@pytest.fixture
def bare_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian without anything: no library, no venv, no font, no program."""
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.setattr(dev, "is_missing", lambda _library: True)
    monkeypatch.setattr(dev, "has_fonts", lambda: False)
    monkeypatch.setattr(dev, "has_venv", lambda: False)
    monkeypatch.setattr("shutil.which", lambda name, path=None: "apt-get" if name == "apt-get" else None)


@pytest.mark.usefixtures("bare_system")
def test_an_owner_without_root_gets_one_line_with_everything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as end:
        dev.system_packages({"tests", "screen"})
    said = capsys.readouterr().err
    assert end.value.code == 1
    for package in ("-venv", "libegl1", "libxcb-cursor0", "fonts-dejavu-core", "poppler-utils"):
        assert package in said
    assert said.count("apt-get install") == 1


@pytest.mark.usefixtures("bare_system")
def test_root_installs_what_is_missing_by_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("subprocess.run", run)
    dev.system_packages({"offscreen"})
    assert [command[1] for command in asked] == ["update", "install"]
    assert "libegl1" in asked[1]


def test_the_demo_without_a_screen_wants_no_qt_libraries(bare_system: None) -> None:
    needed, useful = dev.missing_packages(set())
    assert (needed, useful) == ([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"], [])


def test_a_changed_lock_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOPDESK_VENV", str(tmp_path))
    Path(dev.python()).parent.mkdir()
    Path(dev.python()).touch()
    dev.stamp(dev.facts({"tests"}))
    assert dev.facts({"tests"}).items() <= dev.stamped().items()
    monkeypatch.setattr(dev, "fingerprint", lambda _lock: "another")
    assert not dev.facts(set()).items() <= dev.stamped().items()


def test_the_second_time_costs_next_to_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOPDESK_VENV", str(tmp_path))
    Path(dev.python()).parent.mkdir()
    Path(dev.python()).touch()
    dev.stamp(dev.facts({"tests", "offscreen"}))
    begin = time.process_time()
    dev.prepare("tests", "offscreen")
    assert time.process_time() - begin < 0.1
