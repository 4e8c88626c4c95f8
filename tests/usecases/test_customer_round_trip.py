"""What is exported is read back without a loss: in the same shop nothing changes, in a new one all is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.addresses import Address
from shopdesk.domain.consents import Channel
from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.documents import CashDiscount
from shopdesk.domain.imports import columns
from shopdesk.domain.imports.customer_rows import CustomerReader
from shopdesk.domain.imports.values import Action, Decision, ReadFile, ReadRow
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.i18n import Texts, country_codes
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.usecases import customers, exports, imports, sample_shop, shop_settings
from shopdesk.usecases.export_customers import customer_table
from shopdesk.usecases.shop import Shop

EVERYTHING = Customer(
    company="Pension Ivanova OOD",
    person=PersonName(Salutation.MRS, "Dr.", "Desislava", "Ivanova"),
    phones=(
        Phone("0551 22333", label="work"),
        Phone("0171 1234567"),
        Phone("0551 22334", label="fax"),
        Phone("+359 88 712 3456", label="home"),
    ),
    emails=("d.ivanova@example.org", "post@example.org"),
    address=Address(("Rosengasse 7", "Hinterhaus", "2. Stock"), "5300", "Gabrovo", "BG"),
    delivery_address=Address(("Lager 3",), "37079", "Göttingen", "DE"),
    contact_persons=tuple(
        ContactPerson(PersonName(said, title, given, family), role, phone, email)
        for said, title, given, family, role, phone, email in (
            (Salutation.MR, "Prof. Dr.", "Ivan", "Petrov", "Einkauf", "+359 66 801 234", "ivan@example.org"),
            (Salutation.NONE, "", "", "Dimova", "", "", ""),
            (Salutation.NONE, "", "", "", "Empfang", "0551 4711", ""),
            (Salutation.FAMILY, "", "Ana", "von der Höh", "Küche; Bar", "", "ana@example.org"),
        )
    ),
    language="bg",
    vat_id="BG175074752",
    buyer_reference="04011000-12345-67",
    note="Klingelt zweimal.\nHund; groß, lieb",
    facts=("Liefert nur montags", "-5 % auf alles; auch Kissen"),
    electronic_address="rechnung@example.org",
    electronic_scheme="EM",
    xrechnung=True,
    preferred_channel=Channel.PHONE,
    service_channel=Channel.LETTER,
    advertising_channel=Channel.MESSENGER,
    birthday=dt.date(1970, 3, 12),
    recommended_by="Jens Lindner",
    payment_days=0,
    cash_discount=CashDiscount(Decimal("2.5"), 10),
    discount_percent=Decimal("7.5"),
    tags=("Hotel", "Stammkunde"),
)
OTHERS = (
    Customer(person=PersonName(Salutation.NONE, "", "Peter", "Groß"), phones=(Phone("0551 4711"),)),
    Customer(
        person=PersonName(Salutation.FAMILY, "", "", "Vogel"),
        phones=(Phone("nur abends 12"), Phone("0551 9")),
    ),
    Customer(company='=HYPERLINK("http://evil.example")', person=PersonName(Salutation.MR)),
    Customer(company="Müller & Söhne", emails=("m@example.org",), note="'so'"),
    Customer(person=PersonName(Salutation.MRS, "", "Eva", "Groß"), phones=(Phone("0551 4711"),)),
)
NOT_COMPARED = {"id", "version", "created_at"}


def record(customer: Customer) -> dict[str, object]:
    return {one.name: getattr(customer, one.name) for one in fields(customer) if one.name not in NOT_COMPARED}


@pytest.fixture
def new_shop(tmp_path: Path) -> Iterator[Shop]:
    clock = FixedClock(dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC))
    shop = Shop(
        tmp_path / "new.sqlite", clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner"
    )
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    yield shop
    shop.close()


def exported(shop: Shop, folder: Path) -> list[Customer]:
    known = [customers.create(shop, one) for one in (EVERYTHING, *OTHERS)]
    exports.export_all(shop, folder)
    return known


def test_the_sample_has_a_value_in_every_field() -> None:
    empty = Customer()
    assert [
        one.name for one in fields(Customer) if getattr(EVERYTHING, one.name) == getattr(empty, one.name)
    ] == ["id", "version", "number", "created_at", "recommended_by_id"]


@pytest.mark.parametrize("name", ["customers.csv", "customers.xlsx"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_in_the_same_shop_nothing_changes(open_shop: Shop, tmp_path: Path, name: str, language: str) -> None:
    profile = shop_settings.profile(open_shop)
    shop_settings.save_profile(open_shop, replace(profile, language=language))
    exported(open_shop, tmp_path / "out")
    plan = imports.plan(
        open_shop, imports.prepare(open_shop, imports.open_list(open_shop, tmp_path / "out" / name))
    )
    assert [(row.action, row.reason) for row in plan.rows] == [(Action.UNCHANGED, None)] * 6


@pytest.mark.parametrize("name", ["customers.csv", "customers.xlsx"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_in_a_new_shop_everything_is_there(
    open_shop: Shop, new_shop: Shop, tmp_path: Path, name: str, language: str
) -> None:
    profile = shop_settings.profile(open_shop)
    shop_settings.save_profile(open_shop, replace(profile, language=language))
    known = exported(open_shop, tmp_path / "out")
    opened = imports.open_list(new_shop, tmp_path / "out" / name)
    assert "" not in opened.mapping.fields
    plan = imports.plan(new_shop, imports.prepare(new_shop, opened))
    # a couple with one phone: the second is asked about, as with every list
    decisions = {row.number: Decision() for row in plan.rows if row.action is Action.DOUBTFUL}
    assert len(decisions) <= 1
    imports.run(new_shop, imports.plan(new_shop, plan.prepared, decisions))
    found = [customers.get(new_shop, row.id) for row in customers.page(new_shop)]
    by_number = {one.number: record(one) for one in found}
    for one in known:
        assert by_number[one.number] == record(one)
    assert len(found) == len(known)


plain = st.text(st.sampled_from("abcäöüß ЖZ.&/()'=+-#"), max_size=12).map(
    lambda text: f"A{' '.join(text.split())}"
)
short = plain | st.just("")
addresses = st.builds(
    Address,
    st.lists(plain, min_size=1, max_size=4).map(tuple),
    st.sampled_from(("37073", "", "04109")),
    plain,
    st.sampled_from(("DE", "AT", "BG")),
)
titles = st.sampled_from(("", "Dr.", "Prof. Dr.", "Freiherr"))
people = st.builds(PersonName, st.sampled_from(Salutation), titles, short, plain)
phones = st.builds(
    Phone,
    st.sampled_from(("+49 551 22333", "+49 171 1234567", "+359 88 712 3456")),
    st.just(""),
    st.sampled_from(("", "mobile", "home", "work", "fax")),
).map(lambda one: replace(one, e164=one.number.replace(" ", "")))
rates = st.decimals("0.01", "99.99", places=2).map(lambda rate: Decimal(f"{rate.normalize():f}"))
channels = st.none() | st.sampled_from(Channel)
full_customers = st.builds(
    Customer,
    company=short,
    person=people,
    phones=st.lists(phones, max_size=4, unique_by=lambda one: one.number).map(tuple),
    emails=st.lists(st.sampled_from(("a@b.de", "c@example.org", "e@f.bg")), unique=True).map(tuple),
    address=addresses,
    delivery_address=st.none() | addresses,
    contact_persons=st.lists(st.builds(ContactPerson, people, short, short), max_size=4).map(tuple),
    note=plain,
    facts=st.lists(plain, max_size=3).map(tuple),
    birthday=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)),
    payment_days=st.none() | st.integers(0, 365),
    cash_discount=st.none() | st.builds(CashDiscount, rates, st.integers(1, 365)),
    discount_percent=st.none() | rates,
    tags=st.lists(st.sampled_from(("Hotel", "Stammkunde", "A B")), unique=True).map(tuple),
    preferred_channel=channels,
    xrechnung=st.booleans(),
)


@given(st.lists(full_customers, min_size=1, max_size=3), st.sampled_from(("de", "en")))
def test_every_customer_is_read_from_its_row_as_it_was(known: list[Customer], language: str) -> None:
    heads, rows = customer_table(known, Texts(language))
    file = ReadFile("csv", tuple(ReadRow(at, tuple(cells)) for at, cells in enumerate([heads, *rows], 1)))
    mapping = columns.guess(file)
    reader = CustomerReader(mapping.fields, "DE", country_codes(), area_code="0551")
    assert [reader.read(row.cells) for row in columns.data_rows(file, mapping)] == known
