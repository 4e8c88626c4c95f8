from __future__ import annotations

import random

import pytest
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from shopdesk.output.pdf import qr


def _by_reportlab(data: bytes, version: int) -> list[str]:
    code = QRCode(version, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(data))
    code.makeImpl(False, 4)
    return ["".join("1" if dark else "0" for dark in row) for row in code.modules]


@pytest.mark.parametrize("first", range(0, qr.LONGEST, 10))
def test_every_module_is_that_of_a_general_library(first: int) -> None:
    chance = random.Random(first)
    for length in range(first, min(first + 10, qr.LONGEST + 1)):
        data = chance.randbytes(length)
        rows = qr.matrix(data)
        assert rows == _by_reportlab(data, (len(rows) - 17) // 4)


def test_the_code_is_the_smallest_that_holds_the_bytes() -> None:
    room = {
        14: 1,
        26: 2,
        42: 3,
        62: 4,
        84: 5,
        106: 6,
        122: 7,
        152: 8,
        180: 9,
        213: 10,
        251: 11,
        287: 12,
        331: 13,
    }
    sides = [len(qr.matrix(bytes(length))) for length in range(qr.LONGEST + 1)]
    assert sides == [
        17 + 4 * next(room[most] for most in room if length <= most) for length in range(len(sides))
    ]


def test_an_empty_code_and_a_full_one_are_codes() -> None:
    for data in (b"", b"\xff" * qr.LONGEST):
        rows = qr.matrix(data)
        assert {len(row) for row in rows} == {len(rows)}
        assert set("".join(rows)) == {"0", "1"}
