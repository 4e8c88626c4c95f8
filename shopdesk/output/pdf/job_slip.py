"""The job slip: one sheet that lies with the work, from the diagnosis to "ready"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shopdesk.domain.messages import P_, paper
from shopdesk.i18n import Texts
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import BODY, GREY, INK, LEADING, LEFT, LINE, RIGHT, SMALL, wrap
from shopdesk.output.pdf.metadata import Information

_TOP, _NAME, _FACTS, _FOOT = 25.0, 36.0, 44.0, 232.0
_MOST_LINES = 18
_WRITING_LINES = 5


@dataclass(frozen=True, slots=True)
class JobSlip:
    """What stands on the slip, in the shop's language. `when` is the day with its times."""

    shop: str
    customer: str
    when: str
    subject: str
    phones: tuple[str, ...] = ()
    place: str = ""
    job: str = ""


def job_slip(value: JobSlip, texts: Texts, moment: dt.datetime) -> bytes:
    """The bytes of the PDF, one page; the same values give the same bytes. A longer text ends in "…"."""
    title = texts.say(paper(P_("paper", "Job slip")))
    canvas = Canvas()
    canvas.new_page()
    with canvas.tagged("H1"):
        canvas.text(LEFT, _TOP, title, SMALL + 2, colour=GREY)
    with canvas.tagged("P"):
        canvas.text(RIGHT, _TOP, _line(value.when), BODY + 1, align="right", bold=True, colour=INK)
    with canvas.tagged("H2"):
        canvas.text(LEFT, _NAME, _fitting(value.customer or "–", 20), 20, bold=True, colour=INK)
    below = _facts(canvas, value)
    _writing_lines(canvas, below, texts)
    _foot(canvas, value, texts)
    utc = moment.astimezone(dt.UTC).replace(microsecond=0)
    about = Information(title, _line(value.shop), _line(value.subject), texts.language, utc)
    return canvas.finish(about)


def _line(text: str) -> str:
    return " ".join(fonts.clean(text).split())


def _fitting(text: str, size: float) -> str:
    lines = wrap(_line(text), size, RIGHT - LEFT, bold=True)
    return lines[0] + ("…" if len(lines) > 1 else "")


def _facts(canvas: Canvas, value: JobSlip) -> float:
    y = _FACTS
    for fact in (*value.phones, value.place):
        if fact:
            with canvas.tagged("P"):
                canvas.text(LEFT, y, _fitting(fact, BODY), BODY, colour=INK)
            y += LEADING
    y += LEADING
    with canvas.tagged("H2"):
        canvas.text(LEFT, y, _fitting(value.subject, 14), 14, bold=True, colour=INK)
    y += 2 * LEADING
    lines = [
        line for part in value.job.splitlines() for line in wrap(_line(part), BODY, RIGHT - LEFT) or [""]
    ]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], "…"]
    for line in lines:
        with canvas.tagged("P"):
            canvas.text(LEFT, y, line, BODY, colour=INK)
        y += LEADING
    return y + LEADING


def _writing_lines(canvas: Canvas, y: float, texts: Texts) -> None:
    with canvas.tagged("P"):
        canvas.text(LEFT, y, texts.say(paper(P_("paper", "Diagnosis, parts, time"))), SMALL, colour=GREY)
    with canvas.artifact():
        for number in range(1, _WRITING_LINES + 1):
            canvas.rule(LEFT, y + number * 10, RIGHT, y + number * 10, colour=LINE)


def _foot(canvas: Canvas, value: JobSlip, texts: Texts) -> None:
    words = (P_("paper", "Ready on"), P_("paper", "Customer told on"), P_("paper", "Collected, signature"))
    width = (RIGHT - LEFT - 16) / 3
    for number, word in enumerate(words):
        left = LEFT + number * (width + 8)
        with canvas.artifact():
            canvas.rule(left, _FOOT, left + width, _FOOT, colour=INK)
        with canvas.tagged("P"):
            canvas.text(left, _FOOT + 5, texts.say(paper(word)), SMALL, colour=GREY)
    with canvas.tagged("P"):
        canvas.text(LEFT, _FOOT + 22, _fitting(value.shop, SMALL), SMALL, colour=GREY)
