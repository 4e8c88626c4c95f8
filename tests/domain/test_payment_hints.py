"""What was typed to say that something was paid: a number, its last digits, one with a mistake, or an amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shopdesk.domain.payment_hints import Fit, amount_typed, fits, number_typed


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("295,55", "295.55"),
        ("295.55", "295.55"),
        ("295,55 €", "295.55"),
        ("€ 295,55", "295.55"),
        ("1.295,55", "1295.55"),
        ("1 295,55 EUR", "1295.55"),
        ("89,-", "89"),
        ("300 €", "300"),
        ("300", None),  # a number
        ("0,00", None),
        ("412", None),
        ("12,5", None),  # a quantity as easily
        ("2 Matratzen 90x200", None),
        ("0551 4912", None),
        ("+49 551 4912", None),
        ("24.12.", None),
        ("", None),
    ],
)
def test_an_amount_has_cents_or_a_currency(text: str, amount: str | None) -> None:
    assert amount_typed(text) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("412", Fit.EXACTLY),
        ("0412", Fit.EXACTLY),
        ("R412", Fit.EXACTLY),
        ("r-412", Fit.EXACTLY),
        ("2026-0412", Fit.EXACTLY),
        ("R-2026-0412", Fit.EXACTLY),
        ("r 2026 0412", Fit.EXACTLY),
        ("R-2026-0421", Fit.NEARLY),  # two exchanged
        ("R-2026-412", Fit.EXACTLY),
        ("2026-0413", Fit.NEARLY),
        ("R-2025-0412", Fit.NEARLY),
        ("421", Fit.NOT),  # too short to be a mistake of
        ("12", Fit.NOT),
        ("41", Fit.NOT),
        ("+49 412", Fit.NOT),
        ("Ivanova 412", Fit.NOT),
        ("412@web.de", Fit.NOT),
        ("", Fit.NOT),
    ],
)
def test_a_number_fits_whole_by_its_last_digits_or_with_one_mistake(text: str, fit: Fit) -> None:
    assert fits(number_typed(text), "R-2026-0412") is fit
