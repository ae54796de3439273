"""A PDF of some pages of another."""

import io

import pypdfium2 as pdfium


def first_pages(data: bytes, count: int) -> bytes:
    """The first pages as a PDF of their own; all of them where there are fewer."""
    source, copy = pdfium.PdfDocument(data), pdfium.PdfDocument.new()
    copy.import_pages(source, list(range(min(count, len(source)))))
    out = io.BytesIO()
    copy.save(out)
    return out.getvalue()
