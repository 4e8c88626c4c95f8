"""Photos of customers: scaled down, upright, and without place, camera and whatever else a telephone writes."""

from __future__ import annotations

import io

from shopdesk.domain.customer_photos import EDGE, LARGEST_BYTES, MOST_PIXELS, PhotoRefused

_QUALITY = 85


def small_photo(name: str, data: bytes) -> bytes:
    """A JPEG of the picture's pixels alone, its longer edge at most `EDGE`; raises PhotoRefused."""
    from PIL import Image, ImageOps

    if len(data) > LARGEST_BYTES:
        raise PhotoRefused(name)
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoRefused(name)
            picture.draft("RGB", (EDGE * 2, EDGE * 2))  # a JPEG is decoded at a fraction of its size
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PhotoRefused(name) from error
    upright.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    page = Image.new("RGB", upright.size, "white")  # what was transparent
    page.paste(upright, mask=upright.getchannel("A"))
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return stream.getvalue()
