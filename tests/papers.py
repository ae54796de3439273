"""Papers for the tests: small, fictional, made on the spot. `python tests/papers.py` also writes
the sample that the Upload page offers."""

import io
from pathlib import Path

from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

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


if __name__ == "__main__":
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    SAMPLE.write_bytes(paper("Sample interest certificate", INTEREST))
