"""A Form 16 of two pages for the tests of the review: small, fictional, made on the spot."""

import io

import pypdfium2 as pdfium
from papers import RULED
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

CERTIFICATE = [
    ["Certificate No.", "QWERTYA", "Assessment Year", "2025-26"],
    ["Name of the employer", "Kaveri Looms Pvt. Ltd.", "TAN of the employer", "BLRK12345B"],
    ["Name of the employee", "Meera Iyer", "PAN of the employee", "ABCPI1234F"],
    ["Period from", "01/04/2024", "Period to", "31/03/2025"],
]
SALARY = [
    ["Particulars", "Amount (Rs.)"],
    ["Salary as per provisions contained in section 17(1)", "12,40,000.00"],
    ["Value of perquisites under section 17(2)", "36,000.00"],
    ["Profits in lieu of salary under section 17(3)", "0.00"],
    ["Gross Salary", "12,76,000.00"],
    ["Total amount of salary received from current employer", "12,76,000.00"],
    ["Standard deduction under section 16(ia)", "75,000.00"],
    ["Tax on employment under section 16(iii)", "2,400.00"],
    ["Income chargeable under the head Salaries", "11,98,600.00"],
]
TAX = [
    ["Particulars", "Amount (Rs.)"],
    ["Gross total income", "11,98,600.00"],
    ["Total taxable income", "11,98,600.00"],
    ["Tax on total income", "59,860.00"],
    ["Net tax payable", "62,254.00"],
    ["Verified by a clerk who noted", "62,250.00"],
]


def form16() -> bytes:
    """The certificate and the salary on the first page, the tax on the second."""
    out, look = io.BytesIO(), getSampleStyleSheet()
    heading = "Certificate under section 203 of the Income-tax Act, 1961 for tax deducted on salary"
    SimpleDocTemplate(out, pagesize=A4, title="Form 16", invariant=True).build(
        [
            Paragraph("FORM NO. 16", look["Title"]),
            Paragraph(heading, look["Normal"]),
            Spacer(1, 14),
            Table(CERTIFICATE, style=RULED, colWidths=[38 * mm, 46 * mm, 40 * mm, 36 * mm]),
            Spacer(1, 20),
            Paragraph("PART B (Annexure)", look["Heading3"]),
            Table(SALARY, style=RULED, colWidths=[110 * mm, 50 * mm]),
            PageBreak(),
            Paragraph("FORM NO. 16, PART B (Annexure), continued", look["Heading3"]),
            Spacer(1, 200),
            Table(TAX, style=RULED, colWidths=[110 * mm, 50 * mm]),
        ]
    )
    return out.getvalue()


def scanned(data: bytes, dpi: int = 150) -> bytes:
    """The same paper as pictures of its pages."""
    pages = [page.render(scale=dpi / 72).to_pil().convert("L") for page in pdfium.PdfDocument(data)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return out.getvalue()
