"""What every test stands on: no screen, and programs of the system that a test may need."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

# before any test imports Qt; SHOPDESK_TEST_SCREEN=1 shows the windows
if not os.environ.get("SHOPDESK_TEST_SCREEN"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

# a busy machine is no wrong result; CI tries the same examples every time, so that its red is about the change
settings.register_profile("shopdesk", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("shopdesk")


@pytest.fixture(autouse=True)
def collected_on_this_thread() -> Iterator[None]:
    """As in the program: no other thread collects, and with it destroys widgets or Saxon's trees (docs/decisions/0011).

    Threads of servers and lanes run beside many tests.
    """
    gc.disable()
    yield
    gc.disable()  # a window that closed has switched it on again
    gc.collect(1)  # all that the test made


@pytest.fixture(scope="session")
def needs_program() -> Callable[[str], str]:
    """`needs_program("pdftotext")` gives its path; without it a test is skipped by name, where CI is set it fails."""

    def path_of(name: str) -> str:
        found = shutil.which(name)
        if found:
            return found
        if os.environ.get("CI"):
            pytest.fail(f"{name} is missing; dev.py installs it when it is root")
        pytest.skip(f"{name} is not installed")

    return path_of
