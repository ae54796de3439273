"""Tables of one page: Camelot, and pdfplumber where Camelot finds nothing."""

import logging
import warnings
from itertools import pairwise

import camelot
import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..models import Box, Method, Table
from .opening import OpenPdf
from .plausible import plausible

log = logging.getLogger(__name__)
# What the parsers warn of quotes the paper, and no log may hold that.
for parser in ("camelot", "pdfminer", "pdfplumber", "playa"):
    logging.getLogger(parser).setLevel(logging.CRITICAL)

# What Camelot renders with by default; its line finder's sizes are tuned to it.
RASTER_DPI = 300
# Forms in corpus/documents fill 15 to 21 % of their grid, tables more than 35 %.
FORM_FILLED = 0.3


def read_tables(
    pdf: OpenPdf, page_index: int, *, method: Method | None = None, area: Box | None = None
) -> list[Table] | None:
    """Read all tables of a page, from top to bottom; None where damage kept it from being searched.

    Ruled tables are read from the lines the page draws (`lattice`), what stands beside them by
    the alignment of its text (`network`). Where both find nothing, the lines of a scanned
    picture under a text layer are tried, then pdfplumber.
    """
    page = pdf.document[page_index]
    tables = plausible(_camelot(pdf, page_index, "lattice", engine="vector"))
    aligned = plausible(_camelot(pdf, page_index, "network"))
    tables += [table for table in aligned if not any(_overlap(table.bbox, t.bbox) for t in tables)]
    if not tables and _has_picture(page):
        renderer = _Renderer(pdf.document)
        tables = plausible(_camelot(pdf, page_index, "lattice", backend=renderer))
    if not tables:
        last_found = _pdfplumber(pdf, page_index)
        if last_found is None:
            return None
        tables = plausible(last_found)
    return sorted(tables, key=lambda table: (table.bbox.top, table.bbox.x0))


def _camelot(pdf: OpenPdf, page_index: int, flavor: Method, **options: object) -> list[Table]:
    number = page_index + 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "no tables found on page …"
            found = camelot.read_pdf(pdf.path, pages=str(number), flavor=flavor, **options)
    except Exception as error:
        # Seen on damaged pages as KeyError, ZeroDivisionError, RecursionError and more; the
        # other methods may still read the page.
        _raise_if_out_of_memory(error)
        log.warning("camelot %s failed on page %d: %s", flavor, number, type(error).__name__)
        return []
    tables = []
    frame = _Frame(pdf.document[page_index])
    for table in found:
        box = frame.shown_from_camelot(table._bbox, table.rotation)
        rows = _cells(table)
        accuracy = round(float(table.accuracy), 1)
        tables.append(Table(page=number, bbox=box, method=flavor, accuracy=accuracy, rows=rows))
    return tables


def _cells(table: camelot.core.Table) -> list[list[str]]:
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


def _drawn(row: list[camelot.core.Cell]) -> list[str]:
    cells = [row[0].text]
    for before, cell in pairwise(row):
        if before.right or cell.left:
            cells.append(cell.text)
        else:
            cells[-1] += f" {cell.text}"
    return [_tidy(cell) for cell in cells]


def _pdfplumber(pdf: OpenPdf, page_index: int) -> list[Table] | None:
    number = page_index + 1
    tables = []
    try:
        with pdfplumber.open(pdf.path, pages=[number]) as document:
            page = document.pages[0]
            frame = _Frame(pdf.document[page_index])
            for table in page.find_tables():
                x0, top, x1, bottom = table.bbox
                rows = [[_tidy(cell or "") for cell in row] for row in table.extract()]
                left, above = page.bbox[:2]
                box = frame.shown(x0 - left, top - above, x1 - left, bottom - above)
                tables.append(
                    Table(page=number, bbox=box, method="pdfplumber", accuracy=0.0, rows=rows)
                )
    except Exception as error:
        _raise_if_out_of_memory(error)
        log.warning("pdfplumber failed on page %d: %s", number, type(error).__name__)
        return None
    return tables


def _overlap(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _tidy(cell: str) -> str:
    return " ".join(cell.split())


def _has_picture(page: pdfium.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _raise_if_out_of_memory(error: BaseException | None) -> None:
    # Camelot reports a failed allocation as a missing Ghostscript; the cause is down the chain.
    while error is not None:
        if isinstance(error, MemoryError):
            raise error
        error = error.__cause__ or error.__context__


class _Frame:
    """How the parsers' page, the turned MediaBox, lies to the page as it is shown.

    PDFium shows the CropBox. It gives only a page's own MediaBox, not one inherited from the
    page tree; a page without its own is taken as uncropped, which it nearly always is.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        shown = page.get_bbox()
        media = page.get_mediabox(fallback_ok=False) or shown
        # What the crop takes away at each side, clockwise from the left; turning the page by 90°
        # clockwise brings its bottom to the left.
        left, top = shown[0] - media[0], media[3] - shown[3]
        right, bottom = media[2] - shown[2], shown[1] - media[1]
        quarters = page.get_rotation() // 90
        sides = [left, top, right, bottom]
        self._cut_left, self._cut_top = (sides[(side - quarters) % 4] for side in (0, 1))
        width, height = media[2] - media[0], media[3] - media[1]
        self._width, self._height = (height, width) if quarters % 2 else (width, height)

    def shown(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A box measured from the top left of the turned MediaBox, as the page shows it."""
        cut_left, cut_top = self._cut_left, self._cut_top
        return Box(x0=x0 - cut_left, top=top - cut_top, x1=x1 - cut_left, bottom=bottom - cut_top)

    def shown_from_camelot(self, bbox: tuple[float, float, float, float], rotation: str) -> Box:
        """The same of Camelot's box, which is measured from the bottom left.

        Camelot turns a page whose text runs upwards ("anticlockwise") or downwards until it is
        level, and measures there.
        """
        x0, y0, x1, y1 = bbox
        if rotation == "anticlockwise":
            x0, y0, x1, y1 = self._width - y1, x0, self._width - y0, x1
        elif rotation == "clockwise":
            x0, y0, x1, y1 = y0, self._height - x1, y1, self._height - x0
        return self.shown(x0, self._height - y1, x1, self._height - y0)


class _Renderer:
    """Camelot's rendering backend on the document that is open already."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document

    def to_array(self, _pdf_path: str, page: int = 1) -> np.ndarray:
        image = self._document[page - 1].render(scale=RASTER_DPI / 72).to_pil().convert("RGB")
        return np.asarray(image)[:, :, ::-1]

    def convert(self, pdf_path: str, png_path: str, page: int = 1) -> None:
        raise NotImplementedError("Camelot renders through to_array")
