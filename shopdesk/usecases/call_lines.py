"""The line to the FRITZ!Box: what the owner set for it, trying it out, listening on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from shopdesk.domain.call_lines import CallMonitorSettings, LineState, checked

if TYPE_CHECKING:
    from shopdesk.domain.phone_calls import CallEvent
    from shopdesk.usecases.shop import Shop

_NAME = "call_monitor"


class Line(Protocol):
    """A line that is listened on."""

    def stop(self) -> None:
        """Hang up; nothing is told afterwards."""


def settings(shop: Shop) -> CallMonitorSettings:
    """What is stored; off by default."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        return settings.load(connection, _NAME, CallMonitorSettings, CallMonitorSettings())


def save_settings(shop: Shop, value: CallMonitorSettings) -> None:
    """Store it, journalled; raises WrongHost."""
    from shopdesk.store import plain, settings

    value = checked(value)
    with shop.writing() as connection:
        old = settings.load(connection, _NAME, CallMonitorSettings, CallMonitorSettings())
        settings.save(connection, _NAME, value)
        shop.record(connection, "save", "setting", _NAME, plain.to_plain(old), plain.to_plain(value))


def try_out(value: CallMonitorSettings) -> LineState:
    """Connect once as the fields stand; takes up to six seconds. Raises WrongHost."""
    from shopdesk.outside.call_monitor import MonitorAddress, try_line

    value = checked(value)
    return try_line(MonitorAddress(value.host, value.port))


def listen(
    value: CallMonitorSettings, on_event: Callable[[CallEvent], None], on_state: Callable[[LineState], None]
) -> Line:
    """Stay connected until the line is stopped; both are called on another thread."""
    from shopdesk.outside.call_monitor import CallMonitor, MonitorAddress

    monitor = CallMonitor(MonitorAddress(value.host, value.port), on_event, on_state)
    monitor.start()
    return monitor
