"""The sample shop's window with a draft for its caller."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import customers, sample_shop
from shopdesk.usecases.shop import Shop


class Desk:
    """The window as somebody at the keyboard uses it."""

    def __init__(self, window: MainWindow, shop: Shop, qtbot: QtBot) -> None:
        self.window, self.shop, self.qtbot = window, shop, qtbot

    @property
    def page(self) -> DocumentPage:
        page = self.window.navigation.page
        assert isinstance(page, DocumentPage)
        return page

    @property
    def document(self) -> Document:
        return self.page.document

    def begin(self, kind: str = "invoice", customer: Customer | None = None) -> DocumentPage:
        self.window.new_document(kind, customer.id if customer is not None else None)
        self.page.sending.seconds = 0.3
        return self.page

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        for sign in text:
            press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(QApplication.focusWidget() or focused, press)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifiers)

    def enter(self, *texts: str) -> None:
        """Type each text and press ⏎ after it."""
        for text in texts:
            self.type(text)
            self.press(Qt.Key.Key_Return)


@pytest.fixture
def sample(shop: Shop) -> sample_shop.Sample:
    """The sample shop's people and articles, without its past."""
    from shopdesk.usecases import articles, shop_settings

    data = sample_shop.sample()
    shop_settings.save_profile(shop, data.profile)
    for article in data.articles:
        articles.save(shop, article)
    return data


@pytest.fixture
def caller(shop: Shop, sample: sample_shop.Sample) -> Customer:
    return customers.create(shop, sample.caller)


@pytest.fixture
def desk(
    make_window: Callable[..., MainWindow], shop: Shop, sample: sample_shop.Sample, qtbot: QtBot
) -> Desk:
    assert sample.caller.emails
    return Desk(make_window(size=(1280, 800)), shop, qtbot)
