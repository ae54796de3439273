"""Sheets for the tests of the table reader: one kind of table each, drawn to the point."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

WIDTH, HEIGHT = A4
BODY = getSampleStyleSheet()["BodyText"]
LINE_PT = 14

Draw = Callable[[Canvas], None]


def sheets(*draws: Draw, rotate: int = 0) -> bytes:
    """A PDF with a page for each drawing."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for draw in draws:
        canvas.setPageRotation(rotate)
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def columns(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    xs: Sequence[float],
    top: float = 120,
    step: float = LINE_PT,
) -> float:
    """Print rows without lines; a negative x ends the text there. Return where they end."""
    y = HEIGHT - top
    for row in rows:
        for x, cell in zip(xs, row, strict=True):
            if x < 0:
                canvas.drawRightString(-x, y, cell)
            else:
                canvas.drawString(x, y, cell)
        y -= step
    return HEIGHT - y


def placed(canvas: Canvas, table: Table, top: float = 120, left: float = 70) -> float:
    """Draw a table of platypus; return where it ends."""
    _, height = table.wrapOn(canvas, WIDTH, HEIGHT)
    table.drawOn(canvas, left, HEIGHT - top - height)
    return top + height


def grid(*commands: tuple[object, ...]) -> TableStyle:
    """All lines drawn, and what else is wanted."""
    return TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *commands])


def wrapped(text: str) -> Paragraph:
    """A cell whose text runs over several lines."""
    return Paragraph(text, BODY)
