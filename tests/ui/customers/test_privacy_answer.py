"""The owner answers a customer from the window (Art. 15 GDPR)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import customers, sample_shop
from shopdesk.usecases.shop import Shop


def test_the_answer_is_written_and_told(
    make_window: Callable[..., MainWindow], shop: Shop, tmp_path: Path
) -> None:
    customer = customers.create(shop, sample_shop.sample().caller)
    window = make_window(size=(1280, 800))
    window.open_customer(customer.id or 0)
    page = window.navigation.page
    assert isinstance(page, CustomerPage)
    card = page.existing.form_card
    card.privacy.write(customer, tmp_path / "auskunft.zip")
    assert "auskunft.pdf" in zipfile.ZipFile(tmp_path / "auskunft.zip").namelist()
    assert any("auskunft.zip" in toast.message for toast in window.toasts.toasts)
    card.privacy.write(customer, tmp_path / "no such folder" / "auskunft.zip")
    assert any("anderen Ordner" in toast.message for toast in window.toasts.toasts)
