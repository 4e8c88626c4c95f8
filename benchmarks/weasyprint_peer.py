"""Draws the same invoice with WeasyPrint for each line on standard input, and answers the processor time in ms.

Run by benchmarks.issue in an interpreter that has WeasyPrint; shopdesk does not need it.
"""

from __future__ import annotations

import sys
import time

from weasyprint import HTML  # type: ignore[import-not-found]

_ROWS = "".join(
    f"<tr><td>{at}</td><td>Matratze 1-{at}</td><td>{at + 1}</td><td>129,90 €</td><td>{129.9 * (at + 1):.2f} €</td></tr>"
    for at in range(3)
)
_PAGE = f"""<html lang=de><head><title>R-2026-0001</title><style>
@page {{ size: A4; margin: 25mm 20mm 30mm 25mm; @bottom-center {{ content: "Seite " counter(page) }} }}
body {{ font: 10pt sans-serif }} table {{ width: 100%; border-collapse: collapse }}
td, th {{ border-bottom: 1px solid }}
</style></head><body><p>Schlafgut Lindner<br>Marktstraße 9<br>37073 Göttingen</p>
<p>Desislava Ivanova<br>ul. Radetska 1<br>5300 Gabrovo</p><h1>Rechnung R-2026-0001</h1>
<table><tr><th>Pos.</th><th>Bezeichnung</th><th>Menge</th><th>Einzelpreis</th><th>Summe</th></tr>{_ROWS}</table>
<p>Summe netto 654,95 €<br>19 % USt 124,45 €<br><b>Gesamt 779,40 €</b></p>
<p>Bitte überweisen Sie den Betrag bis zum 07.12.2026 auf unser Konto DE02 1203 0000 0000 2020 51.</p></body></html>"""

for _turn in sys.stdin:
    begin = time.process_time()
    HTML(string=_PAGE).write_pdf()
    print((time.process_time() - begin) * 1000, flush=True)
