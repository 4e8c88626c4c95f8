"""The words by which a promise of the shop is known from other sentences, German and English, folded by `promises`."""

from __future__ import annotations

import re

from shopdesk.domain.promises import PromiseKind

_CALL_BACK = (
    r"ruf(?:en?)? .*?\b(?:zurueck|an|durch)\b|zurueckrufen|rueckruf|anrufen|"
    r"melden? (?:mich|uns)|melde .*? mich|"
    r"(?:call|ring|phone) (?:\w+ )?back|get back to|call (?:him|her|them|mr|mrs|ms)\b|"
    r"(?:i|we)(?:'ll| will) (?:call|ring|phone)"
)
_READY = r"fertig|abholbereit|bereit|repariert|montiert|aufgebaut|ready|repaired|finished"
_DELIVERY = (
    r"lieferung|lieferbar|(?:wir |ich )?liefern?|geliefert|auslieferung|zustellung|versand|verschicken?|versenden?|"
    r"(?:wir |ich )?bringen?\b|(?:wir |ich )?schicken?\b|zuschicken|zusenden|geht raus|da sein|im haus|im laden|"
    r"deliver(?:y|ed)?|ship(?:ped|ment)?|send|in stock|in the shop"
)
_OTHER = (
    r"versprochen|zugesagt|zusage|verspreche|(?:ich |wir )?(?:kuemmern?|pruefen?|klaeren?|machen?|"
    r"bestellen?|suchen?|besorgen?)\b|"
    r"angebot|rechnung|gutschrift|rueckmeldung|bescheid|muster|katalog|"
    r"promised|promise|quote|offer|invoice|let (?:him|her|them|you) know|(?:i|we)(?:'ll| will)"
)

CALL_BACK = re.compile(rf"\b(?:{_CALL_BACK})")
CUES: tuple[tuple[re.Pattern[str], PromiseKind], ...] = (
    (CALL_BACK, PromiseKind.CALL_BACK),
    (re.compile(rf"\b(?:{_READY})\b"), PromiseKind.READY),
    (re.compile(rf"\b(?:{_DELIVERY})"), PromiseKind.DELIVERY),
    (re.compile(rf"\b(?:{_OTHER})"), PromiseKind.OTHER),
)
"""What the shop does for the customer, the surest first."""

_PERSON = (
    r"(?:sie|er|kunde|kundin|der kunde|die kundin|(?:frau|herr|herrn|hr|fr)\.? [a-z-]+|sein sohn|ihre tochter|"
    r"ehemann|ehefrau|he|she|customer|the customer|(?:mr|mrs|ms)\.? [a-z-]+|they)"
)
_THEIR_VERBS = (
    r"(?:ruft|meldet|kommt|holt|zahlt|bezahlt|ueberweist|bringt|schickt|sendet|will|moechte|braucht|hat|ist|war|"
    r"wuenscht|fragt|ueberlegt|entscheidet|gibt|kann|muss|soll|faehrt|calls|comes|pays|collects|wants|needs|brings|"
    r"sends|will|has|is|would|asks|decides|transfers|picks)"
)
NOT_OURS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # the customer does it
        rf"\b{_PERSON} {_THEIR_VERBS}\b",
        r"\b(?:ruft|meldet|kommt|holt|zahlt|bringt|schickt|will|moechte|braucht|calls|comes|pays) (?:sie|er|he|she)\b",
        r"\b(?:ruft|meldet sich|holt|zahlt|bezahlt|ueberweist|bringt|ueberlegt|entscheidet)\b",
        r"\b(?:kommt|comes|kommen) .*?\b(?:vorbei|probeliegen|abholen|in den laden|zu uns|zum|by|to the shop)\b",
        r"\b(?:abholung|holt ab|abgeholt|abholen|zahlung|ueberweisung|anzahlung|payment|pick ?up|picks up)\b",
        r"\b(?:urlaub|geschlossen|feiertag|geburtstag|holiday|closed|birthday)\b",
        # it is past
        r"\b(?:gestern|vorgestern|letzte[nrsm]?|vorige[nrsm]?|war|waren|wurde|wurden|was|were|yesterday|last)\b",
        r"\b(?:hat|hatte|has|had)\b",
        # it is not sure, or not at all
        r"\b(?:nicht|kein(?:e[nrsm]?)?|nie|niemals|vielleicht|eventuell|evtl|ggf|falls|wenn|not|never|no|maybe|perhaps|if)\b",
        r"n't\b|\bkeinesfalls\b|\bunmoeglich\b|\bimpossible\b",
        # a question, or a wish of the customer
        r"\?$",
        r"^(?:wann|ob|kann|koennen|when|can|could|does|is|are)\b",
        r"\b(?:fragt|fragte|moechte|wuenscht|braucht|benoetigt|haette gern|needs|wants|would like|asks)\b",
    )
)
"""What speaks against a promise of the shop, whatever else the sentence says."""

BY = re.compile(r"\b(?:bis(?: spaetestens)?|spaetestens|by|until|before|no later than)\b")
"""What makes a date behind goods a promise: “Matratze bis Freitag”."""

WHAT_FILLS = re.compile(
    r"\b(?:bis spatestens|bis|(?:spatestens|spaetestens)|am|an|um|gegen|ab|zum|vor|by|on|at|until|before|around|"
    r"uhr|den|dem)\s*$"
)
"""Words that stood before the date and mean nothing without it."""
