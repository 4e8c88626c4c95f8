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
    ("liefern Do zwischen 10 und 12", "Liefern zwischen 10 und 12", "2026-11-26", "12:00", Kind.DELIVERY),
    ("Lieferung am 24.12.", "Lieferung", "2026-12-24", "", Kind.DELIVERY),
    ("Versand morgen", "Versand", "2026-11-24", "", Kind.DELIVERY),
    ("Schicke ihr das Muster bis Donnerstag", "Schicke ihr das Muster", "2026-11-26", "", Kind.DELIVERY),
    ("Reifen sind da, liefern wir sofort aus\nliefern am Fr", "Liefern", "2026-11-27", "", Kind.DELIVERY),
    ("Topper ist Mittwoch im Laden", "Topper ist im Laden", "2026-11-25", "", Kind.DELIVERY),
    # ready
    ("Rad Fr abholbereit", "Rad abholbereit", "2026-11-27", "", Kind.READY),
    ("Fahrrad ist morgen Nachmittag fertig", "Fahrrad ist fertig", "2026-11-24", "17:00", Kind.READY),
    ("Bremse repariert bis Sa 12 Uhr", "Bremse repariert", "2026-11-28", "12:00", Kind.READY),
    ("Reparatur fertig in 3 Tagen", "Reparatur fertig", "2026-11-26", "", Kind.READY),
    ("fertig kw49 fr", "Fertig", "2026-12-04", "", Kind.READY),
    # others
    ("Angebot bis Mi", "Angebot", "2026-11-25", "", Kind.OTHER),
    ("habe ihm das Angebot für Donnerstag zugesagt", "Habe ihm das Angebot zugesagt", "2026-11-26", "", Kind.OTHER),
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
    # goods and a day
    ("Matratze am Freitag", "Matratze", "2026-11-27", "", Kind.DELIVERY),
    ("mattress on Friday", "Mattress", "2026-11-27", "", Kind.DELIVERY),
    ("matratze am freitag", "Matratze", "2026-11-27", "", Kind.DELIVERY),
    ("Ware ist Freitag da", "Ware ist da", "2026-11-27", "", Kind.DELIVERY),
    ("Reifen sind am Dienstag da", "Reifen sind da", "2026-11-24", "", Kind.DELIVERY),
    ("Matratze kommt Freitag", "Matratze kommt", "2026-11-27", "", Kind.DELIVERY),
    ("Die Ersatzteile kommen am 2.12.", "Die Ersatzteile kommen", "2026-12-02", "", Kind.DELIVERY),
    ("2x Lattenrost 90x200 am Do", "2x Lattenrost 90x200", "2026-11-26", "", Kind.DELIVERY),
    ("4 Winterreifen Di 10:00", "4 Winterreifen", "2026-11-24", "10:00", Kind.DELIVERY),
    ("Boxspringbett für Frau Petrova bis 11.12.", "Boxspringbett für Frau Petrova", "2026-12-11", "", Kind.DELIVERY),
    ("Rad bis 15 Uhr", "Rad", "2026-11-23", "15:00", Kind.DELIVERY),
    ("90x200 bis Freitag", "90x200", "2026-11-27", "", Kind.DELIVERY),
    ("Sofa ist ab Mi im Laden", "Sofa ist im Laden", "2026-11-25", "", Kind.DELIVERY),
    ("tyres are here on Tuesday", "Tyres are here", "2026-11-24", "", Kind.DELIVERY),
    ("2 new pillows by Friday", "2 new pillows", "2026-11-27", "", Kind.DELIVERY),
    ("bis Ende KW 49 geliefert", "Geliefert", "2026-12-04", "", Kind.DELIVERY),
    ("wir liefern in KW 49", "Wir liefern", "2026-12-04", "", Kind.DELIVERY),
    ("Lieferung in der 50. KW", "Lieferung", "2026-12-11", "", Kind.DELIVERY),
    ("Lieferung Anfang KW 49", "Lieferung", "2026-12-01", "", Kind.DELIVERY),
    ("liefern Mitte nächster Woche", "Liefern", "2026-12-02", "", Kind.DELIVERY),
    ("liefern nächste Woche", "Liefern", "2026-12-04", "", Kind.DELIVERY),
    ("liefern diese Woche noch", "Liefern noch", "2026-11-27", "", Kind.DELIVERY),
    ("Lieferung kommende Woche", "Lieferung", "2026-12-04", "", Kind.DELIVERY),
    ("Lieferung Anfang Dezember", "Lieferung", "2026-12-10", "", Kind.DELIVERY),
    ("Lieferung Ende Januar", "Lieferung", "2027-01-31", "", Kind.DELIVERY),
    ("Lieferung am 27.", "Lieferung", "2026-11-27", "", Kind.DELIVERY),
    ("Lieferung Freitag, den 27.", "Lieferung", "2026-11-27", "", Kind.DELIVERY),
    ("Lieferung Do 10-12 Uhr", "Lieferung 10-12 Uhr", "2026-11-26", "12:00", Kind.DELIVERY),
    ("Paket wird morgen verschickt", "Paket wird verschickt", "2026-11-24", "", Kind.DELIVERY),
    ("Fahrer bringt die Matratze Mi 14 Uhr", "Fahrer bringt die Matratze", "2026-11-25", "14:00", Kind.DELIVERY),
    ("Spedition liefert am Donnerstag", "Spedition liefert", "2026-11-26", "", Kind.DELIVERY),
    ("Stoffmuster geht morgen raus", "Stoffmuster geht raus", "2026-11-24", "", Kind.DELIVERY),
    ("Matratze Härtegrad 3 am Donnerstag", "Matratze Härtegrad 3", "2026-11-26", "", Kind.DELIVERY),
    ("Lieferung zw. 10 und 12 am Do", "Lieferung zw. 10 und 12", "2026-11-26", "12:00", Kind.DELIVERY),
    ("Lieferung am 27.11 um 15 Uhr", "Lieferung", "2026-11-27", "15:00", Kind.DELIVERY),
    ("Liefertermin Do 3.12.", "Liefertermin", "2026-12-03", "", Kind.DELIVERY),
    ("will ring on Tue 10am", "Will ring", "2026-11-24", "10:00", Kind.CALL_BACK),
    ("call back 10 am Friday", "Call back", "2026-11-27", "10:00", Kind.CALL_BACK),
    ("Mi 9.12 Lieferung", "Lieferung", "2026-12-09", "", Kind.DELIVERY),
    # work
    ("Montage Do 9:30", "Montage", "2026-11-26", "09:30", Kind.OTHER),
    ("Montage Do 9.30", "Montage", "2026-11-26", "09:30", Kind.OTHER),
    ("Reifenwechsel Sa 11", "Reifenwechsel", "2026-11-28", "11:00", Kind.OTHER),
    ("Aufbau am Samstag um 10", "Aufbau", "2026-11-28", "10:00", Kind.OTHER),
    ("Monteur kommt Do 9:30", "Monteur kommt", "2026-11-26", "09:30", Kind.OTHER),
    ("Rad fertig Fr 16", "Rad fertig", "2026-11-27", "16:00", Kind.READY),
    ("Reifen Sa um 10 montieren", "Reifen montieren", "2026-11-28", "10:00", Kind.OTHER),
    ("Die Reifen werden am Do montiert", "Die Reifen werden montiert", "2026-11-26", "", Kind.READY),
    ("Rad ist Fr ab 14 Uhr abholbereit", "Rad ist abholbereit", "2026-11-27", "14:00", Kind.READY),
    # the time is kept, the document's date is no day
    ("zurückrufen fr 15", "Zurückrufen", "2026-11-27", "15:00", Kind.CALL_BACK),
    ("fr 15 zurückrufen", "Zurückrufen", "2026-11-27", "15:00", Kind.CALL_BACK),
    ("morgen 8 anrufen", "Anrufen", "2026-11-24", "08:00", Kind.CALL_BACK),
    ("ruf morgen 3 zurück", "Ruf zurück", "2026-11-24", "15:00", Kind.CALL_BACK),
    ("Chef ruft Fr 10:00 zurück", "Chef ruft zurück", "2026-11-27", "10:00", Kind.CALL_BACK),
    ("ruf Fr. Petrova morgen zurück", "Ruf Fr. Petrova zurück", "2026-11-24", "", Kind.CALL_BACK),
    ("Rufe am Fr zurück wegen Angebot vom 20.11.", "Rufe zurück wegen Angebot vom 20.11", "2026-11-27", "",
     Kind.CALL_BACK),
    ("Rückruf Mi zur Rechnung vom 1.12.", "Rückruf zur Rechnung vom 1.12", "2026-11-25", "", Kind.CALL_BACK),
    ("braucht neue Matratze, ruf Fr 14:00 zurück", "Ruf zurück", "2026-11-27", "14:00", Kind.CALL_BACK),
    ("wir geben bis Freitag Bescheid", "Wir geben Bescheid", "2026-11-27", "", Kind.OTHER),
    ("Schicke ihm die Preise bis Mittwoch", "Schicke ihm die Preise", "2026-11-25", "", Kind.DELIVERY),
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
    # how long something is valid, or to be paid
    "Preis gilt bis Freitag",
    "Preis bis Freitag",
    "Gutschein gültig bis 31.12.",
    "Gutschein bis 31.12.",
    "Aktion bis Samstag",
    "Matratzenaktion bis Samstag",
    "Angebot gilt bis 15.12.",
    "Angebot gültig bis Ende Dezember",
    "Angebot läuft am Freitag ab",
    "10 % Rabatt auf Matratzen bis Samstag",
    "Matratze Rabatt bis Samstag",
    "Versandkostenfrei bis Sonntag",
    "Garantie bis 1.3.2027",
    "Rechnung fällig am 1.12.",
    "Rechnung zahlbar bis 7.12.",
    "2 % Skonto in 10 Tagen",
    "offer valid until Friday",
    "free delivery until Friday",
    "invoice due on December 1st",
    # what the customer does
    "Maße kommen bis Freitag",
    "Maße bis Freitag",
    "gibt bis Freitag Bescheid",
    "sagt bis Mittwoch Bescheid",
    "Bescheid bis Freitag",
    "schickt die Maße bis Freitag",
    "entscheidet sich bis Montag",
    "meldet sich Do 15:00",
    "Er meldet sich bis Freitag",
    "Kundin bringt das Rad am Dienstag",
    "Ihr Mann kommt Freitag 15:00",
    "bringt Muster Freitag zurück",
    "Muster bis Freitag zurück",
    "Unterlagen bis Freitag",
    "warte auf Rückmeldung bis Freitag",
    "bittet um Rückruf bis Freitag",
    "suchen bis Freitag eine Matratze",
    "sucht Bett, Matratze bis Freitag",
    "Kunde möchte ein Bett, Matratze am Freitag",
    "Probeliegen am Freitag",
    "Matratze Probeliegen am Freitag",
    "Wohnung fertig am 1.12.",
    "Umzug am Freitag",
    "Petra ist Freitag da",
    "ist Freitag im Haus",
    "Hersteller liefert KW 49",
    "Ruf mich Fr zurück, sagt er",
    "Termin Fr 10:00",
    "Altes Bett entsorgen bis Freitag",
    "Rad am Freitag kaputt gegangen",
    "Reifen am Freitag geplatzt",
    "Matratze Freitag anschauen",
    "Frau Weber sagt Matratze am Freitag",
    "100 Tage Probeschlafen, Matratze bis 1.3. zurück",
    "Lieferadresse ab 1.12. neu",
    "anrufen wegen Termin Freitag",
    "Lieferung erwünscht bis Freitag",
    "Wunschtermin Lieferung Fr",
    "Lieferung bitte am Freitag",
    "Matratze muss bis Freitag da sein",
    "Angebot kam am Freitag",
    "Muster am Freitag angesehen",
    "Angebot vergleicht er bis Freitag",
    "Angebot annehmen bis 30.11.",
    "Rechnung bis 30.11. bezahlen",
    "bringen das Rad Freitag",
    "schicken Maße bis Freitag",
    "Zusage der Bank bis Freitag",
    "Ich rufe Freitag an (Kunde)",
    "I will be home on Friday",
    "please deliver by Friday",
    "Lieferzeit 2 Wochen",
    "Öffnungszeiten Mo-Fr 9-18 Uhr",
    # dates of documents, and what is past
    "Rechnung vom 1.12. liegt vor",
    "Angebot vom 30.11. angenommen",
    "Rufe zurück wegen Angebot vom 20.11.",
    "Rufe zurück wegen Angebot vom Fr 20.11.",
    "Rückruf wegen Rechnung 114 20.11.",
    "Rückruf zu Angebot 30.11.",
    "Angebot 20.11.",
    "Lieferung 20.11.",
    "Lieferschein vom 30.11.",
    "Matratze vom 1.12.",
    "Matratze am Freitag bestellt",
    "Paket am Freitag verschickt",
    "invoice dated December 1st",
    # not sure, and no day
    "wenn die Reifen da sind, liefern wir Freitag",
    "Matratze frühestens Freitag",
    "ruf Fr. Petrova zurück",
    "ruf Fr Weber an",
    "ruf fr petrova zurück",
    "Matratze Fr. Petrova",
    "Matratze in Freitagslaune",
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
