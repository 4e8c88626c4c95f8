"""contracts/ORDER.md, held to the letter."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SHOP, Run

Write = Callable[[str, Any], Path]
Order = dict[str, Any]


def test_the_answer_names_all_that_the_contract_names(
    shop: Run, write: Write, order: Order, tmp_path: Path
) -> None:
    answer = shop("issue", write("o.json", order), "--out", tmp_path / "out")
    assert answer.code == 0, answer.out
    told = answer.json
    assert set(told) == {
        "number", "kind", "date", "repeated", "customer", "tax_case", "tax_reason", "totals", "pdf", "xml", "sha256",
        "warnings", "mail", "eml",
    }  # fmt: skip
    assert told["number"].startswith("R-")
    assert told["customer"] == {"number": "K-1001", "created": True}
    assert told["tax_case"] == "domestic"
    assert told["totals"] == {
        "net": "248.36",
        "vat": [{"rate": "19", "category": "S", "base": "248.36", "amount": "47.19"}],
        "gross": "295.55",
        "prepaid": "0.00",
        "payable": "295.55",
    }
    assert told["mail"] == {"state": "none", "reason": None}
    pdf = Path(told["pdf"]).read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == told["sha256"]
    assert Path(told["xml"]) == Path(told["pdf"]).with_suffix(".xml")
    assert b"<ram:GrandTotalAmount>295.55</ram:GrandTotalAmount>" in Path(told["xml"]).read_bytes()


def test_a_quote_has_no_xml(shop: Run, write: Write, order: Order, tmp_path: Path) -> None:
    order["kind"] = "quote"
    assert shop("issue", write("o.json", order), "--out", tmp_path).json["xml"] is None


def test_an_xml_in_the_way_is_kept_and_takes_no_number(
    shop: Run, write: Write, order: Order, tmp_path: Path
) -> None:
    first = Path(shop("issue", write("o.json", order), "--out", tmp_path / "first").json["xml"])
    following = tmp_path / "out" / first.name.replace("0001", "0002")
    following.parent.mkdir()
    following.write_bytes(b"mine")
    refused = shop("issue", write("o.json", order), "--out", tmp_path / "out")
    assert (refused.code, *refused.error) == (4, "file-exists", "out")
    assert following.read_bytes() == b"mine"
    assert shop("issue", write("o.json", order), "--out", tmp_path / "other").json["number"].endswith("-0002")


def test_the_same_key_with_the_same_order_answers_the_first_document(
    shop: Run, write: Write, order: Order, tmp_path: Path
) -> None:
    order["request_key"] = "phone-2026-11-23-1"
    path = write("o.json", order)
    first = shop("issue", path, "--out", tmp_path).json
    again = shop("issue", path, "--out", tmp_path).json
    assert (again["number"], again["repeated"], again["sha256"]) == (first["number"], True, first["sha256"])
    order["due"] = "+14"
    refused = shop("issue", write("o.json", order), "--out", tmp_path)
    assert (refused.code, *refused.error) == (3, "request-key-reused", "request_key")


def test_a_draft_takes_no_number(shop: Run, write: Write, order: Order, tmp_path: Path) -> None:
    told = shop("issue", write("o.json", order), "--draft").json
    assert [told[name] for name in ("number", "pdf", "xml", "sha256")] == [None] * 4
    assert isinstance(told["draft"], int)
    assert shop("issue", write("o.json", order), "--out", tmp_path).json["number"].endswith("-0001")


def test_send_without_mail_settings_leaves_a_finished_eml(
    shop: Run, write: Write, order: Order, tmp_path: Path
) -> None:
    told = shop("issue", write("o.json", order), "--out", tmp_path, "--send").json
    assert told["mail"]["state"] == "queued"
    assert Path(told["eml"]).read_bytes().startswith(b"X-Unsent: 1")


def test_a_known_customer_is_not_created_again(shop: Run, write: Write, order: Order, tmp_path: Path) -> None:
    shop("issue", write("o.json", order), "--out", tmp_path)
    assert shop("issue", write("o.json", order), "--out", tmp_path).json["customer"] == {
        "number": "K-1001",
        "created": False,
    }
    order["customer"] = {"number": "K-1001"}
    assert shop("issue", write("o.json", order), "--out", tmp_path).json["customer"]["created"] is False
    order["customer"] = {"number": "K-9999"}
    refused = shop("issue", write("o.json", order), "--out", tmp_path)
    assert (refused.code, *refused.error) == (3, "not-found", "customer.number")


def changed(order: Order, path: str, value: Any) -> Order:
    result = copy.deepcopy(order)
    *steps, last = path.split(".")
    place: Any = result
    for step in steps:
        place = place[int(step)] if step.isdigit() else place[step]
    if isinstance(place, list):
        place[int(last)] = value
    elif value is ...:
        place.pop(last)
    else:
        place[last] = value
    return result


UNREADABLE = [
    ("kind", "bill", "kind"),
    ("kind", ..., "kind"),
    ("colour", "red", "colour"),
    ("lines.0.colour", "red", "lines[0].colour"),
    ("lines.0.unit_price", 12.5, "lines[0].unit_price"),
    ("lines.0.unit_price", "12,50", "lines[0].unit_price"),
    ("lines.0.quantity", "two", "lines[0].quantity"),
    ("lines.0.quantity", "NaN", "lines[0].quantity"),
    ("lines.0.kind", "gift", "lines[0].kind"),
    ("lines", {}, "lines"),
    ("lines.0", "x", "lines[0]"),
    ("date", "23.11.2026", "date"),
    ("date", "2026-02-30", "date"),
    ("due", "+x", "due"),
    ("fulfilment", "drone", "fulfilment"),
    ("prices", "net ", "prices"),
    ("tax_case", "none", "tax_case"),
    ("customer.salutation", "sir", "customer.salutation"),
    ("customer.phones", "123", "customer.phones"),
    ("customer.address.zip", "5300", "customer.address.zip"),
    ("request_key", "x" * 65, "request_key"),
    ("prepaid", [{"amount": "1", "means": "49"}], "prepaid[0].means"),
    ("cash_discount", {"percent": "2", "days": "7"}, "cash_discount.days"),
    ("discount", {"percentage": "2"}, "discount.percentage"),
]


@pytest.mark.parametrize(("path", "value", "field"), UNREADABLE)
def test_what_the_contract_does_not_know_is_exit_2(
    tmp_path: Path, order: Order, path: str, value: Any, field: str
) -> None:
    from shopdesk.usecases.order_file import read
    from shopdesk.usecases.strict_json import Unreadable

    with pytest.raises(Unreadable) as refused:
        read(json.dumps(changed(order, path, value)).encode())
    assert refused.value.field == field
    del tmp_path


@pytest.mark.parametrize(
    "data", [b"", b"not json", b"[1]", b'{"kind": "invoice", "kind": "quote"}', b"\xff\xfe", b'{"a": NaN}']
)
def test_what_is_no_order_at_all_is_exit_2(run: Run, write: Write, data: bytes) -> None:
    answer = run("issue", write("o.json", data))
    assert answer.code == 2
    assert answer.json["error"]["message"]


FORBIDDEN = [
    ("lines", [], "BR-16", "lines"),
    ("lines.0.unit_price", "-5", "BR-27", "lines[0].unit_price"),
    ("lines.0.unit_price", ..., "BR-26", "lines[0].unit_price"),
    ("lines.0.unit", "STUECK", "BR-CL-23", "lines[0].unit"),
    ("lines.0.vat_rate", "18", "vat-rate", "lines[0].vat_rate"),
    ("currency", "EUX", "BR-CL-04", "currency"),
    ("customer.address.country", "XX", "BR-CL-14", "customer.address.country"),
    ("customer", {}, "BR-07", "customer"),
    ("customer.vat_id", "BG123456789", "vat-id", "customer.vat_id"),
    ("date", "2020-01-01", None, None),
    ("refers_to", "A-2020-1", "refers-to-unknown", "refers_to"),
    ("tax_case", "exempt", "BR-E-10", "tax_note"),
    ("tax_case", "intra_community", "BR-IC-02", "customer.vat_id"),
    ("tax_case", "small_business", "tax-case", "tax_case"),
    ("prepaid", [{"amount": "10", "means": "external_till"}], "external-till", "prepaid[0].reference"),
    ("discount", {"percent": "120", "reason": "x"}, "discount", "discount.percent"),
]


@pytest.mark.parametrize(("path", "value", "code", "field"), [case for case in FORBIDDEN if case[2]])
def test_what_a_rule_forbids_is_exit_3_and_takes_no_number(
    open_shop_in_process: Callable[[Order], tuple[str, str]],
    order: Order,
    path: str,
    value: Any,
    code: str,
    field: str,
) -> None:
    value_order = changed(order, path, value)
    if path == "tax_case":
        value_order["lines"][0].pop("vat_rate")
    assert open_shop_in_process(value_order) == (code, field)


@pytest.fixture
def open_shop_in_process(tmp_path: Path) -> Callable[[Order], tuple[str, str]]:
    """Issue an order in this process; gives code and field of the refusal, and sees that no number went."""
    from shopdesk.app import open_shop
    from shopdesk.domain.errors import ShopError
    from shopdesk.i18n import Texts
    from shopdesk.usecases import customers, number_ranges, orders, setting_up

    shop = open_shop(str(tmp_path / "shop.sqlite"))
    setting_up.set_up(shop, json.dumps(SHOP).encode())

    def refuse(order: Order) -> tuple[str, str]:
        with pytest.raises(ShopError) as refused:
            orders.issue_order(shop, json.dumps(order).encode(), orders.Wanted(tmp_path / "out"), Texts("de"))
        assert number_ranges.next_number(shop, "invoice").endswith("-0001")
        assert customers.page(shop) == ()  # nothing is stored, the customer neither
        assert not list((tmp_path / "out").iterdir())
        shop.close()
        return refused.value.code, refused.value.field

    return refuse


def test_a_file_with_other_bytes_is_never_overwritten(
    shop: Run, write: Write, order: Order, tmp_path: Path
) -> None:
    first = shop("issue", write("o.json", order), "--out", tmp_path / "a").json
    stolen = tmp_path / "b" / Path(first["pdf"]).name.replace("0001", "0002")
    stolen.parent.mkdir()
    stolen.write_bytes(b"mine")
    refused = shop("issue", write("o.json", order), "--out", tmp_path / "b")
    assert (refused.code, *refused.error) == (4, "file-exists", "out")
    assert stolen.read_bytes() == b"mine"
    assert shop("issue", write("o.json", order), "--out", tmp_path / "c").json["number"].endswith("-0002")


def test_an_absent_database_is_exit_4_and_none_is_made(
    run: Run, write: Write, order: Order, tmp_path: Path
) -> None:
    refused = run("issue", write("o.json", order), "--database", tmp_path / "nowhere.sqlite")
    assert (refused.code, refused.error[0]) == (4, "database-absent")
    assert not (tmp_path / "nowhere.sqlite").exists()


def test_a_file_that_is_no_database_is_named_and_left_alone(
    run: Run, write: Write, order: Order, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.sqlite"
    letter.write_bytes(b"Dear Sir" * 300)
    refused = run("issue", write("o.json", order), "--database", letter)
    assert (refused.code, refused.error[0]) == (4, "database-not-ours")
    assert letter.read_bytes() == b"Dear Sir" * 300


def test_an_empty_shop_names_the_missing_seller(run: Run, write: Write, order: Order) -> None:
    assert run("setup", write("s.json", {})).code == 0
    refused = run("issue", write("o.json", order))
    assert (refused.code, refused.error[0]) == (3, "missing-seller")
