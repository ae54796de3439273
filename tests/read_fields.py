"""What a user gets of a paper's fields: papers set to the point, and readings made only once."""

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table
from sheets import HEIGHT, grid, placed, sheets, wrapped

from taxai_core.models import Reading, Record
from taxai_core.pipeline import process_pdf

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT))

from tests.corpus.paper import Paper, all_layouts, build  # noqa: E402

# Where a text begins (or, negative, ends), how far below the top of the page, and the text.
Printed = tuple[float, float, str]
# A seed that no rule and no label was made with.
SEED = 4242


def read(pdf: bytes, password: str | None = None) -> Reading:
    """Read a paper as `taxai process` does."""
    return process_pdf(pdf, password=password, max_file_mb=50, max_pages=200)


def said(found: Reading | Record) -> dict[str, str]:
    """The values of a paper, or of the first one of a file, by their fields."""
    record = found.first_record if isinstance(found, Reading) else found
    return {name: field.value for name, field in record.fields.items()}


def typed(*pages: Sequence[Printed]) -> bytes:
    """A page for each list of texts, every text where it is wanted."""

    def draw(canvas: Canvas, texts: Sequence[Printed]) -> None:
        for x, top, text in texts:
            if x < 0:
                canvas.drawRightString(-x, HEIGHT - top, text)
            else:
                canvas.drawString(x, HEIGHT - top, text)

    return sheets(*(lambda canvas, texts=texts: draw(canvas, texts) for texts in pages))


def lines(*texts: str, top: float = 60, step: float = 18) -> list[Printed]:
    """Texts one below the other."""
    return [(60, top + step * index, text) for index, text in enumerate(texts)]


def form(head: Sequence[str], rows: Sequence[Sequence[str]], *widths: float) -> bytes:
    """Some lines of text and below them a table with all its lines drawn, labels wrapped."""
    cells = [[wrapped(row[0]), *row[1:]] for row in rows]
    aligned = ("ALIGN", (1, 0), (-1, -1), "RIGHT")
    table = Table(cells, colWidths=widths or None, style=grid(aligned))

    def draw(canvas: Canvas) -> None:
        for index, text in enumerate(head):
            canvas.drawString(60, A4[1] - 50 - 16 * index, text)
        placed(canvas, table, top=60 + 16 * len(head), left=60)

    return sheets(draw)


def differences(found: Mapping[str, str], wanted: Mapping[str, str | None]) -> dict[str, object]:
    """What a field says, where it is not what it should; None is wanted absent."""
    return {name: found.get(name) for name, value in wanted.items() if found.get(name) != value}


@cache
def sample(layout: str, seed: int = SEED) -> tuple[Paper, Reading]:
    """A paper of the generator and its reading; both made once for all tests."""
    paper = build(layout, seed)
    return paper, read(paper.pdf)


def samples(of: str = "") -> list[tuple[Paper, Reading]]:
    """Those of every layout whose name begins so."""
    return [sample(layout) for layout in sorted(all_layouts()) if layout.startswith(of)]
