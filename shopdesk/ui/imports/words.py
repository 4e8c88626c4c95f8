"""What the import page says about a file and about what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shopdesk.domain.imports import columns
from shopdesk.domain.imports.values import ACTION_NAMES, Stay
from shopdesk.ui.widgets.labels import shortened

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.usecases.imports import OpenedList, Plan


_MOST_NAMED = 8
_MOST_SHEETS = 3
_MOST_COLUMNS = 4


def subtitle(opened: OpenedList | None, texts: Texts) -> str:
    """The file in one line."""
    if opened is None:
        return " "
    count = len(opened.file.rows) + len(opened.file.refused)
    rows = texts.ngettext("{n} row", "{n} rows", count).format(n=texts.number(count))
    parts = [shortened(opened.path.name, 50), rows]
    parts += [opened.file.encoding.upper()] if opened.file.encoding else []
    if opened.file.left_out:
        others = ", ".join(shortened(name, 20) for name in opened.file.left_out[:_MOST_SHEETS])
        if len(opened.file.left_out) > _MOST_SHEETS:
            others += ", …"
        words = texts.gettext("sheet “{name}” alone, not {others}")
        parts.append(words.format(name=shortened(opened.file.sheet, 20), others=others))
    unread = columns.left_out(opened.file, opened.mapping)
    if unread:
        named = ", ".join(shortened(name, 20) for name in unread[:_MOST_COLUMNS])
        named += ", …" if len(unread) > _MOST_COLUMNS else ""
        parts.append(texts.gettext("columns not taken over: {names}").format(names=named))
    if opened.is_remembered:
        parts.append(texts.gettext("columns as last time"))
    return " · ".join(parts)


def told(plan: Plan, texts: Texts) -> str:
    """How many rows of each kind were taken in or not."""
    parts = [
        f"{texts.number(count)} {texts.gettext(ACTION_NAMES[action])}"
        for action, count in plan.counts.items()
        if count
    ]
    return texts.gettext("Imported: {counts}.").format(counts=", ".join(parts))


def taken_back(stays: Sequence[Stay], texts: Texts) -> str:
    """That the import was taken back, and what of it stays and why."""
    words = texts.gettext("The import was taken back.")
    if not stays:
        return words
    more = texts.ngettext("{n} stays: {names}.", "{n} stay: {names}.", len(stays))
    names = [texts.say(Stay(shortened(one.name, 40), one.reason).message) for one in stays[:_MOST_NAMED]]
    if len(stays) > _MOST_NAMED:
        names.append("…")
    return f"{words} {more.format(n=texts.number(len(stays)), names=', '.join(names))}"
