"""What a hint means to FTS5. Words are folded letters and digits inside quotes: nothing typed is ever an operator."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shopdesk.domain.search import Hint, PhoneHint, national_digits
from shopdesk.store.sqlite.search_index import ENDS

_TRIGRAMS = 14
_SHORT_PIECE = 7
_TRUNK_DIGITS = 6
_EXTENSION_DIGITS = 4

Nearest = Callable[[str], Sequence[str]]


def match_of(hint: Hint, whole_words: Callable[[str], Sequence[str]] = lambda _beginning: ()) -> str:
    """All words by their beginnings, digits by their ends, too; a phone number in any spelling.

    `whole_words` may say which words begin so: these are asked for instead.
    """
    groups = []
    for word in hint.words:
        # the R of "R-2026-0412" stands in half of all documents
        if len(word) > 1 or not hint.phone_words:
            whole = whole_words(word)
            groups.append(f"({' OR '.join(map(_quoted, whole))})" if whole else _word(word))
    if hint.phone_words:
        groups.append(_phone(hint))
    return " AND ".join(groups)


def typo_match(hint: Hint, nearest: Nearest) -> str:
    """Like `match_of`, with the words that stand nearest to each typed one beside it; empty when there are none."""
    groups, changed = [_phone(hint)] if hint.phone_words else [], False
    for word in hint.words:
        others = nearest(word) if word.isalpha() else ()
        changed = changed or bool(others)
        groups.append(f"({' OR '.join(map(_prefix, (word, *others)))})")
    return " AND ".join(groups) if changed else ""


def part_match(hint: Hint) -> str:
    """Threes of characters that cover every piece, to be checked against the text afterwards.

    Each further three costs the reading of a long list; in long pieces overlapping ones would hardly sort out more.
    """
    trigrams: dict[str, None] = {}
    for piece in hint.pieces:
        last, step = len(piece) - 3, 1 if len(piece) <= _SHORT_PIECE else 3
        trigrams.update(dict.fromkeys(piece[min(at, last) :][:3] for at in range(0, last + step, step)))
    return " AND ".join(f'"{trigram}"' for trigram in list(trigrams)[:_TRIGRAMS])


def whole_phone_match(phone: PhoneHint) -> str:
    """The very number."""
    return f'contact : "{phone.digits}"'


def national_phone_match(phone: PhoneHint) -> str:
    """The very number among those stored without a country; empty when it has none itself."""
    national = national_digits(phone.digits) if phone.is_international else ""
    return f'contact : "{national}"' if len(national) >= _TRUNK_DIGITS else ""


def same_exchange_match(phone: PhoneHint) -> str:
    """Numbers that differ in the extension only: the trunk ("4711-0", "4711"), or extensions when the trunk calls.

    Empty when too few digits are left to say so.
    """
    digits = phone.digits
    trunks = [digits[:-length] for length in range(1, _EXTENSION_DIGITS + 1)]
    known = [f'"{trunk}{zero}"' for trunk in trunks if len(trunk) >= _TRUNK_DIGITS for zero in ("", "0")]
    begin = digits.removesuffix("0")
    if len(begin) > _TRUNK_DIGITS:
        known.append(_prefix(begin))
    return f"contact : ({' OR '.join(known)})" if known else ""


def _word(word: str) -> str:
    if word.isdigit() and len(word) >= 3:
        return f"({_prefix(word)} OR {_prefix(ENDS + word[::-1])})"
    return _prefix(word)


def _phone(hint: Hint) -> str:
    assert hint.phone is not None
    phone = hint.phone
    ways: dict[str, None] = {}
    if len(hint.phone_words) == 1 or not phone.is_international:
        ways[" AND ".join(map(_prefix, hint.phone_words))] = None
    if len(phone.digits) >= 2:
        ways[_begins(phone)] = None
    if phone.ends:
        ways[_prefix(ENDS + phone.ends[::-1])] = None
    return f"({' OR '.join(f'({way})' for way in ways)})"


def _begins(phone: PhoneHint) -> str:
    """By both beginnings that the index keeps lists of: "+49 17" alone would gather ten thousand numbers."""
    national = national_digits(phone.digits) if phone.is_international else ""
    if len(phone.digits) in {4, 5} and 2 <= len(national) <= 3:
        return f"contact : {_prefix(phone.digits[:3])} AND contact : {_prefix(national)}"
    return _prefix(phone.digits)


def _quoted(word: str) -> str:
    return f'"{word}"'


def _prefix(word: str) -> str:
    return f'"{word}"*'
