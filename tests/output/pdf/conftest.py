from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

import pytest
from pypdf import PdfReader

from shopdesk.domain.documents import Document
from shopdesk.domain.letterheads import Letterhead
from shopdesk.i18n import Texts
from shopdesk.output.pdf.document import Paper, render
from tools.paper_samples import Sample, samples


@lru_cache(maxsize=64)
def drawn(name: str) -> Paper:
    document, letterhead, language = samples()[name]
    return render(document, letterhead, Texts(language))


@pytest.fixture
def sample() -> Callable[[str], Sample]:
    return samples().__getitem__


@pytest.fixture
def paper() -> Callable[[str], Paper]:
    return drawn


def words(paper: Paper) -> str:
    """The text as a reader copies it, hard spaces made plain."""
    pages = PdfReader(io.BytesIO(paper.pdf)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def text_of() -> Callable[[Document], str]:
    def text(document: Document, language: str = "de", letterhead: Letterhead | None = None) -> str:
        return words(render(document, letterhead or Letterhead(), Texts(language)))

    return text
