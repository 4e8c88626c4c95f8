"""The same use cases from a terminal (contracts/ORDER.md): one JSON object on standard output, nothing else."""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from shopdesk import __version__
from shopdesk.domain import disk_troubles, typing_mistakes
from shopdesk.domain.errors import NotBuiltYet, ShopError
from shopdesk.domain.links import is_link, link_of
from shopdesk.domain.messages import N_, Message

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.usecases.shop import Shop

OK, BUG, UNREADABLE, FORBIDDEN, UNUSABLE = 0, 1, 2, 3, 4

_FOUND = ("type", "id", "number", "title", "subtitle", "email", "score")

Command = Callable[[argparse.Namespace, "Texts"], int]


class WrongUse(ShopError):
    """The command line itself was wrong (exit 2)."""

    code = "usage"


class NoScreen(ShopError):
    """A window was wanted where there is no display."""

    code = "no-screen"


class FileUnreadable(ShopError):
    """A file named on the command line cannot be read (exit 2)."""

    code = "unreadable"

    def __init__(self, path: str, why: Message) -> None:
        super().__init__(Message(N_("{path} cannot be read: {why}."), {"path": path, "why": why}))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUse(typing_mistakes.told(message))


def parser() -> argparse.ArgumentParser:
    """What people can type."""
    place = _Parser(add_help=False)
    place.add_argument(
        "--database", metavar="URL_OR_FILE", default=argparse.SUPPRESS,
        help="the shop's database; default: SHOPDESK_DATABASE, else shopdesk.sqlite in the user's data folder",
    )  # fmt: skip
    top = _Parser(prog="shopdesk", parents=[place], description="The desk an owner-run shop works at.")
    top.add_argument("--version", action="version", version=f"shopdesk {__version__}")
    top.add_argument("--background", action="store_true", help="start beside the clock, as with the system")
    top.add_argument("--call", metavar="NUMBER", help="somebody calls from this number: show who it is")
    top.set_defaults(run=_window)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Command, about: str) -> _Parser:
        added = commands.add_parser(name, help=about, description=about, parents=[place])
        added.set_defaults(run=run)
        return added

    issue = command("issue", _issue, "issue a document from an order file")
    issue.add_argument("order", metavar="ORDER.json")
    issue.add_argument("--out", metavar="FOLDER", default=".", help="where PDF, XML and mail are written")
    issue.add_argument("--draft", action="store_true", help="store a draft, take no number")
    issue.add_argument("--send", action="store_true", help="mail it")
    issue.add_argument("--allow-date", action="store_true", help="accept a date out of order")
    setup = command("setup", _setup, "enter the shop's own data from a file")
    setup.add_argument("shop_file", metavar="SHOP.json")
    demo = command("demo", _demo, "a sample shop in a temporary folder")
    demo.add_argument("--headless", action="store_true", help="the mattress story without a screen")
    demo.add_argument("--out", metavar="FOLDER", default="", help="with --headless: where the files go")
    find = command("find", _find, "find customers, documents and articles by any hint")
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", type=int, default=20, help="at most so many hits (20)")
    command("check", _check, "verify database and archive")
    backup = command("backup", _backup, "write a verified backup")
    backup.add_argument("file", metavar="FILE")
    restore = command("restore", _restore, "bring a backup back")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument(
        "--replace", action="store_true", help="replace a shop that is there; it is kept beside"
    )
    import_ = command("import", _import, "take in customers, articles or old invoices: CSV, XLSX, vCard")
    import_.add_argument("files", metavar="FILE", nargs="+")
    import_.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")
    export = command("export", _export, "export everything, or the customers as a phone book")
    export.add_argument("folder", metavar="FOLDER", help="a new folder; for fritzbox and vcard a new file")
    export.add_argument(
        "--as", dest="format", choices=("everything", "fritzbox", "vcard", "vcards"), default="everything",
        help="everything; a FRITZ!Box phone book; one vCard file; a folder of vCards",
    )  # fmt: skip
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a file name may hold bytes that are no text; written like this it stays JSON
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    texts = _texts()
    wanted = sys.argv[1:] if arguments is None else arguments
    try:
        given = _given(wanted)
        return int(given.run(given, texts))
    except ShopError as error:
        _print(
            {"error": {"code": error.code, "field": error.field or None, "message": texts.say(error.message)}}
        )
        return exit_code(error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return BUG
    except Exception as error:  # noqa: BLE001 - the one place where a bug becomes a report and exit code 1
        _print({"error": {"code": "bug", "field": None, "message": _bug_words(texts, error)}})
        return BUG


def _given(wanted: list[str]) -> argparse.Namespace:
    # a double click brings no arguments: the window need not wait for the parsers of all commands
    if not wanted:
        return argparse.Namespace(run=_window, call=None)
    if wanted[0] == "--call" and len(wanted) == 2 and is_link(wanted[1]):  # as some softphones say it
        wanted = wanted[1:]
    if is_link(wanted[0]):
        # a page of the web made it: nothing in it may become an option, so it is the only argument
        if len(wanted) != 1 or link_of(wanted[0]) is None:
            raise WrongUse(
                Message(N_("This link opens nothing here. Links are tel:NUMBER or shopdesk:find/TEXT."))
            )
        return argparse.Namespace(run=_window, call=None, link=wanted[0])
    return parser().parse_args(wanted)


def exit_code(error: ShopError) -> int:
    """The contract's exit code of an error."""
    from shopdesk.usecases.exports import ExportRefused
    from shopdesk.usecases.orders import FileInTheWay, FolderUnusable
    from shopdesk.usecases.shop import is_database_problem
    from shopdesk.usecases.strict_json import Unreadable

    if isinstance(error, Unreadable | WrongUse | FileUnreadable):
        return UNREADABLE
    if isinstance(error, NotBuiltYet | FileInTheWay | FolderUnusable | ExportRefused) or is_database_problem(
        error
    ):
        return UNUSABLE
    return FORBIDDEN


def _texts() -> Texts:
    from shopdesk import settings
    from shopdesk.i18n import Texts, system_language

    return Texts(settings.load().language or system_language())


def _print(answer: object) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _bug_words(texts: Texts, error: Exception) -> str:
    path = write_report(error)
    text = texts.gettext("This is a fault of shopdesk. A report without customer data is in {path}.")
    return text.format(path=path)


def write_report(error: BaseException) -> Path:
    """Where it broke, without any value: a report holds no customer (RELIABILITY.md P17)."""
    import uuid

    from shopdesk import paths

    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"shopdesk {__version__}, Python {sys.version.split()[0]}, {sys.platform}",
        type(error).__qualname__,
    ]
    lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    name, text = f"report-{uuid.uuid4().hex[:8]}.txt", "\n".join(lines) + "\n"
    try:
        paths.log_folder().mkdir(parents=True, exist_ok=True)
        path = paths.log_folder() / name
        path.write_text(text, encoding="utf-8")
    except OSError:  # a home that cannot be written to must not hide the fault itself
        import tempfile

        path = Path(tempfile.gettempdir()) / name
        path.write_text(text, encoding="utf-8")
    return path


def _place(given: argparse.Namespace) -> str:
    return str(getattr(given, "database", "") or "")


def _opened(given: argparse.Namespace, *, may_be_new: bool = False) -> Shop:
    from shopdesk.app import open_shop
    from shopdesk.usecases.shop import refuse_absent

    shop = open_shop(_place(given))
    if not may_be_new:
        refuse_absent(shop.place)
    return shop


def _bytes_of(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise FileUnreadable(path, disk_troubles.why(error)) from error


def _issue(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.usecases import order_file, orders

    data = _bytes_of(given.order)
    order_file.read(data)  # a file that is no order is named before the database is looked at
    shop = _opened(given)
    wanted = orders.Wanted(Path(given.out), given.draft, given.send, given.allow_date)
    _print(orders.issue_order(shop, data, wanted, texts))
    shop.close()
    return OK


def _setup(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.usecases.setting_up import set_up

    del texts
    data = _bytes_of(given.shop_file)
    shop = _opened(given, may_be_new=True)
    _print(set_up(shop, data))
    shop.close()
    return OK


def _find(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.usecases import search

    del texts
    shop = _opened(given)
    for found in search.find(shop, given.text, max(1, min(given.limit, 1000))):
        _print({name: getattr(found, name) for name in _FOUND})
    shop.close()
    return OK


def _check(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.usecases import backups

    shop = _opened(given)
    problems = backups.check_place(shop)
    _print(
        {
            "ok": not problems,
            "problems": [{"code": code, "message": texts.say(text)} for code, text in problems],
        }
    )
    shop.close()
    return FORBIDDEN if problems else OK


def _backup(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.usecases import backups

    del texts
    shop = _opened(given)
    done = backups.back_up(shop, Path(given.file))
    _print(
        {
            "ok": True,
            "file": str(done.path),
            "documents": done.documents,
            "size": done.size,
            "sha256": done.sha256,
        }
    )
    shop.close()
    return OK


def _restore(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.usecases import backups

    del texts
    if not Path(given.file).is_file():
        raise FileUnreadable(given.file, disk_troubles.missing())
    shop = _opened(given, may_be_new=True)
    kept = backups.restore(Path(given.file), shop.place, replace=given.replace)
    again = backups.forget_again(shop, Path(given.file))
    shop.close()
    kept_at = str(kept) if kept else None
    _print({"ok": True, "database": str(shop.place), "kept": kept_at, "forgotten_again": again})
    return OK


def _import(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.usecases import imports

    for name in given.files:
        if not Path(name).is_file():
            raise FileUnreadable(name, disk_troubles.missing())
    shop = _opened(given)
    # a file that is refused whole is named before anything of the others is stored
    prepared = [imports.prepare(shop, imports.sure(imports.open_list(shop, name))) for name in given.files]
    told = []
    for name, rows in zip(given.files, prepared, strict=True):
        plan = imports.plan(shop, rows)
        told.append(imports.told(name, plan if given.dry_run else imports.run(shop, plan).plan, texts))
    _print({"files": told})
    shop.close()
    return OK


def _export(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.usecases import exports

    del texts
    shop = _opened(given)
    if given.format != "everything":
        _print(_phone_book(shop, given))
        shop.close()
        return OK
    done = exports.export_all(shop, Path(given.folder))
    _print({"ok": True, "folder": str(done.folder), "tables": done.tables, "files": done.files})
    shop.close()
    return OK


def _phone_book(shop: Shop, given: argparse.Namespace) -> dict[str, object]:
    from shopdesk.usecases import phone_books

    book = phone_books.save(shop, phone_books.BookFormat(given.format), Path(given.folder))
    place = str(book.path)
    return {
        "ok": True, "path": place, "customers": book.customers, "numbers": book.numbers,
        "without_phone": book.without_phone,
    }  # fmt: skip


def _demo(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk import app

    if given.headless:
        out = Path(given.out) if given.out else Path.cwd() / "shopdesk-demo"
        app.tell_demo(out, texts, lambda line: sys.stdout.write(f"{line}\n"))
        return OK
    if not has_screen():
        raise NoScreen(Message(N_("There is no screen here. Try: shopdesk demo --headless --out FOLDER")))
    return app.run_demo()


def has_screen() -> bool:
    """Whether a window can be shown: always on Windows and macOS, with a display or a chosen platform elsewhere."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _window(given: argparse.Namespace, texts: Texts) -> int:
    from shopdesk.app import run_window

    del texts
    if not has_screen():
        raise NoScreen(Message(N_("There is no screen here. Try: shopdesk --help")))
    background = bool(getattr(given, "background", False))
    link = getattr(given, "link", "")
    return run_window(_place(given), caller=given.call or "", link=link, background=background)


if __name__ == "__main__":
    sys.exit(main())
