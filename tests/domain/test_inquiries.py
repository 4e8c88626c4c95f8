"""What counts as thanks, how a clock looks, which targets can be."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from shopdesk.domain.errors import ShopError
from shopdesk.domain.inquiries import (
    AnswerTargets,
    ClockReading,
    Inquiry,
    InquiryChannel,
    InquiryState,
    Urgency,
    checked_targets,
    reading,
)
from shopdesk.domain.inquiry_texts import asked_text, is_mere_thanks, own_text
from shopdesk.domain.opening_hours import OpeningClock, OpeningHours

BERLIN = ZoneInfo("Europe/Berlin")
CLOCK = OpeningClock(OpeningHours(), frozenset(), BERLIN)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(dt.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Danke",
        "Vielen Dank!",
        "Herzlichen Dank für die schnelle Antwort.\n\nMit freundlichen Grüßen\nThomas Weber\nHauptstraße 5",
        "Guten Morgen,\n\nsuper, vielen Dank!\n\nViele Grüße\nT. Weber",
        "Danke Ihnen!\nThomas Weber",
        "Thanks a lot!\n\nBest regards\nJohn",
        "DANKESCHÖN",
        "Merci\n-- \nThomas Weber\nTel. 0171 2345678",
        "Danke!\n\nAm 23.11.2026 um 10:00 schrieb Schlafgut Lindner <info@example.org>:\n> Was möchten Sie?",
        "Vielen Dank\n\nVon: Schlafgut Lindner\nGesendet: Montag\nWann passt es?",
        "Danke!\n\nVon meinem iPhone gesendet",
        "Danke!\n\nGesendet mit der GMX Mail App",
        "Vielen Dank\n\nGesendet von Outlook für Android",
        "Danke!\n\nOutlook für iOS herunterladen",
        "Danke\nGesendet mit der Telekom Mail App",
        "Thanks!\n\nSent from my iPhone",
        "Thank you so much\n\nGet Outlook for iOS",
        "Danke\n\nDiese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Danke!\n\nVirenfrei.www.avast.com",
        "Vielen Dank, alles klar.",
        "Ok danke",
        "Besten Dank für das Angebot",
        "Danke für Ihr Angebot!",
        "danke schön und schönes Wochenende",
        "Vielen Dank und noch einen schönen Abend!",
        "Danke, auch Ihnen ein schönes Wochenende",
        "Vielen Dank, Herr Lindner!",
        "Sehr geehrter Herr Lindner,\n\nvielen Dank für die schnelle Rückmeldung.\n\nMfG\nT. Weber",
        "Hallo Herr Lindner,\n\nbesten Dank!\n\nThomas Weber\nTel. 0171 2345678",
        "Vielen Dank!\n\nDesislava Ivanova\nMobil: +359 88 123 4567\nd.ivanova@example.org",
        "Danke\n\nThomas Weber\nHauptstraße 5\n37073 Göttingen\n0551 123456",
        "Danke!\n\nThomas Weber\nWeber Bau GmbH\nwww.weber-bau.example",
        "Danke 👍\n\nVon meinem iPhone gesendet\n\n> Am 23.11. schrieb Lindner:\n> Wann passt es?",
    ],
)
def test_a_mere_thank_you(text: str) -> None:
    assert is_mere_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Guten Tag",
        "Nein danke",
        "Danke, und was kostet die Montage?",
        "Danke, ich nehme sie",
        "Danke, dann bitte 4 Stück",
        "Passt, danke",
        "Gern, vielen Dank",
        "Vielen Dank für das Angebot, wir bestellen so.",
        "Danke\nBitte liefern",
        "Danke.\n\nMeine neue Nummer: 0171 2345678",
        "> Danke\nUnd die Lieferzeit",
        "Bitte rufen Sie mich an. Danke",
        "Danke, aber wann kommt …?",
        "Danke, aber wann kommt die Matratze",
        "Danke, morgen Abend",
        "Danke!\nMontag",
        "Danke.\nJa",
        "Danke, bis Freitag!\n\nVon meinem iPhone gesendet",
        "Danke für das Angebot, ich melde mich.",
        "Danke, wir nehmen das Angebot an",
        "Danke! Tel. 0171 2345678",
        "Vielen Dank!\n\nMit freundlichen Grüßen\nT. Weber\n\nPS: Bitte noch zwei Kissen dazu",
        "Hallo, wir bestellen so\nDanke",
        "Gesendet mit DHL, aber nicht angekommen. Danke",
        "Thanks, but where is it",
        "Danke\n\nThomas Weber\nBitte erst ab 16 Uhr liefern",
        "Danke nein",
    ],
)
def test_whatever_says_more_is_no_mere_thanks(text: str) -> None:
    assert not is_mere_thanks(text)


def test_what_is_quoted_is_not_his_own_text() -> None:
    assert own_text("Ja bitte\n> Nein\n\nOn Mon, 23 Nov 2026 at 10:00 Jens wrote:\n> Was?") == "Ja bitte"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Guten Morgen,\n\nich brauche vier Winterreifen 235/60 R16 100H für meinen SUV.\n\nGruß, T. Weber, 0171 23",
            "ich brauche vier Winterreifen 235/60 R16 100H für meinen SUV.",
        ),
        ("Hallo, haben Sie noch Lattenroste?", "Hallo, haben Sie noch Lattenroste?"),
        (
            "Sehr geehrter Herr Lindner,\nwir suchen 70 x 210.\nViele Grüße\nP. Hoffmann",
            "wir suchen 70 x 210.",
        ),
        ("2 Rollmatratzen 80x190\n\nMfG\nIvanova\nul. Ivan Vazov 5\n5300 Gabrovo", "2 Rollmatratzen 80x190"),
        ("Viele Grüße aus Gabrovo sende ich", "Viele Grüße aus Gabrovo sende ich"),
    ],
)
def test_what_somebody_asks_for_is_without_salutation_and_address(text: str, asked: str) -> None:
    assert asked_text(text) == asked


def waiting(target: int | None = 20, state: InquiryState = InquiryState.OPEN) -> Inquiry:
    since = local("2026-11-27T17:50")
    due = CLOCK.due_after(since, target) if target else None
    return Inquiry(InquiryChannel.MAIL, since, since, state=state, target=target, due_at=due)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-27T17:50", ClockReading(20, 0, 0, Urgency.CALM)),
        ("2026-11-27T17:55:30", ClockReading(15, 0, 25, Urgency.CALM)),
        ("2026-11-27T18:30", ClockReading(10, 0, 50, Urgency.AMBER, is_resting=True)),
        ("2026-11-28T08:59", ClockReading(10, 0, 50, Urgency.AMBER, is_resting=True)),
        ("2026-11-28T09:05", ClockReading(5, 0, 75, Urgency.RED)),
        ("2026-11-28T09:09:59", ClockReading(1, 0, 95, Urgency.RED)),
        ("2026-11-28T09:10", ClockReading(0, 0, 100, Urgency.LATE)),
        ("2026-11-28T09:31", ClockReading(0, 21, 100, Urgency.LATE)),
        ("2026-11-30T09:00", ClockReading(0, 230, 100, Urgency.LATE)),
        ("2026-11-27T10:00", ClockReading(490, 0, 0, Urgency.CALM)),  # the computer's clock was put back
    ],
)
def test_how_the_clock_of_friday_evening_looks(now: str, expected: ClockReading) -> None:
    assert reading(waiting(), CLOCK, local(now), AnswerTargets()) == expected


@pytest.mark.parametrize("inquiry", [waiting(None), waiting(state=InquiryState.ANSWERED)])
def test_without_a_target_or_a_wait_no_clock_is_shown(inquiry: Inquiry) -> None:
    assert reading(inquiry, CLOCK, local("2026-11-30T09:00"), AnswerTargets()) == ClockReading()


@pytest.mark.parametrize(
    ("targets", "field"),
    [
        (AnswerTargets(mail=0), "mail"),
        (AnswerTargets(letter=-5), "letter"),
        (AnswerTargets(amber=5, red=10), "amber"),
        (AnswerTargets(red=-1), "amber"),
    ],
)
def test_targets_that_cannot_be_are_refused_at_their_field(targets: AnswerTargets, field: str) -> None:
    with pytest.raises(ShopError) as refused:
        checked_targets(targets)
    assert refused.value.field == field
