"""Confirming VAT ids: asked on the post lane, stored as evidence, put to the bills that wait for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopdesk.domain import vat_id_checks as rules
from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import Document, TaxCase
from shopdesk.domain.follow_ups import FollowUp, FollowUpPurpose
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.tax_rules import line_cases
from shopdesk.domain.vat_id_checks import CheckResult, Checks, VatIdCheck, VatIdQuestion
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.store.vat_id_checks import Confirmation
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.tax import TaxContext

ARRIVAL_DAYS = 14
"""When the customer's confirmation that the goods have arrived is asked for."""
_MOST_AT_ONCE = 20


def to_ask(shop: Shop, settled: Document, context: TaxContext) -> VatIdQuestion | None:
    """What is to be asked about a settled draft; None where nothing is, or it was asked today already."""
    vat_id = rules.confirmable(settled)
    if not vat_id or shop.vat_ids is None or not context.profile.check_vat_ids or vat_id in context.checks:
        return None
    return rules.question(settled)


def ask(shop: Shop, question: VatIdQuestion) -> VatIdCheck | None:
    """Ask the member state and store its answer, on a thread that may wait; None where nobody may be asked."""
    if shop.vat_ids is None:
        return None
    answer = shop.vat_ids.ask(question)  # outside any transaction: it may take seconds
    now, today = shop.clock.now(), shop.clock.today()
    check = VatIdCheck(question.vat_id, question.requester, now, today, answer)
    with shop.writing() as connection:
        _keep(connection, shop, check)
    return check


def _keep(connection: Connection, shop: Shop, check: VatIdCheck) -> None:
    from shopdesk.store import vat_id_checks

    answer = check.answer
    silent = answer.result == CheckResult.UNAVAILABLE
    if silent and check.vat_id in vat_id_checks.of_day(connection, check.day):
        return  # once a day is enough to know that nobody answered
    check_id = vat_id_checks.add(connection, check)
    new = {
        "vat_id": check.vat_id,
        "result": answer.result.value,
        "service": answer.service.value,
        "reason": answer.reason,
        "request_identifier": answer.request_identifier,
    }
    shop.record(connection, "check", "vat_id_check", check_id, new=new)
    if answer.result == CheckResult.VALID:
        for document_id in vat_id_checks.confirm(connection, check.vat_id, check_id):
            confirmed = {"vat_id": check.vat_id, "check": check_id}
            shop.record(connection, "confirm", "document", document_id, new=confirmed)


def ask_for_document(shop: Shop, document_id: int) -> VatIdCheck | None:
    """Ask again about an issued bill that waits for its confirmation ("check now")."""
    from shopdesk.store import documents

    with shop.reading() as connection:
        document = documents.load(connection, document_id)
    return ask(shop, rules.question(document))


def ask_waiting(shop: Shop) -> int:
    """Ask once about each id that issued bills wait for; gives how many were asked."""
    from shopdesk.store import documents, vat_id_checks
    from shopdesk.usecases.shop_settings import load_profile

    if shop.vat_ids is None:
        return 0
    with shop.reading() as connection:
        if not load_profile(connection).check_vat_ids:
            return 0
        newest = {each.vat_id: each.document_id for each in vat_id_checks.waiting(connection)}
        bills = [documents.load(connection, document_id) for document_id in newest.values()]
    for bill in bills[:_MOST_AT_ONCE]:
        ask(shop, rules.question(bill))
    return min(len(bills), _MOST_AT_ONCE)


def of_document(shop: Shop, document_id: int) -> Confirmation | None:
    """The confirmation of an issued bill; None where it needs none."""
    from shopdesk.store import vat_id_checks

    with shop.reading() as connection:
        return vat_id_checks.of_document(connection, document_id)


def note_issued(connection: Connection, shop: Shop, issued: Document, checks: Checks) -> None:
    """What a bill between businesses of two member states leaves behind: its confirmation, or that it lacks one, and
    the follow-up for the Gelangensbestätigung (§ 17b UStDV).
    """
    from shopdesk.store import vat_id_checks

    vat_id = rules.confirmable(issued)
    if vat_id:
        check = checks.get(vat_id) if rules.confirmed(vat_id, checks) else None
        check_id = check.id if check is not None else None
        vat_id_checks.want(connection, issued, vat_id, shop.clock.today(), check_id)
        if check_id is None:
            why = {"vat_id": vat_id, "reason": issued.vat_id_reason.strip()}
            shop.record(connection, "issue-unconfirmed", "document", issued.id or 0, new=why)
    if issued.kind in BILLS and TaxCase.INTRA_COMMUNITY in line_cases(issued):
        _ask_for_arrival(connection, shop, issued)


def _ask_for_arrival(connection: Connection, shop: Shop, issued: Document) -> None:
    from shopdesk.domain.supply_dates import supply_day
    from shopdesk.store import follow_ups
    from shopdesk.usecases.shop_settings import load_profile

    texts = Texts(load_profile(connection).language)
    text = N_("{number}: has the customer confirmed in writing that the goods arrived (§ 17b UStDV)?")
    gone = max(supply_day(issued) or shop.clock.today(), shop.clock.today())
    what = texts.say(Message(text, {"number": issued.number}))
    due = gone + dt.timedelta(days=ARRIVAL_DAYS)
    follow_up = FollowUp(due, what, issued.customer_id, issued.id, purpose=FollowUpPurpose.ORDER)
    follow_ups.create(connection, follow_up, shop.clock.now())
