"""The search in one customer's timeline reads page by page and finds what each entry says."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shopdesk.domain.customers import Customer
from shopdesk.domain.folding import fold
from shopdesk.domain.names import PersonName
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.store import timeline as stored
from shopdesk.usecases import customers, timeline
from shopdesk.usecases.shop import Shop

WORDS = ["Lattenrost", "knarrt", "Bär", "Baer", "Straße", "90x200", "R-2026-0007", "%", "_"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    texts=some.lists(some.lists(some.sampled_from(WORDS), max_size=4).map(" ".join), max_size=40),
    asked=some.lists(some.sampled_from([*WORDS, "latten", "strasse", "bar", "2026"]), min_size=1, max_size=2),
    limit=some.integers(1, 7),
)
def test_the_pages_together_are_all_entries_with_the_words(
    open_shop: Shop, texts: list[str], asked: list[str], limit: int
) -> None:
    person = customers.create(open_shop, Customer(person=PersonName(family_name="Gruber")))
    assert person.id is not None
    begin = open_shop.clock.now()
    with open_shop.writing() as connection:
        for number, text in enumerate(texts):
            at = begin + dt.timedelta(minutes=number // 2)  # two at the same moment
            stored.add(connection, TimelineEntry(person.id, EntryKind.NOTE, at, text=text))
    words = " ".join(asked)
    found, cursor = list[str](), None
    while page := timeline.page(open_shop, person.id, cursor, limit, words=words):
        assert len(page) <= limit
        found += [entry.text for entry in page]
        cursor = timeline.cursor_of(page[-1])
    wanted = [text for text in texts if all(word in fold(text) for word in fold(words).split())]
    assert sorted(found) == sorted(wanted)
    assert timeline.count(open_shop, person.id, words) == len(wanted)
