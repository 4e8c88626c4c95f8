"""What a customer allowed is noted once, ended when he says so, and kept as proof (PRODUCT.md, S27)."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from shopdesk.domain.consents import Channel, Consent, ConsentRefused, Purpose
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ChangedElsewhere, NotFound, ShopError
from shopdesk.domain.journal import JournalFilter
from shopdesk.store.problems import IssuedIsFrozen
from shopdesk.usecases import consents, customers, journal, privacy
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def call_back(open_shop: Shop) -> Consent:
    customer = customers.create(open_shop, Customer(company="Pension Talblick"))
    assert customer.id is not None
    text = "Darf ich Sie in drei Wochen anrufen?"
    return Consent(customer.id, Channel.PHONE, Purpose.SATISFACTION, text, TODAY, "phone")


def may_call(shop: Shop, value: Consent) -> bool:
    return consents.may(shop, value.customer_id, Channel.PHONE, Purpose.SATISFACTION)


def actions(shop: Shop, customer_id: int) -> list[str]:
    rows = journal.page(shop, JournalFilter()).entries
    return [row.action for row in rows if row.subject == "customer" and row.subject_id == str(customer_id)]


def test_a_consent_is_noted_with_day_source_and_person(open_shop: Shop, call_back: Consent) -> None:
    noted, _undo = consents.note(open_shop, call_back)
    assert consents.of_customer(open_shop, call_back.customer_id) == (noted,)
    assert noted == replace(call_back, who="Jens Lindner", id=noted.id, version=1)
    assert may_call(open_shop, call_back)


def test_a_consent_noted_by_mistake_counts_no_longer_and_stays_in_the_journal(
    open_shop: Shop, call_back: Consent
) -> None:
    _, undo = consents.note(open_shop, call_back)
    undo.run(open_shop)
    assert consents.of_customer(open_shop, call_back.customer_id) == ()
    assert not may_call(open_shop, call_back)
    with open_shop.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM consent").scalar() == 1
    assert {"consent", "consent-mistaken"} <= set(actions(open_shop, call_back.customer_id))


def test_a_withdrawn_consent_ends_today_and_its_proof_stays(open_shop: Shop, call_back: Consent) -> None:
    noted, _ = consents.note(open_shop, call_back)
    withdrawn, undo = consents.withdraw(open_shop, noted, "mail")
    assert (withdrawn.withdrawn_on, withdrawn.withdrawn_source) == (TODAY, "mail")
    assert not may_call(open_shop, call_back)
    assert consents.of_customer(open_shop, call_back.customer_id) == (withdrawn,)
    undo.run(open_shop)
    assert may_call(open_shop, call_back)
    again = consents.of_customer(open_shop, call_back.customer_id)
    assert (again[0].text, again[0].given_on) == (noted.text, TODAY)


def test_a_no_ends_what_was_allowed(open_shop: Shop, call_back: Consent) -> None:
    consents.note(open_shop, call_back)
    objection = replace(call_back, given_on=None, source="", withdrawn_on=TODAY, withdrawn_source="shop")
    consents.note(open_shop, objection)
    assert len(consents.of_customer(open_shop, call_back.customer_id)) == 1
    assert not may_call(open_shop, call_back)


def test_an_objection_needs_no_consent_before(open_shop: Shop, call_back: Consent) -> None:
    no_letters = Consent(
        call_back.customer_id,
        Channel.LETTER,
        Purpose.ADVERTISING,
        withdrawn_on=TODAY,
        withdrawn_source="letter",
    )
    _, undo = consents.note(open_shop, no_letters)
    allowed = (call_back.customer_id, Channel.LETTER, Purpose.ADVERTISING)
    assert not consents.may(open_shop, *allowed)
    undo.run(open_shop)
    assert consents.may(open_shop, *allowed)


def test_what_cannot_be_is_refused(open_shop: Shop, call_back: Consent) -> None:
    with pytest.raises(ConsentRefused):
        consents.note(open_shop, replace(call_back, given_on=TODAY + dt.timedelta(days=1)))
    with pytest.raises(NotFound):
        consents.note(open_shop, replace(call_back, customer_id=4711))
    noted, _ = consents.note(open_shop, call_back)
    with pytest.raises(ConsentRefused):
        consents.note(open_shop, call_back)
    with pytest.raises(ConsentRefused):
        consents.withdraw(open_shop, noted, "mail", TODAY - dt.timedelta(days=1))
    consents.withdraw(open_shop, noted, "mail")
    with pytest.raises(ChangedElsewhere):
        consents.withdraw(open_shop, noted, "mail")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE consent SET text = 'x'", "UPDATE consent SET given_on = '2020-01-01'",
        "UPDATE consent SET source = 'form'", "UPDATE consent SET who = 'x'", "DELETE FROM consent",
        "REPLACE INTO consent (id, customer_id, channel, purpose, noted_at) VALUES (1, 1, 'mail', 'advertising', '')",
    ],
)  # fmt: skip
def test_the_proof_never_changes(open_shop: Shop, call_back: Consent, attack: str) -> None:
    noted, _ = consents.note(open_shop, call_back)
    with pytest.raises((ShopError, DBAPIError)), open_shop.writing() as connection:
        connection.exec_driver_sql(attack)
    assert consents.of_customer(open_shop, call_back.customer_id) == (noted,)


def test_who_asks_is_told_of_his_consents(open_shop: Shop, call_back: Consent, tmp_path: Path) -> None:
    noted, _ = consents.note(open_shop, call_back)
    consents.withdraw(open_shop, noted, "mail")
    answered = privacy.answer(open_shop, call_back.customer_id, tmp_path / "auskunft.zip")
    told = json.loads(zipfile.ZipFile(answered.place).read("auskunft.json"))["tables"]["consent"]
    assert [(row["text"], row["withdrawn_on"]) for row in told] == [(call_back.text, TODAY.isoformat())]


def test_each_use_of_a_consent_is_noted_once_and_tells_when_it_was_last(empty_shop: Shop) -> None:
    first, second = (customers.create(empty_shop, Customer(company=name)) for name in ("Eins", "Zwei"))
    today = empty_shop.clock.today()
    for each, channel in ((first, Channel.MAIL), (first, Channel.PHONE), (second, Channel.PHONE)):
        assert each.id is not None
        consents.note(empty_shop, Consent(each.id, channel, Purpose.ADVERTISING, "?", today, "shop"))
    ids = [each.id for each in (first, first, second) if each.id is not None]
    with empty_shop.writing() as connection:
        assert consents.note_use(empty_shop, connection, ids, Channel.MAIL, "Winterangebot") == 1
    (by_mail,) = (each for each in consents.of_customer(empty_shop, ids[0]) if each.channel == Channel.MAIL)
    assert consents.last_used(empty_shop, ids[0]) == {by_mail.id: today}
    assert consents.last_used(empty_shop, ids[-1]) == {}


@pytest.mark.parametrize(
    "statement", ["UPDATE consent_use SET what = ''", "DELETE FROM consent_use", "DELETE FROM consent"]
)
def test_the_use_of_a_consent_is_proof_that_nobody_changes(empty_shop: Shop, statement: str) -> None:
    customer_id = customers.create(empty_shop, Customer(company="Eins")).id
    assert customer_id is not None
    given = dt.date(2009, 1, 2)  # so old that only its use keeps it
    consents.note(empty_shop, Consent(customer_id, Channel.MAIL, Purpose.ADVERTISING, "?", given, "shop"))
    with empty_shop.writing() as connection:
        consents.note_use(empty_shop, connection, [customer_id], Channel.MAIL, "Winterangebot")
    with pytest.raises(IssuedIsFrozen), empty_shop.writing() as connection:
        connection.exec_driver_sql(statement)
