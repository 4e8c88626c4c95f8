"""Mailboxes at Microsoft 365: the owner signs in once in the browser; what that gave is kept in the keychain."""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING

from shopdesk.domain.mail import AccessToken
from shopdesk.domain.mail_in import FetchRefused, MailInAccount, SignIn, SignInNeeded, checked_account
from shopdesk.domain.messages import N_, Message
from shopdesk.outside.microsoft import Registration

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.outside.microsoft import Microsoft, SigningIn
    from shopdesk.usecases.shop import Shop

HOST = "outlook.office365.com"
_PIECE = 1000
"""In characters: Windows keeps 1,280 under one name."""
_MOST_PIECES = 200
# the post's lane and a watch may want a token at the same moment; the second would spend an old refresh token
_renewing = threading.Lock()


def is_possible(shop: Shop) -> bool:
    """Whether this program can sign in at Microsoft."""
    return shop.microsoft is not None and shop.microsoft.is_installed


def missing() -> Message:
    """What to do where the addition is missing."""
    return Message(
        N_(
            "Mailboxes of Microsoft need an addition to the program. Please run this command and start shopdesk again: "
            "{command}"
        ),
        {"command": f'"{sys.executable}" -m pip install msal'},
    )


def _microsoft(shop: Shop) -> Microsoft:
    if shop.microsoft is None or not shop.microsoft.is_installed:
        raise FetchRefused(missing(), "mail-in-no-msal", "mail_in.sign_in")
    return shop.microsoft


def _registration(account: MailInAccount) -> Registration:
    return Registration(account.client_id, account.tenant, account.user)


# Signing in


def begin(shop: Shop, account: MailInAccount, page: str, on_answer: Callable[[], None]) -> SigningIn:
    """Ask Microsoft for the page to sign in at; `on_answer` is called on another thread when the owner has done it.

    Call it where the network may take its time. Raises ShopError at the field that cannot work.
    """
    checked = checked_account(account)
    return _microsoft(shop).begin(_registration(checked), page, on_answer)


def finish(shop: Shop, account: MailInAccount, begun: SigningIn) -> str:
    """Keep what signing in gave; who it was. Raises FetchRefused when the owner or his company refused."""
    checked = checked_account(account)
    signed_in = _microsoft(shop).finish(_registration(checked), begun)
    remember(shop, checked.keychain_name, signed_in.cache)
    _forgive(shop, checked.keychain_name)
    return signed_in.who


def _forgive(shop: Shop, key: str) -> None:
    """What failed is tried again at once."""
    from shopdesk.store import mail_fetches

    with shop.writing() as connection:
        mail_fetches.forget_state(connection, key)


def is_signed_in(shop: Shop, key: str) -> bool:
    """Whether something is kept for the mailbox of this `keychain_name`; whether it is good is seen with a fetch."""
    return kept(shop, key) is not None


# Tokens


def token_for(shop: Shop, account: MailInAccount) -> AccessToken:
    """A token that is good now. Raises SignInNeeded, FetchPostponed and, without the addition, FetchRefused."""
    microsoft = _microsoft(shop)
    with _renewing:
        cache = kept(shop, account.keychain_name)
        if cache is None:
            raise SignInNeeded(account.user)
        renewed = microsoft.token(_registration(account), cache)
        if renewed.cache != cache:
            remember(shop, account.keychain_name, renewed.cache)
        return renewed.token


def token_for_sending(shop: Shop, user: str) -> AccessToken | None:
    """A token for the mailbox of the same user, where that one signs in at Microsoft; None for all others."""
    from shopdesk.usecases import mail_in_settings

    for account in mail_in_settings.accounts(shop):
        if account.sign_in == SignIn.MICROSOFT and account.user.casefold() == user.casefold():
            return token_for(shop, account)
    return None


# The keychain: systems bound how much stands under one name


def remember(shop: Shop, key: str, cache: str) -> None:
    """Keep it in pieces beside those of before; the last step makes them count, so that a kill mixes nothing."""
    pieces = [cache[at : at + _PIECE] for at in range(0, len(cache), _PIECE)]
    place, before = _counted(shop, key)
    other = 1 - place
    for number, piece in enumerate(pieces):
        shop.keychain.remember(_piece_name(key, other, number), piece)
    shop.keychain.remember(_count_name(key), f"{other}:{len(pieces)}")
    for number in range(before):
        shop.keychain.forget(_piece_name(key, place, number))


def kept(shop: Shop, key: str) -> str | None:
    """What is kept for the mailbox; None when nobody has signed in, or it is not whole: then he does so again."""
    place, count = _counted(shop, key)
    pieces = [shop.keychain.password(_piece_name(key, place, number)) for number in range(count)]
    if not pieces or None in pieces:
        return None
    whole = "".join(piece or "" for piece in pieces)
    try:
        return whole if isinstance(json.loads(whole), dict) else None
    except ValueError:
        return None


def forget(shop: Shop, key: str) -> None:
    """Sign out on this computer."""
    place, count = _counted(shop, key)
    for number in range(count):
        shop.keychain.forget(_piece_name(key, place, number))
    shop.keychain.forget(_count_name(key))


def _counted(shop: Shop, key: str) -> tuple[int, int]:
    """In which of the two places the pieces lie, and how many; nothing counts as the second place."""
    place, _, count = (shop.keychain.password(_count_name(key)) or "").partition(":")
    if place not in {"0", "1"} or not count.isdecimal():
        return 1, 0
    return int(place), min(int(count), _MOST_PIECES)


def _count_name(key: str) -> str:
    return f"microsoft:{key}"


def _piece_name(key: str, place: int, number: int) -> str:
    return f"microsoft:{key}#{place}.{number}"
