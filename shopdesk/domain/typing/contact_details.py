"""Mail addresses, websites and VAT ids inside a line; each function gives back the line without them."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w@])")
_HIDDEN_AT = re.compile(r" ?(?:\(at\)|\[at\]|\{at\}|\(ät\)| @ ) ?", re.IGNORECASE)
_HIDDEN_DOT = re.compile(r" ?(?:\(dot\)|\[dot\]|\(punkt\)|\[punkt\]) ?", re.IGNORECASE)
_EMAIL_LABEL = re.compile(
    r"(?i)^\W*(?:e-?mail(?:-adresse)?|mail(?:to)?|courriel|имейл|e)\W*$|mailto:|\bemail:|\be-?mail:\s*$"
)
_WEBSITE = re.compile(
    r"(?i)(?<![\w@.])(?:https?://[\w.-]{3,80}(?:/[^\s,;]{0,100})?|"
    r"www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?:/[^\s,;]{0,100})?)"
)
_BARE_DOMAIN = re.compile(
    r"(?i)^(?:(?:web(?:site)?|internet|homepage|www)\W+)?((?:[\w-]{1,63}\.){1,3}(?:de|com|at|ch|eu|bg|fr|nl|"
    r"it|net|org|shop|info|biz|es|pl))/?$"
)
_WEBSITE_LABEL = re.compile(r"(?i)^\W*(?:web(?:site)?|internet|homepage|www|url)\W*$")
_VAT_PREFIXES = "AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI"
_VAT = re.compile(rf"(?<![A-Za-z0-9])({_VAT_PREFIXES})[ .-]?([0-9A-Z](?:[ .]?[0-9A-Z]){{6,12}})(?![0-9])")
_VAT_LABEL = re.compile(
    r"(?i)(?:u(?:m)?s(?:a)?t(?:z)?(?:steuer)?\.?-?\s?id(?:ent\w*)?\.?[- ]?(?:nr|nummer)?\.?|vat(?: ?(?:no|"
    r"id|number|reg))*\.?|\buid(?:-nr)?\.?|"
    r"tva(?: intra\w*)?|btw(?:-nr)?|p\. ?iva|ддс(?: №)?|ein по ддс)[^A-Z0-9]{0,10}(?:gemäß [^:]{0,40})?:?"
)
MOST_EMAILS = 10


def take_emails(line: str) -> tuple[str, list[str]]:
    """Also "info (at) firma.de"; addresses in lower case."""
    if "@" not in line and not _HIDDEN_AT.search(line):
        return line, []
    plain = _HIDDEN_DOT.sub(".", _HIDDEN_AT.sub("@", line)) if _HIDDEN_AT.search(line) else line
    plain = re.sub(r"(?i)mailto:", "", plain)
    found = [match.rstrip(".").lower() for match in _EMAIL.findall(plain)][:MOST_EMAILS]
    if not found:
        return line, []
    left = re.sub(r"[<(\[] ?[>)\]]", " ", _EMAIL.sub(" ", plain)).strip(" ,;|")
    left = re.sub(r"(?i)[\s,|;]{0,5}\b(?:e-?mail|mail)\s?[:.]?$", "", left)
    return ("" if _EMAIL_LABEL.match(left) else " ".join(left.split())), list(dict.fromkeys(found))


def take_website(line: str) -> tuple[str, str]:
    """A web address with www, https or, alone in its line, a bare domain."""
    found = _WEBSITE.search(line)
    if found:
        left = f"{line[: found.start()]} {line[found.end() :]}".strip(" ,;|")
        return ("" if _WEBSITE_LABEL.match(left) else left), found[0].rstrip(".,)")
    bare = _BARE_DOMAIN.match(line.strip())
    return ("", bare[1].rstrip("/")) if bare else (line, "")


def take_vat_id(line: str) -> tuple[str, str, bool]:
    """The line without it, the VAT id without blanks, and whether its check digits are right (nobody is asked)."""
    if sum(map(str.isdigit, line)) < 7:
        return line, "", False
    from stdnum.eu import vat

    label = _VAT_LABEL.search(line)
    found = _VAT.search(line, label.end() if label else 0)
    if not found:
        return line, "", False
    vat_id, end = _shortest_valid(found, vat.is_valid)
    valid = bool(vat.is_valid(vat_id))
    if not (valid or label or found[0] == line.strip()):
        return line, "", False
    left = f"{line[: label.start() if label else found.start()]} {line[end:]}".strip(" ,;|:")
    return left, vat_id, valid


def _shortest_valid(found: re.Match[str], is_valid: object) -> tuple[str, int]:
    """A number in words of its own may stand behind: cut word by word until the check digits fit."""
    whole = found[0]
    candidate = whole
    while callable(is_valid) and " " in candidate and not is_valid(_compact(candidate)):
        candidate = candidate.rpartition(" ")[0]
    if callable(is_valid) and is_valid(_compact(candidate)):
        return _compact(candidate), found.start() + len(candidate)
    return _compact(whole), found.end()


def _compact(typed: str) -> str:
    return re.sub(r"[ .-]", "", typed).upper()
