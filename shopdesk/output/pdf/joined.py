"""Several PDFs as one file to print; each page keeps its own size."""

from __future__ import annotations

import io
from collections.abc import Sequence


def joined(files: Sequence[bytes]) -> bytes:
    """One behind the other. What is stored stays as it is: the joined file is for the printer alone."""
    import pypdfium2

    if len(files) == 1:
        return files[0]
    whole = pypdfium2.PdfDocument.new()
    for data in files:
        part = pypdfium2.PdfDocument(data)
        whole.import_pages(part)
        part.close()
    target = io.BytesIO()
    whole.save(target)
    whole.close()
    return target.getvalue()
