"""A command that was typed wrongly, or names a file that is no use, is answered in the owner's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopdesk.domain.messages import Message
from shopdesk.domain.typing_mistakes import told
from shopdesk.i18n import Texts
from tests.cli.conftest import Run

COMMANDS = "issue, setup, demo, find, check, backup, restore, import, export"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (("issue",), "Es fehlt: ORDER.json. Mehr mit shopdesk --help."),
        (("isue", "a"), f"Den Befehl „isue“ gibt es nicht, nur: {COMMANDS}."),
        (("check", "extra", "more"), "„extra more“ gehört da nicht hin. Mehr mit shopdesk --help."),
        (("find", "a", "--limit"), "Hinter --limit fehlt die Angabe. Mehr mit shopdesk --help."),
        (("import",), "Es fehlt: FILE. Mehr mit shopdesk --help."),
        (("find", "a", "--limit", "zwei"), "--limit braucht eine ganze Zahl, und „zwei“ ist keine."),
        (("issue", "a", "--draft=3"), "Hinter --draft darf nichts stehen: „3“."),
    ],
)
def test_what_is_typed_wrongly_is_answered_in_german(run: Run, typed: tuple[str, ...], answer: str) -> None:
    given = run(*typed)
    assert (given.code, given.error, given.err) == (2, ("usage", None), "")
    assert given.json["error"]["message"] == answer


def test_the_window_in_english_answers_in_english(run: Run) -> None:
    message = run("isue", LANG="en_GB.UTF-8").json["error"]["message"]
    assert message == f"There is no command “isue”, only: {COMMANDS}."


def test_something_unknown_keeps_the_words_of_the_parser() -> None:
    message = told("something {odd} happened")
    assert isinstance(message, Message)
    assert Texts("de").say(message) == "Something {odd} happened. Mehr mit shopdesk --help."


@pytest.mark.parametrize("command", ["issue", "setup", "restore"])
def test_a_missing_file_is_said_in_german(run: Run, command: str, tmp_path: Path) -> None:
    given = run(command, tmp_path / "weg.json")
    assert (given.code, given.error[0]) == (2, "unreadable")
    assert given.json["error"]["message"].endswith("weg.json kann nicht gelesen werden: nicht vorhanden.")


def test_a_folder_in_place_of_a_file_is_said_in_german(run: Run, tmp_path: Path) -> None:
    given = run("issue", tmp_path)
    assert given.json["error"]["message"].endswith("nicht gelesen werden: das ist ein Ordner, keine Datei.")
