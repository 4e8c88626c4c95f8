"""Texts as values: the domain knows what to say, not in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark an English text for the catalogs and give it back unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A whole sentence with named gaps; `Texts.say` turns it into words.

    `id` is the English text as it stands in the catalogs, `values` fills its gaps, `context` is the
    gettext context ("paper" for what is printed or mailed).
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    context: str = ""


PAPER = "paper"


def P_(context: str, text: str) -> str:  # noqa: N802 - like N_, for a text in a context
    """Mark a text in its context (`P_("paper", "Invoice")`) and give it back unchanged."""
    del context
    return text


def paper(text: str, **values: object) -> Message:
    """A message for what is printed or mailed. Mark the text: `paper(P_("paper", "Invoice"))`."""
    return Message(text, values, PAPER)
