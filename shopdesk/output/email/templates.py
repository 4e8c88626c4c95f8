"""Fills mail templates: named gaps, nothing else. An unknown gap or an empty one is never printed as a hole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from shopdesk.domain.mail import one_line
from shopdesk.domain.mail_templates import GAPS, FilledText, GapIsEmpty, TemplateProblem, TextWithGaps
from shopdesk.domain.messages import N_, Message

# A letter needs gaps and conditions. No loops, calls, attributes or filters: nothing can hang, read or send
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const,
    nodes.If, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand,
)  # fmt: skip
_LONGEST = 20_000


class _EmptyGap(Undefined):
    """False in a condition, refused when it is to be printed."""

    def __str__(self) -> str:
        raise GapIsEmpty(self._undefined_name or "", self._undefined_hint or "")


def check(template: TextWithGaps, known: Mapping[str, Message] = GAPS) -> None:
    """See that every part can be read and every gap is `known`. Raises TemplateProblem at its field."""
    for part in ("subject", "body"):
        source = getattr(template, part)
        if not source.strip():
            raise _problem(Message(N_("The text is empty.")), part)
        _read(source, part, tuple(known))


def gaps_of(template: TextWithGaps) -> frozenset[str]:
    """The gaps that the text names. Raises TemplateProblem."""
    return _named(template.subject, "subject") | _named(template.body, "body")


@lru_cache(maxsize=64)
def _named(source: str, part: str) -> frozenset[str]:
    return frozenset(node.name for node in _parsed(source, part).find_all(nodes.Name))


def fill(template: TextWithGaps, gaps: Mapping[str, str], known: Mapping[str, Message] = GAPS) -> FilledText:
    """Subject and body with their gaps filled. Raises GapIsEmpty or TemplateProblem, never gives half a text."""
    # the hint is what the gap means, for the words of the refusal
    values = {name: gaps.get(name) or _EmptyGap(known[name].id, name=name) for name in known}
    subject = _filled(template.subject, "subject", values)
    return FilledText(one_line(subject), f"{_tidy(_filled(template.body, 'body', values))}\n")


def _filled(source: str, part: str, gaps: Mapping[str, object]) -> str:
    try:
        return _compiled(source, part, tuple(gaps)).render(gaps)
    except (UndefinedError, SecurityError) as error:
        raise _problem(
            Message(N_("The text cannot be filled: {reason}"), {"reason": str(error)}), part
        ) from error


@lru_cache(maxsize=64)
def _compiled(source: str, part: str, known: tuple[str, ...]) -> Template:
    _read(source, part, known)
    return _environment().from_string(source)


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    # plain text goes out: escaping for HTML would write &amp; into names
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def _parsed(source: str, part: str) -> nodes.Template:
    if len(source) > _LONGEST:
        raise _problem(Message(N_("The text is too long.")), part)
    try:
        return _environment().parse(source)
    except TemplateSyntaxError as error:
        message = Message(
            N_("Line {line} cannot be read. A gap is written like {example}."),
            {"line": error.lineno, "example": "{{ number }}"},
        )
        raise _problem(message, part) from error


def _read(source: str, part: str, known: tuple[str, ...]) -> None:
    for node in _parsed(source, part).find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            message = Message(
                N_("Line {line} holds more than gaps and conditions. A gap is written like {example}."),
                {"line": node.lineno, "example": "{{ number }}"},
            )
            raise _problem(message, part)
        if isinstance(node, nodes.Name) and node.name not in known:
            message = Message(
                N_("There is no gap called “{gap}”. There are: {known}"),
                {"gap": node.name, "known": ", ".join(known)},
            )
            raise _problem(message, part)


def _tidy(text: str) -> str:
    """No blank lines at the ends and never more than one in between, whatever conditions left out."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)


def _problem(message: Message, part: str) -> TemplateProblem:
    return TemplateProblem(message, field=f"mail_template.{part}")
