"""The report per number range in words: on the screen, as PDF and as a table for the auditor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_
from shopdesk.domain.number_ranges import TITLES
from shopdesk.domain.number_reports import Cancelled, RangeYear, Skipped
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_HEADER = (
    N_("Number range"), N_("Year"), N_("What"), N_("Number"), N_("until"), N_("Count"), N_("Date"),
    N_("Cancelled by"), N_("Cancelled on"), N_("Reason"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportWords:
    """One range and year in words."""

    title: str
    verdict: str
    facts: tuple[str, ...]
    cancelled: tuple[str, ...]


def reports(shop: Shop) -> tuple[RangeYear, ...]:
    """Every range and year that gave numbers, in the order of the settings, the newest year first."""
    from shopdesk.store import number_reports

    with shop.reading() as connection:
        found = number_reports.reports(connection)
    zone = shop.clock.zone
    return tuple(
        replace(report, explained=tuple(_told_in(skipped, zone) for skipped in report.explained))
        for report in found
    )


def _told_in(skipped: Skipped, zone: dt.tzinfo) -> Skipped:
    """The day on the shop's calendar."""
    return replace(skipped, at=skipped.at.astimezone(zone)) if skipped.at else skipped


def in_words(report: RangeYear, texts: Texts) -> ReportWords:
    """The report as sentences."""
    gettext = texts.gettext
    name = gettext(TITLES[report.name])
    title = f"{name} {report.year}" if report.year else gettext("{range}, all years").format(range=name)
    verdict = gettext("complete, without gaps") if report.is_whole else gettext("numbers are missing")
    facts = [_extent(report, texts), _kinds(report, texts)]
    if report.unread:
        spelled = texts.ngettext(
            "{n} number is spelled in a way that cannot be read any more.",
            "{n} numbers are spelled in a way that cannot be read any more.",
            report.unread,
        )
        facts.append(spelled.format(n=texts.number(report.unread)))
    facts += [_explained(each, texts) for each in report.explained]
    facts += [
        gettext("Missing without a reason: {numbers}").format(numbers=_run(each, texts))
        for each in report.missing
    ]
    cancelled = tuple(_cancelled(each, texts) for each in report.cancelled)
    return ReportWords(title, verdict, tuple(fact for fact in facts if fact), cancelled)


def _extent(report: RangeYear, texts: Texts) -> str:
    if not (report.first_date and report.last_date):
        return ""
    words = texts.ngettext(
        "{first} to {last}, {n} number, dated {begin} to {end}",
        "{first} to {last}, {n} numbers, dated {begin} to {end}",
        report.count,
    )
    return words.format(
        first=report.first, last=report.last, n=texts.number(report.count),
        begin=texts.date(report.first_date), end=texts.date(report.last_date),
    )  # fmt: skip


def _kinds(report: RangeYear, texts: Texts) -> str:
    if len(report.kinds) < 2:
        return ""
    return ", ".join(
        f"{texts.number(count)} {texts.gettext(TITLES[kind])}" for kind, count in report.kinds.items()
    )


def _explained(skipped: Skipped, texts: Texts) -> str:
    run = _run(skipped, texts)
    if skipped.at is None:
        return texts.gettext("Left out by the range's first number: {numbers}").format(numbers=run)
    words = texts.gettext("Left out because {who} raised the first number on {date}: {numbers}")
    return words.format(who=skipped.who, date=texts.date(skipped.at.date()), numbers=run)


def _run(skipped: Skipped, texts: Texts) -> str:
    if skipped.count == 1:
        return skipped.first
    words = texts.gettext("{first} to {last} ({n} numbers)")
    return words.format(first=skipped.first, last=skipped.last, n=texts.number(skipped.count))


def _cancelled(one: Cancelled, texts: Texts) -> str:
    words = texts.gettext("{number} of {date}, cancelled by {by} on {day}")
    sentence = words.format(
        number=one.number, by=one.cancelled_by,
        date=texts.date(one.date) if one.date else "–",
        day=texts.date(one.cancelled_on) if one.cancelled_on else "–",
    )  # fmt: skip
    return f"{sentence}: {one.reason}" if one.reason else sentence


def as_pdf(shop: Shop, wanted: Sequence[RangeYear], texts: Texts) -> bytes:
    """The reports on paper."""
    from shopdesk.output.pdf.listing import Part, listing
    from shopdesk.usecases import shop_settings

    seller = shop_settings.profile(shop).seller.name
    today = texts.date(shop.clock.today())
    parts = []
    for report in wanted:
        words = in_words(report, texts)
        lines = [*words.facts]
        if words.cancelled:
            lines += [texts.gettext("Cancelled:"), *words.cancelled]
        parts.append(Part(f"{words.title}: {words.verdict}", tuple(lines)))
    title = texts.gettext("Report on the number ranges")
    return listing(title, f"{seller} · {today}", parts, texts, seller, shop.clock.now())


def as_csv(wanted: Iterable[RangeYear], texts: Texts) -> bytes:
    """The reports as a table: one row per range, gap and cancelled document."""
    from shopdesk.output.spreadsheets.csv_table import csv_bytes

    header = [texts.gettext(title) for title in _HEADER]
    return csv_bytes(header, (row for report in wanted for row in _rows(report, texts)))


def _rows(report: RangeYear, texts: Texts) -> Iterable[tuple[str, ...]]:
    gettext = texts.gettext
    begin = (gettext(TITLES[report.name]), str(report.year or ""))
    day = report.first_date.isoformat() if report.first_date else ""
    yield (*begin, gettext("given"), report.first, report.last, str(report.count), day, "", "", "")
    for skipped, what in (
        *((each, gettext("left out, explained")) for each in report.explained),
        *((each, gettext("missing")) for each in report.missing),
    ):
        reason = _explained(skipped, texts) if skipped in report.explained else ""
        yield (*begin, what, skipped.first, skipped.last, str(skipped.count), "", "", "", reason)
    for one in report.cancelled:
        on = one.cancelled_on.isoformat() if one.cancelled_on else ""
        date = one.date.isoformat() if one.date else ""
        yield (
            *begin,
            gettext("cancelled by another"),
            one.number,
            "",
            "1",
            date,
            one.cancelled_by,
            on,
            one.reason,
        )


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; an older one there is replaced. Raises FolderUnusable."""
    from shopdesk.store.durable import durable_write
    from shopdesk.usecases.orders import FolderUnusable

    try:
        durable_write(path, data)
    except OSError as error:
        raise FolderUnusable(path.parent, error) from error
