"""The words by which a promise of the shop is known from other sentences, German and English, folded by `promises`."""

from __future__ import annotations

import re

from shopdesk.domain.promises import PromiseKind

_CALL_BACK = (
    r"ruf(?:en?)? .*?\b(?:zurueck|an|durch)\b|zurueckrufen|rueckruf\b|anrufen|"
    r"melden? (?:mich|uns)|melde .*? mich|zurueckmelden|"
    r"(?:call|ring|phone) (?:\w+ )?back|get back to|call (?:him|her|them|mr|mrs|ms)\b|"
    r"(?:i|we)(?:'ll| will) (?:call|ring|phone)|^will (?:call|ring|phone)"
)
_READY = r"fertig|abholbereit|bereit|repariert|montiert|aufgebaut|ready|repaired|finished"
_DELIVERY = (
    r"lieferung|lieferbar|liefer[en]?|liefern|geliefert|ausliefern|ausgeliefert|auslieferung|zustellung|zustellen|"
    r"versand|verschicken?|versenden?|verschickt|versendet|wir bringen|(?:ich )?bringe|(?:wir |ich )?schicken?|"
    r"zuschicken|zusenden|"
    r"geh(?:t|en) (?:\S+ ){0,5}raus|liefertermin|da sein|im haus|im laden|deliver(?:y|ed)?|ship(?:ped|"
    r"ment)?|send|in stock|in the shop"
)
_OTHER = (
    r"versprochen|zugesagt|zusage|verspreche|(?:ich |wir )?(?:kuemmern?|pruefen?|klaeren?|bestellen?|besorgen?)|mache|"
    r"(?:ich|wir) (?:machen?|suchen?)|(?:gebe?|sage?|(?:wir|ich) (?:geben?|sagen?)) .*?(?:bescheid|rueckmeldung)|"
    r"bescheid (?:geben|sagen)|angebote?|rechnung|gutschrift|muster|katalog|"
    r"promised|promise|quote|offer|invoice|let (?:him|her|them|you) know|montieren|reparieren|"
    r"aufbauen|einbauen|maile|mail (?:ihm|ihr|ihnen)|"
    r"(?:i|we)(?:'ll| will) (?:send|check|order|fix|repair|let|get|find|make|do|e?mail|write|look|"
    r"prepare|bring|confirm)|"
    r"will send"
)

CALL_BACK = re.compile(rf"\b(?:{_CALL_BACK})")
CUES: tuple[tuple[re.Pattern[str], PromiseKind], ...] = (
    (CALL_BACK, PromiseKind.CALL_BACK),
    (re.compile(rf"\b(?:{_READY})\b"), PromiseKind.READY),
    (re.compile(rf"\b(?:{_DELIVERY})\b"), PromiseKind.DELIVERY),
    (re.compile(rf"\b(?:{_OTHER})\b"), PromiseKind.OTHER),
)
"""What the shop does for the customer, the surest first."""

_STAFF = (
    r"(?:monteure?|techniker|fahrer|spedition|spediteur|kollegen?|kollegin|chef|chefin|meister|dhl|dpd|gls|ups|hermes|"
    r"werkstatt|unser team|fitter|driver|technician|courier|workshop)"
)
STAFF: tuple[tuple[re.Pattern[str], PromiseKind], ...] = (
    (re.compile(rf"\b{_STAFF} (?:ruft|meldet sich|rufen|melden sich|calls|rings)\b"), PromiseKind.CALL_BACK),
    (re.compile(rf"\b{_STAFF} (?:bringt|bringen|liefert|liefern|brings?|delivers?)\b"), PromiseKind.DELIVERY),
    (
        re.compile(
            rf"\b{_STAFF} (?:kommt|kommen|montiert|baut|prueft|klaert|schickt|kuemmert sich|comes?)\b"
        ),
        PromiseKind.OTHER,
    ),
)
"""Those who act for the shop: what they do is the shop's own promise."""

WE_CALL = "ruf"
"""What stands for a call of theirs while the sentence is looked through for what speaks against a promise."""

_PERSON = (
    r"(?:sie|er|kunde|kundin|der kunde|die kundin|(?:frau|herr|herrn|hr|fr)\.? [a-z-]+|sein sohn|ihre tochter|"
    r"ehemann|ehefrau|mann|tochter|sohn|mutter|vater|nachbar|nachbarin|he|she|customer|the customer|"
    r"(?:mr|mrs|ms)\.? [a-z-]+|they)"
)
_THEIR_VERBS = (
    r"(?:ruft|meldet|kommt|holt|zahlt|bezahlt|ueberweist|bringt|schickt|sendet|will|moechte|braucht|hat|ist|war|"
    r"wuenscht|fragt|ueberlegt|entscheidet|gibt|kann|muss|soll|faehrt|liefert|prueft|klaert|macht|besorgt|bestellt|"
    r"calls|comes|pays|collects|wants|needs|brings|"
    r"sends|will|has|is|would|asks|decides|transfers|picks)"
)
_HOUSE = r"(?:wohnung|neubau|umzug|einzug|renovierung|baustelle|estrich|maler|flat|house|moving)"
NOT_OURS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # the customer does it
        rf"\b{_PERSON} {_THEIR_VERBS}\b",
        r"\b(?:ruft|meldet|kommt|holt|zahlt|bringt|schickt|will|moechte|braucht|calls|comes|pays) (?:sie|er|he|she)\b",
        (
            r"\b(?:ruft|meldet sich|holt|zahlt|bezahlt|ueberweist|bringt|ueberlegt|entscheidet|gibt|sagt|"
            r"schickt|sendet|"
            r"mailt|misst|denkt|bespricht|spricht|schaut|wartet|warten?|erwartet|bittet|erbittet|reicht|teilt|nimmt|klaert|prueft|"
            r"bestellt|kauft|besorgt|unterschreibt|lets|decides|pays|confirms|sends)\b"
        ),
        r"^(?:liefert|macht|sucht|bekommt|kriegt|ist|bleibt|kann|soll|kommt|kommen|sie|ihre?)\b",
        r"\b(?:kommt|comes|kommen) .*?\b(?:vorbei|probeliegen|abholen|in den laden|zu uns|zum|by|to the shop)\b",
        r"\b(?:abholung|holt ab|abgeholt|abholen|zahlung|ueberweisung|anzahlung|payment|pick ?up|picks up)\b",
        r"\b(?:urlaub|geschlossen|feiertag|geburtstag|holiday|closed|birthday)\b",
        r"\b(?:retoure|ruecksendung|rueckgabe|widerruf|returns?)\b",
        r"\bruf\w* mich\b|\bmelden sie sich\b",
        r"\((?:der |die )?(?:kunde|kundin)\)|\b(?:sagt|meint) (?:er|sie)\b",
        r"\b(?:masse|unterlagen|fotos?|bilder|grundriss|bank|measurements|photos?)\b",
        r"\b(?:vergleicht|vergleichen|ueberlegen|annehmen|bezahlen?|zahlen?|ansehen|anschauen|accept|pay)\b",
        # goods that come back to us
        r"^(?!.*\b(?:ruf|meld)).*\b(?:zurueck|zurueckbringen|zurueckgeben|zurueckschicken|back by)\b",
        # somebody else's matter
        rf"\b{_HOUSE}\b",
        r"\b(?:hersteller|lieferant|grosshaendler|grosshandel|supplier|manufacturer|wholesaler)\b",
        # how long something is valid or to be paid
        (
            r"\b(?:gilt|gelten|gueltig\w*|gueltigkeit|befristet|begrenzt|bindend|gebunden|bindefrist|laeuft|endet|verlaengert|"
            r"frist|garantie|gewaehrleistung|zahlbar|zahlungsziel|faellig\w*|offen|skonto|mahnung|"
            r"kostenlos\w*|gratis|versandkostenfrei\w*|kostenfrei\w*|portofrei\w*|"
            r"valid|expires?|runs? until|due|payable|warranty|free)\b"
        ),
        r"\b(?:nur(?: noch)? bis|noch bis|steht bis|haelt bis|only until)\b",
        # it is past
        r"\b(?:gestern|vorgestern|letzte[nrsm]?|vorige[nrsm]?|war|waren|wurde|wurden|was|were|yesterday|last)\b",
        r"\b(?:hat|hatte|has|had|seit|since)\b",
        (
            r"\b(?:angenommen|abgelehnt|erhalten|bekommen|eingegangen|eingetroffen|angekommen|liegt vor|storniert|"
            r"gekauft|gesehen|unterschrieben|besprochen|telefoniert|gesprochen|reklamiert|gemahnt|"
            r"verschoben|abgesagt|erledigt|vermessen|angesehen|kam|kamen|ging|came|went|"
            r"accepted|declined|received|arrived|cancelled|bought|signed|sent|paid)\b"
        ),
        r"^(?!.*\b(?:wird|werden|will be)\b).*\b(?:geschickt|gesendet|verschickt|versendet|versandt)\b",
        # it is not sure, or not at all
        r"\b(?:nicht|kein(?:e[nrsm]?)?|nie|niemals|vielleicht|eventuell|evtl|ggf|falls|wenn|not|never|no|maybe|perhaps|if)\b",
        r"\b(?:sobald|sofern|hoffentlich|vermutlich|wahrscheinlich|moeglicherweise|fruehestens|probably|hopefully)\b",
        r"n't\b|\bkeinesfalls\b|\bunmoeglich\b|\bimpossible\b",
        # a question, or a wish of the customer
        r"\b(?:erwuenscht|gewuenscht|\w*wunsch\w*|dringend gebraucht|needed|wanted)\b|\bmuss .*\b(?:da|hier) sein\b",
        r"^(?!.*(?:ruf|call)).*\b(?:bitte|please)\b",
        r"\?$",
        r"^(?:wann|ob|kann|koennen|when|can|could|does|is|are)\b",
        r"\b(?:fragt|fragte|moechten?|wuenscht|braucht|benoetigt|haetten? gern|needs|wants|would like|asks)\b",
        r"^(?:suchen?|sucht|brauchen?|will|wollen)\b(?! send| call| ring| phone| deliver)",
    )
)
"""What speaks against a promise of the shop, whatever else the sentence says."""

CONDITION = re.compile(r"\b(?:wenn|falls|sobald|sofern|if|once)\b")
"""In the part of the sentence before it makes the rest no promise."""
WISH = re.compile(
    r"\b(?:moechten?|braucht|brauchen|benoetigt|wuenscht|fragt|sucht|suchen|suche|will|wollen|haetten? gern|sagt|meint|"
    r"needs|wants|would like|asks|looking for|says)\b"
)
"""In the part of the sentence before, it makes goods and a day the customer's."""

WHAT_FILLS = re.compile(
    r"\b(?:bis spatestens|bis|(?:spatestens|spaetestens)|am|an|um|gegen|ab|zum|vor|nach|by|on|at|until|before|around|"
    r"uhr|den|dem|der|in|fur|for|no later than)\s*$"
)
"""Words that stood before the date and mean nothing without it."""
