from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.links import LONGEST_TEXT, Link, is_link, link_of


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("tel:+49551123456", Link("call", "+49551123456")),
        ("TEL:+49-551-123456", Link("call", "+49-551-123456")),
        ("tel://0551%20123456", Link("call", "0551 123456")),
        ("tel:+49551123456;ext=12;phone-context=x", Link("call", "+49551123456")),
        ("shopdesk:call/+359%2088%20712", Link("call", "+359 88 712")),
        ("shopdesk://call/0551123456", Link("call", "0551123456")),
        ("shopdesk:find/Desislava%20Ivanova", Link("find", "Desislava Ivanova")),
        ("shopdesk:find/M%C3%BCller", Link("find", "Müller")),
        ("shopdesk:find/Müller", Link("find", "Müller")),
        ("shopdesk:find/%ff%00a", Link("find", "\ufffd a")),
        ("shopdesk:delete/7", None),
        ("shopdesk:", None),
        ("tel:", None),
        ("mailto:info@example.org", None),
        ("tel:" + "1" * 600, None),
    ],
)
def test_a_link_only_looks_something_up(text: str, link: Link | None) -> None:
    assert link_of(text) == link


@given(st.text(max_size=100))
def test_any_link_is_a_short_line_or_nothing(text: str) -> None:
    for scheme in ("tel:", "shopdesk:find/", ""):
        link = link_of(scheme + text)
        assert link is None or (0 < len(link.text) <= LONGEST_TEXT and "\n" not in link.text)


@pytest.mark.parametrize("text", ["--call", "find", "C:\\shop.sqlite", "", "telephone"])
def test_other_arguments_are_no_links(text: str) -> None:
    assert not is_link(text)
