"""Prints the page it is given with WeasyPrint, once for each line on standard input, and answers the processor time.

Run by benchmarks.paper in an interpreter that has WeasyPrint; shopdesk does not need it. The first line is the folder
with page.html and invoice.xml; then "plain" (an untagged PDF) or "archive" (PDF/A-3b, tagged, with the XML). Typefaces
are read once, as in a server that keeps running. What was printed last stands in the folder.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from weasyprint import HTML, Attachment  # type: ignore[import-not-found]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-not-found]

folder = Path(sys.stdin.readline().strip())
page = (folder / "page.html").read_text(encoding="utf-8")
xml = (folder / "invoice.xml").read_text(encoding="utf-8")
fonts = FontConfiguration()

for line in sys.stdin:
    begin = time.process_time()
    if line.strip() == "archive":
        attachment = Attachment(string=xml, name="factur-x.xml", relationship="Alternative")
        more = {"pdf_variant": "pdf/a-3b", "pdf_tags": True, "attachments": [attachment]}
    else:
        more = {}
    pdf = HTML(string=page).write_pdf(font_config=fonts, **more)
    took = (time.process_time() - begin) * 1000
    (folder / f"{line.strip()}.pdf").write_bytes(pdf)
    print(took, flush=True)
