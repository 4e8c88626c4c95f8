from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from shopdesk import paths
from shopdesk.ui.shell.page_table import PAGES
from shopdesk.ui.shell.shortcuts import SHORTCUTS, Shortcut, shortcut
from shopdesk.ui.shell.side_bar import page_key


def test_each_key_means_one_thing(qapp: QApplication) -> None:
    keys = [key.toString() for entry in SHORTCUTS if not entry.told_only for key in entry.sequences()]
    keys += [page_key(page) for page in PAGES if page.digit]
    assert len(keys) == len(set(keys))


def test_each_command_has_one_name() -> None:
    assert len({entry.name for entry in SHORTCUTS}) == len(SHORTCUTS)


@pytest.mark.parametrize(
    ("name", "key"),
    [("palette", "F9"), ("new_quote", "F6"), ("new_invoice", "F7"), ("follow_up", "F8"), ("keys", "F1")],
)
def test_the_keys_of_the_call_are_where_people_learned_them(qapp: QApplication, name: str, key: str) -> None:
    assert shortcut(name).sequences()[0].toString() == key


@pytest.mark.parametrize(
    "entry", [e for e in SHORTCUTS if e.keys and str(e.keys[0]).startswith("F")], ids=lambda e: e.name
)
def test_every_function_key_has_a_twin_for_macs(qapp: QApplication, entry: object) -> None:
    assert isinstance(entry, Shortcut)
    assert entry.told_only or any("Ctrl+" in key.toString() for key in entry.sequences())


def test_an_unknown_command_is_an_error() -> None:
    with pytest.raises(KeyError):
        shortcut("no_such_command")


@pytest.mark.parametrize("entry", [e for e in SHORTCUTS if e.icon], ids=lambda e: e.name)
def test_every_command_has_the_drawing_that_the_palette_shows(entry: Shortcut) -> None:
    assert (paths.resources() / "icons" / f"{entry.icon}.svg").is_file()
