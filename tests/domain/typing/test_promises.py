"""What the shop promised is recognised in a note, and what it did not promise is not."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.promises import PromiseKind as Kind
from shopdesk.domain.typing.promises import find_promises, without_calls

NOW = dt.datetime(2026, 11, 23, 10, 50, tzinfo=ZoneInfo("Europe/Berlin"))  # a Monday

PROMISES = [
    # the three of the plan
    ("ruf Fr 15:00 zurück", "Ruf zurück", "2026-11-27", "15:00", Kind.CALL_BACK),
    ("Matratze bis Freitag", "Matratze", "2026-11-27", "", Kind.DELIVERY),
    ("Reparatur Mi fertig", "Reparatur fertig", "2026-11-25", "", Kind.READY),
    # calling back
    ("rufe morgen um 9 Uhr zurück", "Rufe zurück", "2026-11-24", "09:00", Kind.CALL_BACK),
    ("ruf sie heute 15 Uhr zurück", "Ruf sie zurück", "2026-11-23", "15:00", Kind.CALL_BACK),
    ("Rückruf Do 14.30 Uhr", "Rückruf", "2026-11-26", "14:30", Kind.CALL_BACK),
    ("Rückruf wegen Lattenrost bis morgen Mittag", "Rückruf wegen Lattenrost", "2026-11-24", "12:00", Kind.CALL_BACK),
    ("melde mich am Mittwoch", "Melde mich", "2026-11-25", "", Kind.CALL_BACK),
    ("Wir melden uns bis Ende der Woche", "Wir melden uns", "2026-11-27", "", Kind.CALL_BACK),
    ("ruf um 3 zurück", "Ruf zurück", "2026-11-23", "15:00", Kind.CALL_BACK),
    ("ruf halb vier an", "Ruf an", "2026-11-23", "15:30", Kind.CALL_BACK),
    ("ruf um 9 zurück", "Ruf zurück", "2026-11-24", "09:00", Kind.CALL_BACK),  # nine is over: tomorrow
    ("rufen in 2 Stunden zurück", "Rufen zurück", "2026-11-23", "12:50", Kind.CALL_BACK),
    ("muss sie am 1.12. anrufen", "Muss sie anrufen", "2026-12-01", "", Kind.CALL_BACK),
    # goods
    ("Matratze bis spätestens 4.12.", "Matratze", "2026-12-04", "", Kind.DELIVERY),
    ("2 Rollmatratzen 80x190 bis nächsten Dienstag", "2 Rollmatratzen 80x190", "2026-12-01", "", Kind.DELIVERY),
    ("liefern Do zwischen 10 und 12", "Liefern zwischen 10 und 12", "2026-11-26", "", Kind.DELIVERY),
    ("Lieferung am 24.12.", "Lieferung", "2026-12-24", "", Kind.DELIVERY),
    ("Versand morgen", "Versand", "2026-11-24", "", Kind.DELIVERY),
    ("Schicke ihr das Muster bis Donnerstag", "Schicke ihr das Muster", "2026-11-26", "", Kind.DELIVERY),
    ("Reifen sind Freitag da, liefern wir sofort aus\nliefern am Fr", "Liefern", "2026-11-27", "", Kind.DELIVERY),
    ("Topper ist Mittwoch im Laden", "Topper ist im Laden", "2026-11-25", "", Kind.DELIVERY),
    # ready
    ("Rad Fr abholbereit", "Rad abholbereit", "2026-11-27", "", Kind.READY),
    ("Fahrrad ist morgen Nachmittag fertig", "Fahrrad ist fertig", "2026-11-24", "17:00", Kind.READY),
    ("Bremse repariert bis Sa 12 Uhr", "Bremse repariert", "2026-11-28", "12:00", Kind.READY),
    ("Reparatur fertig in 3 Tagen", "Reparatur fertig", "2026-11-26", "", Kind.READY),
    ("fertig kw49 fr", "Fertig", "2026-12-04", "", Kind.READY),
    # others
    ("Angebot bis Mi", "Angebot", "2026-11-25", "", Kind.OTHER),
    ("habe ihm das Angebot für Donnerstag zugesagt", "Habe ihm das Angebot für zugesagt", "2026-11-26", "", Kind.OTHER),
    ("Versprochen: Gutschrift bis 15. Dezember", "Versprochen: Gutschrift", "2026-12-15", "", Kind.OTHER),
    ("gebe bis morgen Bescheid", "Gebe Bescheid", "2026-11-24", "", Kind.OTHER),
    ("kläre das bis heute Abend", "Kläre das", "2026-11-23", "18:00", Kind.OTHER),
    ("bestelle bis übermorgen den Bezug", "Bestelle den Bezug", "2026-11-25", "", Kind.OTHER),
    # English
    ("call her back Friday 3 pm", "Call her back", "2026-11-27", "15:00", Kind.CALL_BACK),
    ("I'll call tomorrow at 9", "I'll call", "2026-11-24", "09:00", Kind.CALL_BACK),
    ("mattress by Friday", "Mattress", "2026-11-27", "", Kind.DELIVERY),
    ("bike ready on Wednesday", "Bike ready", "2026-11-25", "", Kind.READY),
    ("will send the quote by tomorrow noon", "Will send the quote", "2026-11-24", "12:00", Kind.DELIVERY),
    ("delivery in 2 weeks", "Delivery", "2026-12-07", "", Kind.DELIVERY),
    ("promised an answer by December 1st", "Promised an answer", "2026-12-01", "", Kind.OTHER),
]  # fmt: skip

NONE = [
    "",
    "2 Rollmatratzen 80x190 nach Bulgarien",
    "Matratze 15,90 €",
    "Kunde ruft Fr 15:00 zurück",
    "sie ruft morgen zurück",
    "meldet sich nächste Woche",
    "Frau Petrova kommt Freitag vorbei",
    "holt die Matratze Fr ab",
    "Abholung Freitag 15:00",
    "zahlt bis Freitag",
    "überweist morgen",
    "hat gestern zurückgerufen",
    "Matratze wurde am Freitag geliefert",
    "Lieferung war letzten Freitag",
    "nicht vor Freitag anrufen",
    "Lieferung vielleicht Freitag",
    "wann ist die Reparatur fertig?",
    "Ist das Rad Mi fertig?",
    "möchte die Matratze bis Freitag",
    "braucht das Rad bis Samstag",
    "wenn wir bis Freitag liefern, zahlt er sofort",
    "Freitag geschlossen",
    "guten Morgen, hätte gern ein Angebot",
    "so, wir liefern nach Bulgarien",
    "do not call",
    "he wants it by Friday",
    "can't deliver by Friday",
    "Mr Miller calls back tomorrow",
    "Festnetz 0551 1234567",
    "235/60 R16 100H",
    "ruft nie an",
    "Ansprechpartner ist Fr. Petrova",
]


@pytest.mark.parametrize(("note", "text", "due", "time", "kind"), PROMISES)
def test_a_promise_is_recognised(note: str, text: str, due: str, time: str, kind: Kind) -> None:
    found = find_promises(note, NOW)
    assert [(each.text, each.due.isoformat(), each.due_time, each.kind) for each in found] == [
        (text, due, time, kind)
    ]


@pytest.mark.parametrize("note", NONE)
def test_what_is_no_promise_is_not_offered(note: str) -> None:
    assert find_promises(note, NOW) == ()


def test_several_promises_of_a_note_stand_in_their_order() -> None:
    note = "2 Matratzen 90x200. angebot bis Mi, ruf Fr 15:00 zurück. Kunde zahlt bis Monatsende."
    found = find_promises(note, NOW)
    assert [(each.text, each.due.day) for each in found] == [("Angebot", 25), ("Ruf zurück", 27)]


def test_a_call_back_is_no_goods() -> None:
    assert without_calls("2 Matratzen 90x200. ruf Fr 15:00 zurück") == "2 Matratzen 90x200"
    goods = "2 Matratzen 90x200, Porto; nach Bulgarien"
    assert without_calls(goods) == goods


def test_the_same_promise_twice_is_one() -> None:
    assert len(find_promises("ruf Fr zurück\nRuf Fr zurück", NOW)) == 1


@given(st.text(max_size=300))
def test_no_text_breaks_it(note: str) -> None:
    for found in find_promises(note, NOW):
        assert found.text
        assert found.due >= NOW.date()
