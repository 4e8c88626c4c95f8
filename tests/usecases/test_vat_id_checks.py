"""The confirmation of VAT ids: asked, kept as evidence, missed, and brought afterwards (§ 6a UStG)."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shopdesk import app
from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    Fulfilment,
    Line,
    LineKind,
    Prices,
    Recipient,
    TaxCase,
)
from shopdesk.domain.today import TodayKind
from shopdesk.domain.vat_id_checks import CheckResult, CheckService, VatIdAnswer, VatIdQuestion, needs_reason
from shopdesk.i18n import Texts
from shopdesk.outside.fake_vat_id_service import FakeVatIdService
from shopdesk.store.problems import IssuedIsFrozen
from shopdesk.usecases import (
    batches,
    chains,
    documents,
    issuing,
    opening,
    orders,
    shop_settings,
    tax,
    today,
    vat_id_checks,
)
from shopdesk.usecases.issuing import Issued
from shopdesk.usecases.shop import Shop

VAT_ID = "BG175074752"
HOTEL = Recipient(
    company="Hotel Shipka EOOD",
    address=Address(("ul. Shipka 1",), "5300", "Gabrovo", "BG"),
    vat_id="BG 175 074 752",
)
YES = VatIdAnswer(
    CheckResult.VALID,
    CheckService.EVATR,
    "evatr-0000",
    matches={"ergOrt": "A"},
    request_identifier="47f1",
    raw="{}",
)
NO = VatIdAnswer(CheckResult.INVALID, CheckService.VIES, raw="{}")
SILENT = VatIdAnswer(CheckResult.UNAVAILABLE, CheckService.VIES, "MS_UNAVAILABLE")


@pytest.fixture
def service(open_shop: Shop) -> FakeVatIdService:
    made = FakeVatIdService()
    open_shop.vat_ids = made
    return made


def draft(shop: Shop, **changes: Any) -> Document:
    value = replace(
        documents.start(shop, DocumentKind.INVOICE),
        recipient=HOTEL,
        prices=Prices.NET,
        delivery_date=shop.clock.today(),
        lines=(Line(text="Rollmatratze", unit_price=Decimal(100)),),
    )
    return documents.save_draft(shop, replace(value, **changes))


def settled(shop: Shop, value: Document) -> tuple[Document, tax.TaxContext]:
    context = tax.context(shop, value)
    return tax.settled(value, context), context


def issued(shop: Shop, **changes: Any) -> Issued:
    return issuing.issue(shop, draft(shop, **changes).id or 0, send=False)


def codes(shop: Shop, value: Document) -> set[str]:
    return {problem.code for problem in tax.problems(value, tax.context(shop, value))}


def waiting(shop: Shop) -> list[int]:
    return [item.reference for item in today.items(shop) if item.kind == TodayKind.VAT_ID]


def journal(shop: Shop, action: str) -> list[dict[str, Any]]:
    with shop.reading() as connection:
        rows = connection.execute(
            text("SELECT new FROM journal WHERE action = :a ORDER BY id"), {"a": action}
        )
        return [json.loads(row[0]) for row in rows]


def ask(shop: Shop, value: Document) -> CheckResult | None:
    check = vat_id_checks.ask(shop, vat_id_checks.to_ask(shop, *settled(shop, value)) or VatIdQuestion(""))
    return check.answer.result if check else None


def test_the_question_names_buyer_and_seller(open_shop: Shop, service: FakeVatIdService) -> None:
    service.answers[VAT_ID] = YES
    ask(open_shop, draft(open_shop))
    assert service.asked == [
        VatIdQuestion(VAT_ID, "DE136695976", "Hotel Shipka EOOD", "ul. Shipka 1", "5300", "Gabrovo")
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": replace(HOTEL, vat_id="")},
        {"recipient": replace(HOTEL, vat_id="BG175074753")},
        {"recipient": replace(HOTEL, address=Address(("Am Rohn 22",), "37081", "Göttingen", "DE"))},
        {"fulfilment": Fulfilment.PICKUP},
        {"kind": DocumentKind.QUOTE},
        {
            "recipient": replace(
                HOTEL, vat_id="DE136695976", address=Address(("Am Rohn 22",), "37081", "Göttingen")
            ),
            "tax_case": TaxCase.REVERSE_CHARGE,
        },
    ],
    ids=["private", "wrong digit", "at home", "collected", "quote", "§ 13b at home"],
)
def test_only_bills_that_are_free_of_tax_because_of_the_id_are_asked_about(
    open_shop: Shop, service: FakeVatIdService, changes: dict[str, Any]
) -> None:
    del service
    assert vat_id_checks.to_ask(open_shop, *settled(open_shop, draft(open_shop, **changes))) is None


def test_a_service_for_a_business_abroad_is_asked_about_too(
    open_shop: Shop, service: FakeVatIdService
) -> None:
    del service
    value = draft(open_shop, lines=(Line(LineKind.SERVICE, "Beratung", unit_price=Decimal(50)),))
    assert vat_id_checks.to_ask(open_shop, *settled(open_shop, value)) is not None


def test_the_owner_can_switch_it_off(open_shop: Shop, service: FakeVatIdService) -> None:
    del service
    shop_settings.save_profile(open_shop, replace(shop_settings.profile(open_shop), check_vat_ids=False))
    assert vat_id_checks.to_ask(open_shop, *settled(open_shop, draft(open_shop))) is None
    issued(open_shop)
    assert vat_id_checks.ask_waiting(open_shop) == 0


def test_confirmed_today_issues_without_a_word_and_keeps_the_evidence(
    open_shop: Shop, service: FakeVatIdService
) -> None:
    service.answers[VAT_ID] = YES
    value = draft(open_shop)
    assert "vat-id-unconfirmed" in codes(open_shop, value)
    assert ask(open_shop, value) == CheckResult.VALID
    assert vat_id_checks.to_ask(open_shop, *settled(open_shop, value)) is None  # once a day
    assert "vat-id-unconfirmed" not in codes(open_shop, value)
    done = issuing.issue(open_shop, value.id or 0, send=False)
    kept = vat_id_checks.of_document(open_shop, done.document.id or 0)
    assert kept is not None
    assert kept.check is not None
    assert kept.check.answer == YES
    assert waiting(open_shop) == []
    assert [entry["request_identifier"] for entry in journal(open_shop, "check")] == ["47f1"]
    assert journal(open_shop, "issue-unconfirmed") == []


def test_yesterdays_yes_does_not_count_today(open_shop: Shop, service: FakeVatIdService) -> None:
    service.answers[VAT_ID] = YES
    value = draft(open_shop)
    ask(open_shop, value)
    open_shop.clock.set(open_shop.clock.now() + dt.timedelta(days=1))  # type: ignore[attr-defined]
    assert "vat-id-unconfirmed" in codes(open_shop, value)
    assert vat_id_checks.to_ask(open_shop, *settled(open_shop, value)) is not None


def test_without_an_answer_it_is_issued_with_a_reason_and_stands_in_heute(
    open_shop: Shop, service: FakeVatIdService
) -> None:
    service.answers[VAT_ID] = SILENT
    value = draft(open_shop)
    assert ask(open_shop, value) == CheckResult.UNAVAILABLE
    found = tax.problems(value, tax.context(open_shop, value))
    assert needs_reason(value, found)
    assert not needs_reason(replace(value, vat_id_reason="Kunde seit 20 Jahren"), found)
    value = documents.save_draft(open_shop, replace(value, vat_id_reason="Kunde seit 20 Jahren"))
    done = issuing.issue(open_shop, value.id or 0, send=False)
    assert [warning.code for warning in done.warnings] == ["vat-id-unconfirmed"]
    assert waiting(open_shop) == [done.document.id]
    assert journal(open_shop, "issue-unconfirmed") == [{"vat_id": VAT_ID, "reason": "Kunde seit 20 Jahren"}]


def test_check_now_confirms_every_bill_that_waits_for_the_id(
    open_shop: Shop, service: FakeVatIdService
) -> None:
    first, second = issued(open_shop), issued(open_shop)
    assert waiting(open_shop) == [first.document.id, second.document.id]
    vat_id_checks.ask_for_document(open_shop, first.document.id or 0)
    assert len(waiting(open_shop)) == 2  # nobody answered
    service.answers[VAT_ID] = YES
    vat_id_checks.ask_for_document(open_shop, first.document.id or 0)
    assert waiting(open_shop) == []
    assert [entry["vat_id"] for entry in journal(open_shop, "confirm")] == [VAT_ID, VAT_ID]


def test_at_the_next_start_the_waiting_ones_are_asked_about_once_each(
    open_shop: Shop, service: FakeVatIdService
) -> None:
    issued(open_shop)
    issued(open_shop)
    service.answers[VAT_ID] = YES
    opening.recover(open_shop)
    assert [asked.vat_id for asked in service.asked] == [VAT_ID]
    assert waiting(open_shop) == []


def test_silence_is_stored_once_a_day(open_shop: Shop, service: FakeVatIdService) -> None:
    service.answers[VAT_ID] = SILENT
    done = issued(open_shop)
    for _ in range(3):
        vat_id_checks.ask_for_document(open_shop, done.document.id or 0)
    assert len(journal(open_shop, "check")) == 1


def test_an_id_that_was_refused_today_makes_the_buyer_private(
    open_shop: Shop, service: FakeVatIdService
) -> None:
    service.answers[VAT_ID] = NO
    value = draft(open_shop)
    assert ask(open_shop, value) == CheckResult.INVALID
    decided, context = settled(open_shop, value)
    assert decided.tax_case == TaxCase.DOMESTIC
    by_hand = replace(value, tax_case=TaxCase.INTRA_COMMUNITY)
    assert {"vat-id-unconfirmed", "tax-case-by-hand"} <= {
        each.code for each in tax.problems(by_hand, context)
    }


def test_silence_after_a_no_leaves_the_no(open_shop: Shop, service: FakeVatIdService) -> None:
    question = VatIdQuestion(VAT_ID)
    for answer in (NO, SILENT):
        service.answers[VAT_ID] = answer
        vat_id_checks.ask(open_shop, question)
    assert settled(open_shop, draft(open_shop))[0].tax_case == TaxCase.DOMESTIC


def test_a_cancelled_bill_waits_for_nothing(open_shop: Shop, service: FakeVatIdService) -> None:
    del service
    bill = issued(open_shop)
    undone = chains.follow_up(open_shop, bill.document.id or 0, DocumentKind.CANCELLATION)
    issuing.issue(open_shop, undone.id or 0, send=False)
    assert waiting(open_shop) == []


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE vat_id_check SET result = 'valid'",
        "DELETE FROM vat_id_check",
        "INSERT OR REPLACE INTO vat_id_check (id, vat_id, at, day, result) VALUES (1, 'x', 'x', 'x', 'valid')",
        "DELETE FROM vat_confirmation",
    ],
)
def test_evidence_cannot_be_changed(open_shop: Shop, service: FakeVatIdService, attack: str) -> None:
    service.answers[VAT_ID] = NO
    vat_id_checks.ask(open_shop, VatIdQuestion(VAT_ID))
    issued(open_shop, tax_case=TaxCase.INTRA_COMMUNITY)
    with pytest.raises(IssuedIsFrozen), open_shop.writing() as connection:
        connection.execute(text(attack))


def test_goods_that_left_for_another_member_state_are_followed_up(
    open_shop: Shop, service: FakeVatIdService
) -> None:
    del service
    bill = issued(open_shop, delivery_date=dt.date(2026, 11, 25))
    items = [item for item in today.items(open_shop, 30) if item.kind == TodayKind.FOLLOW_UP]
    assert [(item.document_id, item.due) for item in items] == [(bill.document.id, dt.date(2026, 12, 9))]
    assert "§ 17b UStDV" in items[0].title
    issued(open_shop, lines=(Line(LineKind.SERVICE, "Beratung", unit_price=Decimal(50)),))
    assert len([item for item in today.items(open_shop, 30) if item.kind == TodayKind.FOLLOW_UP]) == 1


def test_a_reason_belongs_to_one_bill_alone(open_shop: Shop, service: FakeVatIdService) -> None:
    del service
    quote = draft(open_shop, kind=DocumentKind.QUOTE, vat_id_reason="Kunde seit 20 Jahren")
    assert chains.follow_up(open_shop, quote.id or 0, DocumentKind.INVOICE).vat_id_reason == ""


def test_the_sample_shop_asks_nobody(tmp_path: Path) -> None:
    assert app.open_shop(str(tmp_path / "demo.sqlite"), online=False).vat_ids is None
    assert app.open_shop(str(tmp_path / "shop.sqlite")).vat_ids is not None


def test_the_order_file_never_goes_online(open_shop: Shop, service: FakeVatIdService, tmp_path: Path) -> None:
    order = {
        "kind": "invoice", "delivery_date": "2026-11-23", "lines": [{"text": "Matratze", "unit_price": "100"}],
        "customer": {
            "company": "Hotel Shipka EOOD", "vat_id": VAT_ID,
            "address": {"lines": ["ul. Shipka 1"], "postal_code": "5300", "city": "Gabrovo", "country": "BG"},
        },
    }  # fmt: skip
    answer = orders.issue_order(open_shop, json.dumps(order).encode(), orders.Wanted(tmp_path), Texts("en"))
    assert answer["tax_case"] == "intra_community"
    assert "vat-id-unconfirmed" in {warning["code"] for warning in answer["warnings"]}
    assert service.asked == []
    assert len(waiting(open_shop)) == 1


def test_among_many_it_stays_a_draft_until_somebody_says_why(
    open_shop: Shop, service: FakeVatIdService
) -> None:
    del service
    silent, told = draft(open_shop), draft(open_shop, vat_id_reason="Kunde seit 20 Jahren")
    found = documents.page(open_shop, DocumentKind.INVOICE)
    looked = {one.draft.id: one for one in batches.look_over(open_shop, found, send=False)}
    refusal = looked[silent.id or 0].refusal
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("vat-id-unconfirmed", "vat_id_reason")
    assert looked[told.id or 0].is_ready


def test_an_id_that_turns_out_invalid_says_so_in_heute(open_shop: Shop, service: FakeVatIdService) -> None:
    bill = issued(open_shop)
    service.answers[VAT_ID] = NO
    vat_id_checks.ask_for_document(open_shop, bill.document.id or 0)
    rows = [item for item in today.items(open_shop) if item.reference == bill.document.id]
    assert [item.kind for item in rows] == [TodayKind.VAT_ID_REFUSED]
    service.answers[VAT_ID] = YES  # the member state has put its register right
    vat_id_checks.ask_for_document(open_shop, bill.document.id or 0)
    assert not [item for item in today.items(open_shop) if item.reference == bill.document.id]
