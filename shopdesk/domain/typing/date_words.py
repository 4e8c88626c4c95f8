"""The words of dates, German and English, as they are folded by `dates`: lower case, ä → ae, no ß."""

from __future__ import annotations

_WEEKDAY_NAMES = (
    "mo montag montags mon monday",
    "di dienstag dienstags tue tues tuesday",
    "mi mittwoch mittwochs wed weds wednesday",
    "do donnerstag donnerstags thu thur thurs thursday",
    "fr freitag freitags fri friday",
    "sa samstag samstags sonnabend sat saturday",
    "so sonntag sonntags sun sunday",
)
WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}

_MONTH_NAMES = (
    "jan januar jaenner january",
    "feb februar feber february",
    "mrz maer maerz mar march",
    "apr april",
    "mai may",
    "jun juni june",
    "jul juli july",
    "aug august",
    "sep sept september",
    "okt oktober oct october",
    "nov november",
    "dez dezember dec december",
)
MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

SINGLE_DAYS = {
    "heute": 0, "h": 0, ".": 0, "sofort": 0, "jetzt": 0, "today": 0, "now": 0, "immediately": 0, "at once": 0,
    "morgen": 1, "m": 1, "tomorrow": 1,
    "uebermorgen": 2, "day after tomorrow": 2, "the day after tomorrow": 2,
    "gestern": -1, "yesterday": -1,
    "vorgestern": -2, "day before yesterday": -2, "the day before yesterday": -2,
}  # fmt: skip

_UNIT_NAMES = {
    "day": "t tag tage tagen d day days",
    "week": "w wo woche wochen week weeks wk wks",
    "month": "m mon monat monate monaten month months mth",
    "year": "j jahr jahre jahren y year years",
    "working day": "wt at werktag werktage werktagen arbeitstag arbeitstage arbeitstagen wd bd workday workdays",
}
UNITS = {name: unit for unit, names in _UNIT_NAMES.items() for name in names.split()}
UNITS |= dict.fromkeys(("working day", "working days", "business day", "business days"), "working day")

NUMBERS = {
    "ein": 1, "eine": 1, "einer": 1, "einem": 1, "einen": 1, "a": 1, "an": 1, "one": 1,
    "zwei": 2, "zwo": 2, "two": 2, "drei": 3, "three": 3, "vier": 4, "four": 4, "fuenf": 5, "five": 5,
    "sechs": 6, "six": 6, "sieben": 7, "seven": 7, "acht": 8, "eight": 8, "neun": 9, "nine": 9, "zehn": 10, "ten": 10,
    "elf": 11, "eleven": 11, "zwoelf": 12, "twelve": 12, "vierzehn": 14, "fourteen": 14,
    "zwanzig": 20, "twenty": 20, "dreissig": 30, "thirty": 30,
}  # fmt: skip

PHRASES = {
    "in einem halben jahr": "+6 m", "in einem vierteljahr": "+3 m", "halbes jahr": "+6 m", "vierteljahr": "+3 m",
    "in half a year": "+6 m",
    "ende der woche": "diese woche fr", "end of week": "this week fri", "end of the week": "this week fri",
    "wochenende": "diese woche sa", "am wochenende": "diese woche sa", "weekend": "this week sat",
}  # fmt: skip

MONTH_ENDS = frozenset(
    (
        "ultimo",
        "ende",
        "monatsende",
        "ende monat",
        "ende des monats",
        "eom",
        "end of month",
        "end of the month",
        "month end",
    )
)
NEXT_MONTH_ENDS = frozenset(
    ("ende naechsten monats", "ende naechster monat", "ende naechsten monat", "end of next month")
)
YEAR_ENDS = frozenset(
    ("jahresende", "ende des jahres", "ende jahr", "eoy", "end of year", "end of the year", "year end")
)
QUARTER_ENDS = frozenset(("quartalsende", "ende des quartals", "end of quarter", "end of the quarter"))

# words that only lead to the date
LEADING = (
    r"(?:bis|am|zum|zur|vom|vor dem|spaetestens|ab|den|dem|by|on|until|till|the|before|from|due|faellig|der)"
)
NEXT = r"(?:naechste[nrsm]?|next|n)"
AFTER_NEXT = r"(?:ueber-?naechste[nrsm]?|ueb)"
THIS = r"(?:diese[nrsm]?|kommende[nrsm]?|this|coming)"
LAST = r"(?:letzte[nrsm]?|vorige[nrsm]?|vergangene[nrsm]?|last)"
