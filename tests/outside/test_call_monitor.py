from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.call_lines import LineState
from shopdesk.domain.phone_calls import LONGEST_LINE, CallEvent
from shopdesk.outside.call_monitor import CallMonitor, LineReader, MonitorAddress, _reason, try_line
from tests.outside.fake_box import FakeBox, free_port

RING = "RING;0;0551123456;123456;SIP0;"


class Heard:
    """What the monitor told, waited for without a clock."""

    def __init__(self) -> None:
        self.events: list[CallEvent] = []
        self.states: list[LineState] = []
        self._changed = threading.Condition()

    def on_event(self, event: CallEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def on_state(self, state: LineState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def wait(self, events: int = 0, states: int = 0) -> None:
        def done() -> bool:
            return len(self.events) >= events and len(self.states) >= states

        with self._changed:
            assert self._changed.wait_for(done, 20), (self.events, self.states)

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(event.kind.value, event.other) for event in self.events]


@pytest.fixture
def box() -> Iterator[FakeBox]:
    with FakeBox() as box:
        yield box


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def monitor(box: FakeBox, heard: Heard) -> Iterator[CallMonitor]:
    monitor = CallMonitor(MonitorAddress("127.0.0.1", box.port), heard.on_event, heard.on_state, (0.01,))
    monitor.start()
    box.wait_for_client()
    yield monitor
    monitor.stop()


def test_a_ring_is_told(box: FakeBox, heard: Heard, monitor: CallMonitor) -> None:
    box.event(RING)
    heard.wait(events=1, states=1)
    assert heard.said == [("RING", "0551123456")]
    assert heard.states == [LineState.CONNECTED]


def test_a_slow_line_that_comes_byte_by_byte_is_one_line(
    box: FakeBox, heard: Heard, monitor: CallMonitor
) -> None:
    for byte in f"23.11.26 09:50:01;{RING}\r\n".encode():
        box.say(bytes([byte]))
    heard.wait(events=1)
    assert heard.said == [("RING", "0551123456")]


def test_two_and_a_half_lines_in_one_piece_are_two_lines_then_three(
    box: FakeBox, heard: Heard, monitor: CallMonitor
) -> None:
    box.say("a;RING;0;01;2;S;\na;RING;1;02;2;S;\na;RING;2;0")
    heard.wait(events=2)
    assert heard.said == [("RING", "01"), ("RING", "02")]
    box.say("3;2;S;\n")
    heard.wait(events=3)
    assert heard.said[-1] == ("RING", "03")


def test_rubbish_between_the_lines_is_passed_over(box: FakeBox, heard: Heard, monitor: CallMonitor) -> None:
    box.say(b"\x00\xff\xfe\r\n\r\n;;;;\nHTTP/1.1 400 Bad Request\r\n" + b";" * 400 + b"\n")
    box.event(RING)
    heard.wait(events=1)
    assert heard.said == [("RING", "0551123456")]


def test_ten_megabytes_without_an_end_fill_no_memory_and_the_next_line_counts(
    box: FakeBox, heard: Heard, monitor: CallMonitor
) -> None:
    for _ in range(160):
        box.say(b"x" * 65536)
    box.say(b"\n")
    box.event(RING)
    heard.wait(events=1)
    assert heard.said == [("RING", "0551123456")]


def test_of_a_line_that_never_ends_nothing_is_kept() -> None:
    reader = LineReader()
    for _ in range(9):
        assert list(reader.feed(b"y" * 4096)) == []
        assert len(reader._begun) <= 2 * LONGEST_LINE
    assert list(reader.feed(b"z\nnext\n")) == [b"next"]


def test_after_a_line_that_never_ended_the_next_two_rings_count(
    box: FakeBox, heard: Heard, monitor: CallMonitor
) -> None:
    box.say(b"x" * 10_000_000)
    box.event(RING)
    heard.wait(events=1)
    box.event(RING)
    heard.wait(events=2)
    assert heard.said == [("RING", "0551123456")] * 2


@given(
    st.lists(st.binary(max_size=80).filter(lambda line: b"\n" not in line), max_size=8), st.integers(1, 50)
)
def test_however_it_is_cut_the_lines_are_the_same(lines: list[bytes], step: int) -> None:
    whole = b"".join(line + b"\n" for line in lines)
    reader = LineReader()
    found = [line for at in range(0, len(whole), step) for line in reader.feed(whole[at : at + step])]
    assert found == [line.rstrip(b"\r") for line in lines]


def test_a_box_that_restarts_is_found_again(heard: Heard) -> None:
    box = FakeBox()
    port = box.port
    monitor = CallMonitor(MonitorAddress("127.0.0.1", port), heard.on_event, heard.on_state, (0.01,))
    monitor.start()
    box.wait_for_client()
    heard.wait(states=1)
    box.close()
    heard.wait(states=3)
    with FakeBox(port) as again:
        again.wait_for_client()
        again.event(RING)
        heard.wait(events=1)
        monitor.stop()
    assert heard.states[:3] == [LineState.CONNECTED, LineState.CLOSED, LineState.REFUSED]
    assert heard.said == [("RING", "0551123456")]


def test_one_that_hangs_up_at_once_is_not_tried_without_end(box: FakeBox, heard: Heard) -> None:
    pauses: list[float] = []
    monitor = CallMonitor(
        MonitorAddress("127.0.0.1", box.port), heard.on_event, heard.on_state, (0.0, 0.001, 600.0)
    )
    wait = monitor._stopped.wait

    def noted(timeout: float | None = None) -> bool:
        pauses.append(timeout or 0.0)
        return wait(timeout)

    monitor._stopped.wait = noted  # type: ignore[method-assign]
    monitor.start()
    for count in (1, 2, 3):
        box.wait_for_client(count)
        box.hang_up()
        heard.wait(states=2 * count)
    monitor.stop()
    assert [pause for pause in pauses if pause < 600] == [0.0, 0.001]
    assert box.connected == 3


def test_after_stopping_nothing_is_told(box: FakeBox, heard: Heard, monitor: CallMonitor) -> None:
    heard.wait(states=1)
    monitor.stop()
    assert not monitor._thread.is_alive()
    assert heard.states == [LineState.CONNECTED]
    assert heard.events == []


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("", LineState.CONNECTED),
        ("23.11.26 09:50:01;RING;0;0551123456;123456;SIP0;\r\n", LineState.CONNECTED),
        ("220 mail.example.org ESMTP\r\n", LineState.ANOTHER_DEVICE),
    ],
)
def test_trying_it_listens_for_a_moment(box: FakeBox, said: str, state: LineState) -> None:
    def speak() -> None:
        box.wait_for_client()
        box.say(said)

    speaker = threading.Thread(target=speak)
    speaker.start()
    assert try_line(MonitorAddress("127.0.0.1", box.port)) == state
    speaker.join()


def test_a_monitor_that_is_switched_off_is_named_so() -> None:
    assert try_line(MonitorAddress("127.0.0.1", free_port())) == LineState.REFUSED


@pytest.mark.parametrize("host", ["there-is-no-such-box.invalid", "a" * 70 + ".box", "x..y"])
def test_a_wrong_name_is_named_so(host: str) -> None:
    assert try_line(MonitorAddress(host, 1012)) == LineState.UNKNOWN_HOST


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (socket.gaierror(-2, "Name or service not known"), LineState.UNKNOWN_HOST),
        (UnicodeError("label too long"), LineState.UNKNOWN_HOST),
        (ConnectionRefusedError(), LineState.REFUSED),
        (TimeoutError(), LineState.SILENT),
        (OSError(errno.EHOSTUNREACH, "No route to host"), LineState.SILENT),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), LineState.NO_NETWORK),
        (OverflowError("port must be 0-65535"), LineState.SILENT),
    ],
)
def test_each_reason_has_its_name(error: Exception, state: LineState) -> None:
    assert _reason(error) == state


def test_one_that_hangs_up_at_once_is_no_call_monitor(box: FakeBox) -> None:
    def hang_up() -> None:
        box.wait_for_client()
        box.hang_up()

    other = threading.Thread(target=hang_up)
    other.start()
    assert try_line(MonitorAddress("127.0.0.1", box.port)) == LineState.CLOSED
    other.join()
