"""Wishes as they are noted on the phone: `2 Rollmatratzen 80x190 und 1 Lattenrost 90x200 nach Bulgarien`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.typing import wish_words as words
from shopdesk.domain.typing.catalogue import CatalogueName, find_article
from shopdesk.domain.typing.country_words import country_of, country_of_code
from shopdesk.domain.typing.sizes import FoundSize, find_size

READ_LENGTH = 1000
MOST_WISHES = 30

# stands where something was understood; no keyboard types it
_GAP = "\x1f"


@dataclass(frozen=True, slots=True)
class Wish:
    """Goods somebody asks for. What is not said is None; `article_text` and `rest` are as typed.

    Without an `article_code` the text becomes a free line, verbatim. `country`: ISO 3166 code of the destination;
    sending abroad wants postage and packaging unless the note says otherwise.
    """

    quantity: Decimal | None = None
    article_code: str | None = None
    article_text: str = ""
    size: FoundSize | None = None
    country: str | None = None
    postage_wanted: bool = False
    packaging_wanted: bool = False
    rest: str = ""

    @property
    def has_goods(self) -> bool:
        """Whether a line can be made of it."""
        return bool(self.article_text or self.size or self.article_code)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the note between commas and "und"; `joint` is how it hangs on the one before."""

    text: str
    joint: str


def parse_wish(text: str, catalogue: Sequence[CatalogueName], country_names: Mapping[str, str]) -> Wish:
    """The first wish of a note; empty when there is none. Never raises."""
    return parse_wishes(text, catalogue, country_names)[0]


def parse_wishes(
    text: str, catalogue: Sequence[CatalogueName], country_names: Mapping[str, str]
) -> tuple[Wish, ...]:
    """All wishes of a note, at least one (perhaps empty). Country, postage and packaging hold for each of them.

    `country_names`: casefolded names in any language → ISO code. Only the first 1,000 characters are read.
    """
    plain = re.sub(
        r"[ \t\u00a0\u202f]+", " ", text[:READ_LENGTH].replace(_GAP, " ").replace("\r", "\n")
    ).strip()
    plain, country, sends = _without_country(plain, country_names)
    plain, postage, packaging = _without_services(plain)
    if words.COLLECTED.search(plain):
        sends = False
    shared = Wish(
        country=country,
        postage_wanted=sends if postage is None else postage,
        packaging_wanted=sends if packaging is None else packaging,
    )
    return _wishes(plain, catalogue, shared)


def _without_country(plain: str, country_names: Mapping[str, str]) -> tuple[str, str | None, bool]:
    """The note without its destination, the country, and whether goods are to go there."""
    for found in words.DESTINATION.finditer(plain):
        how = found["how"].lower()
        length, code = _country_ahead(
            plain[found.end() : found.end() + 60], country_names, sure=how in words.TOWARDS
        )
        if code:
            behind = plain[found.end() + length :]
            return (
                words.TOWN.sub(r", \1", plain[: found.start()] + _GAP + behind),
                code,
                how not in words.FROM,
            )
    for found in words.LAST_WORDS.finditer(plain):
        for start in (found.start(), *(found.start() + gap.end() for gap in re.finditer(" ", found[0]))):
            name = plain[start : found.end()]
            code = country_of(name, country_names, sure=False) if name[0].isupper() or plain.islower() else ""
            if code:
                return words.TOWN.sub(r", \1", plain[:start] + _GAP + plain[found.end() :]), code, True
    return words.TOWN.sub(r", \1", plain), None, False


def _country_ahead(where: str, country_names: Mapping[str, str], *, sure: bool) -> tuple[int, str]:
    """The longest run of words that is a country, its length and code."""
    named = words.COUNTRY_WORDS.match(where)
    ends = [found.end() for found in re.finditer(r"[^\s]+", named[0])][:4] if named else []
    for end in reversed(ends):
        name = where[:end]
        code = country_of(name, country_names, sure=sure) or country_of_code(
            name.strip(" .,!?"), country_names
        )
        if code:
            return end, code
    return 0, ""


def _without_services(plain: str) -> tuple[str, bool | None, bool | None]:
    """The note without "mit Porto und Verpackung", and whether each is wanted (None: not a word about it)."""
    postage: bool | None = None
    packaging: bool | None = None
    for found in words.SERVICES.finditer(plain):
        wanted = not found["without"]
        if words.IS_POSTAGE.search(found["chain"]):
            postage = wanted
        if words.IS_PACKAGING.search(found["chain"]):
            packaging = wanted
    return words.SERVICES.sub(_GAP, plain), postage, packaging


def _wishes(plain: str, catalogue: Sequence[CatalogueName], shared: Wish) -> tuple[Wish, ...]:
    found: list[Wish] = []
    ahead: list[_Part] = []
    for part in _parts(plain):
        wish = _read_part(part.text, catalogue, shared)
        new = _starts_wish(wish, found[-1] if found else None)
        if not new and not found:
            ahead.append(part)
        elif not found and not wish.article_text and ahead:
            found.append(_read_part(f"{ahead.pop().text} {part.text}", catalogue, shared))
        elif not new:
            found[-1] = _added(found[-1], wish, part)
        elif len(found) < MOST_WISHES:
            found.append(wish if wish.article_text or not found else _same_article(found[-1], wish))
    if not found:
        return (_only_named(ahead, catalogue, shared),)
    before = _joined([part.text for part in ahead])
    return (replace(found[0], rest=_joined([before, found[0].rest])), *found[1:]) if before else tuple(found)


def _only_named(parts: list[_Part], catalogue: Sequence[CatalogueName], shared: Wish) -> Wish:
    """One thing, named without number or size; remarks may follow."""
    wish = shared
    for position, part in enumerate(parts):
        own = _read_part(part.text, catalogue, shared)
        wish = _added(wish, own, part) if position else own
    return wish


def _parts(plain: str) -> list[_Part]:
    parts: list[_Part] = []
    start, joint = 0, ""
    for found in words.BETWEEN.finditer(plain):
        parts.append(_Part(plain[start : found.start()], joint))
        start, joint = found.end(), found[0]
    parts.append(_Part(plain[start:], joint))
    return [part for part in parts if re.search(r"\w", part.text)]


def _starts_wish(wish: Wish, before: Wish | None) -> bool:
    """A quantity of something, a size or a known article begins a wish, but may also belong to the one before."""
    if before is None:
        return bool(wish.size or wish.article_code or (wish.quantity and wish.article_text))
    if wish.article_code or (wish.quantity and wish.article_text):
        return True
    return bool(wish.size and before.size)


def _added(before: Wish, wish: Wish, part: _Part) -> Wish:
    """Take over what was missing; words behind a comma are a remark, words behind "und" belong to the name."""
    text = _joined([part.text])
    if wish.size:
        text = _joined([wish.article_text, wish.rest])
    elif wish.quantity and not wish.article_text and before.quantity is None:
        text = ""
    merged = replace(before, quantity=before.quantity or wish.quantity, size=before.size or wish.size)
    if not text:
        return merged
    if part.joint.strip(" ") in {",", ";", "\n"} or before.article_code:
        return replace(merged, rest=_joined([before.rest, text]))
    return replace(merged, article_text=f"{before.article_text} {part.joint} {text}".strip())


def _same_article(before: Wish, wish: Wish) -> Wish:
    """`Matratze 80x190 und 90x200`: the second size is of the same article."""
    return replace(wish, article_code=before.article_code, article_text=before.article_text)


def _read_part(text: str, catalogue: Sequence[CatalogueName], shared: Wish) -> Wish:
    size = find_size(text)
    if size:
        text = text[: size.span[0]] + _GAP + text[size.span[1] :]
    quantity, before, behind = _quantity(text)
    goods, remark = _goods(before, behind, quantity is not None, catalogue, size)
    # a bed with slats is no slats
    article = find_article(words.ACCESSORY.split(goods, maxsplit=1)[0], catalogue, size)
    if article and article.spans:
        named = " ".join(goods[start:end] for start, end in article.spans)
        remark = _joined([remark, _without_spans(goods, article.spans)])
        goods = named
    return replace(
        shared,
        quantity=quantity,
        article_code=article.code if article else None,
        article_text=_trimmed(goods),
        size=size,
        rest=_joined([remark]),
    )


def _quantity(text: str) -> tuple[Decimal | None, str, str]:
    """The quantity, the words before it and the words behind it."""
    stripped = text.lstrip(f" {_GAP}")
    indefinite = words.ARTICLE_WORD.match(stripped)
    if indefinite:
        return Decimal(1), "", stripped[indefinite.end() :]
    for pattern in (words.COUNTED, words.COUNTED_BEHIND, words.FIGURE, words.NUMBER_WORD):
        for found in pattern.finditer(text):
            before, behind = text[: found.start()], text[found.end() :]
            number = _number(found[1])
            if (
                number
                and (pattern in _UNITED or not _is_other_number(before, behind))
                and not words.ENDS_WITH.search(before)
            ):
                return number, before, behind
    return None, "", text


_UNITED = (words.COUNTED, words.COUNTED_BEHIND)


def _is_other_number(before: str, behind: str) -> bool:
    """`in 3 Wochen`, `16 cm`, `ein Satz`."""
    return bool(words.NOT_COUNTED.match(behind) or words.BEFORE_NO_COUNT.search(before))


def _number(typed: str) -> Decimal | None:
    if typed[0].isdigit():
        return Decimal(typed.replace(",", "."))
    word = words.NUMBER_WORDS.get(typed.lower())
    return Decimal(word) if word else None


def _goods(
    before: str, behind: str, counted: bool, catalogue: Sequence[CatalogueName], size: FoundSize | None
) -> tuple[str, str]:
    """Which side of the quantity names the goods, and what the other side says."""
    if not counted:
        return _trimmed(behind), ""
    after, ahead = _trimmed(behind), _trimmed(before)
    if not after:
        return ahead, ""
    if not ahead:
        return after, ""
    for goods, other in ((after, ahead), (ahead, after)):
        found = find_article(goods, catalogue, size)
        if found and found.spans:
            return goods, other
    if any(word[:1].isupper() for word in ahead.split()) and not any(
        word[:1].isupper() for word in after.split()
    ):
        return ahead, after
    return after, ahead


def _trimmed(text: str) -> str:
    """Without the gaps and without the small words around the goods."""
    plain = words.PERSON_AHEAD.sub("", _joined([text])).strip()
    named = plain.split(" ")
    while named and named[0].lower().strip(".,:!") in words.FILLERS:
        named.pop(0)
    while named and named[-1].lower().strip(".,:!?") in words.LAST_FILLERS:
        named.pop()
    return " ".join(named).strip(" .,:;!?-–")


def _without_spans(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return _joined(["".join(letters)])


def _joined(texts: list[str]) -> str:
    plain = " ".join(text.replace(_GAP, " ") for text in texts)
    return " ".join(re.sub(r"\(\s*\)", " ", plain).split()).strip(" ,;")
