"""The sums kept per year are the sums over the documents themselves (§ 3c and § 19 UStG)."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Document, DocumentKind, Fulfilment, Line, LineKind, Recipient, TaxCase
from shopdesk.domain.turnover import CURRENCY, YearSums, turnover_of
from shopdesk.store import documents, turnover
from shopdesk.store.database import Database
from shopdesk.usecases.shop import Shop

RELEASED = Path(__file__).parent.parent / "store" / "released" / "schema_0001.sqlite"


def _some(count: int) -> list[Document]:
    chance = random.Random(7)
    kinds = [DocumentKind.INVOICE] * 4 + [
        DocumentKind.QUOTE,
        DocumentKind.CREDIT_NOTE,
        DocumentKind.CANCELLATION,
    ]
    cases = [TaxCase.DOMESTIC, TaxCase.OSS, TaxCase.INTRA_COMMUNITY, TaxCase.EXPORT]
    addresses = [Address(country=country) for country in ("DE", "BG", "AT", "CH", "FR")]
    return [
        Document(
            kind=chance.choice(kinds),
            request_key=f"key-{number}",
            number=f"R-{number}",
            date=dt.date(
                chance.choice([2024, 2025, 2026]), chance.choice([1, 7, 12]), chance.choice([1, 31])
            ),
            tax_case=chance.choice(cases),
            currency=chance.choice(["EUR", "EUR", "EUR", "CHF", "HUF"]),
            fulfilment=chance.choice(list(Fulfilment)),
            recipient=Recipient(
                address=chance.choice(addresses),
                delivery_address=chance.choice([None, *addresses]),
                vat_id=chance.choice(["", "", "BG123456789"]),
            ),
            lines=tuple(
                Line(kind=kind, text="x", unit_price=Decimal(chance.randrange(1, 900)))
                for kind in chance.sample(list(LineKind)[:3], chance.randrange(1, 3))
            ),
        )
        for number in range(count)
    ]


def _added_up(values: list[Document], year: int) -> YearSums:
    found = [turnover_of(value, "DE") for value in values]
    of_year = [each for each in found if each is not None and each.year == year]
    euros = [each for each in of_year if each.currency == CURRENCY]
    others = len(of_year) - len(euros)
    return YearSums(sum(each.distance for each in euros), sum(each.gross for each in euros), others)


def test_the_sums_are_those_of_the_documents_without_the_one_asked_for(empty_shop: Shop) -> None:
    now = empty_shop.clock.now()
    with empty_shop.writing() as connection:
        issued = []
        for at, value in enumerate(_some(150)):
            draft = documents.create(connection, replace(value, number=""), now)
            if at % 5:
                stored = replace(documents.load(connection, draft), number=value.number)
                documents.freeze(connection, stored, (), now, "1")
                issued.append(documents.load(connection, draft))
        for year in (2024, 2025, 2026, 2027):
            assert turnover.sums(connection, (year,)).of(year) == _added_up(issued, year)
            for left_out in issued[:4]:
                others = [value for value in issued if value.id != left_out.id]
                assert turnover.sums(connection, (year,), left_out.id).of(year) == _added_up(others, year)
        assert _added_up(issued, 2026).distance
        assert _added_up(issued, 2026).uncounted


def test_a_shop_of_the_first_schema_brings_its_sums_along(tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"
    shutil.copy(RELEASED, path)
    database = Database(path)
    with database.reading() as connection:
        ids = connection.scalars(text("SELECT id FROM document WHERE state = 'issued'")).all()
        issued = [documents.load(connection, document_id) for document_id in ids]
        expected = {
            value.id: turnover_of(value, "DE") for value in issued if turnover_of(value, "DE") is not None
        }
        rows = connection.execute(
            text("SELECT document_id, year, currency, distance, gross FROM turnover")
        ).all()
        sums = turnover.sums(connection, range(2020, 2030))
    database.close()
    assert expected
    found = {row.document_id: (row.year, row.currency, row.distance, row.gross) for row in rows}
    assert found == {
        key: (each.year, each.currency, each.distance, each.gross) for key, each in expected.items() if each
    }
    assert any(each and each.distance for each in expected.values())
    assert sums.of(2026) == _added_up(issued, 2026)
