"""Tables as Camelot and pdfplumber read them: second opinions, and the reviewer's choice."""

import logging
import warnings
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from ..models import Box, Method, Table
from .media import MediaFrame
from .opening import OpenPdf
from .score import Rows

if TYPE_CHECKING:
    import camelot
    import numpy as np

log = logging.getLogger(__name__)
# What the parsers warn of quotes the paper, and no log may hold that.
for parser in ("camelot", "pdfminer", "pdfplumber", "playa"):
    logging.getLogger(parser).setLevel(logging.CRITICAL)

# What Camelot renders with by default; its line finder's sizes are tuned to it.
RASTER_DPI = 300
# Forms in corpus/documents fill 15 to 21 % of their grid, tables more than 35 %.
FORM_FILLED = 0.3


def ask_camelot(
    pdf: OpenPdf,
    page_index: int,
    flavor: Method,
    *,
    area: Box | None = None,
    turn: int = 0,
    raster: bool = False,
) -> list[Table]:
    """Read a page, or one table in an area of it, with one of Camelot's flavours.

    Args:
        turn: how most of the page's text runs, as in `words.Ink`.
        raster: look for the lines of a picture instead of those the page draws.
    """
    import camelot  # a second and 90 MB, which few papers need

    number = page_index + 1
    frame = MediaFrame(pdf.document[page_index])
    options: dict[str, object] = {}
    if flavor in ("lattice", "hybrid"):
        options = {"backend": Renderer(pdf.document)} if raster else {"engine": "vector"}
    if area is not None:
        options["table_areas"] = [frame.camelot_area(area, turn)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "no tables found on page …"
            found = camelot.read_pdf(pdf.path, pages=str(number), flavor=flavor, **options)
    except Exception as error:
        # Seen on damaged pages as KeyError, ZeroDivisionError, RecursionError and more; the
        # other methods may still read the page.
        raise_if_out_of_memory(error)
        log.warning("camelot %s failed on page %d: %s", flavor, number, type(error).__name__)
        return []
    return [
        Table(
            page=number,
            bbox=frame.shown_from_camelot(table._bbox, table.rotation),
            method=flavor,
            accuracy=round(float(table.accuracy), 1),
            rows=_cells(table),
        )
        for table in found
    ]


def ask_pdfplumber(pdf: OpenPdf, page_index: int, *, area: Box | None = None) -> list[Table]:
    """Read a page, or an area of it, with pdfplumber."""
    import pdfplumber

    number = page_index + 1
    tables = []
    try:
        with pdfplumber.open(pdf.path, pages=[number]) as document:
            page = document.pages[0]
            left, above = page.bbox[:2]
            frame = MediaFrame(pdf.document[page_index])
            if area is not None:
                x0, top, x1, bottom = frame.from_shown(area)
                page = page.crop((x0 + left, top + above, x1 + left, bottom + above), strict=False)
            for table in page.find_tables():
                x0, top, x1, bottom = table.bbox
                rows = [[_tidy(cell or "") for cell in row] for row in table.extract()]
                box = frame.shown(x0 - left, top - above, x1 - left, bottom - above)
                tables.append(
                    Table(page=number, bbox=box, method="pdfplumber", accuracy=0.0, rows=rows)
                )
    except Exception as error:
        raise_if_out_of_memory(error)
        log.warning("pdfplumber failed on page %d: %s", number, type(error).__name__)
    return tables


def raise_if_out_of_memory(error: BaseException | None) -> None:
    """Raise the failed allocation that another error covers.

    Camelot reports one as a missing Ghostscript; the cause is down the chain.

    Raises:
        MemoryError
    """
    while error is not None:
        if isinstance(error, MemoryError):
            raise error
        error = error.__cause__ or error.__context__


def _cells(table: "camelot.core.Table") -> Rows:
    """The table's rows; those of a form list its cells as they are drawn, one after the other.

    A form stacks tables of different columns in one frame. On the grid of all their lines each
    cell would stand alone between empty ones (Form 16, Part A: 17 columns for at most 6 cells).
    """
    grid = [[_tidy(cell.text) for cell in row] for row in table.cells]
    filled = sum(bool(text) for row in grid for text in row)
    if filled >= FORM_FILLED * sum(map(len, grid)):
        return grid
    drawn = [_drawn(row) for row in table.cells]
    width = max(map(len, drawn))
    return [row + [""] * (width - len(row)) for row in drawn]


def _drawn(row: "list[camelot.core.Cell]") -> list[str]:
    cells = [row[0].text]
    for before, cell in pairwise(row):
        if before.right or cell.left:
            cells.append(cell.text)
        else:
            cells[-1] += f" {cell.text}"
    return [_tidy(cell) for cell in cells]


def _tidy(cell: str) -> str:
    return " ".join(cell.split())


class Renderer:
    """Camelot's rendering backend on the document that is open already."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document

    def to_array(self, _pdf_path: str, page: int = 1) -> "np.ndarray":
        """Return the page as a picture, blue, green, red."""
        import numpy as np

        image = self._document[page - 1].render(scale=RASTER_DPI / 72).to_pil().convert("RGB")
        return np.asarray(image)[:, :, ::-1]

    def convert(self, pdf_path: str, png_path: str, page: int = 1) -> None:
        """Not asked for: Camelot renders through `to_array`."""
        raise NotImplementedError
