from __future__ import annotations

import pytest

from shopdesk.domain.customers import Phone
from shopdesk.i18n import Texts
from shopdesk.ui.customers.phone_lines import phone_line, phone_of

KNOWN = (Phone("+49 170 1234567", "+491701234567", "mobile"),)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("+49 170 1234567 mobil", KNOWN[0]),
        ("+49 170 1234567", Phone("+49 170 1234567")),
        ("+49 170 1234567 privat", Phone("+49 170 1234567", "+491701234567", "home")),
        ("0551 123456 Lager", Phone("0551 123456", "", "Lager")),
        ("0551/123456 (Büro)", Phone("0551/123456", "", "work")),
        ("0551 123456", Phone("0551 123456")),
        ("nur abends", Phone("nur abends")),
    ],
)
def test_a_line_is_a_number_and_its_word(line: str, expected: Phone) -> None:
    assert phone_of(Texts("de"), line, KNOWN) == expected


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("label", ["", "mobile", "home", "work", "fax", "Lager"])
def test_what_is_shown_is_read_back(language: str, label: str) -> None:
    phone = Phone("+49 551 123456", "+49551123456", label)
    texts = Texts(language)
    assert phone_of(texts, phone_line(texts, phone), (phone,)) == phone
    assert phone_of(texts, phone_line(texts, phone), ()).label == label
