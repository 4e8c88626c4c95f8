"""The letterhead editor: designs by key, every part of its own, the footer, the page beside it."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.letterheads import (
    Design,
    Font,
    FooterBlock,
    FooterColumn,
    HeadStyle,
    InformationPlace,
    Letterhead,
    TableStyle,
)
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.ui.settings.letterhead_section import LetterheadSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import shop_settings
from shopdesk.usecases.shop import Shop

OWN = Letterhead(
    accent="#7A2E2E",
    sender_line="Betten seit 1984",
    footer=(
        FooterColumn((FooterBlock.ADDRESS, FooterBlock.REGISTER)),
        FooterColumn((FooterBlock.TEXT,), "Montag bis Samstag\nParkplätze im Hof"),
    ),
    font=Font.SERIF,
    head=HeadStyle.BAND,
    table=TableStyle.RULED,
    information=InformationPlace.BELOW,
    giro_code=False,
)


@pytest.fixture
def section(page: SettingsPage) -> LetterheadSection:
    found = page.sections["letterhead"]
    assert isinstance(found, LetterheadSection)
    page.go_to("letterhead")
    return found


def drawn_text(section: LetterheadSection) -> str:
    section._draw()
    section.preview._draw()
    assert section.preview.drawn is not None
    return section.preview.drawn.text


@pytest.mark.parametrize(("key", "design"), list(zip("123", Design, strict=True)))
def test_one_key_takes_a_design_and_the_toast_takes_it_back(
    section: LetterheadSection, window: MainWindow, shop: Shop, qtbot: QtBot, key: str, design: Design
) -> None:
    shop_settings.save_letterhead(shop, OWN)
    section.revert()
    assert not any(card.isChecked() for card in section.designs.cards.values())
    section.designs.cards[Design.CALM].setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), key)
    assert [own for own, card in section.designs.cards.items() if card.isChecked()] == [design]
    assert section.save()
    assert shop_settings.letterhead(shop) == OWN.with_design(design)
    window.toasts.undo()
    assert shop_settings.letterhead(shop) == OWN
    assert not section.is_changed


def test_the_arrow_keys_go_round_the_designs(section: LetterheadSection, qtbot: QtBot) -> None:
    section.designs.cards[Design.CALM].setFocus()
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(QApplication.focusWidget(), key)
        seen.append(section._typed().design)
        assert section.designs.cards[seen[-1] or Design.CALM].hasFocus()
    assert seen == [Design.CLASSIC, Design.STRONG, Design.CALM, Design.STRONG, Design.CLASSIC]


def test_a_part_changed_makes_it_the_owners_own_design(section: LetterheadSection, shop: Shop) -> None:
    section.designs.choose(Design.CLASSIC)
    section.style_choices.information.set_value(InformationPlace.RIGHT)
    assert not any(card.isChecked() for card in section.designs.cards.values())
    assert section.save()
    stored = shop_settings.letterhead(shop)
    assert (stored.font, stored.information) == (Font.SERIF, InformationPlace.RIGHT)


@pytest.mark.parametrize("letterhead", [OWN, *(OWN.with_design(design) for design in Design), Letterhead()])
def test_what_is_stored_is_shown_and_nothing_counts_as_changed(
    section: LetterheadSection, shop: Shop, letterhead: Letterhead
) -> None:
    shop_settings.save_letterhead(shop, letterhead)
    section.reload()
    assert section._typed() == letterhead
    assert not section.is_changed


def test_a_footer_without_tax_number_is_refused_beside_it(section: LetterheadSection, shop: Shop) -> None:
    section.footer.places[FooterBlock.REGISTER].set_value("0")
    assert not section.save()
    assert "Steuernummer" in section.footer.problem.text()
    assert shop_settings.letterhead(shop) == Letterhead()
    section.footer.places[FooterBlock.REGISTER].set_value("1")
    assert not section.footer.problem.text()
    assert section.save()
    assert shop_settings.letterhead(shop).footer[0].blocks == (FooterBlock.ADDRESS, FooterBlock.REGISTER)


def test_own_words_at_the_foot_are_drawn_at_once(section: LetterheadSection, qtbot: QtBot) -> None:
    assert section.footer.text.isHidden()
    section.footer.places[FooterBlock.TEXT].set_value("2")
    assert not section.footer.text.isHidden()
    qtbot.keyClicks(section.footer.text, "Samstags bis 14 Uhr")
    assert "Samstags bis 14 Uhr" in drawn_text(section)
    section.footer.places[FooterBlock.TEXT].set_value("0")
    assert "Samstags bis 14 Uhr" not in drawn_text(section)


def test_the_small_pages_show_the_letter_in_each_design(section: LetterheadSection) -> None:
    section._draw()
    pages = [card._page for card in section.designs.cards.values()]
    assert not any(page.isNull() for page in pages)
    assert all(one != other for one, other in itertools.combinations(pages, 2))
    section.accent.line.set_value("#7A2E2E")
    section._draw()
    assert pages[2] != section.designs.cards[Design.STRONG]._page


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_words_of_every_kind_and_language_are_kept_apart(
    section: LetterheadSection, shop: Shop, kind: DocumentKind
) -> None:
    words = section.letter_words
    words.kind.set_value(kind)
    for language in PAPER_LANGUAGES:
        words.language.set_value(language)
        words.own_intro.setChecked(True)
        words.intro.setPlainText(f"Eigene Worte {language}")
    assert f"Eigene Worte {PAPER_LANGUAGES[-1]}" in drawn_text(section)
    assert section.save()
    stored = shop_settings.letterhead(shop)
    assert len(stored.texts) == len(PAPER_LANGUAGES)
    for language in PAPER_LANGUAGES:
        assert stored.texts_for(kind, language).intro == f"Eigene Worte {language}"


def test_the_page_stays_in_sight_while_the_fields_are_scrolled(
    section: LetterheadSection, page: SettingsPage, window: MainWindow
) -> None:
    window.resize(1280, 800)
    bar, preview = page.scroller.verticalScrollBar(), section.preview
    QApplication.sendPostedEvents()
    bar.setValue(section.y())
    before = preview.y()
    bar.setValue(section.y() + 250)
    assert preview.y() > before
    view = page.scroller.viewport()
    assert preview.mapTo(view, preview.rect().topLeft()).y() == 0
    bar.setValue(bar.maximum())
    frame = preview.parentWidget()
    assert frame is not None
    assert preview.geometry().bottom() <= frame.rect().bottom()
