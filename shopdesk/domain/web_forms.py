"""Mails that a web form wrote: labels with values, sent by a machine in the name of who filled it in."""

from __future__ import annotations

import re

from shopdesk.domain.mail import Mailbox

_MACHINES = re.compile(
    r"(?:no|do[-_.]?not)[-_.]?reply|bounces?|keine[-_.]?antwort|nicht[-_.]?antworten", re.IGNORECASE
)
_SITES = re.compile(
    r"wordpress|typo3|joomla|jimdo|wix|www(?:-data)?|web(?:site|master|form|seite)?|(?:kontakt|web)?-?formulare?|"
    r"(?:contact|web)?-?forms?|notifications?|benachrichtigung(?:en)?|mailer",
    re.IGNORECASE,
)
_YOURS = r"(?:ihre?|deine?|your)?\s*"
_NAME = re.compile(
    _YOURS
    + r"(?:name|vor-?\s?und nachname|vorname,? nachname|nachname|full name|ansprechpartner|kundenname)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(_YOURS + r"(?:e-?mail|mail)(?:[- ]?(?:adresse|address))?", re.IGNORECASE)
_OTHERS = re.compile(
    _YOURS
    + r"(?:nachricht|mitteilung|anliegen|frage|anfrage|kommentar|bemerkung(?:en)?|betreff|telefon(?:nummer)?|tel|"
    r"message|comments?|question|subject|phone(?: number)?|text)",
    re.IGNORECASE,
)
_LINE = re.compile(r"^[\s*>-]{0,5}([^\W\d][\w ,-]{1,40}?)\s{0,3}\*?\s{0,3}(?:[:=]\s{0,20}(.{0,200}))?$")
_MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_LOOKED_AT = 6000  # characters
_EVERYBODYS = re.compile(
    r"(?:gmx|web|t-online|freenet|arcor|aol|posteo|mailbox|gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|"
    r"me|mac|proton|protonmail|abv|mail|online)\.(?:de|net|com|org|at|ch|bg|fr|me|eu|co\.uk)"
)


def is_machine(address: str) -> bool:
    """Whether nobody reads what is sent to it, by its name."""
    return bool(_MACHINES.fullmatch(address.partition("@")[0]))


def is_site(address: str) -> bool:
    """Whether a web site sends under this name."""
    return is_machine(address) or bool(_SITES.fullmatch(address.partition("@")[0]))


def own_domains(addresses: frozenset[str]) -> frozenset[str]:
    """The domains that are the shop's alone; those of mail providers are everybody's."""
    domains = (address.rpartition("@")[2].lower() for address in addresses)
    return frozenset(one for one in domains if one and not _EVERYBODYS.fullmatch(one))


def writer(text: str) -> Mailbox | None:
    """Who filled in the form that this text is; None where it is none.

    A form names an address and, besides, a name or what is wanted, each behind its label or in the line below.
    """
    name, address, others = "", "", 0
    lines = [line.strip() for line in text[:_LOOKED_AT].splitlines() if line.strip()]
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if found is None:
            continue
        below = lines[number + 1] if number + 1 < len(lines) else ""
        label, value = found[1].strip(), (found[2] or "").strip() or below
        if _ADDRESS.fullmatch(label):
            mailbox = _MAILBOX.search(value)
            address = address or (mailbox[0] if mailbox else "")
        elif _NAME.fullmatch(label):
            name = name or value[:100]
        elif _OTHERS.fullmatch(label):
            others += 1
    return Mailbox(address, name) if address and (name or others) else None
