"""Signing in at Microsoft: in the browser, where the owner types his password; shopdesk gets a token (OAuth 2, PKCE).

msal is an extra (shopdesk[microsoft]) and imported with the first word to Microsoft.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from shopdesk.domain.mail import AccessToken
from shopdesk.domain.mail_in import FetchProblem

if TYPE_CHECKING:
    from shopdesk.outside.browser_answer import BrowserAnswer
    from shopdesk.outside.microsoft_talk import Talk

AUTHORITY = "https://login.microsoftonline.com"
SECONDS = 30.0
"""How long each word of Microsoft is waited for."""


@dataclass(frozen=True, slots=True)
class Registration:
    """As whom shopdesk speaks to Microsoft, and for which mailbox. `tenant` empty: any."""

    client_id: str
    tenant: str
    user: str


@dataclass(frozen=True, slots=True)
class SigningIn:
    """The page at `address` is to be opened in the browser; `answer` waits for what comes back."""

    address: str
    flow: dict[str, Any]
    answer: BrowserAnswer

    def stop(self) -> None:
        """Nobody waits any more."""
        self.answer.stop()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and what is to be kept secret until the next time."""

    who: str
    cache: str


@dataclass(frozen=True, slots=True)
class Renewed:
    """A token, and what is to be kept from now on."""

    token: AccessToken
    cache: str


class Microsoft(Protocol):
    """Who gives tokens. Every call may raise a FetchProblem."""

    @property
    def is_installed(self) -> bool:
        """Whether the extra is there."""
        ...

    def begin(self, who: Registration, page: str, on_answer: Callable[[], None]) -> SigningIn:
        """Ask for a page to sign in. `on_answer` is called on another thread when the browser is back; it then shows
        the text `page`.
        """
        ...

    def finish(self, who: Registration, begun: SigningIn) -> SignedIn:
        """Trade what the browser brought for tokens. Raises FetchRefused when the owner or his company refused."""
        ...

    def token(self, who: Registration, cache: str) -> Renewed:
        """A token that is good now. Raises SignInNeeded when Microsoft wants the owner himself."""
        ...


class OnlineMicrosoft:
    """Microsoft's own servers; `authority` and `ca_file` are for a server of one's own, as in tests."""

    def __init__(self, authority: str = AUTHORITY, ca_file: str = "", seconds: float = SECONDS) -> None:
        self._authority, self._ca_file, self._seconds = authority, ca_file, seconds

    @property
    def is_installed(self) -> bool:
        return find_spec("msal") is not None

    def begin(self, who: Registration, page: str, on_answer: Callable[[], None]) -> SigningIn:
        from shopdesk.outside.browser_answer import BrowserAnswer

        answer = BrowserAnswer(page, on_answer)
        try:
            with self._talk(who, "") as talk:
                flow = talk.ask(answer.address)
        except FetchProblem:
            answer.stop()
            raise
        answer.start(str(flow["state"]))
        return SigningIn(str(flow["auth_uri"]), flow, answer)

    def finish(self, who: Registration, begun: SigningIn) -> SignedIn:
        with self._talk(who, "") as talk:
            return talk.trade(begun.flow, begun.answer.said)

    def token(self, who: Registration, cache: str) -> Renewed:
        with self._talk(who, cache) as talk:
            return talk.renew()

    def _talk(self, who: Registration, cache: str) -> AbstractContextManager[Talk]:
        from shopdesk.outside import microsoft_talk

        return microsoft_talk.talk(who, cache, self._authority, self._ca_file, self._seconds)
