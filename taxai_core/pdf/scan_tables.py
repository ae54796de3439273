"""Tables of a scanned page: its words and lines, read as those of any other page are."""

from ..models import Box, Method, Table
from .opening import open_pdf
from .scan import Scan
from .tables import read_tables


def read_scan_tables(
    scan: Scan, page_index: int, *, method: Method | None = None, area: Box | None = None
) -> list[Table]:
    """Read the tables of a scan; the arguments are those of `read_tables`."""
    if not scan.words:
        return []
    upright_area = scan.upright(area) if area else None
    with open_pdf(scan.as_page_pdf(), password=None, max_pages=1) as page:
        tables = read_tables(page, 0, method=method, area=upright_area)
    return [
        table.model_copy(
            update={"page": page_index + 1, "bbox": scan.shown(table.bbox), "is_ocr": True}
        )
        for table in tables
    ]
