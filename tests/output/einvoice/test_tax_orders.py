"""Every tax case as the order file brings it, in front of the official rules."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shopdesk.domain.documents import MarginGoods
from shopdesk.i18n import Texts
from shopdesk.output.einvoice import cii
from shopdesk.output.pdf.texts import tax_notes
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.store import documents
from shopdesk.usecases import sample_shop, shop_settings
from shopdesk.usecases.orders import Wanted, issue_order
from shopdesk.usecases.shop import Shop
from tests.output.einvoice.invoices import CASES as INVOICES
from tests.output.einvoice.official import Verdict
from tests.usecases.test_tax_orders import (
    BG_ID,
    BULGARIA,
    DE_ID,
    GERMANY,
    GOODS,
    POSTAGE,
    SERVICE,
    SWITZERLAND,
    buyer,
)

USED = {**GOODS, "text": "Bett, gebraucht", "tax_case": "margin_scheme"}
BOOK = {**GOODS, "text": "Buch", "vat_rate": "9"}
PANEL = {**GOODS, "text": "Solarmodul", "vat_rate": "0"}
CASES: dict[str, dict[str, Any]] = {
    "domestic": {"customer": buyer(GERMANY), "lines": [GOODS, POSTAGE]},
    "photovoltaics and others": {"customer": buyer(GERMANY), "lines": [GOODS, PANEL, POSTAGE]},
    "margin and taxed": {"customer": buyer(GERMANY), "lines": [GOODS, USED, POSTAGE]},
    "margin to a business abroad": {"customer": buyer(BULGARIA, BG_ID), "lines": [GOODS, USED, POSTAGE]},
    "margin alone": {"customer": buyer(GERMANY), "tax_case": "margin_scheme", "lines": [GOODS, POSTAGE]},
    "reverse charge": {"customer": buyer(BULGARIA, BG_ID), "lines": [SERVICE], "fulfilment": "service"},
    "reverse charge at home": {"customer": buyer(GERMANY, DE_ID), "tax_case": "reverse_charge"},
    "intra-community": {"customer": buyer(BULGARIA, BG_ID), "lines": [GOODS, POSTAGE]},
    "intra-community from an invoice address at home": {"customer": buyer(GERMANY, BG_ID, BULGARIA)},
    "intra-community, collected": {
        "customer": buyer(BULGARIA, BG_ID), "tax_case": "intra_community", "fulfilment": "pickup",
    },
    "oss with a reduced rate": {"customer": buyer(BULGARIA), "tax_case": "oss", "lines": [GOODS, BOOK, POSTAGE]},
    "export": {"customer": buyer(SWITZERLAND), "lines": [GOODS, POSTAGE]},
    "exempt": {"customer": buyer(GERMANY), "tax_case": "exempt", "tax_note": "§ 4 Nr. 21 UStG"},
    "exempt line": {
        "customer": buyer(GERMANY), "tax_note": "§ 4 Nr. 21 UStG", "lines": [GOODS, {**SERVICE, "tax_case": "exempt"}],
    },
    "voucher": {"customer": buyer(GERMANY), "lines": [{**GOODS, "kind": "voucher", "text": "Gutschein"}]},
}  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(
        tmp_path / "shop.sqlite",
        FixedClock(dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)),
        FakePost(),
        SessionKeychain(),
        FakeMailProgram(),
        who="Jens",
    )
    shop_settings.save_profile(made, replace(sample_shop.sample().profile, prepay=False))
    yield made
    made.close()


@pytest.mark.parametrize("prices", ["net", "gross"])
@pytest.mark.parametrize("name", CASES)
def test_what_an_order_makes_is_valid(
    shop: Shop, judge: Callable[[bytes], Verdict], tmp_path: Path, name: str, prices: str
) -> None:
    order = {
        "kind": "invoice", "delivery_date": "2026-11-23", "due": "+7", "prices": prices, "lines": [GOODS],
        "discount": {"percent": "3", "reason": "Stammkunde"}, **CASES[name],
    }  # fmt: skip
    answer = issue_order(shop, json.dumps(order).encode(), Wanted(tmp_path / "out"), Texts("de"))
    with shop.reading() as connection:
        issued = documents.by_number(connection, answer["number"])
        assert issued is not None
        xml = next(
            file.data for file in documents.files(connection, issued.id or 0) if file.name.endswith(".xml")
        )
    verdict = judge(xml)
    assert verdict.is_valid, verdict


@pytest.mark.parametrize(
    ("goods", "code", "words"),
    [
        (MarginGoods.USED, "VATEX-EU-F", "Gebrauchtgegenstände/Sonderregelung"),
        (MarginGoods.ART, "VATEX-EU-I", "Kunstgegenstände/Sonderregelung"),
        (MarginGoods.COLLECTORS, "VATEX-EU-J", "Sammlungsstücke und Antiquitäten/Sonderregelung"),
    ],
)
def test_the_margin_scheme_names_what_is_sold(
    judge: Callable[[bytes], Verdict], goods: MarginGoods, code: str, words: str
) -> None:
    for language in ("de", "fr"):
        sold = INVOICES["margin scheme and taxed"]
        sold = replace(sold, margin_goods=goods, recipient=replace(sold.recipient, language=language))
        xml = cii.render(replace(sold, number="R-2026-0001"), Texts(language))
        assert judge(xml).is_valid
        assert f">{code}<" in xml.decode()
        assert words in xml.decode()
        assert words in " ".join(note for pair in tax_notes(sold, Texts(language)) for note in pair)
