"""What is wrong with a typed command, in the owner's words: argparse says it in English only."""

from __future__ import annotations

import re

from shopdesk.domain.messages import N_, Message

_KNOWN = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (
            r"the following arguments are required: (?P<names>.+)",
            N_("{names} is missing. See shopdesk --help."),
        ),
        (
            r"argument COMMAND: invalid choice: (?P<typed>.*) \(choose from (?P<choices>.*)\)",
            N_("There is no command “{typed}”, only: {choices}."),
        ),
        (r"unrecognized arguments: (?P<typed>.+)", N_("“{typed}” has no place there. See shopdesk --help.")),
        (
            r"argument (?P<name>.+?): expected (?:at least )?one argument",
            N_("What belongs to {name} is missing. See shopdesk --help."),
        ),
        (
            r"argument (?P<name>.+?): invalid int value: (?P<typed>.*)",
            N_("{name} takes a whole number, and “{typed}” is none."),
        ),
        (
            r"argument (?P<name>.+?): ignored explicit argument (?P<typed>.*)",
            N_("Nothing may stand after {name}: “{typed}”."),
        ),
        (
            r"ambiguous option: (?P<typed>.+?) could match (?P<choices>.+)",
            N_("“{typed}” can mean several things: {choices}."),
        ),
    )
)


def told(problem: str) -> Message:
    """The sentence for what argparse says; its own words where it finds something else."""
    for pattern, words in _KNOWN:
        found = pattern.fullmatch(problem)
        if found:
            return Message(words, {name: _plain(value) for name, value in found.groupdict().items()})
    return Message(N_("{problem}. See shopdesk --help."), {"problem": problem[:1].upper() + problem[1:]})


def _plain(value: str) -> str:
    """Without the quotation marks of Python's notation."""
    return re.sub(r"(['\"])(.*?)\1", r"\2", value, flags=re.DOTALL)
