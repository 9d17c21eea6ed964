"""Tables as files: CSV for any program, XLSX for spreadsheets. No cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from corpus.grid import Page, Styled, Value, inert

FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Without it Excel takes UTF-8 for the code page of the machine.
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, its header, its rows, and how wide its columns are, in characters."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[float] = ()


def csv_bytes(table: Table) -> bytes:
    r"""Return a table as CSV.

    >>> csv_bytes(Table("表", ["指标", "数值"], [["=1+1", 5]])).decode("utf-8-sig")
    "指标,数值\r\n'=1+1,5\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.header)
    writer.writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
    return (_BOM + out.getvalue()).encode()


def xlsx_bytes(tables: Sequence[Table]) -> bytes:
    """Return tables as the sheets of one workbook."""
    from corpus.workbook import write_workbook  # noqa: PLC0415 # half a second that only a download needs

    out = io.BytesIO()
    write_workbook(out, [_page(table) for table in tables])
    return out.getvalue()


def file_response(kind: str, name: str, content: bytes) -> Response:
    """Return a file to be saved as ``name`` (without its ending); no browser opens it as a page."""
    saved = quote(f"{name}.{kind}", safe="")
    headers = {
        "Content-Disposition": f"attachment; filename=\"table.{kind}\"; filename*=UTF-8''{saved}",
        "Cache-Control": "private, no-cache",
    }
    return Response(content, media_type=FILES.get(kind, "application/octet-stream"), headers=headers)


def _page(table: Table) -> Page:
    header = [Styled(name, bold=True, fill="E8EFF8") for name in table.header]
    return Page(table.name, [header, *table.rows], table.widths, filtered=True)
