"""A PDF of pages of others."""

import io

import pypdfium2 as pdfium


def first_pages(data: bytes, count: int) -> bytes:
    """The first pages as a PDF of their own; all of them where there are fewer."""
    source, copy = pdfium.PdfDocument(data), pdfium.PdfDocument.new()
    copy.import_pages(source, list(range(min(count, len(source)))))
    return _saved(copy)


def joined(first: bytes, then: bytes) -> bytes:
    """The pages of one PDF and then those of another."""
    copy = pdfium.PdfDocument.new()
    for data in (first, then):
        copy.import_pages(pdfium.PdfDocument(data))
    return _saved(copy)


def _saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
