"""What is said to Microsoft, by msal; its answers as values or as problems with a next step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msal
import requests
from requests.adapters import HTTPAdapter

from shopdesk.domain.mail import AccessToken, one_line
from shopdesk.domain.mail_in import FetchPostponed, FetchRefused, SignInNeeded
from shopdesk.domain.messages import N_, Message
from shopdesk.outside.microsoft import Registration, Renewed, SignedIn
from shopdesk.outside.tls import checked_context

SCOPES = ("https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send")
_NUMBER = re.compile(r"AADSTS(\d+)")
# Microsoft's numbers: learn.microsoft.com/entra/identity-platform/reference-error-codes
_NO_CLIENT = frozenset({"700016", "700038", "900144"})
_NO_TENANT = frozenset({"90002", "900023", "50059", "50194"})
_NOT_PUBLIC = frozenset({"7000218", "700025"})
_NO_REDIRECT = frozenset({"50011", "500113", "900971"})
_NO_CONSENT = frozenset({"65001", "65004", "90094", "650056"})
_SIGN_IN_AGAIN = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required"})


class _Checked(HTTPAdapter):
    """Certificates are checked as for every other line of the program, and no word is waited for without an end."""

    def __init__(self, ca_file: str, seconds: float) -> None:
        self._context, self._seconds = checked_context(ca_file), seconds
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        return super().send(request, *args, **{**kwargs, "timeout": self._seconds})


@contextmanager
def talk(who: Registration, cache: str, authority: str, ca_file: str, seconds: float) -> Iterator[Talk]:
    """A conversation over a line of its own. Raises a FetchProblem."""
    with naming(who), requests.Session() as line:
        line.mount("https://", _Checked(ca_file, seconds))
        yield Talk(who, cache, authority, line)


class Talk:
    """One conversation; `cache` is what the last one left. Raises a FetchProblem and what `naming` knows."""

    def __init__(self, who: Registration, cache: str, authority: str, line: requests.Session) -> None:
        self._who = who
        self._cache = msal.SerializableTokenCache()
        if cache:
            self._cache.deserialize(cache)
        self._application = msal.PublicClientApplication(
            who.client_id,
            authority=f"{authority}/{who.tenant or 'common'}",
            token_cache=self._cache,
            http_client=line,
            instance_discovery=False,  # the authority is ours and not typed by anybody
        )

    def ask(self, back_to: str) -> dict[str, Any]:
        """Where to sign in, with what has to be remembered until then."""
        flow: dict[str, Any] = self._application.initiate_auth_code_flow(
            list(SCOPES),
            redirect_uri=back_to,
            login_hint=self._who.user,
            prompt="select_account",
            response_mode="form_post",  # the code then stands in no address and no history (RFC 9700, 4.3.1)
        )
        if "auth_uri" not in flow:
            raise _problem(self._who, flow)
        return flow

    def trade(self, flow: dict[str, Any], said: dict[str, str]) -> SignedIn:
        """Tokens for the code."""
        found = self._application.acquire_token_by_auth_code_flow(flow, said)
        if "access_token" not in found:
            raise _problem(self._who, found)
        claims = found.get("id_token_claims") or {}
        return SignedIn(one_line(str(claims.get("preferred_username", "")))[:200], self._cache.serialize())

    def renew(self) -> Renewed:
        """A token that is good now, by the kept one."""
        accounts = self._application.get_accounts()
        if not accounts:
            raise SignInNeeded(self._who.user)
        found = self._application.acquire_token_silent_with_error(list(SCOPES), accounts[0])
        if not found or found.get("error") in _SIGN_IN_AGAIN:
            raise SignInNeeded(self._who.user)
        if "access_token" not in found:
            raise _problem(self._who, found)
        return Renewed(AccessToken(found["access_token"]), self._cache.serialize())


@contextmanager
def naming(who: Registration) -> Iterator[None]:
    """Turn what msal and the network raise into a FetchProblem."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        message = Message(
            N_(
                "Microsoft's sign-in shows a certificate that is not to be trusted, so nothing was said to it."
            )
        )
        raise FetchRefused(message, "mail-in-certificate", "mail_in.sign_in") from error
    except requests.exceptions.RequestException as error:
        message = Message(N_("Microsoft's sign-in cannot be reached right now. It is tried again by itself."))
        raise FetchPostponed(message) from error
    except ValueError as error:  # msal's word for a directory that is unknown, or a cache that is none
        message = Message(
            N_("Microsoft does not know the directory “{tenant}”. Please check it, or leave it empty."),
            {"tenant": who.tenant or "common"},
        )
        raise FetchRefused(message, "mail-in-tenant", "mail_in.tenant") from error


def _problem(who: Registration, said: dict[str, Any]) -> FetchRefused | FetchPostponed:
    """What Microsoft's refusal means for the owner; its own words go along."""
    words = one_line(str(said.get("error_description") or said.get("error") or ""))[:300]
    numbers = set(_NUMBER.findall(words))
    if said.get("error") in {"temporarily_unavailable", "server_error"}:
        return FetchPostponed(
            Message(N_("Microsoft's sign-in is busy. It says: {answer}"), {"answer": words})
        )
    for known, (text, field) in _MEANINGS.items():
        if numbers & known:
            message = Message(
                text, {"answer": words, "client": who.client_id, "tenant": who.tenant or "common"}
            )
            return FetchRefused(message, "mail-in-microsoft", f"mail_in.{field}")
    if said.get("error") == "access_denied" or numbers & _NO_CONSENT:
        text = N_(
            "Microsoft did not get the permission for shopdesk to read and send mails. Please sign in again and agree; "
            "in a company the administrator may have to agree first. Microsoft says: {answer}"
        )
        return FetchRefused(Message(text, {"answer": words}), "mail-in-consent", "mail_in.sign_in")
    text = N_("Signing in at Microsoft did not work. Microsoft says: {answer}")
    return FetchRefused(Message(text, {"answer": words}), "mail-in-microsoft", "mail_in.sign_in")


_MEANINGS: dict[frozenset[str], tuple[str, str]] = {
    _NO_CLIENT: (
        N_(
            "Microsoft does not know the application ID {client}. Please compare it with your registration there."
        ),
        "client_id",
    ),
    _NO_TENANT: (
        N_(
            "Microsoft does not know the directory “{tenant}”, or your registration belongs to one: then its ID has to "
            "stand here."
        ),
        "tenant",
    ),
    _NOT_PUBLIC: (
        N_("In your registration at Microsoft, under “Authentication”, please allow public client flows."),
        "client_id",
    ),
    _NO_REDIRECT: (
        N_(
            "In your registration at Microsoft, under “Authentication”, please add “http://localhost” for mobile and "
            "desktop applications."
        ),
        "client_id",
    ),
}
