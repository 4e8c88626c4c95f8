"""The phone cells of a row: several numbers of one cell apart, their kind from the column or the cell before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shopdesk.domain.customers import Phone
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.phones import are_several, parse_cell, written_extension

MOST_PHONES = 20
LONGEST = 200
_LOST_ZERO = re.compile(r"1[567][0-9]{8,9}")
_SHORTEST_WITH_AREA_CODE = 8

# where a column's numbers stand in the card, and what they are
_COLUMNS = {"mobile": (0, "mobile"), "phone": (1, ""), "phone_work": (2, "work"), "phone_home": (3, "home"),
            "fax": (4, "fax")}  # fmt: skip
_LABELS = (("fax", "fax"), ("mobil", "mobile"), ("cell", "mobile"), ("handy", "mobile"), ("work", "work"),
           ("arbeit", "work"), ("geschäft", "work"), ("home", "home"), ("privat", "home"))  # fmt: skip
_PLAIN = frozenset({"telefon", "phone"})

_UNCLEAR = N_("It cannot be told which phone numbers “{text}” are.")


@dataclass(frozen=True, slots=True)
class PhoneCell:
    """A cell as it is written; `kind`: the words of the cell before, which say what it is."""

    field: str
    text: str
    kind: str = ""

    @property
    def place(self) -> int:
        """The row's own order counts where the kinds are written beside the numbers."""
        return 1 if self.kind else _COLUMNS[self.field][0]

    @property
    def label(self) -> str | None:
        """What kind it is; None leaves it to the number itself, "" says: simply a phone."""
        if self.kind in _PLAIN:
            return ""
        said = next((label for word, label in _LABELS if word in self.kind), "")
        return said or _COLUMNS[self.field][1] or None


@dataclass(frozen=True, slots=True)
class PhoneReader:
    """`country` and `area_code` are those numbers are dialled from."""

    country: str
    area_code: str = ""

    def read(self, cells: list[PhoneCell]) -> tuple[tuple[Phone, ...], Message | None]:
        """The numbers, each once, and what cannot be told about them."""
        phones: dict[tuple[str, str], Phone] = {}
        doubt = None
        for cell in sorted(cells, key=lambda one: one.place):
            found = self._numbers(cell)
            if found is None:
                doubt = Message(_UNCLEAR, {"text": _one_line(cell.text)[:LONGEST]})
                found = (Phone(_one_line(cell.text)[:LONGEST], label=cell.label or ""),)
            for phone in found:
                phones.setdefault((phone.e164 or phone.number, phone.label if cell.kind else ""), phone)
        return tuple(phones.values())[:MOST_PHONES], doubt

    def _numbers(self, cell: PhoneCell) -> tuple[Phone, ...] | None:
        text = self._with_zero(cell.text.strip())
        try:
            numbers = parse_cell(text, self.country, self.area_code)
        except ShopError:
            if are_several(text):
                return None
            return (Phone(_one_line(cell.text)[:LONGEST], label=cell.label or ""),)  # better than none
        label = cell.label
        extension = written_extension(text)
        if extension and len(numbers) == 1 and not numbers[0].e164.endswith(extension):
            shown = f"{numbers[0].international} ext. {extension}"  # abroad it is not dialled along
            return (Phone(shown, numbers[0].e164, numbers[0].label if label is None else label),)
        return tuple(
            Phone(one.international, one.e164, (one.label if label is None else label)) for one in numbers
        )

    def _with_zero(self, text: str) -> str:
        """A spreadsheet takes the zero at the front of bare figures for nothing."""
        if self.country != "DE" or not text.isdecimal() or text.startswith("0"):
            return text
        own = self.area_code.removeprefix("0")
        if _LOST_ZERO.fullmatch(text) or (
            own and text.startswith(own) and len(text) >= _SHORTEST_WITH_AREA_CODE
        ):
            return f"0{text}"
        return text


def _one_line(text: str) -> str:
    return " ".join(text.split())
