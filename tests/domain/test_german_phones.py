"""The short way reads a number as the library does, or leaves it to the library."""

from __future__ import annotations

import random
from unittest import mock

from hypothesis import example, given
from hypothesis import strategies as st

from shopdesk.domain import german_phones
from shopdesk.domain.phones import NotAPhoneNumber, PhoneNumber, parse_phones

_HEADS = ("0", "(0", "+49 ", "+49", "+49 (0) ", "+49 (0)", "0049 ", "0049", "0049 (", "+49(")
_BETWEEN = ("", " ", "/", " / ", "-", ") ", ")", ")-", ")/", " 0", "--", "  ")


def long_way(text: str, country: str) -> tuple[PhoneNumber, ...] | None:
    with mock.patch.object(german_phones, "read", return_value=None):
        return short_way(text, country)


def short_way(text: str, country: str) -> tuple[PhoneNumber, ...] | None:
    try:
        return parse_phones(text, country, "0551")
    except NotAPhoneNumber:
        return None


spelled = st.tuples(
    st.sampled_from(_HEADS),
    st.text("0123456789", min_size=2, max_size=6),
    st.sampled_from(_BETWEEN),
    st.text("0123456789 ", min_size=1, max_size=13),
).map("".join)


@given(st.one_of(spelled, st.text("+049 /()-15782", max_size=24)), st.sampled_from(["DE", "AT", "BG", "US"]))
@example("0551-1234", "DE")
@example("0171 / 01512345678", "DE")
@example("05531 9219-12", "DE")
@example("+49 (0) 551-123456", "AT")
@example("018 05123456", "DE")
def test_any_spelling_is_read_as_the_library_reads_it(text: str, country: str) -> None:
    assert short_way(text, country) == long_way(text, country)


def test_every_beginning_of_a_german_number_is_put_into_groups_as_the_library_does() -> None:
    chance = random.Random(4)
    short = 0
    for first in range(100, 1000):
        digits = str(first) + "".join(chance.choices("0123456789", k=chance.choice((4, 5, 6, 7, 8, 9))))
        text = f"0{digits}"
        short += german_phones.read(text, "DE") is not None
        assert short_way(text, "DE") == long_way(text, "DE"), text
    assert short > 800
