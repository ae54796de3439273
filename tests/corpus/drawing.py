"""What many layouts share: flowing pages, grids, fonts, watermarks."""

import io
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

OnPage = Callable[[Canvas, int], None]
ALIGNMENTS = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}
FONT_FOLDERS = [
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path(__file__).parent / "font",
]
BOLD = {
    "Helvetica": "Helvetica-Bold",
    "Times-Roman": "Times-Bold",
    "Courier": "Courier-Bold",
    "DejaVuSans": "DejaVuSans-Bold",
    "DejaVuSerif": "DejaVuSerif-Bold",
}


@cache
def has_font(name: str) -> bool:
    """Register a TrueType font by its file's name, if this machine has it."""
    for folder in FONT_FOLDERS:
        for path in sorted(folder.rglob(f"{name}.ttf")):
            try:
                pdfmetrics.registerFont(TTFont(name, str(path)))
            except TTFError:
                continue
            return True
    return False


def unicode_font(serif: bool = False) -> str:
    """A font with ₹ and typographic signs, or Helvetica where the machine has none."""
    name = "DejaVuSerif" if serif else "DejaVuSans"
    return name if has_font(name) and has_font(BOLD[name]) else "Helvetica"


def rupee_sign(font: str) -> str:
    """₹ where the font has it, else Rs."""
    return "₹" if font.startswith("DejaVu") else "Rs."


def hindi(text: str, size: float = 9) -> str:
    """Devanagari as Paragraph markup, or nothing where no font of the machine has it."""
    for name in ("NotoSansDevanagari-subset", "NotoSansDevanagari-Regular", "Lohit-Devanagari"):
        if has_font(name):
            return f'<font name="{name}" size="{size}">{escape(text)}</font>'
    return ""


def p(
    text: str,
    size: float = 9,
    *,
    bold: bool = False,
    align: str = "left",
    font: str = "Helvetica",
    after: float = 2,
    before: float = 0,
    lead: float = 1.22,
    color: Any = colors.black,
) -> Paragraph:
    """A paragraph; `text` may hold Paragraph markup, so names with & must be escaped before."""
    look = ParagraphStyle(
        "p",
        fontName=BOLD.get(font, font) if bold else font,
        fontSize=size,
        leading=size * lead,
        alignment=ALIGNMENTS[align],
        spaceAfter=after,
        spaceBefore=before,
        textColor=color,
    )
    return Paragraph(text, look)


def pdf(
    flow: Iterable[Flowable],
    *,
    size: tuple[float, float] = A4,
    margins: tuple[float, float, float, float] = (36, 36, 36, 36),
    on_page: OnPage | None = None,
    title: str = "",
) -> bytes:
    """Let the flowables run over as many pages as they need.

    Args:
        margins: left, top, right, bottom in points.
        on_page: draws what stands on every page; gets the canvas and the 1-based page.
    """
    out = io.BytesIO()
    left, top, right, bottom = margins
    document = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=left,
        topMargin=top,
        rightMargin=right,
        bottomMargin=bottom,
        title=title,
        invariant=True,
    )

    def every(canvas: Canvas, template: SimpleDocTemplate) -> None:
        if on_page:
            canvas.saveState()
            on_page(canvas, template.page)
            canvas.restoreState()

    document.build(list(flow), onFirstPage=every, onLaterPages=every)
    return out.getvalue()


def grid(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    ruled: bool = True,
    size: float = 8,
    font: str = "Helvetica",
    right: Iterable[int] = (),
    center: Iterable[int] = (),
    bold: Iterable[int] = (),
    shaded: Iterable[int] = (),
    spans: Iterable[tuple[int, int, int, int]] = (),
    pad: float = 2,
    repeat: int = 0,
    line: float = 0.5,
    extra: Iterable[tuple[Any, ...]] = (),
    heights: Sequence[float] | None = None,
    align: str = "CENTER",
    wrap: bool = True,
) -> Table:
    """A table of strings or flowables; strings wrap in their cell.

    Args:
        right, center: columns; bold, shaded: rows (negative from the end).
        spans: merged cells as first column, first row, last column, last row.
        repeat: head rows that are printed again on the next page.
        extra: commands of a reportlab TableStyle.
    """
    right, center, total = set(right), set(center), len(rows)
    strong = {row % total for row in bold}
    cells = []
    for number, row in enumerate(rows):
        line_of: list[Any] = []
        for column, cell in enumerate(row):
            if isinstance(cell, str) and wrap:
                side = "right" if column in right else "center" if column in center else "left"
                cell = p(escape(cell), size, bold=number in strong, align=side, font=font, after=0)
            line_of.append(cell)
        cells.append(line_of)
    look: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("FONT", (0, 0), (-1, -1), font, size),
        *[("ALIGN", (c, 0), (c, -1), "RIGHT") for c in right],
        *[("BACKGROUND", (0, r), (-1, r), colors.Color(0.9, 0.9, 0.92)) for r in shaded],
        *[("SPAN", (a, b), (c, d)) for a, b, c, d in spans],
        *extra,
    ]
    if ruled:
        look.insert(0, ("GRID", (0, 0), (-1, -1), line, colors.black))
    return Table(
        cells,
        colWidths=list(widths),
        rowHeights=heights,
        repeatRows=repeat,
        style=TableStyle(look),
        hAlign=align,
    )


def watermark(canvas: Canvas, text: str, size: float = 60) -> None:
    """Pale letters across the page, under what is drawn later."""
    width, height = canvas._pagesize
    canvas.saveState()
    canvas.setFillGray(0.93)
    canvas.setFont("Helvetica-Bold", size)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(45)
    canvas.drawCentredString(0, 0, text)
    canvas.restoreState()
