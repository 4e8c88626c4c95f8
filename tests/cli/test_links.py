"""A link is the only argument, or it is refused: a page of the web made it."""

from __future__ import annotations

import json

import pytest

from shopdesk import app, cli


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []

    def run(database: str, caller: str, link: str, *, background: bool) -> int:
        found.append((database, caller, "--background" if background else link))
        return 0

    monkeypatch.setattr(app, "run_window", run)
    monkeypatch.setattr(cli, "has_screen", lambda: True)
    return found


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], ("", "", "")),
        (["--call", "0551 123456"], ("", "0551 123456", "")),
        (["--call", "tel:+49551123456"], ("", "", "tel:+49551123456")),
        (["tel:+49551123456"], ("", "", "tel:+49551123456")),
        (["shopdesk:find/Ivanova"], ("", "", "shopdesk:find/Ivanova")),
        (["--background"], ("", "", "--background")),
    ],
)
def test_the_window_opens_with_what_is_looked_up(
    opened: list[tuple[str, str, str]], arguments: list[str], window: tuple[str, str, str]
) -> None:
    assert cli.main(arguments) == 0
    assert opened == [window]


@pytest.mark.parametrize(
    "arguments",
    [
        ["shopdesk:find/x", "--database", "//evil/share/shop.sqlite"],
        ["tel:0551", "restore", "evil.sqlite", "--replace"],
        ["shopdesk:restore/evil"],
        ["tel:"],
    ],
)
def test_a_link_brings_no_options(
    opened: list[tuple[str, str, str]], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == cli.UNREADABLE
    assert opened == []
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "usage"
