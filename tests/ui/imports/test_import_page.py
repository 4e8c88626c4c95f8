"""The owner's way with a list: dropped on the window, looked over, decided, taken in with one key, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from shopdesk.domain.imports.values import Action
from shopdesk.ui.imports.old_invoice_page import OldInvoicePage
from shopdesk.ui.imports.page import ImportPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import customers, search

HEAD = "Vorname;Nachname;PLZ;Telefon;E-Mail"
ROWS = (";Ohne Alles", "Petra;Schulz;37073;0551 4711;petra@example.org", "Bernd;Schulz;37073;0551 4711;")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "kunden.csv"
    file.write_bytes("\n".join((HEAD, *ROWS, '"Eva;Müller;;;')).encode("cp1252"))
    return file


def page_of(window: MainWindow) -> ImportPage:
    page = window.navigation.page
    assert isinstance(page, ImportPage)
    return page


def chips(page: ImportPage) -> list[str]:
    rows = [page.rows.rows.item(page.rows.model().index(n, 0)) for n in range(page.rows.model().rowCount())]
    return [row.action.value for row in rows if row is not None]


def test_a_list_dropped_on_the_window_is_shown_row_by_row_before_anything_is_stored(
    make_window: Callable[..., MainWindow], path: Path
) -> None:
    window = make_window()
    window.drops.take([str(path)])
    page = page_of(window)
    assert chips(page) == ["new", "new", "doubtful", "refused"]
    assert "kunden.csv" in page.header.subtitle.text()
    assert page.rows.hasFocus()
    assert customers.page(page.shop) == ()


def test_one_key_takes_it_in_and_one_takes_it_back(
    make_window: Callable[..., MainWindow], qtbot: QtBot, path: Path
) -> None:
    window = make_window()
    window.open_page("import", str(path))
    page = page_of(window)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [row.name for row in customers.page(page.shop)] == ["Ohne Alles", "Petra Schulz"]
    assert page.outcome.words.text() == "Importiert: 2 neu, 1 unklar, 1 abgelehnt."
    assert (page.import_button.isVisible(), page.undo_button.isVisible()) == (False, True)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert customers.page(page.shop) == ()
    assert page.import_button.isEnabled()


def test_the_owner_decides_about_the_doubtful_ones(
    make_window: Callable[..., MainWindow], path: Path
) -> None:
    window = make_window()
    window.open_page("import", str(path))
    page = page_of(window)
    doubtful = next(row for row in page.plan.rows if row.action is Action.DOUBTFUL) if page.plan else None
    assert doubtful is not None
    assert [action.text() for action in page.decision_menu(doubtful).actions()] == [
        "Ein neuer Kunde",
        "Weglassen",
    ]
    page.controls.all_new.click()
    assert chips(page) == ["new", "new", "new", "refused"]
    page.decide(doubtful, None)
    assert chips(page) == ["new", "new", "doubtful", "refused"]


def test_the_filter_shows_one_kind_of_row(make_window: Callable[..., MainWindow], path: Path) -> None:
    window = make_window()
    window.open_page("import", str(path))
    page = page_of(window)
    page.controls.filter.set_value("refused")
    page.controls.filtered.emit()
    assert chips(page) == ["refused"]


def test_columns_nobody_knows_are_asked_for_and_taken_at_once(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    file = tmp_path / "fremd.csv"
    file.write_text("Wer;Wohin\nPetra Schulz;0551 4711\n", encoding="utf-8")
    window = make_window()
    window.open_page("import", str(file))
    page = page_of(window)
    assert page.columns.isVisible()
    assert not page.import_button.isEnabled()
    page.columns.choices[0].set_value("display_name")
    page.columns.choices[1].set_value("phone")
    page.columns.changed.emit()
    page.toggle_columns()
    assert chips(page) == ["new"]
    page.run()
    (one,) = customers.page(page.shop)
    assert (one.name, one.phone) == ("Petra Schulz", "+49 551 4711")


def test_a_file_that_is_no_list_is_refused_in_words(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    file = tmp_path / "bild.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    window = make_window()
    window.open_page("import", str(file))
    page = page_of(window)
    assert "keine Liste" in page.outcome.words.text()
    assert page.empty.isVisible()


def test_the_list_of_customers_and_the_palette_lead_to_it(
    make_window: Callable[..., MainWindow], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    window.open_page("customers")
    assert any("Importieren" in command.title for command in window._available())
    window.open_page("import")
    page = page_of(window)
    assert page.empty.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest: (str(path), ""))
    assert page.empty.button is not None
    page.empty.button.click()
    assert len(chips(page)) == 4


def test_an_old_invoice_is_opened_out_of_the_search(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    file = tmp_path / "alt.csv"
    file.write_text(
        "Rechnungsnummer;Datum;Kunde;Brutto\nRE-19-7;31.12.2019;Petra Schulz;99,50\n", encoding="utf-8"
    )
    (tmp_path / "RE-19-7.pdf").write_bytes(b"%PDF-1.4")
    window = make_window()
    window.open_page("import", str(file))
    page_of(window).run()
    (hit,) = search.find(window.shop, "re-19-7")
    window.open_page("old_invoice", hit.id)
    page = window.navigation.page
    assert isinstance(page, OldInvoicePage)
    assert "RE-19-7 · 31.12.2019 · 99,50" in page.told.text().replace("\u00a0", " ")
    assert page.pdf_button.isVisible()
    assert not page.customer_button.isVisible()


def test_an_undo_takes_back_the_import_it_was_offered_for(
    make_window: Callable[..., MainWindow], path: Path, tmp_path: Path
) -> None:
    window = make_window()
    window.open_page("import", str(path))
    page = page_of(window)
    page.run()
    assert page.imported is not None
    first = page.imported.id
    other = tmp_path / "andere.csv"
    other.write_text("Vorname;Nachname\nOtto;Vogel\n", encoding="utf-8")
    page.open_item(str(other))
    page.run()
    page._take_back(first)
    assert [row.name for row in customers.page(page.shop)] == ["Otto Vogel"]
    assert page.undo_button.isVisible()


def test_nothing_else_can_be_begun_while_an_import_is_stored(
    make_window: Callable[..., MainWindow], qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shopdesk.usecases import imports

    window = make_window()
    window.open_page("import", str(path))
    page = page_of(window)
    seen = []

    def run(*arguments: object) -> object:
        seen.append((page.running.isVisible(), page.running.isModal(), page.is_busy))
        qtbot.keyClick(page.running, Qt.Key.Key_Escape)
        return kept(*arguments)  # type: ignore[arg-type]

    kept = imports.run
    monkeypatch.setattr(imports, "run", run)
    page.run()
    assert seen == [(True, True, True)]
    assert not page.running.isVisible()
    assert customers.page(page.shop) == ()
    assert "Nichts" in page.outcome.words.text() or "nichts" in page.outcome.words.text()


@pytest.mark.parametrize("name", ["Foto.png", "Plan.docx"])
def test_a_file_nobody_can_use_here_leaves_the_owner_where_he_is(
    make_window: Callable[..., MainWindow], tmp_path: Path, name: str
) -> None:
    window = make_window()
    window.open_page("customers")
    here = window.navigation.here
    (tmp_path / name).write_bytes(b"x")
    window.drops.take([str(tmp_path / name)])
    assert window.navigation.here == here
    assert name in window.toasts.toasts[-1].message
