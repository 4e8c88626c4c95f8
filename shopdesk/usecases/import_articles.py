"""Imports of articles and price lists: the list's prices hold, empty cells change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.articles import Article
from shopdesk.domain.folding import fold
from shopdesk.domain.imports.article_rows import ReadArticle
from shopdesk.domain.imports.values import Action, PlannedRow, Stay, StayReason
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.packed_sizes import PackedSize

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.store.imports import Brought

CHUNK = 400

_SEVERAL = N_("Several articles are called “{name}”. Give the row an article code.")
_DELETED = N_("The article code {code} belonged to an article that was deleted. Give the row another one.")


class ArticlePlan:
    """Goes through the rows in their order; a later row of an article holds. Nothing is written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.new: list[Article] = []
        self.before: dict[int, Article] = {}
        self.after: dict[int, Article] = {}
        self._new_codes: dict[str, int] = {}
        self._new_names: dict[str, int] = {}

    @property
    def changed(self) -> list[tuple[Article, Article]]:
        """(before, after) of every article the list changes."""
        return [(self.before[one], self.after[one]) for one in sorted(self.after)]

    def chunk(self, rows: Sequence[tuple[int, ReadArticle]]) -> Iterable[PlannedRow]:
        """What becomes of the next rows."""
        from shopdesk.store import many_articles

        codes = [row.value.code for _number, row in rows if row.value.code]
        names = [row.value.name for _number, row in rows if not row.value.code]
        by_code = many_articles.by_codes(self._connection, codes)
        by_name = many_articles.by_names(self._connection, names)
        taken = many_articles.codes_taken(self._connection, codes) - by_code.keys()
        for number, row in rows:
            known = self._known(row.value, by_code, by_name)
            if row.value.code in taken:
                reason = Message(_DELETED, {"code": row.value.code})
                yield PlannedRow(number, Action.REFUSED, row.value, reason=reason)
            elif len(known) > 1:
                reason = Message(_SEVERAL, {"name": row.value.name})
                yield PlannedRow(number, Action.DOUBTFUL, row.value, reason=reason)
            elif known:
                yield self._change(number, known[0], row)
            else:
                yield self._add(number, row)

    @staticmethod
    def _known(
        value: Article, by_code: dict[str, Article], by_name: dict[str, list[Article]]
    ) -> list[Article]:
        if value.code:
            return [by_code[value.code]] if value.code in by_code else []
        return by_name.get(fold(value.name), [])

    def _change(self, number: int, known: Article, row: ReadArticle) -> PlannedRow:
        assert known.id is not None
        before = self.after.get(known.id, known)
        after = merged(before, row)
        if after == before:
            return PlannedRow(number, Action.UNCHANGED, before, known.id)
        self.before.setdefault(known.id, known)
        self.after[known.id] = after
        return PlannedRow(number, Action.CHANGED, after, known.id, before=before)

    def _add(self, number: int, row: ReadArticle) -> PlannedRow:
        value = row.value
        place = self._new_codes.get(value.code) if value.code else self._new_names.get(fold(value.name))
        if place is None:
            place = len(self.new)
            self.new.append(value)
            if value.code:
                self._new_codes[value.code] = place
            self._new_names.setdefault(fold(value.name), place)
            return PlannedRow(number, Action.NEW, value)
        before = self.new[place]
        self.new[place] = merged(before, row)
        action = Action.UNCHANGED if self.new[place] == before else Action.CHANGED
        return PlannedRow(number, action, self.new[place], before=before)


def merged(known: Article, row: ReadArticle) -> Article:
    """The known article with what the row names."""
    apart = {"code", "packed", "packs_together"}
    changes = {name: getattr(row.value, name) for name in row.named - apart}
    return replace(known, **changes, packed=_packed(known.packed, row))


def _packed(known: PackedSize, row: ReadArticle) -> PackedSize:
    """Size and whether several share a parcel are two cells of a row."""
    given = row.value.packed
    size = given if given.is_known else known
    return replace(size, together=given.together if "packs_together" in row.named else known.together)


def coded(connection: Connection, values: Sequence[Article]) -> list[Article]:
    """The same, each with a code: initials and the first free number where the list gives none."""
    from shopdesk.store import many_articles

    taken = {value.code for value in values if value.code}
    taken |= many_articles.all_codes(connection)
    found = []
    next_free: dict[str, int] = {}
    for value in values:
        code = value.code
        if not code:
            letters = (
                "".join(word[0] for word in value.name.upper().split() if word[0].isalpha())[:3] or "ART"
            )
            number = next_free.get(letters, 1)
            while f"{letters}-{number}" in taken:
                number += 1
            next_free[letters] = number + 1
            code = f"{letters}-{number}"
            taken.add(code)
        found.append(replace(value, code=code))
    return found


def store_new(connection: Connection, values: Sequence[Article]) -> list[Brought]:
    """Store new articles and say what was stored."""
    from shopdesk.store import many_articles
    from shopdesk.store.imports import Brought

    ids = many_articles.create_many(connection, coded(connection, values))
    return [Brought("article", one, "new") for one in ids]


def store_changed(connection: Connection, pairs: Sequence[tuple[Article, Article]]) -> list[Brought]:
    """Store changed articles and say what they were before."""
    from shopdesk.store import articles, plain
    from shopdesk.store.imports import Brought

    for _before, after in pairs:
        articles.save(connection, after)
    return [
        Brought("article", int(before.id or 0), "changed", before.version + 1, plain.dumps(before))
        for before, _after in pairs
    ]


def take_back(connection: Connection, brought: Sequence[Brought]) -> list[Stay]:
    """Undo what a price list wrote; what was changed since stays and is named. Documents have their own copies."""
    from shopdesk.store import articles, many_articles, plain

    known = many_articles.load_many(connection, [one.subject_id for one in brought])
    gone: list[int] = []
    stays: list[Stay] = []
    for one in brought:
        value = known.get(one.subject_id)
        if value is None:
            continue  # deleted since
        if value.version != one.version:
            stays.append(Stay(value.name, StayReason.CHANGED))
        elif one.action == "changed":
            articles.save(connection, replace(plain.loads(Article, one.before), version=one.version))
        else:
            gone.append(one.subject_id)
    many_articles.remove_many(connection, gone)
    return stays
