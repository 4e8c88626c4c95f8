"""The two services' own words: JSON over HTTPS, by the standard library.

VIES (European Commission): POST with country and number, the requester's for a request identifier. eVatR (BZSt, since
July 2025): POST with both ids, name and place for a qualified confirmation; statuses "evatr-NNNN".
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from shopdesk import __version__
from shopdesk.domain.vat_id_checks import CheckResult, CheckService, VatIdAnswer, VatIdQuestion
from shopdesk.outside.tls import checked_context

MOST_BYTES = 65_536
_KEPT = 4_000  # characters of an answer that are stored
_STEP = 8_192

# VIES says ---  where a member state tells nothing
_NOTHING = frozenset({"", "---"})
_EVATR_VALID = frozenset({"evatr-0000", "evatr-0003", "evatr-2008"})
_EVATR_INVALID = frozenset(
    {"evatr-0005", "evatr-0012", "evatr-2001", "evatr-2002", "evatr-2003", "evatr-2006"}
)
_EVATR_MATCHES = ("ergFirmenname", "ergStrasse", "ergPlz", "ergOrt")


class NoAnswer(Exception):
    """The line broke, took too long, or what came is no answer; the text is a short code."""


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """Tax data goes to the address it was meant for, or nowhere."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """How to reach a service."""

    ca_file: str
    step_seconds: float
    whole_seconds: float

    def post(self, url: str, body: dict[str, str]) -> tuple[dict[str, Any], str]:
        """The JSON object that came back, an error's too, and its text. Raises NoAnswer."""
        request = urllib.request.Request(  # noqa: S310 - the addresses are ours
            url,
            json.dumps(body).encode(),
            {
                "Content-Type": "application/json",
                "Accept": "application/json",
                "User-Agent": f"shopdesk/{__version__}",
            },
            method="POST",
        )
        try:
            https = urllib.request.HTTPSHandler(context=checked_context(self.ca_file))
            opener = urllib.request.build_opener(https, _NoDetour())
            data = self._read(opener, request)
        except TimeoutError as error:
            raise NoAnswer("timeout") from error
        except urllib.error.URLError as error:
            late = isinstance(error.reason, TimeoutError)
            raise NoAnswer("timeout" if late else "no-connection") from error
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer("no-connection") from error
        return _object(data)

    def _read(self, opener: urllib.request.OpenerDirector, request: urllib.request.Request) -> bytes:
        end = time.monotonic() + self.whole_seconds
        try:
            response = opener.open(request, timeout=self.step_seconds)
        except urllib.error.HTTPError as error:
            response = error  # both services tell why in the body
        data = b""
        with response:
            while piece := response.read1(_STEP):
                data += piece
                if len(data) > MOST_BYTES:
                    raise NoAnswer("too-large")
                if time.monotonic() > end:
                    raise NoAnswer("timeout")
        return data


def _object(data: bytes) -> tuple[dict[str, Any], str]:
    try:
        text = data.decode()
        value = json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NoAnswer("unreadable") from error
    if not isinstance(value, dict):
        raise NoAnswer("unreadable")
    return value, text[:_KEPT]


def _unavailable(service: CheckService, reason: str, raw: str = "") -> VatIdAnswer:
    return VatIdAnswer(CheckResult.UNAVAILABLE, service, reason=reason, raw=raw)


def _told(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    return "" if text in _NOTHING else text[:1000]


def ask_vies(line: Line, url: str, question: VatIdQuestion) -> VatIdAnswer:
    """Ask the European Commission."""
    body = {"countryCode": question.vat_id[:2], "vatNumber": question.vat_id[2:]}
    if question.requester:
        body |= {
            "requesterMemberStateCode": question.requester[:2],
            "requesterNumber": question.requester[2:],
        }
    try:
        answer, raw = line.post(url, body)
    except NoAnswer as error:
        return _unavailable(CheckService.VIES, str(error))
    valid = answer.get("valid")
    problem = _vies_problem(answer)
    if problem or not isinstance(valid, bool):
        return _unavailable(CheckService.VIES, problem or "unreadable", raw)
    return VatIdAnswer(
        CheckResult.VALID if valid else CheckResult.INVALID,
        CheckService.VIES,
        name=_told(answer.get("name")),
        address=_told(answer.get("address")),
        request_identifier=_told(answer.get("requestIdentifier")),
        raw=raw,
    )


def _vies_problem(answer: dict[str, Any]) -> str:
    """MS_UNAVAILABLE and the like; a "no" that came because nobody could look is no answer."""
    wrappers = answer.get("errorWrappers")
    first = wrappers[0] if isinstance(wrappers, list) and wrappers else None
    if isinstance(first, dict):
        return _told(first.get("error")) or "error"
    word = _told(answer.get("userError"))
    return "" if word in {"", "VALID", "INVALID"} else word


def ask_evatr(line: Line, url: str, question: VatIdQuestion) -> VatIdAnswer:
    """Ask the Bundeszentralamt für Steuern, qualified where name and place are known."""
    body = {"anfragendeUstid": question.requester, "angefragteUstid": question.vat_id}
    if question.name and question.city:
        asked = {"firmenname": question.name, "ort": question.city}
        more = {"strasse": question.street, "plz": question.postal_code}
        body |= asked | {name: value for name, value in more.items() if value}
    try:
        answer, raw = line.post(url, body)
    except NoAnswer as error:
        return _unavailable(CheckService.EVATR, str(error))
    status = _told(answer.get("status"))
    result = CheckResult.VALID if status in _EVATR_VALID else CheckResult.UNAVAILABLE
    result = CheckResult.INVALID if status in _EVATR_INVALID else result
    return VatIdAnswer(
        result,
        CheckService.EVATR,
        reason=status or "unreadable",
        matches={name: _told(answer.get(name)) for name in _EVATR_MATCHES if _told(answer.get(name))},
        request_identifier=_told(answer.get("id")),
        raw=raw,
    )
