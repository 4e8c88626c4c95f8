"""Goods and jobs named with a day and little else: “Matratze am Freitag”, “Ware ist da”, “Montage”.

A day behind any noun would make a promise of “Maße bis Freitag” and “Aktion bis Samstag”: so the thing itself has to
be one that shops deliver or do, and the rest of the sentence must not say anything else.
"""

from __future__ import annotations

import re

from shopdesk.domain.promises import PromiseKind

_LONGEST = 9
_GOODS = re.compile(
    r"(?:matratzen?|lattenroste?|bett(?:en)?|bettgestelle?|gestelle?|topper|kissen|laken|bettwaesche|bezug|bezuege|"
    r"(?:^|bett|stepp|daunen|woll|tages)decken?|"
    r"schrank|schraenke|regale?|sofas?|couch|couches|sessel|stuhl|stuehle|kommoden?|moebel|hocker|garnitur|"
    r"(?:^|ess|couch|schreib|nacht|bei|arbeits|garten)tische?|"
    r"lampen?|leuchten?|spiegel|teppiche?|vorhang|vorhaenge|gardinen?|rollos?|jalousien?|markisen?|"
    r"reifen|felgen?|batterien?|akkus?|bremsscheiben?|bremsbelaege|auspuff|"
    r"(?:^|fahr|vorder|hinter|lauf|kinder|elektro|lasten|damen|herren|leih|komplett|winter|sommer)r(?:ad|aeder)|"
    r"e-?bikes?|pedelecs?|ersatzteile?|^teile?|schlaeuche|sattel|"
    r"(?:^|neu|ersatz|nach)ware|artikel|pakete?|paletten?|geraete?|maschinen?|fernseher|drucker|monitore?|laptops?|"
    r"notebooks?|handys?|displays?|brillen?|hoergeraete?|schuhe|jacken?|hosen?|kleider|"
    r"eheringe?|trauringe?|torten?|broetchen|blumen|strauss|kranz|kraenze|tueren?|fenster|fliesen|parkett|laminat|"
    r"nachlieferung|restlieferung|teillieferung|ersatzlieferung|"
    r"mattress(?:es)?|beds?|frames?|pillows?|duvets?|covers?|tyres?|tires?|wheels?|rims?|bikes?|bicycles?|chairs?|"
    r"tables?|wardrobes?|goods|parcels?|packages?|pallets?|lamps?|curtains?|carpets?|parts|spares)$"
)
_SIZE = re.compile(r"^\d{2,3}(?:x\d{2,3}){1,2}$|^\d{3}/\d{2}$")
_JOB = re.compile(
    r"(?:(?<!selbst)montage|(?<!selbst)aufbau|einbau|montagetermin|(?:reifen|rad|raeder|oel)wechsel|umruestung|"
    r"reparatur|inspektion|anlieferung|fitting|assembly|installation)$"
)
_SMALL = frozenset(
    "der die das den dem ein eine einen "
    "ihr ihre ihren sein seine seinen unser unsere neue neuen neuer neues alle beide "
    "zwei drei vier x stk stück stueck st paar satz für fuer von aus mit ohne und & + nach in im cm mm zoll "
    "ist sind kommt kommen trifft treffen ein da hier wieder dann verfügbar verfuegbar vorrätig vorraetig auf lager "
    "laden weiß weiss schwarz grau blau rot braun hart weich medium "
    "the a an new two three four of for with is are comes come arrives arrive will be here there in stock".split()
)
_OTHER_MATTER = re.compile(
    r"\b\w*(?:preise?|rabatte?|aktion|angebote?|gutscheine?|skonto|garantie|probeliegen|besichtigung|abholung|retoure|"
    r"rueckgabe|reklamation|umtausch|termin|messe|test|masse|ruecksendung|frist|bedenkzeit|entscheidung|zahlung|miete|"
    r"beratung|kauf|bestellung|anfrage|inventur|entsorgung|angucken|anschauen|schlussverkauf|sale|offer|price|"
    r"discount|return|pickup|order|payment|measurements?|inquiry|viewing)\b(?<!montagetermin)"
)


def thing_promised(what: str, folded: str) -> PromiseKind | None:
    """What is promised where a sentence names nothing but a thing; `what` is the sentence without its day and time."""
    said = what.split()
    if not 0 < len(said) <= _LONGEST or _OTHER_MATTER.search(folded):
        return None
    found: PromiseKind | None = None
    for place, word in enumerate(said):
        kind = _kind_of(word)
        found = found or kind
        if kind is None and not _says_nothing_else(word, place):
            return None
    return found


def _kind_of(word: str) -> PromiseKind | None:
    plain = _plain(word)
    if _GOODS.search(plain) or _SIZE.match(plain):
        return PromiseKind.DELIVERY
    return PromiseKind.OTHER if _JOB.search(plain) else None


def _says_nothing_else(word: str, place: int) -> bool:
    """A figure, a little word, or a name or noun behind the first word: German verbs are written small."""
    if any(letter.isdigit() for letter in word) or word.strip(".,").lower() in _SMALL:
        return True
    return place > 0 and word[0].isupper()


def _plain(word: str) -> str:
    lowered = word.strip(".,;:!()–-").lower().replace("ß", "ss")
    for letter, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        lowered = lowered.replace(letter, two)
    return lowered
