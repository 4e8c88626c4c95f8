"""A canary for docs/decisions/0002: PySide6 6.12.0 on Python 3.11 loses a reference to None with every void call."""

from __future__ import annotations

import subprocess
import sys

import pytest

MILLION_VOID_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(1_000_000):
    thing.setObjectName("x")
print("alive")
"""


@pytest.mark.slow
def test_pyside_survives_a_million_void_calls() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MILLION_VOID_CALLS], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr[-2000:]
