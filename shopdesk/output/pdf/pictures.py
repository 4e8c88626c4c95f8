"""Pictures for the paper: read by ReportLab once and kept for the process, transparency laid on white."""

from __future__ import annotations

import copy
import hashlib
import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFImageXObject

_PIXELS = 1000  # 62 mm at 400 dpi; larger pictures are scaled down
_BYTES = 250_000  # a logo goes into every paper and every mail


class UnreadablePicture(ValueError):
    """The bytes are no PNG or JPEG that can be printed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready for a PDF.

    ReportLab's `drawImage` would decode the file and deflate its pixels for each paper, which takes longer than all the
    rest of a page; this is the object that it makes, made once.
    """

    name: str
    image: PDFImageXObject

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self.image.width)

    @property
    def height(self) -> int:
        """In pixels."""
        return int(self.image.height)

    def fresh(self) -> PDFImageXObject:
        """The object for one more document: each notes its own number in it."""
        return copy.copy(self.image)


@lru_cache(maxsize=4)
def picture(data: bytes) -> Picture:
    """A PNG or JPEG file as a picture. Raises UnreadablePicture."""
    name = hashlib.sha256(data).hexdigest()[:20]
    return Picture(name, (_jpeg(data) if len(data) <= _BYTES else None) or _flattened(data))


def _jpeg(data: bytes) -> PDFImageXObject | None:
    """A JPEG of one or three components, taken as it is; None for anything else (CMYK fits no sRGB paper)."""
    image = PDFImageXObject("")
    if not data.startswith(b"\xff\xd8") or not image.loadImageFromJPEG(io.BytesIO(data)):
        return None
    with _opened(data) as opened:
        opened.load()  # its head may be all that is there
    return image if image.colorSpace != "DeviceCMYK" else None


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture while it is read. Raises UnreadablePicture for all that can go wrong meanwhile."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            yield opened
    except (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError) as error:
        raise UnreadablePicture(str(error)) from error


def _flattened(data: bytes) -> PDFImageXObject:
    """Anything else, flattened on white: transparency has no place on paper."""
    with _opened(data) as opened:
        opened.thumbnail((_PIXELS, _PIXELS))
        layer = opened.convert("RGBA")
    flat = Image.new("RGB", layer.size, "white")
    flat.paste(layer, mask=layer.getchannel("A"))
    image = PDFImageXObject("", ImageReader(flat))
    if len(image.streamContent) > _BYTES:
        stream = io.BytesIO()
        flat.save(stream, "JPEG", quality=90)
        image.loadImageFromJPEG(io.BytesIO(stream.getvalue()))
    return image
