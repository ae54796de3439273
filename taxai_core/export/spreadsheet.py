"""CSV that spreadsheets open as it is meant: numbers stay numbers, nothing runs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Excel and LibreOffice run a cell that begins with one of these, the full-width forms as well
# (OWASP, CSV Injection); a tab or a line break first hides it from the eye.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# A sign alone (printed for nil) or before a plain number makes no formula: -1,23,456.00 and
# +91 80 stay as printed.
_NUMBER = re.compile(
    r"[+-]\s*(?:₹|Rs\.?|INR)?\s*\d[\d.,\s]*(?:E[+-]?\d+)?\s*(?:%|\*|/-|Dr\.?|Cr\.?)?|[+-]+",
    re.IGNORECASE,
)


def neutralise(cell: str) -> str:
    """Return the cell with a leading `'` where a spreadsheet would run it as a formula."""
    text = cell.lstrip(" ")
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + cell
    return cell


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV: UTF-8 with a byte-order mark, quoted by RFC 4180, CRLF line ends."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [neutralise(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")
