"""What is said when a typed value cannot be read."""

from __future__ import annotations

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

SHOWN_LENGTH = 40


class TypedWrong(ShopError):
    """A typed text that is no such value; the message quotes it and shows what would be one."""

    code = "typed-wrong"

    def __init__(self, message_id: str, text: str, field: str = "") -> None:
        super().__init__(Message(message_id, {"text": shown(text)}), field=field)
        self.text = text


class TooLong(TypedWrong):
    """Longer than anybody types into this field; most likely pasted into the wrong one."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(
            N_("“{text}” is too long for this field. Was it meant for another one?"), text, field
        )


def shown(text: str) -> str:
    """The offending text on one line, short enough for a message."""
    line = " ".join(text[: SHOWN_LENGTH * 4].split())
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1] + "…"
