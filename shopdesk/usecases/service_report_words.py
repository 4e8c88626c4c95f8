"""The figures of service in words, on the screen and in files."""

from __future__ import annotations

import datetime as dt

from shopdesk.domain.charts import Bar, BarChart
from shopdesk.domain.inquiries import CHANNEL_NAMES
from shopdesk.domain.messages import N_
from shopdesk.domain.service_figures import BUCKETS, Channel, Figure
from shopdesk.domain.shipments import KIND_NAMES, ShipmentKind
from shopdesk.i18n import Texts
from shopdesk.usecases.service_figures import Measure, ServiceReport

MEASURES = {
    Measure.FIRST_ANSWER: N_("From the inquiry to the first answer"),
    Measure.CALL_TO_INVOICE: N_("From the call to the invoice"),
    Measure.PAID_TO_SHIPPED: N_("From the payment to the shipment"),
    Measure.COMPLAINT_SOLVED: N_("From the complaint to its solution"),
}
COUNTED = {
    Measure.FIRST_ANSWER: N_("Inquiries"),
    Measure.CALL_TO_INVOICE: N_("Invoices"),
    Measure.PAID_TO_SHIPPED: N_("Shipments"),
    Measure.COMPLAINT_SOLVED: N_("Complaints"),
}
STILL_OPEN = {
    Measure.FIRST_ANSWER: N_("without an answer yet"),
    Measure.COMPLAINT_SOLVED: N_("not solved yet"),
}
"""What the figure of those is called that are in no median yet; a measure without an entry has none."""


def duration(minutes: int, texts: Texts) -> str:
    """Minutes of opening time as one says them: "18 min", "2 h 5 min"."""
    if minutes < 60:
        return texts.gettext("{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    if hours >= 10 or not rest:
        return texts.gettext("{n} h").format(n=texts.number(hours + (rest >= 30)))
    return texts.gettext("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def channel_name(channel: Channel, texts: Texts) -> str:
    """What the channel is called, or the way in which goods left."""
    if isinstance(channel, ShipmentKind):
        return texts.gettext(KIND_NAMES[channel])
    return texts.say(CHANNEL_NAMES[channel])


def share(figure: Figure) -> str:
    """How many were in time: "92 %", a dash without a target."""
    return f"{figure.in_time} %" if figure.in_time is not None else "–"


def week_name(monday: dt.date, texts: Texts) -> str:
    """The calendar week: "KW 48"."""
    return texts.gettext("Week {n}").format(n=monday.isocalendar().week)


def week_chart(report: ServiceReport, texts: Texts) -> BarChart:
    """The median of each week, named by the week's number."""
    values = [
        Bar(str(monday.isocalendar().week), figure.median if figure else None)
        for monday, figure in report.found.weeks
    ]
    return BarChart(values, lambda minutes: duration(minutes, texts), report.target)


def bucket_names(texts: Texts) -> tuple[str, ...]:
    """The parts of the distribution: "≤ 5 min" … "more"."""
    return (*(f"≤ {duration(end, texts)}" for end in BUCKETS), texts.gettext("longer"))


def distribution_chart(report: ServiceReport, texts: Texts) -> BarChart:
    """How many took how long."""
    counts = zip(bucket_names(texts), report.found.distribution, strict=True)
    return BarChart([Bar(name, count) for name, count in counts], texts.number)


def headline(report: ServiceReport, texts: Texts) -> str:
    """Everything in one sentence."""
    whole = report.found.whole
    if whole is None:
        said = texts.gettext("Nothing to count in these weeks yet.")
    else:
        sentence = texts.gettext("{n} counted, half of them within {median} of opening time.")
        said = sentence.format(n=texts.number(whole.count), median=duration(whole.median, texts))
    if not report.closed_unanswered:
        return said
    closed = texts.ngettext(
        "{n} was closed without an answer.", "{n} were closed without an answer.", report.closed_unanswered
    )
    return f"{said} {closed.format(n=texts.number(report.closed_unanswered))}"


def table(report: ServiceReport, texts: Texts) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and rows: every week, then every channel, every person if that is wanted, then all together."""
    gettext = texts.gettext
    header = (gettext("What"), gettext(COUNTED[report.measure]), gettext("Median"), gettext("In time"))
    rows = [
        _row(f"{week_name(monday, texts)}, {texts.date(monday)}", found, texts)
        for monday, found in report.found.weeks
    ]
    rows += [
        _row(channel_name(channel, texts), found, texts) for channel, found in report.found.channels.items()
    ]
    rows += [_row(person, found, texts) for person, found in report.found.people.items()]
    return header, [*rows, _row(gettext("All together"), report.found.whole, texts)]


def _row(name: str, found: Figure | None, texts: Texts) -> tuple[str, ...]:
    if found is None:
        return name, "0", "–", "–"
    return name, texts.number(found.count), duration(found.median, texts), share(found)


def spoken(chart: BarChart) -> str:
    """The bars as a sentence for screen readers."""
    return ", ".join(f"{bar.name}: {chart.said(bar.value)}" for bar in chart.values if bar.value is not None)
