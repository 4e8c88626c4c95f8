"""Articles: found, shown, saved and deleted; what is typed is never lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.articles import Article
from shopdesk.ui.articles.page import ArticlesPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import articles, sample_shop
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press, type_text


@pytest.fixture
def page(window: MainWindow, shop: Shop) -> ArticlesPage:
    for article in sample_shop.sample().articles:
        articles.save(shop, article)
    window.open_page("articles")
    found = window.navigation.page
    assert isinstance(found, ArticlesPage)
    return found


def show(page: ArticlesPage, shop: Shop, code: str) -> Article:
    article = articles.by_code(shop, code)
    assert article is not None
    page.open_item(article.id)
    return article


def test_the_first_article_is_shown_at_once(page: ArticlesPage) -> None:
    assert page.card.isVisible()
    current = page.rows.current()
    assert current is not None
    assert page.form.name.text() == current.name


def test_typing_finds_and_the_arrow_shows(page: ArticlesPage, qtbot: QtBot) -> None:
    assert focused() is page.search
    type_text("rollm")
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 1)
    press(Qt.Key.Key_Down)
    assert page.form.name.text() == "Rollmatratze"


def test_a_custom_size_is_priced_while_typing(page: ArticlesPage, shop: Shop) -> None:
    show(page, shop, "RM-90200")
    assert "80 × 190 cm" in page.form.example.text()
    before = page.form.example.text()
    page.form.surcharge.setFocus()
    page.form.surcharge.selectAll()
    type_text("50")
    assert page.form.example.text() != before
    page.form.surcharge.selectAll()
    type_text("0")
    page.form.price.setFocus()
    page.form.price.selectAll()
    type_text("100")
    assert "84,44 €" in page.form.example.text(), "the area of 80 × 190 cm at 100 € for 90 × 200 cm"


def test_an_article_is_made_saved_and_taken_back(page: ArticlesPage, shop: Shop) -> None:
    control(Qt.Key.Key_N)
    assert focused() is page.form.name
    type_text("Zirbenkissen")
    page.form.price.setFocus()
    type_text("3*13,30")
    page.form.weight.setFocus()
    type_text("1,2 kg")
    page.form.size_.setFocus()
    type_text("40x80")
    control(Qt.Key.Key_Return)
    (found,) = articles.suggest(shop, "Zirbenkissen", 5)
    saved = articles.get(shop, found.id)
    assert (saved.unit_price, saved.weight_grams, saved.width_mm) == (Decimal("39.90"), 1200, 400)
    assert saved.code
    control(Qt.Key.Key_Z)
    assert articles.suggest(shop, "Zirbenkissen", 5) == ()


def test_a_missing_name_is_said_at_its_field(page: ArticlesPage) -> None:
    control(Qt.Key.Key_N)
    page.form.price.setFocus()
    type_text("5")
    control(Qt.Key.Key_Return)
    assert page.form.name.accessibleDescription()
    assert focused() is page.form.name


def test_a_price_nobody_can_read_is_not_saved_as_none(page: ArticlesPage, shop: Shop) -> None:
    article = show(page, shop, "RM-90200")
    page.form.price.setFocus()
    page.form.price.selectAll()
    type_text("12..3")
    control(Qt.Key.Key_Return)
    assert page.form.price.problem
    assert focused() is page.form.price
    assert articles.by_code(shop, "RM-90200") == article


def test_moving_on_saves_what_was_typed(page: ArticlesPage, shop: Shop) -> None:
    show(page, shop, "RM-90200")
    page.form.name.setFocus()
    page.form.name.selectAll()
    type_text("Rollmatratze weich")
    page.rows.setFocus()
    press(Qt.Key.Key_J)
    changed = articles.by_code(shop, "RM-90200")
    assert changed is not None
    assert changed.name == "Rollmatratze weich"
    assert page.form.name.text() != "Rollmatratze weich"


def test_moving_on_stays_where_something_is_wrong(page: ArticlesPage, shop: Shop, qtbot: QtBot) -> None:
    article = show(page, shop, "RM-90200")
    page.form.price.setText("abc")
    page.form.price.textEdited.emit("abc")
    page.rows.setFocus()
    press(Qt.Key.Key_J)
    qtbot.waitUntil(lambda: getattr(page.rows.current(), "id", None) == article.id)
    assert page.form.price.text() == "abc"
    assert articles.by_code(shop, "RM-90200") == article


def test_leaving_the_page_saves(page: ArticlesPage, shop: Shop, window: MainWindow) -> None:
    show(page, shop, "RM-90200")
    page.form.name.setText("Rollmatratze weich")
    window.open_page("today")
    changed = articles.by_code(shop, "RM-90200")
    assert changed is not None
    assert changed.name == "Rollmatratze weich"


def test_leaving_keeps_what_cannot_be_saved(page: ArticlesPage, window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    page.form.description.setPlainText("noch ohne Namen")
    window.open_page("today")
    assert "noch nicht gespeichert" in window.toasts.toasts[-1].message
    window.open_page("articles")
    assert page.form.description.toPlainText() == "noch ohne Namen"


def test_changed_elsewhere_keeps_what_was_typed(page: ArticlesPage, shop: Shop, window: MainWindow) -> None:
    article = show(page, shop, "RM-90200")
    page.form.name.setText("Rollmatratze weich")
    articles.save(shop, replace(article, unit_price=Decimal(129)))
    page.save()
    assert "an anderer Stelle geändert" in window.toasts.toasts[-1].message
    assert (page.form.name.text(), page.form.price.text()) == ("Rollmatratze weich", "129,00")
    page.save()
    both = articles.by_code(shop, "RM-90200")
    assert both is not None
    assert (both.name, both.unit_price) == ("Rollmatratze weich", Decimal(129))


def test_del_on_the_list_deletes_and_ctrl_z_brings_back(page: ArticlesPage, shop: Shop) -> None:
    show(page, shop, "RM-90200")
    page.rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert articles.suggest(shop, "Rollmatratze", 5) == ()
    control(Qt.Key.Key_Z)
    assert len(articles.suggest(shop, "Rollmatratze", 5)) == 1


def test_nothing_found_offers_a_new_one_of_that_name(page: ArticlesPage, qtbot: QtBot) -> None:
    type_text("Hängematte")
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 0)
    assert "Hängematte" in page.empty.sentence.text()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    assert page.form.name.text() == "Hängematte"
    assert not page.form.is_changed


@pytest.mark.parametrize("name", ["<b>Fett</b>", "ש" * 2000, "x" * 2000])
def test_any_name_leaves_the_window_as_it_is(
    page: ArticlesPage, shop: Shop, window: MainWindow, name: str
) -> None:
    saved, _ = articles.save(shop, Article(name=name, unit_price=Decimal(1)))
    page.open_item(saved.id)
    assert page.form.name.text() == name
    assert window.minimumSizeHint().width() <= 1280
