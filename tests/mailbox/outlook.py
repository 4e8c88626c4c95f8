"""Outlook files (.msg) for tests: a small writer of compound files (MS-CFB) with the properties of MS-OXMSG."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT_SECTOR, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]


@dataclass
class Inside:
    """What stands in a message: texts, bytes, numbers and moments by their tags."""

    texts: dict[int, str] = field(default_factory=dict)
    data: dict[int, bytes] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    moments: dict[int, dt.datetime] = field(default_factory=dict)
    recipients: list[Inside] = field(default_factory=list)
    attachments: list[Inside] = field(default_factory=list)
    inner: Inside | None = None
    code_page: int = 0
    """Texts are written in this code page; 0: in Unicode."""


def msg(inside: Inside) -> bytes:
    """The file."""
    return compound(_storage(inside, 32))


def _storage(inside: Inside, header: int) -> Tree:
    fixed, tree = [], Tree()
    for tag, text in inside.texts.items():
        kind = 0x001E if inside.code_page else 0x001F
        data = text.encode(f"cp{inside.code_page}" if inside.code_page else "utf-16-le")
        tree[f"__substg1.0_{tag:04X}{kind:04X}"] = data
        fixed.append(struct.pack("<HHIII", kind, tag, 6, len(data), 0))
    for tag, data in inside.data.items():
        tree[f"__substg1.0_{tag:04X}0102"] = data
        fixed.append(struct.pack("<HHIII", 0x0102, tag, 6, len(data), 0))
    numbers = inside.numbers | ({0x3FFD: inside.code_page} if inside.code_page else {})
    fixed += [struct.pack("<HHIiI", 3, tag, 6, number, 0) for tag, number in numbers.items()]
    begin = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
    for tag, moment in inside.moments.items():
        ticks = int((moment - begin).total_seconds()) * 10_000_000
        fixed.append(struct.pack("<HHIQ", 0x0040, tag, 6, ticks))
    if inside.inner is not None:
        tree["__substg1.0_3701000D"] = _storage(inside.inner, 24)
    for number, one in enumerate(inside.recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _storage(one, 8)
    for number, one in enumerate(inside.attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = _storage(one, 8)
    tree["__properties_version1.0"] = b"\0" * header + b"".join(fixed)
    return tree


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    left: int = NONE
    right: int = NONE
    child: int = NONE
    start: int = 0
    size: int = 0


def compound(tree: Tree) -> bytes:
    """A compound file of version 3."""
    entries = [_Entry("Root Entry", 5)]
    entries[0].child = _add(entries, tree)
    sectors: list[bytes] = []
    fat: list[int] = []
    mini, mini_fat = bytearray(), list[int]()
    for entry in entries[1:]:
        entry.size = len(entry.data)
        if entry.kind != 2 or not entry.data:
            entry.start = END if entry.kind == 2 else 0
        elif len(entry.data) < CUTOFF:
            entry.start = len(mini_fat)
            count = -(-len(entry.data) // MINI)
            mini_fat += [*range(entry.start + 1, entry.start + count), END]
            mini += entry.data.ljust(count * MINI, b"\0")
        else:
            entry.start = _put(sectors, fat, entry.data)
    entries[0].start, entries[0].size = (_put(sectors, fat, bytes(mini)) if mini else END), len(mini)
    mini_bytes = b"".join(struct.pack("<I", one) for one in mini_fat)
    mini_start = _put(sectors, fat, mini_bytes, b"\xff") if mini_fat else END
    mini_sectors = -(-len(mini_bytes) // SECTOR)
    directory = b"".join(_entry_bytes(entry) for entry in entries)
    directory_start = _put(sectors, fat, directory)
    count = 1
    while (len(fat) + count) * 4 > count * SECTOR:
        count += 1
    fat_places = list(range(len(fat), len(fat) + count))
    fat += [FAT_SECTOR] * count
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(count * SECTOR, b"\xff")
    assert count <= 109
    places = [*fat_places, *([FREE] * (109 - count))]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory_start, 0, CUTOFF, mini_start, mini_sectors,
        END, 0, places[0],
    )  # fmt: skip
    header += b"".join(struct.pack("<I", place) for place in places[1:])
    assert len(header) == SECTOR
    return header + b"".join(sectors) + table


def _put(sectors: list[bytes], fat: list[int], data: bytes, fill: bytes = b"\0") -> int:
    start, count = len(fat), -(-len(data) // SECTOR)
    padded = data.ljust(count * SECTOR, fill)
    sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
    fat += [*range(start + 1, start + count), END]
    return start


def _add(entries: list[_Entry], tree: Tree) -> int:
    """The entries of a storage as a balanced tree; the number of its root."""
    numbers = []
    for name in sorted(tree, key=lambda one: (len(one), one.upper())):
        value = tree[name]
        numbers.append(len(entries))
        entry = _Entry(name, 2 if isinstance(value, bytes) else 1)
        entries.append(entry)
        if isinstance(value, bytes):
            entry.data = value
        else:
            entry.child = _add(entries, value)
    return _balanced(entries, numbers)


def _balanced(entries: list[_Entry], numbers: list[int]) -> int:
    if not numbers:
        return NONE
    middle = len(numbers) // 2
    entries[numbers[middle]].left = _balanced(entries, numbers[:middle])
    entries[numbers[middle]].right = _balanced(entries, numbers[middle + 1 :])
    return numbers[middle]


def _entry_bytes(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return name.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIII", len(name), entry.kind, 1, entry.left, entry.right, entry.child, 0, entry.start,
        entry.size, 0,
    )  # fmt: skip


def inquiry() -> Inside:
    """Desislava Ivanova asks for a mattress, as Outlook keeps it, with a drawing and a mail inside."""
    to = Inside({0x3001: "Schlafgut Lindner", 0x39FE: "post@schlafgut-lindner.example"}, numbers={0x0C15: 1})
    drawing = Inside(
        {0x3707: "Zeichnung für Bett.pdf", 0x370E: "application/pdf"},
        {0x3701: b"%PDF-1.4 " + b"x" * 5000},
        {0x3705: 1},
    )
    forwarded = Inside(
        {0x3001: "Alte Mail"},
        numbers={0x3705: 5},
        inner=Inside(
            {0x001A: "IPM.Note", 0x0037: "Früher", 0x1000: "Von damals.", 0x5D01: "alt@ivanova.example"}
        ),
    )
    return Inside(
        {
            0x001A: "IPM.Note", 0x0037: "Rollmatratze 80×190", 0x1000: "Guten Tag,\r\nhaben Sie die 80×190?\r\n",
            0x0C1A: "Desislava Ivanova", 0x0C1E: "SMTP", 0x0C1F: "desi@ivanova.example",
            0x1035: "<frage-1@ivanova.example>",
        },
        moments={0x0039: dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)},
        recipients=[to],
        attachments=[drawing, forwarded],
    )  # fmt: skip
