from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.call_lines import CallMonitorSettings, WrongHost, checked
from shopdesk.domain.callers import spoken_greeting
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.phone_calls import (
    CallBook,
    CallEvent,
    CallEventKind,
    CallState,
    PhoneCall,
    parse_line,
)
from shopdesk.i18n import Texts

RING = b"23.11.26 09:50:01;RING;0;035988712345;123456;SIP0;"


def told(line: bytes) -> tuple[str, str, str, str, int, str] | None:
    event = parse_line(line)
    if event is None:
        return None
    return event.kind.value, event.connection, event.other, event.own, event.seconds, event.extension


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        (RING, ("RING", "0", "035988712345", "123456", 0, "")),
        (b"23.11.26 09:50:01;RING;1;;123456;SIP0;", ("RING", "1", "", "123456", 0, "")),
        (
            b"23.11.26 09:50:01;CALL;1;11;123456;0171987654#;SIP0;",
            ("CALL", "1", "0171987654", "123456", 0, ""),
        ),
        (b"a;CALL;1;11;123456;*31#0171987654#;SIP0;", ("CALL", "1", "0171987654", "123456", 0, "")),
        (b"a;CALL;1;11;123456;*121##31#0171987654;SIP0;", ("CALL", "1", "0171987654", "123456", 0, "")),
        (b"a;CALL;1;11;123456;**610;SIP0;", ("CALL", "1", "**610", "123456", 0, "")),
        (b"23.11.26 09:50:09;CONNECT;0;11;035988712345;", ("CONNECT", "0", "035988712345", "", 0, "11")),
        (b"23.11.26 09:55:00;DISCONNECT;0;291;", ("DISCONNECT", "0", "", "", 291, "")),
        (b"no moment;DISCONNECT;0;291;", ("DISCONNECT", "0", "", "", 291, "")),
        (b"23.11.26 09:55:00;DISCONNECT;0;99999999999999999999;", ("DISCONNECT", "0", "", "", 0, "")),
        (b"23.11.26 09:50:01;RING;0;sip:eve@example.org;123456;", ("RING", "0", "", "123456", 0, "")),
        (b"23.11.26 09:50:01;RING;0;" + b"1" * 33 + b";123456;", ("RING", "0", "", "123456", 0, "")),
        (b"", None),
        (b"RING", None),
        (b"23.11.26 09:50:01;FAX;0;1;2;", None),
        (b"23.11.26 09:50:01;RING;-1;0551;2;", None),
        (b"23.11.26 09:50:01;RING;\xb2;0551;2;", None),
        (b"GET / HTTP/1.1", None),
        (b"x" * 513, None),
    ],
)
def test_a_line_of_the_box_is_an_event_or_nothing(
    line: bytes, meaning: tuple[str, str, str, str, int, str] | None
) -> None:
    assert told(line) == meaning


@given(st.binary(max_size=600))
def test_no_line_at_all_is_an_error(line: bytes) -> None:
    event = parse_line(line)
    assert event is None or all(sign in "0123456789+*#" for sign in event.other + event.own)


def states(*lines: str) -> list[tuple[str, bool, str] | None]:
    book, found = CallBook(), []
    for line in lines:
        event = parse_line(f"23.11.26 09:50:01;{line}".encode())
        assert event is not None
        call = book.follow(event)
        found.append(None if call is None else (call.number, call.incoming, call.state.value))
    return found


def test_answered_it_is_over_at_the_end() -> None:
    assert states("RING;0;0551;1;SIP0;", "CONNECT;0;11;0551;", "DISCONNECT;0;9;") == [
        ("0551", True, "ringing"),
        ("0551", True, "talking"),
        ("0551", True, "over"),
    ]


def test_not_answered_it_is_missed() -> None:
    assert states("RING;0;0551;1;SIP0;", "DISCONNECT;0;0;")[-1] == ("0551", True, "missed")


@pytest.mark.parametrize("machine", ["6", "40", "44"])
def test_what_the_answering_machine_took_is_missed_all_the_same(machine: str) -> None:
    assert states("RING;0;0551;1;SIP0;", f"CONNECT;0;{machine};0551;", "DISCONNECT;0;30;")[1:] == [
        ("0551", True, "recording"),
        ("0551", True, "missed"),
    ]


def test_our_own_call_is_never_missed() -> None:
    assert states("CALL;0;11;1;0551;SIP0;", "DISCONNECT;0;0;") == [
        ("0551", False, "dialling"),
        ("0551", False, "over"),
    ]


def test_two_calls_at_once_are_kept_apart() -> None:
    assert states(
        "RING;0;0551;1;SIP0;",
        "RING;1;0171;1;SIP0;",
        "CONNECT;1;11;0171;",
        "DISCONNECT;0;0;",
        "DISCONNECT;1;5;",
    )[3:] == [("0551", True, "missed"), ("0171", True, "over")]


def test_the_end_of_a_call_that_nobody_saw_begin_tells_nothing() -> None:
    assert states("CONNECT;0;11;0551;", "DISCONNECT;0;9;") == [None, None]


def test_a_box_that_never_ends_its_calls_fills_no_memory() -> None:
    book = CallBook()
    for number in range(1000):
        book.follow(CallEvent(CallEventKind.RING, str(number), None, "0551"))
    assert len(book._calls) == 64


@pytest.mark.parametrize(
    ("number", "internal", "withheld"),
    [
        ("**1", True, False),
        ("620", True, False),
        ("0551123456", False, False),
        ("", False, True),
        ("1234", False, False),
    ],
)
def test_calls_inside_the_house_and_without_a_number(number: str, internal: bool, withheld: bool) -> None:
    call = PhoneCall("0", number, "", incoming=True, state=CallState.RINGING)
    assert (call.is_internal, call.is_withheld) == (internal, withheld)


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (PersonName(Salutation.MRS, "", "Elena", "Petrova"), "Guten Tag, Frau Petrova"),
        (PersonName(Salutation.MR, "Dr.", "Max", "Weber"), "Guten Tag, Herr Dr. Weber"),
        (PersonName(Salutation.FAMILY, "", "", "Krug"), "Guten Tag, Familie Krug"),
        (PersonName(Salutation.NONE, "", "Desislava", "Ivanova"), "Guten Tag, Desislava Ivanova"),
        (PersonName(Salutation.MRS, "", "Desislava", ""), "Guten Tag, Desislava"),
        (PersonName(), "Guten Tag"),
    ],
)
def test_what_one_says_first(person: PersonName, said: str) -> None:
    assert Texts("de").say(spoken_greeting(person)) == said


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("fritz.box", "fritz.box"),
        (" http://fritz.box/ ", "fritz.box"),
        ("192.168.178.1", "192.168.178.1"),
        ("fd00::1", "fd00::1"),
    ],
)
def test_the_box_has_an_address(typed: str, host: str) -> None:
    assert checked(CallMonitorSettings(True, typed)).host == host


@pytest.mark.parametrize("typed", ["", "  ", "fritz box", "-fritz", "x" * 300, "ü.box", "a;b"])
def test_what_cannot_be_an_address_is_refused_in_words(typed: str) -> None:
    with pytest.raises(WrongHost):
        checked(CallMonitorSettings(True, typed))
