"""Papers for the tests: small, fictional, made on the spot. `python tests/papers.py` also writes
the sample that the Upload page offers."""

import io
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

SAMPLE = Path(__file__).parents[1] / "taxai_core/ui/sample/sample-interest-certificate.pdf"
RULED = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("ALIGN", (1, 1), (-1, -1), "RIGHT"),
    ]
)
ALIGNED = TableStyle([("ALIGN", (1, 0), (-1, -1), "RIGHT")])

INTEREST = [
    ["Account", "Interest (Rs.)", "TDS (Rs.)"],
    ["Savings account", "12,345.00", "0.00"],
    ["Fixed deposit 1", "1,04,200.00", "10,420.00"],
    ["Fixed deposit 2", "56,780.50", "5,678.00"],
    ["Total", "1,73,325.50", "16,098.00"],
]
PREMIUMS = [
    ["Policy", "Due", "Premium"],
    ["LX-204 911", "05/06/2024", "18,000.00"],
    ["LX-204 912", "05/09/2024", "21,500.00"],
    ["LX-204 913", "05/12/2024", "7,250.00"],
]


def paper(
    title: str,
    rows: list[list[str]],
    *,
    pages: int = 1,
    style: TableStyle = RULED,
    password: str | None = None,
) -> bytes:
    """A PDF with the same table on each of its pages."""
    out = io.BytesIO()
    lock = pdfencrypt.StandardEncryption(password, strength=128) if password else None
    document = SimpleDocTemplate(out, pagesize=A4, title=title, encrypt=lock, invariant=True)
    look = getSampleStyleSheet()
    flow = []
    for page in range(1, pages + 1):
        flow += [
            Paragraph(title, look["Title"]),
            Paragraph("Meera Iyer-Sample · fictional · financial year 2024-25", look["Normal"]),
            Spacer(1, 18),
            Table(rows, style=style, colWidths=[170, 130, 130]),
            Spacer(1, 24),
            Paragraph(f"Sheet {page}. Made by a program; signed by nobody.", look["Normal"]),
        ]
        if page < pages:
            flow.append(PageBreak())
    document.build(flow)
    return out.getvalue()


def blank_paper() -> bytes:
    """One page without a text layer, as a scan has it."""
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=True).build([Spacer(1, 10)])
    return out.getvalue()


PROSE = (
    "This letter says in plain words what the bank will do next year. It has no figures in "
    "columns and no ruled lines, and whoever reads it finds sentences only. The second half says "
    "the same again at more length, so that the paragraph runs over several lines of the page. "
) * 3


def letter(*paragraphs: str) -> bytes:
    """One page of prose."""
    look = getSampleStyleSheet()["Normal"]
    return _built([Paragraph(text, look) for text in paragraphs or (PROSE, PROSE)])


def two_tables(first: list[list[str]], second: list[list[str]]) -> bytes:
    """One page with two ruled tables, one below the other."""
    widths = [170, 130, 130]
    return _built(
        [
            Table(first, style=RULED, colWidths=widths),
            Spacer(1, 60),
            Table(second, style=RULED, colWidths=widths),
        ]
    )


def restricted_paper(rows: list[list[str]]) -> bytes:
    """A paper that anybody can open and only its owner may print or copy."""
    out = io.BytesIO()
    lock = pdfencrypt.StandardEncryption("", "the owner's", canPrint=0, canCopy=0, strength=128)
    document = SimpleDocTemplate(out, pagesize=A4, encrypt=lock, invariant=True)
    document.build([Table(rows, style=RULED, colWidths=[170, 130, 130])])
    return out.getvalue()


def landscape_paper(rows: list[list[str]]) -> bytes:
    """A page whose content is drawn sideways and turned upright by /Rotate 90."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    table = Table(rows, style=RULED, colWidths=[300, 200, 200])
    table.wrapOn(canvas, A4[1], A4[0])
    table.drawOn(canvas, 60, 300)
    canvas.save()
    return out.getvalue()


def reshaped(
    data: bytes,
    *,
    rotate: int = 0,
    media_box: tuple[float, float, float, float] | None = None,
    crop_box: tuple[float, float, float, float] | None = None,
) -> bytes:
    """The same paper, each page with another rotation or other boxes."""
    document = pdfium.PdfDocument(data)
    for page in document:
        page.set_rotation(rotate)
        if media_box:
            page.set_mediabox(*media_box)
        if crop_box:
            page.set_cropbox(*crop_box)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def joined(*papers: bytes) -> bytes:
    """The pages of several papers in one."""
    document = pdfium.PdfDocument.new()
    for data in papers:
        document.import_pages(pdfium.PdfDocument(data))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _built(flow: list[Flowable]) -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=True).build(flow)
    return out.getvalue()


if __name__ == "__main__":
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    SAMPLE.write_bytes(paper("Sample interest certificate", INTEREST))
