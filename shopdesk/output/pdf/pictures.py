"""Pictures for the paper: a JPEG goes in as it is, a PNG is laid on white once and kept for the process."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.output.pdf.objects import PdfObjects

_PIXELS = 1000  # 62 mm at 400 dpi; larger pictures are scaled down
_BYTES = 250_000  # a logo goes into every paper and every mail
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended and progressive frames; PDF 1.3 knows all three


class UnreadablePicture(ValueError):
    """The bytes are no PNG or JPEG that can be printed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready for a PDF; `width` and `height` in pixels."""

    width: int
    height: int
    colours: bytes
    filter: bytes
    data: bytes

    def add_to(self, objects: PdfObjects) -> int:
        """Add it as an object; its number."""
        entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8/Filter/%s"
        return objects.stream(
            entries % (self.width, self.height, self.colours, self.filter), self.data, compress=False
        )


@lru_cache(maxsize=4)
def picture(data: bytes) -> Picture:
    """A PNG or JPEG file as a picture. Raises UnreadablePicture."""
    return (_jpeg(data) if len(data) <= _BYTES else None) or _decoded(data)


def _jpeg(data: bytes) -> Picture | None:
    """A JPEG of one or three components, taken as it is; None for anything else (CMYK fits no sRGB paper)."""
    if not data.startswith(b"\xff\xd8"):
        return None
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4])
        if marker in _FRAMES:
            height, width = (int.from_bytes(data[position + at : position + at + 2]) for at in (5, 7))
            colours = {1: b"DeviceGray", 3: b"DeviceRGB"}.get(data[position + 9])
            if colours and width and height and data[position + 4] == 8:
                return Picture(width, height, colours, b"DCTDecode", data)
            return None
        position += 2 + length
    return None


def _decoded(data: bytes) -> Picture:
    """Anything else through the picture library, flattened on white: transparency has no place on paper."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            opened.thumbnail((_PIXELS, _PIXELS))
            layer = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadablePicture(str(error)) from error
    flat = Image.new("RGB", layer.size, "white")
    flat.paste(layer, mask=layer.getchannel("A"))
    pixels = zlib.compress(flat.tobytes(), 9)
    if len(pixels) <= _BYTES:
        return Picture(flat.width, flat.height, b"DeviceRGB", b"FlateDecode", pixels)
    stream = io.BytesIO()
    flat.save(stream, "JPEG", quality=90)
    return Picture(flat.width, flat.height, b"DeviceRGB", b"DCTDecode", stream.getvalue())
