"""The line to the box that tells who is calling: what the owner set, how it stands, and that in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

PORT = 1012
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,251}[A-Za-z0-9])?")


class LineState(StrEnum):
    """How the line to the box stands."""

    OFF = "off"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    UNKNOWN_HOST = "unknown_host"
    REFUSED = "refused"
    SILENT = "silent"
    CLOSED = "closed"
    NO_NETWORK = "no_network"
    ANOTHER_DEVICE = "another_device"


@dataclass(frozen=True, slots=True)
class CallMonitorSettings:
    """Whether the box is asked who is calling, and where it stands in the shop's own network."""

    is_on: bool = False
    host: str = "fritz.box"
    port: int = PORT


class WrongHost(ShopError):
    """What stands in the field cannot be the name of a device."""

    code = "call-monitor-host"

    def __init__(self, host: str) -> None:
        shown = host if len(host) <= 40 else host[:39] + "…"
        text = N_("“{host}” cannot be the name of a box. Mostly it is fritz.box or 192.168.178.1.")
        super().__init__(Message(text, {"host": shown}), field="calls.host")


def checked(value: CallMonitorSettings) -> CallMonitorSettings:
    """The settings with a host that can be one; a pasted web address counts as its name. Raises WrongHost."""
    host = value.host.strip()
    host = re.sub(r"^[A-Za-z]+://", "", host).split("/")[0]
    if not _HOST.fullmatch(host):
        raise WrongHost(value.host.strip())
    return CallMonitorSettings(value.is_on, host, value.port)


def line_words(state: LineState, host: str) -> Message:
    """How the line stands, with what the owner can do about it."""
    return Message(_WORDS[state], {"host": host})


_WORDS = {
    LineState.OFF: N_("Switched off."),
    LineState.CONNECTING: N_("Connecting to {host} …"),
    LineState.CONNECTED: N_("Connected with {host}: whoever calls is shown."),
    LineState.UNKNOWN_HOST: N_(
        "There is no device called {host} in your network. Mostly it is fritz.box or 192.168.178.1."
    ),
    LineState.REFUSED: N_(
        "{host} is there, but its call monitor is switched off. Dial #96*5* on a telephone that is connected to "
        "the box, hang up, and try again."
    ),
    LineState.SILENT: N_(
        "Nothing answers at {host}. Is the address right, and is this computer in the same network as the box?"
    ),
    LineState.CLOSED: N_("{host} has hung up. The connection is tried again by itself."),
    LineState.NO_NETWORK: N_("This computer has no network at the moment."),
    LineState.ANOTHER_DEVICE: N_(
        "Something else than a FRITZ!Box answers at {host}. Please check address and port; the call monitor has 1012."
    ),
}
