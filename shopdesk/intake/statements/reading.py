"""A bank file becomes statements. Runs in a worker process only (intake/worker.py)."""

from __future__ import annotations

import codecs
import json
import zipfile
import zlib
from io import BytesIO

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.statements import Statement, StatementProblem
from shopdesk.intake.statements import camt, lists, mt940, plain
from shopdesk.intake.statements.values import MOST_ENTRIES, too_many
from shopdesk.intake.tables import text

_MOST_FILES = 400
_LARGEST_INSIDE = 64 << 20
_UNKNOWN = N_(
    "This is no bank statement that shopdesk can read: it reads CAMT (XML, also zipped), MT940 and the lists of many "
    "banks. Please fetch one of them in your online banking."
)
_FOREIGN = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF")


def prepare(data: bytes) -> None:
    """Load what `answer` will need for this file."""
    for name in (*text.ENCODINGS, "ascii", "latin-1", "cp437", "idna"):
        codecs.lookup(name)
    del data


def answer(data: bytes) -> str:
    """The JSON that goes back: the statements, or the one sentence why there are none."""
    try:
        return plain.dumped(read(data))
    except StatementProblem as problem:
        message = problem.message
        told = {"code": problem.code, "text": message.id, "values": dict(message.values)}
        return json.dumps({"problem": told})


def read(data: bytes) -> tuple[Statement, ...]:
    """The statements of a file, told apart by its content. Raises StatementProblem."""
    if not data.strip():
        raise StatementProblem(Message(N_("The file is empty.")), "statement-empty")
    if data.startswith(b"PK\x03\x04"):
        return _from_zip(data)
    return _one(data)


def _one(data: bytes) -> tuple[Statement, ...]:
    if data.startswith(_FOREIGN):
        raise unknown()
    if camt.is_camt(data):
        return camt.read(data)
    decoded, _encoding = text.decode(data)
    if mt940.is_mt940(decoded):
        return mt940.read(decoded)
    if "\0" in decoded or decoded.lstrip("\ufeff \r\n\t").startswith("<"):
        raise unknown()
    return lists.read(decoded)


def unknown() -> StatementProblem:
    """Neither of the forms."""
    return StatementProblem(Message(_UNKNOWN), "statement-unknown")


def _from_zip(data: bytes) -> tuple[Statement, ...]:
    found: list[Statement] = []
    left = _LARGEST_INSIDE
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) > _MOST_FILES:
                raise too_many()
            for member in members:
                with archive.open(member) as stream:
                    inside = stream.read(left + 1)
                left -= len(inside)
                if left < 0:
                    raise too_many()
                if inside.startswith(b"PK\x03\x04"):
                    raise unknown()
                found += _one(inside)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        words = N_(
            "The ZIP file is damaged or protected by a password. Please unpack it and take the file inside."
        )
        raise StatementProblem(Message(words), "statement-zip") from error
    if not found:
        raise unknown()
    if sum(len(one.entries) for one in found) > MOST_ENTRIES:
        raise too_many()
    return tuple(found)
