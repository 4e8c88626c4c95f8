"""Units as people write them in a quantity → UN/ECE Rec 20 codes."""

from __future__ import annotations

PIECE = "C62"
_READ = {
    "C62": "stk stck stück stueck st pcs pc piece pieces x × mal",
    "HUR": "std stunde stunden h hrs hour hours",
    "MIN": "min minuten minutes",
    "DAY": "tag tage day days",
    "MON": "monat monate month months",
    "MTR": "m lfm meter",
    "MTK": "m² qm m2 sqm",
    "MTQ": "m³ cbm m3",
    "KGM": "kg kilo",
    "GRM": "g gramm",
    "LTR": "l liter litre",
    "SET": "satz set sets",
    "PR": "paar pair pairs",
    "KMT": "km",
}
CODES = {word: code for code, words in _READ.items() for word in words.split()}
"""What people type → code."""
