"""The gettext catalogs: extract the texts, take translations, compile, and say what is missing.

python -m tools.catalogs             extract and compile
python -m tools.catalogs set de F    take translations from the JSON file F, then extract and compile
python -m tools.catalogs check       exit 1 and name what is missing or out of date
"""

from __future__ import annotations

import datetime as dt
import io
import json
import string
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "locale"
PAPER = "paper"
_NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# de speaks on the window and on paper; the others speak on paper only (English is the source)
COMPLETE = {"de": None, "fr": PAPER, "bg": PAPER}
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "N_": None,
    "P_": ((1, "c"), 2),
}


@contextmanager
def _lock() -> Iterator[None]:
    """Two people may translate at once; elsewhere than POSIX nobody does."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("w") as stream:
        try:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX)
        except ImportError:
            pass
        yield


def extracted() -> Catalog:
    """All texts of the program, as a template."""
    template = Catalog(project="shopdesk", fuzzy=False)
    found = extract_from_dir(
        str(ROOT / "shopdesk"), [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for _file, _line, message, comments, context in found:
        template.add(message, auto_comments=comments, context=context)
    return template


def load(language: str) -> Catalog:
    """The stored catalog of a language."""
    file = FOLDER / f"{language}.po"
    if not file.is_file():
        return Catalog(locale=language, project="shopdesk", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def wanted(language: str, message: Message) -> bool:
    """Whether this language must translate the message."""
    only = COMPLETE[language]
    return bool(message.id) and (only is None or message.context == only)


def merged(language: str, template: Catalog, translations: dict[str, Any]) -> Catalog:
    """The catalog with exactly the wanted texts of the template, translated where a translation is known."""
    old = load(language)
    new = Catalog(locale=language, project="shopdesk", fuzzy=False, creation_date=None, revision_date=None)
    for message in sorted(template, key=lambda m: (m.context or "", str(m.id))):
        if not wanted(language, message):
            continue
        name = message.id if isinstance(message.id, str) else message.id[0]
        key = f"{message.context}\u0004{name}" if message.context else name
        given = translations.get(key)
        stored = old.get(message.id, message.context)
        text = given if given is not None else (stored.string if stored else "")
        new.add(message.id, tuple(text) if isinstance(text, list) else text, context=message.context)
    return new


def po_bytes(catalog: Catalog) -> bytes:
    """The .po file: no dates and no line numbers, so that it changes only when a text does."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=110, no_location=True, omit_header=False, sort_output=False)
    dates = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By")
    kept = [
        ln for ln in stream.getvalue().splitlines(keepends=True) if not any(d.encode() in ln for d in dates)
    ]
    return b"".join(ln for ln in kept if not ln.startswith(b"# ") and ln.strip() != b"#")


def mo_bytes(po: bytes, language: str) -> bytes:
    """The compiled catalog."""
    catalog = read_po(io.BytesIO(po), locale=language)
    # a missing date would become "now", and the same texts other bytes each minute
    catalog.creation_date = catalog.revision_date = _NO_DATE
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def update(language_given: str = "", translations: dict[str, Any] | None = None) -> None:
    """Write all catalogs anew."""
    template = extracted()
    for language in COMPLETE:
        catalog = merged(language, template, (translations or {}) if language == language_given else {})
        po = po_bytes(catalog)
        (FOLDER / f"{language}.po").write_bytes(po)
        (FOLDER / f"{language}.mo").write_bytes(mo_bytes(po, language))


def gaps(text: str) -> set[str]:
    """The names of a text's gaps."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def problems() -> list[str]:
    """What is missing, out of date, or has other gaps than its source."""
    template = extracted()
    found: list[str] = []
    for language in COMPLETE:
        file = FOLDER / f"{language}.po"
        stored = load(language)
        for message in template:
            if not wanted(language, message):
                continue
            ours = stored.get(message.id, message.context)
            texts = (
                [ours.string] if ours and isinstance(ours.string, str) else list((ours and ours.string) or ())
            )
            if not texts or not all(texts):
                found.append(f"{language}: no text for {message.context or ''} {message.id!r}")
                continue
            source = message.id if isinstance(message.id, str) else message.id[0]
            found += [
                f"{language}: other gaps in {text!r}"
                for text in texts
                if not gaps(text) <= gaps(source) | {"n"}
            ]
        current = file.read_bytes() if file.is_file() else b""
        if current != po_bytes(merged(language, template, {})):
            found.append(f"{language}.po is out of date: run python -m tools.catalogs")
        elif (FOLDER / f"{language}.mo").read_bytes() != mo_bytes(current, language):
            found.append(f"{language}.mo is out of date: run python -m tools.catalogs")
    return found


def main(arguments: list[str]) -> int:
    """The command."""
    if arguments[:1] == ["check"]:
        found = problems()
        print("\n".join(found) or "catalogs complete")
        return 1 if found else 0
    with _lock():
        if arguments[:1] == ["set"]:
            update(arguments[1], json.loads(Path(arguments[2]).read_text(encoding="utf-8")))
        else:
            update()
    missing = [problem for problem in problems() if ": no text" in problem]
    print(f"{len(missing)} texts without translation")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
