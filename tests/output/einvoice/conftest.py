from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable

import pytest

from shopdesk.domain.document_rules import Problem, check, errors
from shopdesk.domain.documents import Document
from shopdesk.usecases.tax import vat_rates
from tests.output.einvoice.official import Judge, Verdict


@pytest.fixture(scope="session")
def judge() -> Callable[[bytes], Verdict]:
    """The official verdict; without its packages a test is skipped by name, where CI is set it fails."""
    missing = [name for name in ("saxonche", "facturx", "lxml") if importlib.util.find_spec(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{', '.join(missing)} is missing: the official rules are part of CI")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")
    return Judge().judge


@pytest.fixture(scope="session")
def our_errors() -> Callable[[Document], tuple[Problem, ...]]:
    return lambda document: errors(check(document, vat_rates()))
