"""Hints as people give them, made from rows of an invented shop: whole, half, mistyped, in any spelling."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from shopdesk.domain.search import FoundType, national_digits

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_TRACKING = re.compile(r"\b(?:1Z)?[0-9A]{14,}\b")
# as somebody writes who has only heard it
_HEARD = tuple(
    pair.split(">")
    for pair in "ck>k tz>z ei>ai ph>f th>t v>f dt>t mm>m ll>l nn>n tt>d hl>l hn>n ß>s z>ts x>ks qu>kw".split()
)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types who has one thing in mind."""

    way: str
    text: str
    type: FoundType
    id: int


class Typist:
    """Makes hints like people do, from rows of the shop."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self._connection = connection
        self._chance = random.Random(seed)
        self._counts = {
            table: int(connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar() or 0)
            for table in ("customer", "document", "article", "contact_person", "timeline_entry")
        }

    def queries(self) -> list[Query]:
        """All of them, mixed."""
        ways: list[tuple[int, Callable[[], Query | None]]] = [
            (110, self._family_name), (40, self._umlaut), (80, self._full_name), (80, self._phone),
            (40, self._last_digits), (40, self._email), (30, self._street), (20, self._town_and_name),
            (20, self._company), (20, self._number), (40, self._typo), (40, self._document_number),
            (40, self._specification), (20, self._article), (20, self._contact_person), (10, self._vat_id),
            (20, self._order_number), (30, self._tracking_number), (20, self._mistyped_number), (20, self._heard),
        ]  # fmt: skip
        if not self._counts["timeline_entry"]:
            ways = [(count, way) for count, way in ways if way != self._tracking_number]
        made = [query for count, way in ways for query in self._some(count, way)]
        self._chance.shuffle(made)
        return made

    @staticmethod
    def _some(count: int, way: Callable[[], Query | None]) -> Iterator[Query]:
        while count:
            query = way()
            if query is not None:
                count -= 1
                yield query

    def _row(self, sql: str, table: str = "customer") -> Any:
        return self._connection.exec_driver_sql(
            sql, (self._chance.randrange(1, self._counts[table] + 1),)
        ).first()

    def _customer(self) -> Any:
        return self._row("SELECT * FROM customer WHERE id = ?")

    def _cut(self, text: str, shortest: int) -> str:
        return text[: self._chance.randrange(min(shortest, len(text)), len(text) + 1)]

    def _family_name(self) -> Query:
        row = self._customer()
        return Query("family name", self._cut(row.family_name, 2).lower(), "customer", row.id)

    def _umlaut(self) -> Query | None:
        row = self._customer()
        name = row.family_name.lower()
        if not set(name) & set("äöüß"):
            return None
        first = min(at for at, letter in enumerate(name) if letter in "äöüß")
        typed = self._chance.choice((name, name.upper(), name.translate(_SPELLED), name.translate(_PLAIN)))
        return Query("umlaut", self._cut(typed, first + 2), "customer", row.id)

    def _full_name(self) -> Query:
        row = self._customer()
        if self._chance.random() < 0.3:
            return Query("two names", f"{row.family_name} {self._cut(row.given_name, 1)}", "customer", row.id)
        return Query("two names", f"{row.given_name} {self._cut(row.family_name, 1)}", "customer", row.id)

    def _phone_row(self) -> Any:
        return self._row("SELECT * FROM customer_phone WHERE customer_id = ? ORDER BY position DESC")

    def _phone(self) -> Query:
        row = self._phone_row()
        national = national_digits(row.e164[1:])
        typed = self._chance.choice(
            (
                row.number,
                f"0{national}",
                f"+49 {national}",
                f"0049 {national}",
                f"+49 (0) {national[:3]} {national[3:]}",
            )
        )
        return Query("phone", self._cut(typed, 8), "customer", row.customer_id)

    def _last_digits(self) -> Query:
        row = self._phone_row()
        return Query("last digits", row.e164[-self._chance.randrange(4, 6) :], "customer", row.customer_id)

    def _email(self) -> Query | None:
        row = self._row("SELECT * FROM customer_email WHERE customer_id = ?")
        return row and Query("mail", self._cut(row.email, 4), "customer", row.customer_id)

    def _street(self) -> Query:
        row = self._row("SELECT * FROM customer_address WHERE customer_id = ?")
        return Query("street", self._cut(row.lines, 6), "customer", row.customer_id)

    def _town_and_name(self) -> Query:
        row = self._row(
            "SELECT * FROM customer JOIN customer_address AS a ON a.customer_id = customer.id WHERE customer.id = ?"
        )
        return Query("town and name", f"{row.city[:6]} {row.family_name[:4]}", "customer", row.customer_id)

    def _company(self) -> Query | None:
        row = self._customer()
        return Query("company", self._cut(row.company, 6), "customer", row.id) if row.company else None

    def _number(self) -> Query:
        row = self._customer()
        typed = self._chance.choice((row.number, row.number.lower(), str(row.id), f"k{row.id}"))
        return Query("number", typed, "customer", row.id)

    def _typo(self) -> Query | None:
        row = self._customer()
        name = row.family_name.lower()
        if len(name) < 7:
            return None
        at, way = self._chance.randrange(1, len(name) - 1), self._chance.randrange(3)
        swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        left_out = name[:at] + name[at + 1 :]
        other = name[:at] + self._chance.choice("enrstia") + name[at + 1 :]
        return Query("typo", (swapped, left_out, other)[way], "customer", row.id)

    def _document_number(self) -> Query:
        row = self._row("SELECT id, number FROM document WHERE id = ?", "document")
        letter, year, running = row.number.split("-")
        typed = self._chance.choice(
            (row.number, f"{year}-{running}", f"{letter}{year}{running}", f"{year}-{int(running)}")
        )
        return Query("document number", typed, "document", row.id)

    def _specification(self) -> Query | None:
        row = self._row("SELECT id, name FROM article WHERE id = ?", "article")
        if "/" not in row.name and " x " not in row.name:
            return None
        words = row.name.split()
        typed = " ".join(words[-3:]) if "/" in row.name else " ".join(words[-8:-2])
        typed = self._chance.choice((typed, typed.lower(), typed.replace(" ", ""), typed.replace(" ", "", 1)))
        return Query("specification", typed, "article", row.id)

    def _article(self) -> Query:
        row = self._row("SELECT id, name, code FROM article WHERE id = ?", "article")
        return Query("article", self._chance.choice((row.code, row.code.lower())), "article", row.id)

    def _contact_person(self) -> Query:
        row = self._row("SELECT * FROM contact_person WHERE id = ?", "contact_person")
        whole = f"{row.given_name} {row.family_name}"
        typed = row.phone if self._chance.random() < 0.3 else self._cut(whole, len(row.given_name) + 4)
        # a number finds the company, where the person stands
        return Query("contact person", typed, "customer", row.customer_id)

    def _vat_id(self) -> Query | None:
        row = self._customer()
        typed = self._chance.choice((row.vat_id, row.vat_id.lower(), f"{row.vat_id[:2]} {row.vat_id[2:]}"))
        return Query("VAT id", typed, "customer", row.id) if row.vat_id else None

    def _order_number(self) -> Query | None:
        row = self._row(
            "SELECT id, content ->> '$.order_reference' AS their FROM document WHERE id = ?", "document"
        )
        typed = self._chance.choice((row.their, row.their.lower(), row.their.replace("-", " ")))
        return Query("order number", typed, "document", row.id) if row.their else None

    def _tracking_number(self) -> Query | None:
        row = self._row("SELECT id, text FROM timeline_entry WHERE id = ?", "timeline_entry")
        match = _TRACKING.search(row.text)
        if match is None:
            return None
        number = match[0]
        groups = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        typed = self._chance.choice((number, groups, number[-9:], number.lower()))
        return Query("tracking number", typed, "timeline", row.id)

    def _mistyped_number(self) -> Query:
        row = self._row("SELECT id, number FROM document WHERE id = ?", "document")
        letter, year, running = row.number.split("-")
        at = self._chance.randrange(3)
        wrong = (f"{letter}{letter}-{year}-{running}", f"{letter}-{year[0]}{year[2]}{year[1]}{year[3]}-{running}",
                 f"{letter}-{year}{self._chance.choice('qx')}-{running}")[at]  # fmt: skip
        return Query("mistyped number", wrong, "document", row.id)

    def _heard(self) -> Query | None:
        row = self._customer()
        name = heard = row.family_name.lower()
        for written, sounds in _HEARD:
            heard = heard.replace(written, sounds)
        return Query("heard name", heard, "customer", row.id) if heard != name else None
