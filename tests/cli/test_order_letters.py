"""contracts/ORDER.md by its small print, in this process: what is refused, where, and that nothing stays of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import MailState
from shopdesk.i18n import Texts
from shopdesk.outside.clock import SystemClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.usecases import (
    articles,
    customers,
    documents,
    issuing,
    number_ranges,
    orders,
    outbox,
    shop_settings,
)
from shopdesk.usecases.order_file import read
from shopdesk.usecases.setting_up import set_up
from shopdesk.usecases.shop import Shop
from shopdesk.usecases.strict_json import Unreadable, parse_json
from tests.cli.conftest import SHOP
from tests.cli.test_order_file import changed

Order = dict[str, Any]


@dataclass
class Desk:
    """A shop that takes orders in this process."""

    shop: Shop
    out: Path

    def issue(self, order: Order | str, **switches: bool) -> dict[str, Any]:
        """The answer; raises the refusal."""
        data = order if isinstance(order, str) else json.dumps(order)
        return orders.issue_order(self.shop, data.encode(), orders.Wanted(self.out, **switches), Texts("en"))

    def refused(self, order: Order, **switches: bool) -> tuple[str, str]:
        """Code and field of the refusal, and a look that nothing was stored."""
        before = self.stored()
        with pytest.raises(ShopError) as refusal:
            self.issue(order, **switches)
        assert self.stored() == before
        return refusal.value.code, refusal.value.field

    def stored(self) -> tuple[object, ...]:
        """What an order could leave behind."""
        kinds = [documents.page(self.shop, DocumentKind(kind)) for kind in ("invoice", "quote")]
        numbers = [number_ranges.next_number(self.shop, name) for name in ("invoice", "quote", "customer")]
        mails = outbox.page(self.shop, tuple(MailState))
        return kinds, customers.page(self.shop), numbers, mails


def opened(folder: Path) -> Desk:
    """The sample shop in a folder; its `oss` is auto."""
    post, program = FakePost(), FakeMailProgram()
    shop = Shop(folder / "shop.sqlite", SystemClock(), post, SessionKeychain(), program, who="lindner")
    set_up(shop, json.dumps(SHOP).encode())
    return Desk(shop, folder / "out")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh shop."""
    desk = opened(tmp_path)
    yield desk
    desk.shop.close()


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One shop for the tables of single orders."""
    desk = opened(tmp_path_factory.mktemp("counter"))
    yield desk
    desk.shop.close()


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("lines.0.tax_case", "domestic", "lines[0].tax_case"),
        ("lines.0.tax_case", "auto", "lines[0].tax_case"),
        ("lines.0.quantity", "٢", "lines[0].quantity"),
        ("lines.0.quantity", "1e3", "lines[0].quantity"),
        ("lines.0.quantity", "2\n", "lines[0].quantity"),
        ("lines.0.text", "a\ud800", "lines[0].text"),
        ("lines.0.text", "a\0b", "lines[0].text"),
        ("customer.address.lines", ["a\0b"], "customer.address.lines[0]"),
        ("customer.phones", ["a\0b"], "customer.phones[0]"),
        ("kind", "a\ud800", "kind"),
        ("date", "", "date"),
        ("date", "٢٠٢٦-١١-٢٣", "date"),
        ("due", "", "due"),
        ("due", "+٧", "due"),
        ("kind", None, "kind"),
        ("prepaid", [{"amount": "1"}], "prepaid[0].means"),
        ("service_period", {"start": "", "end": "2026-11-23"}, "service_period.start"),
    ],
)
def test_other_figures_and_broken_text_are_exit_2(order: Order, path: str, value: Any, field: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(json.dumps(changed(order, path, value)).encode())
    assert refused.value.field == field


@pytest.mark.parametrize(
    "data", [b'{"a": ' + b"1" * 5000 + b"}", b"[" * 100_000, b'{"a": 1} 2', b"\xef\xbb\xbf"]
)
def test_json_that_breaks_readers_is_exit_2(data: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_json(data)


def test_very_many_fields_are_read_in_a_moment() -> None:
    assert len(parse_json(json.dumps({str(i): 1 for i in range(100_000)}).encode())) == 100_000


VOUCHER = {"kind": "voucher", "text": "Gutschein", "unit_price": "50.00"}
AUSTRIA = {
    "company": "Alpenbett GmbH", "vat_id": "ATU13585627",
    "address": {"lines": ["Ring 1"], "postal_code": "1010", "city": "Wien", "country": "AT"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"lines.0.quantity": "9" * 15}, "too-large", "lines[0].quantity"),
        ({"lines.0.unit_price": "9" * 16}, "too-large", "lines[0].unit_price"),
        ({"lines.0.quantity": "100000000", "lines.0.unit_price": "100"}, "too-large", "lines[0].unit_price"),
        ({"lines.0.discount_percent": "9" * 15}, "too-large", "lines[0].discount_percent"),
        ({"discount": {"amount": "9" * 15, "reason": "x"}}, "too-large", "discount.amount"),
        ({"prepaid": [{"amount": "9" * 15, "means": "48"}]}, "too-large", "prepaid[0].amount"),
        ({"lines.0.vat_rate": "-100"}, "vat-rate", "lines[0].vat_rate"),
        ({"lines.0.vat_rate": "999"}, "vat-rate", "lines[0].vat_rate"),
        ({"lines.0.unit_price": "1." + "0" * 35 + "1"}, "price-decimals", "lines[0].unit_price"),
        ({"discount": {"amount": "10.005", "reason": "x"}}, "BR-DEC-01", "discount.amount"),
        ({"prepaid": [{"amount": "1.005", "means": "48"}]}, "BR-DEC-16", "prepaid[0].amount"),
        ({"prepaid": [{"amount": "1", "means": "external_till", "reference": " "}]},
         "external-till", "prepaid[0].reference"),
        ({"lines.1": {"kind": "note", "text": "x", "unit_price": "5"}}, "note-price", "lines[1].unit_price"),
        ({"lines.1": VOUCHER}, "BR-O-11", "lines[1].kind"),
        ({"lines": [VOUCHER | {"vat_rate": "19"}]}, "vat-rate", "lines[0].vat_rate"),
        ({"date": "9999-12-31"}, "date-out-of-order", "date"),
        ({"due": "9999-12-31"}, "date-out-of-order", "due"),
        ({"tax_case": "export", "lines.0.vat_rate": ...}, "tax-case", "tax_case"),
        ({"tax_case": "oss", "customer.address.country": "DE"}, "tax-case", "tax_case"),
        ({"tax_case": "oss"}, "vat-rate", "lines[0].vat_rate"),
        ({"tax_case": "intra_community", "customer": AUSTRIA | {"vat_id": "DE136695976"}, "lines.0.vat_rate": ...,
          "delivery_date": "2026-11-23"}, "vat-id", "customer.vat_id"),
        ({"customer": AUSTRIA, "lines.1": {"kind": "service", "text": "Aufbau", "unit_price": "1"}},
         "mixed-case", "tax_case"),
        ({"customer.address.country": "CH", "lines.1": {"kind": "service", "text": "Aufbau", "unit_price": "1"}},
         "tax-case-undecided", "tax_case"),
        ({"customer.email": "a@b.de, c@d.de"}, "mail-address", "customer.email"),
    ],
)  # fmt: skip
def test_what_no_sum_or_law_allows_is_refused_at_its_field(
    counter: Desk, order: Order, changes: dict[str, Any], code: str, field: str
) -> None:
    for path, value in changes.items():
        order = changed(order, path, value)
    assert counter.refused(order, send=True) == (code, field)


@pytest.mark.parametrize(
    ("changes", "case", "vat"),
    [
        ({}, "domestic", [("19", "S")]),
        ({"lines.0.vat_rate": "0"}, "domestic", [("0", "Z")]),
        ({"lines": [VOUCHER]}, "domestic", [("0", "O")]),
        ({"tax_case": "oss", "lines.0.vat_rate": ...}, "oss", [("20", "S")]),
        ({"tax_case": "oss", "lines.0.vat_rate": "9"}, "oss", [("9", "S")]),
        ({"customer.language": "../../de"}, "domestic", [("19", "S")]),
        ({"customer.language": "x" * 300}, "domestic", [("19", "S")]),
        ({"lines.0.text": "שלום 😀 \u202e\x07\x1b" + "W" * 20_000}, "domestic", [("19", "S")]),
    ],
)
def test_what_is_allowed_is_issued_as_it_stands(
    counter: Desk, order: Order, changes: dict[str, Any], case: str, vat: list[tuple[str, str]]
) -> None:
    for path, value in changes.items():
        order = changed(order, path, value)
    told = counter.issue(order)
    rows = [(row["rate"], row["category"]) for row in told["totals"]["vat"]]
    assert (told["tax_case"], rows) == (case, vat)
    assert told["tax_reason"]


def test_the_draft_that_crosses_10000_euros_is_oss_and_refuses_the_rate_at_home(
    desk: Desk, order: Order
) -> None:
    below = changed(order, "lines", [{"text": "Betten", "unit_price": "11900.00"}])
    assert desk.issue(below)["tax_case"] == "domestic"
    crossing = changed(order, "lines", [{"text": "Kissen", "unit_price": "0.02"}])
    assert desk.issue(crossing, draft=True)["tax_case"] == "oss"
    assert desk.refused(changed(crossing, "lines.0.vat_rate", "19")) == ("vat-rate", "lines[0].vat_rate")


def test_services_for_private_buyers_abroad_do_not_count_towards_oss(desk: Desk, order: Order) -> None:
    service = {"kind": "service", "text": "Beratung", "unit_price": "11900.00"}
    assert desk.issue(changed(order, "lines", [service]))["tax_case"] == "domestic"
    assert desk.issue(order)["tax_case"] == "domestic"
    desk.issue(changed(order, "lines", [service | {"kind": "goods"}]), draft=True)
    assert desk.issue(changed(order, "lines", [service | {"kind": "goods"}]))["tax_case"] == "oss"
    assert desk.refused(order) == ("vat-rate", "lines[0].vat_rate")


def test_a_draft_is_answered_again_and_then_issued_under_its_key(desk: Desk, order: Order) -> None:
    order["request_key"] = "shop-1"
    first, again = desk.issue(order, draft=True), desk.issue(order, draft=True)
    assert (again["draft"], again["repeated"]) == (first["draft"], True)
    assert desk.refused(order | {"due": "+9"}, draft=True) == ("request-key-reused", "request_key")
    issued = desk.issue(order)
    assert (issued["number"][-4:], issued["repeated"]) == ("0001", False)
    laid_out_anew = json.dumps(dict(reversed(order.items())), indent=4)
    for told in (desk.issue(laid_out_anew), desk.issue(order, draft=True)):
        assert (told["number"], told["repeated"]) == (issued["number"], True)


def test_an_orders_draft_that_the_window_issued_is_answered_to_its_key(desk: Desk, order: Order) -> None:
    order["request_key"] = "shop-2"
    done = issuing.issue(desk.shop, desk.issue(order, draft=True)["draft"], send=False)
    told = desk.issue(order)
    assert (told["number"], told["repeated"]) == (done.document.number, True)


def test_sending_a_repeated_order_queues_its_mail_once(desk: Desk, order: Order) -> None:
    order["request_key"] = "shop-3"
    assert desk.issue(order)["mail"]["state"] == "none"
    for _ in range(2):
        told = desk.issue(order, send=True)
        assert (told["repeated"], told["mail"]["state"]) == (True, "queued")
        assert Path(told["eml"]).is_file()
    assert len(outbox.page(desk.shop)) == 1


def test_a_mail_file_in_the_way_is_refused_before_issuing(desk: Desk, order: Order) -> None:
    number = number_ranges.next_number(desk.shop, "invoice")
    desk.out.mkdir()
    (desk.out / f"{number}.eml").write_bytes(b"mine")
    assert desk.refused(order, send=True) == ("file-exists", "out")
    assert [path.name for path in desk.out.iterdir()] == [f"{number}.eml"]
    assert desk.issue(order)["number"] == number


def test_what_the_order_leaves_out_comes_from_the_article(desk: Desk, order: Order) -> None:
    from decimal import Decimal

    from shopdesk.domain.articles import Article

    articles.save(
        desk.shop,
        Article(code="BUCH", name="Schlafbuch", unit_price=Decimal("10.70"), vat_rate=Decimal(7)),
    )
    told = desk.issue(changed(order, "lines", [{"article": "BUCH"}]))
    assert told["totals"]["gross"] == "10.70"
    assert [row["rate"] for row in told["totals"]["vat"]] == ["7"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"oss": 1}, "oss"),
        ({"oss": "true"}, "oss"),
        ({"small_business": "yes"}, "small_business"),
        ({"iban": "DE03120300000000202051"}, "iban"),
        ({"vat_id": "DE1"}, "vat_id"),
        ({"country": "XX"}, "country"),
        ({"mail": {"host": "mail.example.org", "security": "none", "from": "a@b.de"}}, "mail.security"),
        ({"mail": {"host": "mail.example.org", "password": "x", "from": "a@b.de"}}, "mail.password"),
        ({"mail": {"host": "mail.example.org", "port": "587"}}, "mail.port"),
    ],
)
def test_a_refused_shop_file_makes_no_database(tmp_path: Path, change: dict[str, Any], field: str) -> None:
    place = tmp_path / "new.sqlite"
    shop = Shop(place, SystemClock(), FakePost(), SessionKeychain(), FakeMailProgram(), who="lindner")
    with pytest.raises(ShopError) as refused:
        set_up(shop, json.dumps(copy.deepcopy(SHOP) | change).encode())
    assert refused.value.field == field
    assert not place.exists()


def test_an_address_without_a_country_leaves_the_shop_where_it_is(desk: Desk) -> None:
    set_up(desk.shop, b'{"country": "AT"}')
    set_up(desk.shop, b'{"address": {"lines": ["Ring 1"], "postal_code": "1010", "city": "Wien"}}')
    assert shop_settings.profile(desk.shop).country == "AT"


Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Call:
    """The command line in this process: exit code and the answer."""
    from shopdesk import cli

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = cli.main(list(arguments))
        return code, json.loads(capsysbinary.readouterr().out)

    return run


@pytest.mark.parametrize("command", [("find", "x"), ("check",), ("backup", "b"), ("restore", "here.json")])
def test_a_database_server_is_a_clear_not_yet(call: Call, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "here.json").write_bytes(b"{}")
    code, answer = call(*command, "--database", "postgresql://desk@example.org/shop")
    assert (code, answer["error"]["code"], answer["error"]["field"]) == (4, "not-yet", "database")
    assert [path.name for path in tmp_path.iterdir()] == ["here.json"]


def test_a_backup_that_is_not_there_is_named_itself(call: Call) -> None:
    code, answer = call("restore", "nowhere.backup", "--database", "new.sqlite")
    assert code == 2
    assert "nowhere.backup" in answer["error"]["message"]


def test_the_environments_database_comes_before_the_windows_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from shopdesk import app, settings

    monkeypatch.setattr(settings, "load", lambda: settings.Settings(database="window.sqlite"))
    monkeypatch.setenv("SHOPDESK_DATABASE", "environment.sqlite")
    assert app.open_shop().place == "environment.sqlite"
    assert app.open_shop("sqlite:///own.sqlite").place == "own.sqlite"
    monkeypatch.delenv("SHOPDESK_DATABASE")
    assert app.open_shop().place == "window.sqlite"
    del tmp_path


@pytest.mark.parametrize(
    ("written", "language"),
    [("de-DE", "de"), ("de_AT", "de"), ("DE", "de"), ("", "de"), ("bg", "bg"), ("xx", "xx")],
)
def test_a_language_is_taken_however_shops_write_it(order: Order, written: str, language: str) -> None:
    customer = read(json.dumps(changed(order, "customer.language", written)).encode()).customer
    assert customer is not None
    assert customer.language == language


def test_a_bug_is_told_although_no_report_can_be_written_at_home(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from shopdesk import paths
    from shopdesk.usecases import search

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "file" / "log")
    monkeypatch.setattr(search, "find", broken)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    opened(tmp_path).shop.close()
    code, answer = call("find", "x", "--database", "shop.sqlite")
    (report,) = tmp_path.glob("report-*.txt")
    assert code == 1
    assert str(report) in answer["error"]["message"]
