"""What has changed since an order: prices, VAT, units and names of its articles, and what was agreed (S34)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.articles import Article, in_prices
from shopdesk.domain.documents import WITHOUT_AMOUNT, CashDiscount, Discount, Document, Line, Prices

_SIZED = re.compile(r"(?P<name>.+) (?P<width>\d{1,4}(?:,\d)?) × (?P<length>\d{1,4}(?:,\d)?) cm")


class Changed(StrEnum):
    """What is another one today."""

    PRICE = "price"
    UNIT = "unit"
    VAT = "vat"
    NAME = "name"
    GONE = "gone"
    DISCOUNT = "discount"
    CASH_DISCOUNT = "cash_discount"


@dataclass(frozen=True, slots=True)
class OrderChange:
    """One difference. `before` and `today` are the line then and now; discounts are the document's."""

    what: Changed
    before: Line | None = None
    today: Line | None = None
    discount_before: Discount | None = None
    discount_today: Discount | None = None
    cash_before: CashDiscount | None = None
    cash_today: CashDiscount | None = None

    @property
    def can_be_kept(self) -> bool:
        """Whether there is an old value to go back to: VAT is the law's, an article that is gone has no new one."""
        return self.what not in {Changed.VAT, Changed.GONE}


def custom_size(line: Line) -> tuple[str, tuple[int, int]] | None:
    """Name of the article and size in mm of a line that was made to measure; None for others."""
    found = None if line.article_code else _SIZED.fullmatch(line.text)
    if found is None:
        return None
    width, length = (int(Decimal(found[part].replace(",", ".")) * 10) for part in ("width", "length"))
    return found["name"], (width, length)


def renewed(
    line: Line, article: Article | None, prices: Prices, default_rate: Decimal, *, taxed: bool
) -> tuple[Line, tuple[OrderChange, ...]]:
    """The line with its article's price, unit and VAT of today, and what is another than before.

    A free line (without article) stays verbatim; one whose article is gone, too, and says so. Its text stays as it was
    agreed where the article has another name now. `taxed`: whether VAT was and is charged.
    """
    if line.kind in WITHOUT_AMOUNT:
        return line, ()
    if article is None:
        return line, (OrderChange(Changed.GONE, line, line),) if line.article_code else ()
    rate = default_rate if article.vat_rate is None else article.vat_rate
    price = _price(line, article)
    if price is not None:
        price = in_prices(price, article.prices, prices, rate)
    now = replace(
        line,
        unit_price=line.unit_price if price is None else price,
        unit=article.unit,
        vat_rate=article.vat_rate if taxed else line.vat_rate,
    )
    return now, tuple(_differences(line, now, article, default_rate))


def _price(line: Line, article: Article) -> Decimal | None:
    sized = custom_size(line)
    return article.custom(*sized[1])[0] if sized else article.unit_price


def _differences(line: Line, now: Line, article: Article, default_rate: Decimal) -> Iterator[OrderChange]:
    if now.unit != line.unit:
        yield OrderChange(Changed.UNIT, line, now)
    elif now.unit_price != line.unit_price:
        yield OrderChange(Changed.PRICE, line, now)
    before, today = (default_rate if rate is None else rate for rate in (line.vat_rate, now.vat_rate))
    if before != today:
        yield OrderChange(Changed.VAT, replace(line, vat_rate=before), replace(now, vat_rate=today))
    if line.article_code and not line.text.startswith(article.name):
        yield OrderChange(Changed.NAME, replace(now, text=article.name), now)


def agreed_differently(before: Document, today: Document) -> tuple[OrderChange, ...]:
    """Discounts of the whole document that are others than those of the order."""
    found = []
    if before.discount != today.discount:
        found.append(
            OrderChange(Changed.DISCOUNT, discount_before=before.discount, discount_today=today.discount)
        )
    if before.cash_discount != today.cash_discount:
        found.append(
            OrderChange(
                Changed.CASH_DISCOUNT, cash_before=before.cash_discount, cash_today=today.cash_discount
            )
        )
    return tuple(found)


# In the draft: which value stands there now, and the other one in its place


def stands(change: OrderChange, draft: Document) -> bool | None:
    """Whether the draft has today's value (True) or the old one (False); None: neither, so it is no matter any more."""
    if change.what == Changed.DISCOUNT:
        return _which(draft.discount, change.discount_before, change.discount_today)
    if change.what == Changed.CASH_DISCOUNT:
        return _which(draft.cash_discount, change.cash_before, change.cash_today)
    place = _place(change, draft.lines)
    if place is None or change.before is None or change.today is None:
        return None
    line = draft.lines[place]
    if change.what == Changed.NAME:
        return _which(line.text, change.before.text, change.today.text)
    if change.can_be_kept:
        before, today = ((each.unit_price, each.unit) for each in (change.before, change.today))
        return _which((line.unit_price, line.unit), before, today)
    return True


def _which(value: object, before: object, today: object) -> bool | None:
    return True if value == today else False if value == before else None


def _place(change: OrderChange, lines: tuple[Line, ...]) -> int | None:
    """The line that is meant, also after others were put before it."""
    assert change.before is not None
    assert change.today is not None
    texts = {change.before.text, change.today.text}
    same = [
        place
        for place, line in enumerate(lines)
        if line.kind == change.today.kind
        and line.text in texts
        and line.article_code == change.today.article_code
    ]
    exact = [place for place in same if lines[place].quantity == change.today.quantity]
    return next(iter(exact or same), None)


def exchanged(change: OrderChange, draft: Document) -> Document:
    """The draft with the other one of the two values: the old one, or today's again."""
    is_today = stands(change, draft)
    if is_today is None or not change.can_be_kept:
        return draft
    if change.what == Changed.DISCOUNT:
        return replace(draft, discount=change.discount_before if is_today else change.discount_today)
    if change.what == Changed.CASH_DISCOUNT:
        return replace(draft, cash_discount=change.cash_before if is_today else change.cash_today)
    place = _place(change, draft.lines)
    wanted = change.before if is_today else change.today
    assert place is not None
    assert wanted is not None
    line = draft.lines[place]
    if change.what == Changed.NAME:
        line = replace(line, text=wanted.text)
    else:
        line = replace(line, unit_price=wanted.unit_price, unit=wanted.unit)
    return replace(draft, lines=(*draft.lines[:place], line, *draft.lines[place + 1 :]))
