"""The words around the goods in a wish, German and English."""

from __future__ import annotations

import re

NUMBER_WORDS = {
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "one": 1,
    "zwei": 2, "zwo": 2, "two": 2, "beide": 2, "drei": 3, "three": 3, "vier": 4, "four": 4, "fünf": 5, "fuenf": 5,
    "five": 5,
    "sechs": 6, "six": 6, "sieben": 7, "seven": 7, "acht": 8, "eight": 8, "neun": 9, "nine": 9, "zehn": 10, "ten": 10,
    "elf": 11, "eleven": 11, "zwölf": 12, "zwoelf": 12, "twelve": 12, "dutzend": 12, "dozen": 12,
    "fünfzehn": 15, "fifteen": 15, "zwanzig": 20, "twenty": 20,
}  # fmt: skip

_PIECES = r"(?:x|×|mal|stk\.?|stck\.?|stück|stueck|st\.|pcs\.?|pieces?|times)"
_FIGURE = r"[0-9]{1,4}(?:,[0-9]{1,3})?"
COUNTED = re.compile(rf"(?i)(?<![\w.,/-])({_FIGURE}) ?{_PIECES}(?![\w])(?: of\b)?")
COUNTED_BEHIND = re.compile(r"(?i)(?<=[\w \x1f])(?<=[ \x1f])[x×] ?([0-9]{1,4})(?![\w,.])")
FIGURE = re.compile(rf"(?<![\w.,/+-])({_FIGURE})(?= [^\W\d_]|\x1f| ?$| \x1f)")
NUMBER_WORD = re.compile(
    r"(?i)(?<![\w-])(" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")(?: (?:stück|stk\.?|mal|"
    r"pieces? of))?(?= [^\W\d_]|\x1f| \x1f)"
)
ARTICLE_WORD = re.compile(r"(?i)^(an?)(?= [^\W\d_]{3})")

# a number before these is no quantity, nor is one behind the second group
NOT_COUNTED = re.compile(
    r"(?i) ?(?:cm|mm|m|km|kg|g|l|liter|meter|zoll|inch|euro?|eur|uhr|h|std|stunden?|hours?|tag\w*|days?|"
    r"woch\w*|weeks?|monat\w*|months?|"
    r"jahr\w*|years?|zonen?|prozent|percent|satz|sätze|paar|sets?|pairs?|grad|stock|og|etage)\b"
)
BEFORE_NO_COUNT = re.compile(
    r"(?i)\b(?:in|bis|ab|vor|seit|nr|nummer|no|größe|size|härte|härtegrad|tel|"
    r"telefon|h|kw|typ|modell|serie)\.? ?$"
)

SERVICES = re.compile(
    r"(?i)(?<!nach )(?<!in )(?:(?P<without>\b(?:ohne|keine?n?|without|no|w/o)) )?"
    r"(?P<lead>(?:(?:\b(?:mit|inkl|inklusive|incl|inclusive|zzgl|zuzüglich|plus|und|sowie|with|including|"
    r"and|extra)\b\.?|[+&/,]) ?){0,3})"
    r"(?P<chain>\b(?:{item})\b(?: ?(?:[+&/,]|\b(?:und|sowie|plus|and)\b)? ?\b(?:{item})\b)*)".replace(
        "{item}",
        r"porto(?:kosten)?|versand(?:kosten)?|fracht(?:kosten)?|lieferkosten|postage|shipping(?: costs?)?|"
        r"carriage|freight|"
        r"verpackung(?:skosten|spauschale)?|packaging|packing|p ?[+&] ?[pv]|p und [pv]",
    )
)
IS_PACKAGING = re.compile(r"(?i)verpackung|packaging|packing|p ?[+&] ?[pv]|p und [pv]")
IS_POSTAGE = re.compile(
    r"(?i)porto|versand|fracht|lieferkosten|postage|shipping|carriage|freight|"
    r"p ?[+&] ?[pv]|p und [pv]"
)
COLLECTED = re.compile(
    r"(?i)\b(?:abhol\w*|holt .{0,20}\bab|selbstabhol\w*|collects?|collection|picks? up|"
    r"pick-?up)\b"
)

DESTINATION = re.compile(
    r"(?i)\b(?P<how>bis nach|nach|in|für|richtung|to|into|for|aus|from)\b (?:(?:die|den|der|das|dem|the) )?(?=[^\W\d_])"
)
COUNTRY_WORDS = re.compile(r"[^\x1f,;\n]{1,60}")
LAST_WORDS = re.compile(r"(?<=[\w.),;] )[^\W\d_][^\s,;]+(?: [^\W\d_][^\s,;]+){0,2}(?= ?(?:[,;.\n]|$))")
TOWARDS = frozenset(("nach", "bis nach", "to", "into"))
FROM = frozenset(("aus", "from"))
# a town is a remark, not part of the goods' name: but made to measure is
TOWN = re.compile(
    r"(?<=[\w)\x1f]) ((?:nach|to) (?!Maß|Mass|"
    r"Muster|Wunsch|Wahl|Absprache|Vorlage|Zeichnung|Bedarf|Norm|DIN|Vereinbarung)"
    r"[A-ZÄÖÜ][^\W\d_]{2,30}(?: (?:in|im))?)(?= ?(?:[,;.\n\x1f]|$))"
)
ACCESSORY = re.compile(r"(?i) (?:mit|ohne|für|with|without|for) ")
ENDS_WITH = re.compile(r"(?i)[^\W\d_]{3} (?:mit|with) ?$")

BETWEEN = re.compile(
    r"(?i)(?P<comma>[;\n]|,(?![0-9]))|(?P<joint>(?<=[\s\x1f])(?:und|sowie|plus|and|\+|"
    r"&)(?=[\s\x1f]))"
)
FILLERS = frozenset(
    "braucht brauche brauchen bräuchte bräuchten möchte möchten will wollen sucht suche suchen hätte hätten "
    "gern gerne bitte bestellt bestelle bestellen wünscht wünsche benötigt benötige benötigen noch auch dazu "
    "außerdem zusätzlich und ich wir sie er es mir uns kundin kunde hallo also needs need wants want would "
    "like please i we she he order orders ordered looking for also another haben nehme nimmt kauft kaufen "
    "interessiert fragt nach an über wegen schicken schicke liefern senden send ship mit inkl zzgl plus with "
    "sowie".split()
)
LAST_FILLERS = FILLERS | frozenset(
    "mit ohne inkl zzgl und nach in für bis aus to for from and with zum zur je à a".split()
)
PERSON_AHEAD = re.compile(r"^(?:Frau|Herrn?|Familie|Fam\.|Mrs?\.?|Ms\.?|Firma) [^\W\d_]\S*(?= |$)")
