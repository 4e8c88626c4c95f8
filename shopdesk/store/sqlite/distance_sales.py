"""What was sold to private buyers in other member states, by SQLite's JSON functions over the frozen recipients."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from shopdesk.domain.addresses import EU

_COUNTRY = """coalesce(
    json_extract(content, '$.recipient.delivery_address.country'),
    json_extract(content, '$.recipient.address.country')
)"""
_OF = "SELECT 1 FROM document_line AS line WHERE line.document_id = document.id AND line.kind"
_NET = f"""
    SELECT coalesce(sum(net), 0) FROM document
    WHERE {_COUNTRY} IN (SELECT value FROM json_each(?)) AND date BETWEEN ? AND ?
      AND kind = 'invoice' AND state = 'issued' AND tax_case IN ('domestic', 'oss') AND id <> ?
      AND json_extract(content, '$.fulfilment') IN ('ship', 'deliver')
      AND json_extract(content, '$.recipient.vat_id') = ''
      AND (EXISTS ({_OF} = 'goods') OR NOT EXISTS ({_OF} = 'service'))
"""  # noqa: S608 - our own words; the limit is about goods that are sent, services alone are taxed at home anyway


def net(connection: Connection, year: int, home: str, but_not: int | None) -> int:
    """Net cents of a year's issued sales to private buyers in other member states (§ 3c UStG), without one document."""
    abroad = json.dumps(sorted(EU - {home}))
    given = (abroad, f"{year}-01-01", f"{year}-12-31", but_not or 0)
    return int(connection.exec_driver_sql(_NET, given).scalar_one())
