"""Who is calling, and Heute's row of a call that nobody answered, from the first ring to the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.call_lines import CallMonitorSettings, WrongHost
from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.domain.later import Later
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.phone_calls import CallState, PhoneCall
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.store import privacy
from shopdesk.usecases import call_lines, customers, follow_ups, phone_calls, sample_shop, timeline, today
from shopdesk.usecases.shop import Shop

IVANOVA = Customer(
    person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
    phones=(Phone("+359 88 712 3456"),),
    address=Address(("ul. Aprilovska 12",), "5300", "Gabrovo", "BG"),
    facts=("Porto getrennt",),
)
HOTEL = Customer(
    company="Hotel Sonne",
    phones=(Phone("05541 9219-0"),),
    address=Address(("Markt 1",), "34346", "Hann. Münden", "DE"),
    contact_persons=(
        ContactPerson(PersonName(Salutation.MRS, "Dr.", "Anna", "Weber"), "Einkauf", "05541 9219-12"),
    ),
)


def call(number: str, state: CallState, *, incoming: bool = True) -> PhoneCall:
    return PhoneCall("0", number, "123456", incoming, state)


def missed(shop: Shop, number: str) -> None:
    phone_calls.note(shop, call(number, CallState.MISSED))


def rows(shop: Shop, days: int = 0) -> list[TodayItem]:
    return [item for item in today.items(shop, days) if item.kind == TodayKind.MISSED_CALL]


def later(shop: Shop, minutes: int) -> None:
    clock = shop.clock
    assert isinstance(clock, FixedClock)
    shop.clock = FixedClock(clock.now() + dt.timedelta(minutes=minutes))


@pytest.fixture
def ivanova(open_shop: Shop) -> Customer:
    return customers.create(open_shop, IVANOVA)


@pytest.mark.parametrize("number", ["0035988712 3456", "00359887123456", "+359887123456"])
def test_a_known_number_is_greeted_by_name(open_shop: Shop, ivanova: Customer, number: str) -> None:
    caller = phone_calls.recognise(open_shop, number)
    known = caller.known
    assert known is not None
    assert Texts("de").say(known.greeting) == "Guten Tag, Frau Ivanova"
    assert (known.customer_id, known.town, known.country) == (ivanova.id, "Gabrovo", "BG")
    assert known.facts == ("Porto getrennt",)
    assert known.last_purchase is None
    assert (caller.number, caller.country, caller.home) == ("+359 88 712 3456", "BG", "DE")


@pytest.mark.parametrize(
    "stored",
    ["0551/77 88 99", "+49 (0) 551 778899", "(0551) 778899", "0049551778899", "0551-778899", "778899"],
)
def test_however_the_number_was_written_down_it_is_found(open_shop: Shop, stored: str) -> None:
    krug = customers.create(
        open_shop,
        Customer(
            person=IVANOVA.person,
            phones=(Phone(stored),),
            address=Address(("A 1",), "37073", "Göttingen", "DE"),
        ),
    )
    known = phone_calls.recognise(open_shop, "0551778899").known
    assert known is not None
    assert known.customer_id == krug.id


def test_the_banner_tells_what_was_bought_and_what_is_open(empty_shop: Shop) -> None:
    sample_shop.fill(empty_shop)
    (petrova,) = [one for one in customers.page(empty_shop) if "Petrova" in one.name]
    follow_ups.create(empty_shop, FollowUp(empty_shop.clock.today(), "Termin nennen", petrova.id))
    follow_ups.create(
        empty_shop, FollowUp(empty_shop.clock.today() + dt.timedelta(9), "Zufrieden?", petrova.id)
    )
    known = phone_calls.recognise(empty_shop, petrova.phone).known
    assert known is not None
    assert known.last_purchase is not None
    assert known.last_purchase.number.startswith("R-")
    assert known.last_purchase.gross.minor > 0
    assert known.follow_ups == ("Termin nennen",)
    (hotel,) = [one for one in customers.page(empty_shop) if "Hotel" in one.name]
    offered = phone_calls.recognise(empty_shop, hotel.phone).known
    assert offered is not None
    assert offered.open_quotes == 1


def test_a_contact_person_is_greeted_and_the_company_named(open_shop: Shop) -> None:
    hotel = customers.create(open_shop, HOTEL)
    known = phone_calls.recognise(open_shop, "05541921912").known
    assert known is not None
    assert Texts("de").say(known.greeting) == "Guten Tag, Frau Dr. Weber"
    assert (known.company, known.customer_id) == ("Hotel Sonne", hotel.id)


def test_another_extension_is_only_a_maybe(open_shop: Shop) -> None:
    hotel = customers.create(open_shop, HOTEL)
    caller = phone_calls.recognise(open_shop, "05541921977")
    assert caller.known is None
    assert [one.customer_id for one in caller.maybe] == [hotel.id]
    assert Texts("de").say(caller.maybe[0].reason) == "andere Durchwahl derselben Nummer"


def test_a_household_with_one_number_is_two_maybes(open_shop: Shop) -> None:
    phone = (Phone("0551 770011"),)
    pair = [
        customers.create(
            open_shop, Customer(person=PersonName(given_name=name, family_name="Krug"), phones=phone)
        )
        for name in ("Eva", "Ole")
    ]
    caller = phone_calls.recognise(open_shop, "0551770011")
    assert caller.known is None
    assert {one.customer_id for one in caller.maybe} == {one.id for one in pair}
    assert {Texts("de").say(one.reason) for one in caller.maybe} == {"derselbe Haushalt"}
    missed(open_shop, "0551770011")
    (row,) = rows(open_shop)
    assert (row.customer_id, row.title) == (None, "+49 551 770011")
    elsewhere = Address(("Markt 1",), "37073", "Göttingen", "DE")
    customers.create(open_shop, Customer(company="Krug KG", phones=phone, address=elsewhere))
    three = phone_calls.recognise(open_shop, "0551770011").maybe
    assert [Texts("de").say(one.reason) for one in three] == ["dieselbe Nummer"] * 3


@pytest.mark.parametrize(
    ("number", "shown", "country"),
    [
        ("0033142685300", "+33 1 42 68 53 00", "FR"),
        ("0551888777", "+49 551 888777", "DE"),
        ("888777", "+49 551 888777", "DE"),  # of the own town, without its code
        ("", "", ""),
        ("11833", "11833", ""),
    ],
)
def test_of_an_unknown_number_the_country_is_known(
    open_shop: Shop, number: str, shown: str, country: str
) -> None:
    caller = phone_calls.recognise(open_shop, number)
    assert (caller.known, caller.maybe) == (None, ())
    if number != "11833":
        assert (caller.number, caller.country) == (shown, country)


def test_a_missed_call_stands_on_the_timeline_and_in_today(open_shop: Shop, ivanova: Customer) -> None:
    missed(open_shop, "00359887123456")
    (row,) = rows(open_shop)
    assert (row.customer_id, row.detail, row.title) == (ivanova.id, "Desislava Ivanova", "+359 88 712 3456")
    assert (row.due, row.due_time, row.times) == (dt.date(2026, 11, 23), "10:50", 1)
    assert ivanova.id is not None
    (entry,) = timeline.page(open_shop, ivanova.id)
    assert (entry.title, entry.text, entry.kind, entry.direction) == (
        "Verpasster Anruf", "+359 88 712 3456", EntryKind.CALL, Direction.IN,
    )  # fmt: skip


def test_calling_again_counts_in_the_same_row(open_shop: Shop, ivanova: Customer) -> None:
    for _ in range(3):
        missed(open_shop, "00359887123456")
        later(open_shop, 10)
    (row,) = rows(open_shop)
    assert (row.times, row.due_time) == (3, "11:10")
    known = phone_calls.recognise(open_shop, "00359887123456").known
    assert known is not None
    assert known.missed == 3
    assert ivanova.id == known.customer_id


@pytest.mark.parametrize("incoming", [True, False])
def test_it_is_gone_once_somebody_spoke_to_the_customer(
    open_shop: Shop, ivanova: Customer, incoming: bool
) -> None:
    missed(open_shop, "00359887123456")
    phone_calls.note(open_shop, call("00359887123456", CallState.TALKING, incoming=incoming))
    assert rows(open_shop) == []
    later(open_shop, 5)
    missed(open_shop, "00359887123456")
    assert [row.times for row in rows(open_shop)] == [1]
    assert ivanova.number


def test_another_number_of_the_same_customer_ends_it_too(open_shop: Shop) -> None:
    two = (Phone("+359 88 712 3456"), Phone("0551 445566"))
    customers.create(open_shop, Customer(person=IVANOVA.person, phones=two))
    missed(open_shop, "00359887123456")
    phone_calls.note(open_shop, call("0551445566", CallState.TALKING, incoming=False))
    assert rows(open_shop) == []


def test_who_asks_is_told_of_his_missed_calls_too(open_shop: Shop) -> None:
    missed(open_shop, "00359887123456")  # before he was a customer
    ivanova = customers.create(open_shop, IVANOVA)
    missed(open_shop, "0033142685300")  # somebody else
    assert ivanova.id is not None
    with open_shop.reading() as connection:
        told = privacy.about(connection, ivanova.id)["missed_call"]
    assert [row["shown"] for row in told] == ["+359 88 712 3456"]


def test_numbers_of_calls_long_done_are_not_kept(open_shop: Shop) -> None:
    missed(open_shop, "0033142685300")
    phone_calls.missed_done(open_shop, rows(open_shop)[0].reference)
    later(open_shop, 31 * 24 * 60)
    missed(open_shop, "00359887123456")
    with open_shop.reading() as connection:
        kept = connection.exec_driver_sql("SELECT number FROM missed_call").scalars().all()
    assert list(kept) == ["+359887123456"]


def test_dialling_without_an_answer_leaves_it(open_shop: Shop, ivanova: Customer) -> None:
    missed(open_shop, "00359887123456")
    phone_calls.note(open_shop, call("00359887123456", CallState.DIALLING, incoming=False))
    phone_calls.note(open_shop, call("00359887123456", CallState.OVER, incoming=False))
    assert len(rows(open_shop)) == 1
    assert ivanova.number


def test_a_note_of_a_call_by_mobile_ends_it_and_its_undo_brings_it_back(
    open_shop: Shop, ivanova: Customer
) -> None:
    missed(open_shop, "00359887123456")
    later(open_shop, 5)
    assert ivanova.id is not None
    entry = TimelineEntry(ivanova.id, EntryKind.CALL, open_shop.clock.now(), text="Vom Handy zurückgerufen")
    undo = timeline.add(open_shop, entry)[1]
    assert rows(open_shop) == []
    undo.run(open_shop)
    assert len(rows(open_shop)) == 1


def test_an_unknown_caller_is_a_row_alone_until_he_becomes_a_customer(open_shop: Shop) -> None:
    missed(open_shop, "00359887123456")
    (row,) = rows(open_shop)
    assert (row.customer_id, row.detail, row.title) == (None, "", "+359 88 712 3456")
    ivanova = customers.create(open_shop, IVANOVA)
    assert [(row.customer_id, row.detail) for row in rows(open_shop)] == [(ivanova.id, "Desislava Ivanova")]
    missed(open_shop, "00359887123456")
    assert [(row.customer_id, row.times) for row in rows(open_shop)] == [(ivanova.id, 2)]


@pytest.mark.parametrize("number", ["", "**2", "620"])
def test_nobody_can_be_called_back_without_a_number(open_shop: Shop, number: str) -> None:
    missed(open_shop, number)
    assert rows(open_shop) == []


def _done(shop: Shop, row: TodayItem) -> Callable[[Shop], None]:
    return phone_calls.missed_done(shop, row.reference).run


def test_done_and_later_can_be_taken_back(open_shop: Shop, ivanova: Customer) -> None:
    missed(open_shop, "00359887123456")
    (row,) = rows(open_shop)
    undo = _done(open_shop, row)
    assert rows(open_shop) == []
    undo(open_shop)
    assert [item.reference for item in rows(open_shop)] == [row.reference]
    undo_later = phone_calls.missed_later(open_shop, row.reference, Later(dt.date(2026, 11, 25)))
    assert rows(open_shop) == []
    assert [item.due for item in rows(open_shop, 7)] == [dt.date(2026, 11, 25)]
    missed(open_shop, "00359887123456")  # who calls again does not want to wait
    assert [item.due for item in rows(open_shop)] == [dt.date(2026, 11, 23)]
    with pytest.raises(ChangedElsewhere):
        undo_later.run(open_shop)
    assert ivanova.number


def test_off_by_default_and_a_wrong_address_is_refused(open_shop: Shop) -> None:
    assert call_lines.settings(open_shop) == CallMonitorSettings(False, "fritz.box", 1012)
    call_lines.save_settings(open_shop, CallMonitorSettings(True, " http://192.168.178.1/ ", 1012))
    assert call_lines.settings(open_shop) == CallMonitorSettings(True, "192.168.178.1", 1012)
    with pytest.raises(WrongHost):
        call_lines.save_settings(open_shop, CallMonitorSettings(True, "no box", 1012))


@pytest.mark.parametrize("number", ["0551", "05541", "110"])
def test_an_area_code_alone_is_nobodys_number(open_shop: Shop, number: str) -> None:
    customers.create(open_shop, HOTEL)
    customers.create(open_shop, Customer(company="Gasthof Lamm", phones=(Phone("0551 123456"),)))
    assert not phone_calls.recognise(open_shop, number).maybe
