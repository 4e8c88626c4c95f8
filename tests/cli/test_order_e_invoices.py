"""The e-invoice of every kind by the order file: inside the PDF, beside it, as XRechnung for who has a Leitweg-ID."""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from shopdesk.app import open_shop
from shopdesk.domain.document_rules import DocumentRefused
from shopdesk.i18n import Texts
from shopdesk.usecases import customers, orders, setting_up
from shopdesk.usecases.shop import Shop
from tests.cli.conftest import SHOP
from tests.output.einvoice.german_rules import failed
from tests.output.einvoice.official import Judge, Verdict
from tests.output.einvoice.reading import all_of, one

Issue = Callable[..., dict[str, Any]]
LEITWEG = "04011000-1234512345-06"
TOWN = {
    "company": "Stadt Göttingen", "email": "rechnung@stadt.example", "buyer_reference": LEITWEG,
    "address": {"lines": ["Hiroshimaplatz 1"], "postal_code": "37083", "city": "Göttingen", "country": "DE"},
}  # fmt: skip
HOTEL = TOWN | {"company": "Hotel Harzblick", "email": "post@harzblick.example", "buyer_reference": ""}
LINES = [
    {"text": "Matratze", "quantity": "3", "unit_price": "249.90", "vat_rate": "19", "discount_percent": "10"},
    {"text": "Schlafbuch", "quantity": "7", "unit_price": "9.99", "vat_rate": "7"},
    {"kind": "postage", "text": "Versand", "unit_price": "12.90"},
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The official rules."""
    for name in ("saxonche", "facturx", "lxml"):
        pytest.importorskip(name)
    return Judge()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = open_shop(str(tmp_path / "shop.sqlite"))
    setting_up.set_up(shop, json.dumps(SHOP).encode())
    yield shop
    shop.close()


@pytest.fixture
def issue(shop: Shop, tmp_path: Path) -> Issue:
    """`issue("invoice", customer=TOWN)`; None takes a field away."""

    def call(kind: str, *, send: bool = False, **fields: Any) -> dict[str, Any]:
        wanted = {"kind": kind, "customer": TOWN, "lines": LINES, "prices": "gross", "due": "+14"} | fields
        data = json.dumps({name: value for name, value in wanted.items() if value is not None}).encode()
        return orders.issue_order(shop, data, orders.Wanted(tmp_path / "out", send=send), Texts("de"))

    return call


def story(issue: Issue, customer: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each kind with an e-invoice, as an order makes it."""
    whole = issue("order_confirmation", customer=customer, due=None)
    deposit = issue(
        "deposit_invoice", customer=customer, refers_to=whole["number"],
        lines=[{"text": "Anzahlung", "unit_price": "200.00", "vat_rate": "19"}],
    )  # fmt: skip
    yield "deposit", deposit
    yield "final", issue("final_invoice", customer=customer, refers_to=[whole["number"], deposit["number"]])
    bill = issue(
        "invoice", customer=customer, delivery_date="2026-11-20", cash_discount={"percent": "2", "days": 7},
        discount={"percent": "3", "reason": "Treue"},
    )  # fmt: skip
    yield "invoice", bill
    yield (
        "credit",
        issue(
            "credit_note",
            customer=customer,
            refers_to=bill["number"],
            lines=[LINES[1] | {"quantity": "6"}],
            due=None,
        ),
    )
    other = issue("invoice", customer=customer)
    yield (
        "cancellation",
        issue("cancellation", customer=None, lines=None, due=None, refers_to=other["number"]),
    )


def embedded(answer: dict[str, Any]) -> bytes:
    (data,) = PdfReader(io.BytesIO(Path(answer["pdf"]).read_bytes())).attachments["factur-x.xml"]
    return bytes(data)


def test_every_kind_of_an_authority_is_an_xrechnung_beside_a_factur_x(issue: Issue, judge: Judge) -> None:
    codes = {"deposit": "326", "final": "380", "invoice": "380", "credit": "381", "cancellation": "384"}
    for kind, answer in story(issue, TOWN):
        path = Path(answer["xml"])
        assert path.name == f"{answer['number']}-xrechnung.xml"
        data = path.read_bytes()
        assert (kind, failed(data), failed(data, warnings=True)) == (kind, (), ())
        assert re.search(rb"</ram:ID><ram:TypeCode>(\d+)", data)[1].decode() == codes[kind]  # type: ignore[index]
        assert one(data, "BuyerReference") == LEITWEG
        assert judge.judge(data).schema == ""
        assert (kind, judge.judge(embedded(answer))) == (kind, Verdict("", (), ()))
        for name in ("GrandTotalAmount", "DuePayableAmount", "TaxTotalAmount", "LineTotalAmount"):
            assert all_of(data, name) == all_of(embedded(answer), name)
        assert one(data, "GrandTotalAmount") == answer["totals"]["gross"]


def test_every_kind_of_another_customer_is_the_file_inside_the_pdf(issue: Issue, judge: Judge) -> None:
    for kind, answer in story(issue, HOTEL):
        data = Path(answer["xml"]).read_bytes()
        assert Path(answer["xml"]).name == f"{answer['number']}.xml"
        assert data == embedded(answer)
        assert (kind, judge.judge(data)) == (kind, Verdict("", (), ()))
        assert one(data, "DuePayableAmount") == answer["totals"]["payable"]


def test_the_mail_to_an_authority_carries_pdf_and_xrechnung(issue: Issue) -> None:
    answer = issue("invoice", send=True)
    mail = email.message_from_bytes(Path(answer["eml"]).read_bytes(), policy=email.policy.default)
    attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert list(attached) == [f"{answer['number']}.pdf", f"{answer['number']}-xrechnung.xml"]
    xml = attached[f"{answer['number']}-xrechnung.xml"]
    told = xml if isinstance(xml, bytes) else xml.encode()
    assert told.replace(b"\r\n", b"\n").strip() == Path(answer["xml"]).read_bytes().strip()


def test_the_same_key_answers_the_same_xrechnung(issue: Issue) -> None:
    first = issue("invoice", request_key="town-1")
    data = Path(first["xml"]).read_bytes()
    again = issue("invoice", request_key="town-1")
    assert (again["xml"], again["repeated"]) == (first["xml"], True)
    assert Path(again["xml"]).read_bytes() == data


def test_what_an_authority_would_refuse_takes_no_number(issue: Issue) -> None:
    nowhere = TOWN["address"] | {"city": ""}  # type: ignore[operator]
    with pytest.raises(DocumentRefused) as refused:
        issue("invoice", customer=TOWN | {"address": nowhere})
    assert (refused.value.code, refused.value.field) in {
        ("BR-DE-8", "customer.address.city"),
        ("BR-10", "customer.address"),
    }
    assert issue("invoice")["number"].endswith("-0001")


def test_a_mistyped_leitweg_id_is_told_and_is_no_xrechnung(issue: Issue) -> None:
    answer = issue("invoice", customer=TOWN | {"buyer_reference": "04011000-1234512345-07"})
    assert ("leitweg-id", "customer.buyer_reference") in {
        (each["code"], each["field"]) for each in answer["warnings"]
    }
    assert not Path(answer["xml"]).name.endswith("-xrechnung.xml")


def test_a_known_customers_wish_holds_for_orders_that_do_not_speak_of_it(issue: Issue, shop: Shop) -> None:
    number = issue("invoice", customer=HOTEL)["customer"]["number"]
    with shop.reading() as connection:
        from shopdesk.store import customers as stored

        known = stored.load(connection, stored.by_number(connection, number) or 0)
    wish = replace(
        known,
        xrechnung=True,
        buyer_reference="B-4711",
        electronic_address="4098765000010",
        electronic_scheme="0088",
    )
    customers.save(shop, wish)
    for asked in (HOTEL, {"number": number}):
        answer = issue("invoice", customer=asked)
        data = Path(answer["xml"]).read_bytes()
        assert failed(data) == ()
        assert one(data, "BuyerReference") == "B-4711"
        assert b'<ram:URIID schemeID="0088">4098765000010</ram:URIID>' in data
