"""The sample shop: a full desk to try things on, and the mattress story told without a screen."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopdesk import paths
from shopdesk.domain.appointments import Appointment
from shopdesk.domain.articles import Article, line_of
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, DocumentKind, Line
from shopdesk.domain.follow_ups import FollowUp, Repeat, RepeatUnit
from shopdesk.domain.messages import N_
from shopdesk.domain.promises import Promise, PromiseKind
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.usecases import (
    appointments,
    articles,
    chains,
    customers,
    documents,
    follow_ups,
    issuing,
    outbox,
    promises,
    sample_inquiries,
    shop_settings,
    timeline,
)

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

Say = Callable[[str], object]

_SIX_WEEKS = Repeat(6, RepeatUnit.WEEK)


@dataclass(frozen=True, slots=True)
class Sample:
    """What stands in resources/data/sample_shop.json."""

    profile: ShopProfile
    articles: tuple[Article, ...]
    customers: tuple[Customer, ...]
    caller: Customer


@lru_cache(maxsize=1)
def sample() -> Sample:
    """The sample shop's data."""
    from shopdesk.store.plain import from_plain

    raw: dict[str, Any] = json.loads(
        (paths.resources() / "data" / "sample_shop.json").read_text(encoding="utf-8")
    )
    return from_plain(Sample, raw)


def fill(shop: Shop) -> list[Customer]:
    """Make the open, empty shop the sample shop, with some weeks of work behind it; gives its customers."""
    shop_settings.save_profile(shop, sample().profile)
    for article in sample().articles:
        articles.save(shop, article)
    people = [customers.create(shop, customer) for customer in sample().customers]
    sample_inquiries.fill(shop, people)
    _past(shop, people)
    _appointments(shop, people)
    return people


def fill_to_the_door(shop: Shop) -> None:
    """The same with goods and money on their way, for whoever looks around in the window."""
    from shopdesk.usecases import sample_orders

    sample_orders.fill(shop, fill(shop))


def _appointments(shop: Shop, people: list[Customer]) -> None:
    """What stands in the calendar around today."""
    planned = (
        (0, "15:00", 60, people[0], "Probeliegen, zwei Rollmatratzen", "", ""),
        (1, "10:00", 30, people[3], "Lattenrost anpassen", "", "Knarrt am Kopfende"),
        (1, "10:15", 60, people[7], "Winterräder abholen lassen", "Hoftor", "Fahrer ruft vorher an"),
        (3, "16:30", 45, people[9], "Beratung Hotelausstattung", "", ""),
    )
    for days, time, minutes, customer, subject, place, job in planned:
        day = shop.clock.today() + dt.timedelta(days)
        starts = dt.datetime.combine(day, dt.time.fromisoformat(time), shop.clock.zone)
        ends = starts + dt.timedelta(minutes=minutes)
        appointments.create(shop, Appointment(starts, ends, subject, customer.id, place, job))


def draft(shop: Shop, kind: DocumentKind, customer: Customer, *lines: Line, days_ago: int = 0) -> Document:
    """A stored draft of so many days ago."""
    day = shop.clock.today() - dt.timedelta(days_ago)
    begun = documents.start(shop, kind, customer.id)
    terms = (begun.due or day) - (begun.date or day)
    begun = replace(begun, lines=lines, date=day, due=day + terms, delivery_date=day + dt.timedelta(2))
    return documents.save_draft(shop, begun)


def line(shop: Shop, code: str, quantity: int = 1, size: tuple[int, int] | None = None) -> Line:
    """So many of one of the sample articles."""
    article = articles.by_code(shop, code)
    assert article is not None
    profile = sample().profile
    return line_of(article, Decimal(quantity), profile.prices, profile.default_rate, size)


def issue(shop: Shop, begun: Document) -> Document:
    """Issued, and handed over by hand."""
    assert begun.id is not None
    return issuing.issue(shop, begun.id, send=False).document


def _past(shop: Shop, people: list[Customer]) -> None:
    """Quotes, invoices, calls and follow-ups of the last weeks, oldest first so that numbers and dates run together."""
    gruber, schmidt, brandt, petrova, mueller, _, moreau, krug, _, hotel = people
    invoice, quote = DocumentKind.INVOICE, DocumentKind.QUOTE
    postage = line(shop, "PORTO-DE")
    issue(shop, draft(shop, invoice, schmidt, line(shop, "KS-90200"), postage, days_ago=24))
    issue(shop, draft(shop, invoice, krug, line(shop, "WR-235", 4), days_ago=16))
    issue(shop, draft(shop, invoice, gruber, line(shop, "TO-90200", 2), line(shop, "PORTO-AT"), days_ago=9))
    issue(
        shop,
        draft(shop, invoice, petrova, line(shop, "LR-90200"), line(shop, "BUCH"), postage, days_ago=3),
    )
    issue(shop, draft(shop, quote, hotel, line(shop, "KK-4080", 20), line(shop, "SP-90", 40), days_ago=6))
    issue(shop, draft(shop, quote, moreau, line(shop, "TF-140200"), days_ago=2))
    draft(shop, quote, brandt, line(shop, "RM-90200", 1, (800, 1900)), postage)
    now = shop.clock.now()
    notes = (
        (
            schmidt,
            EntryKind.CALL,
            Direction.IN,
            25,
            "Fragt nach einer festen Matratze. Porto bitte getrennt ausweisen.",
        ),
        (
            krug,
            EntryKind.EMAIL,
            Direction.IN,
            17,
            "Bestellt vier Winterreifen 235/60 R16 100H wie letztes Jahr.",
        ),
        (
            mueller,
            EntryKind.VISIT,
            Direction.IN,
            5,
            "War im Laden, liegt noch zwischen zwei Matratzen. Meldet sich.",
        ),
        (hotel, EntryKind.CALL, Direction.IN, 6, "Braucht 20 Kopfkissen und 40 Laken bis Ostern."),
    )
    for customer, kind, direction, days, text in notes:
        assert customer.id is not None
        timeline.add(
            shop, TimelineEntry(customer.id, kind, now - dt.timedelta(days), text=text, direction=direction)
        )
    today = shop.clock.today()
    for customer, day, text in (
        (mueller, today, "Nachfragen, welche Matratze es wird"),
        (krug, today, "Termin für den Reifenwechsel vorschlagen"),
        (gruber, today - dt.timedelta(1), "Ist der Topper gut angekommen?"),
    ):
        follow_ups.create(shop, FollowUp(day, text, customer.id))
    touch = FollowUp(
        today + dt.timedelta(14), "In Kontakt bleiben", hotel.id, repeat=_SIX_WEEKS, on_contact=True
    )
    follow_ups.create(shop, touch)
    for customer, day, time, text, promised in (
        (mueller, today, "15:00", "Rückruf, ob die feste Matratze da ist", PromiseKind.CALL_BACK),
        (krug, today + dt.timedelta(1), "", "Winterreifen liegen bereit", PromiseKind.READY),
    ):
        assert customer.id is not None
        promises.create(shop, Promise(customer.id, text, day, time, promised))


def tell_the_story(shop: Shop, out: Path, texts: Texts, say: Say) -> None:
    """The first story as far as it is built: caller, quote, invoice, mail. The files are written to `out`."""
    from shopdesk.usecases.orders import prepare_folder, write_bytes

    prepare_folder(out)
    caller = customers.create(shop, sample().caller)
    say(texts.gettext(N_("{name} calls from {city}; saved as customer {number}.")).format(
        name=caller.name, city=caller.address.city, number=caller.number))  # fmt: skip
    assert caller.id is not None
    text = "2 Rollmatratzen 80x190 nach Bulgarien, Porto getrennt"
    timeline.add(
        shop, TimelineEntry(caller.id, EntryKind.CALL, shop.clock.now(), text=text, direction=Direction.IN)
    )
    lines = (line(shop, "RM-90200", 2, (800, 1900)), line(shop, "PORTO-BG"), line(shop, "VP-ROLLE"))
    quote = issue(shop, draft(shop, DocumentKind.QUOTE, caller, *lines))
    assert quote.id is not None
    begun = chains.follow_up(shop, quote.id, DocumentKind.INVOICE)
    assert begun.id is not None
    issued = issuing.issue(shop, begun.id, send=True)
    for document in (quote, issued.document):
        assert document.id is not None
        file = documents.stored_files(shop, document.id)[0]
        write_bytes(out / file.name, file.data)
        say(texts.gettext(N_("{number} over {sum}: {file}")).format(
            number=document.number, sum=texts.money(totals(document).gross), file=out / file.name))  # fmt: skip
    assert issued.outbox_id is not None
    mail = out / f"{issued.document.number}.eml"
    write_bytes(mail, outbox.eml(shop, issued.outbox_id))
    say(texts.gettext(N_("Mail to {address}: {file}")).format(address=caller.email, file=mail))
