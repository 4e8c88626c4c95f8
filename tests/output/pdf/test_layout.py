"""Measuring and placing: nothing is lost, nothing is wider or lower than its room."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfdoc import PDFDocument

from shopdesk.domain.money import Money
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import MM
from shopdesk.output.pdf.layout import Block, Frame, fitting, paginate, space, wrap

FRAME = Frame()
ROOM = FRAME.bottom - FRAME.next_top - FRAME.head - 2 * FRAME.carry


@given(st.text(max_size=300), st.sampled_from([7.0, 9.0, 13.5]), st.integers(20, 165), st.booleans())
def test_wrapped_lines_fit_and_lose_nothing(text: str, size: float, width: int, bold: bool) -> None:
    clean = fonts.clean(text)
    lines = wrap(clean, size, width, bold=bold)
    assert "".join(lines).replace(" ", "") == clean.replace("\n", "").replace(" ", "")
    for line in lines:
        # one letter stands alone even where it is too wide
        assert (
            len(line.strip()) <= 1 or fonts.weight(bold=bold).width(line) * size / 1000 / MM <= width + 0.01
        )


@given(st.text(max_size=200))
def test_clean_text_can_always_be_drawn(text: str) -> None:
    clean = fonts.clean(text)
    assert fonts.clean(clean) == clean
    line = clean.replace("\n", " ")
    for bold in (False, True):
        weight = fonts.weight(bold=bold)
        document = PDFDocument()
        shown = [char for name, piece in weight.runs(line) for char in _shown(name, piece, document)]
        assert "".join(shown) == line.replace("\u00a0", " ")
        faces = {name: fonts.typeface(name).face for name, _ in weight.runs(line)}
        width = sum(faces[name].getCharWidth(ord(c)) for name, piece in weight.runs(line) for c in piece)
        assert width == pytest.approx(weight.width(line))


def _shown(name: str, text: str, document: PDFDocument) -> str:
    """The characters that the codes of a text lead back to."""
    typeface = fonts.typeface(name)
    pieces = typeface.splitString(text, document)
    subsets = typeface.state[document].subsets
    assert all(len(codes) <= 256 for codes in subsets)
    return "".join(chr(subsets[number][code]) for number, codes in pieces for code in codes)


@given(st.text(min_size=1, max_size=80), st.floats(10, 100))
def test_a_line_is_made_smaller_but_never_less_than_half(text: str, width: float) -> None:
    assert 4.5 <= fitting(fonts.clean(text).replace("\n", " "), 9, width) <= 9


def _block(height: float, *, keep: bool, row: bool) -> Block:
    return Block(height, lambda _canvas, _y: None, keep=keep, row=row, running=Money(1) if row else None)


ROWS = st.lists(
    st.builds(lambda height, keep: _block(height, keep=keep, row=True), st.floats(4, 60), st.booleans())
)
TEXTS = st.lists(
    st.builds(lambda height, keep: _block(height, keep=keep, row=False), st.floats(4, 45), st.booleans())
)


@settings(max_examples=200)
@given(TEXTS, ROWS, TEXTS)
def test_every_block_is_placed_once_in_order_and_above_the_footer(
    before: list[Block], rows: list[Block], after: list[Block]
) -> None:
    blocks = [*before, space(4), *rows, space(4), *after]
    pages = paginate(blocks, FRAME)
    placed = [block for page in pages for block, _ in page.blocks]
    assert [b for b in placed if not b.space] == [b for b in blocks if not b.space]
    for number, page in enumerate(pages):
        y = FRAME.first_top if number == 0 else FRAME.next_top
        for block, top in page.blocks:
            assert top >= y - 0.01
            y = top + block.height
            assert y <= FRAME.bottom + 0.1 or block.space
        has_rows = any(block.row for block, _ in page.blocks)
        assert (page.head is not None) == has_rows
        if page.carried_out:
            assert page.carried_out[0] + FRAME.carry <= FRAME.bottom + 0.1


@given(st.integers(1, 60), st.floats(5, 20))
def test_kept_blocks_stand_on_one_page(count: int, height: float) -> None:
    blocks = [_block(height, keep=number == count - 1, row=True) for number in range(count)]
    blocks += [_block(8, keep=True, row=False), _block(8, keep=False, row=False)]
    pages = paginate(blocks, FRAME)
    last = [block for block, _ in pages[-1].blocks]
    assert last[-3:] == blocks[-3:]
