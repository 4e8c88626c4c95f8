"""The photo of a customer: chosen or dropped on the card, upright and small, nothing else of the file kept."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog

from shopdesk.domain.customer_photos import EDGE, PhotoRefused
from shopdesk.domain.customers import Customer
from shopdesk.intake.photos import small_photo
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import customer_files, customer_merges, customer_photos, customers
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def photograph(width: int = 1600, height: int = 1200) -> bytes:
    """As a telephone held upright writes it: lying on its side, red at the left, with place and maker."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste((255, 0, 0), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Telefon GmbH"
    exif.get_ifd(GPS)[1] = "N"
    stream = io.BytesIO()
    picture.save(stream, "JPEG", exif=exif, quality=90)
    return stream.getvalue()


def test_it_stands_upright_is_small_and_says_nothing_of_place_and_camera() -> None:
    small = small_photo("bild.jpg", photograph())
    with Image.open(io.BytesIO(small)) as picture:
        assert picture.size == (EDGE * 3 // 4, EDGE)
        top, bottom = picture.getpixel((180, 40)), picture.getpixel((180, 440))
        assert isinstance(top, tuple)
        assert isinstance(bottom, tuple)
        assert top[0] > 200 > bottom[0]  # what was at the left is on top
        assert not picture.getexif()
    assert b"Telefon" not in small
    assert len(small) < 50_000


def test_a_small_one_is_not_blown_up_and_transparent_parts_are_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(stream, "PNG")
    with Image.open(io.BytesIO(small_photo("logo.png", stream.getvalue()))) as picture:
        assert picture.size == (40, 30)
        assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"MZ", b"%PDF-1.4", b"\xff\xd8\xff", photograph()[:3000], b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"GIF89a" + bytes(40), bytes(20_000_001),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(PhotoRefused):
        small_photo("bild.jpg", data)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(stream, "PNG")
    with pytest.raises(PhotoRefused):
        small_photo("riesig.png", stream.getvalue())


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    (tmp_path / "Gruber.jpg").write_bytes(photograph())
    return tmp_path / "Gruber.jpg"


def stored(shop: Shop, page: CustomerPage) -> bytes | None:
    assert page.existing.customer.id is not None
    photo = customer_photos.of_customer(shop, page.existing.customer.id)
    return photo.data if photo is not None else None


def test_chosen_exchanged_taken_off_and_brought_back(
    open_customer: Callable[..., CustomerPage], shop: Shop, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_customer()
    photo = page.existing.side.photo
    assert (photo.portrait.isVisible(), photo.button.isVisible()) == (False, True)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    photo.button.click()
    first = stored(shop, page)
    assert first is not None
    assert photo.portrait.isVisible()
    picture.write_bytes(photograph(800, 800))
    photo.choose()
    second = stored(shop, page)
    assert second not in {None, first}
    control(Qt.Key.Key_Z)
    assert stored(shop, page) == first
    photo.remove()
    assert (stored(shop, page), photo.portrait.isVisible()) == (None, False)
    control(Qt.Key.Key_Z)
    assert stored(shop, page) == first
    assert photo.portrait.isVisible()


def test_dropped_on_the_card_it_is_the_photo_elsewhere_a_file(
    open_customer: Callable[..., CustomerPage], shop: Shop, window: MainWindow, picture: Path
) -> None:
    page = open_customer()
    card = page.existing.contact
    QCursor.setPos(card.mapToGlobal(card.rect().center()))
    window.drops.take([str(picture)])
    assert stored(shop, page) is not None
    assert page.existing.customer.id is not None
    assert customer_files.of_customer(shop, page.existing.customer.id) == ()
    QCursor.setPos(page.existing.timeline.mapToGlobal(QPoint(20, 60)))
    window.drops.take([str(picture)])
    assert [file.name for file in customer_files.of_customer(shop, page.existing.customer.id)] == [
        "Gruber.jpg"
    ]


def test_another_customer_has_none(
    open_customer: Callable[..., CustomerPage], shop: Shop, picture: Path
) -> None:
    page = open_customer()
    page.existing.side.photo.take(str(picture))
    other = customers.create(shop, Customer(company="Pension Talblick"))
    page = open_customer(other.id)
    assert not page.existing.side.photo.portrait.isVisible()


def test_what_is_no_picture_is_said(
    open_customer: Callable[..., CustomerPage], shop: Shop, window: MainWindow, picture: Path
) -> None:
    page = open_customer()
    picture.write_bytes(b"MZ")
    page.existing.side.photo.take(str(picture))
    assert stored(shop, page) is None
    assert "Gruber.jpg" in window.toasts.toasts[-1].message


def test_it_stands_on_the_banner_and_goes_with_the_customer_into_a_merge(
    open_customer: Callable[..., CustomerPage], shop: Shop, window: MainWindow, picture: Path
) -> None:
    page = open_customer()
    page.existing.side.photo.take(str(picture))
    gruber = page.existing.customer.id
    assert gruber is not None
    window.overlays.calls.show_number("+43 662 123456")
    (banner,) = window.overlays.calls._shown()
    assert banner.portrait.isVisible()
    assert banner.caller.known is not None
    assert banner.caller.known.photo == stored(shop, page)
    other = customers.create(shop, Customer(company="Pension Talblick"))
    assert other.id is not None
    _survivor, undo = customer_merges.merge(shop, other, customers.get(shop, gruber), {})
    photo = customer_photos.of_customer(shop, other.id)
    assert photo is not None
    assert photo.data == banner.caller.known.photo
    undo.run(shop)
    assert customer_photos.of_customer(shop, other.id) is None
    assert customer_photos.of_customer(shop, gruber) is not None
