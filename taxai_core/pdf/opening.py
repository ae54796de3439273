"""Open a PDF from bytes: refuse what is none, unlock what is protected, count the pages."""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..errors import (
    CorruptPdfError,
    EmptyPdfError,
    EncryptedPdfError,
    TooManyPagesError,
    WrongPasswordError,
)


@dataclass(frozen=True)
class OpenPdf:
    """An open, unprotected PDF. `path` is for libraries that want one and lives as long as this."""

    document: pdfium.PdfDocument
    path: str

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return len(self.document)


def load_page(pdf: OpenPdf, page_index: int) -> pdfium.PdfPage | None:
    """Load a page; None where it is damaged."""
    try:
        return pdf.document[page_index]
    except pdfium.PdfiumError:
        return None


@contextmanager
def open_pdf(data: bytes, *, password: str | None, max_pages: int) -> Iterator[OpenPdf]:
    """Open a PDF that `check_bytes` let through.

    Raises:
        CorruptPdfError, EncryptedPdfError, WrongPasswordError, EmptyPdfError, TooManyPagesError
    """
    document = _load(data, password)
    try:
        if pdfium_c.FPDF_GetSecurityHandlerRevision(document) != -1:
            data = _without_protection(document)
            document.close()
            document = _load(data, None)
        if len(document) == 0:
            raise EmptyPdfError()
        if len(document) > max_pages:
            raise TooManyPagesError(len(document), max_pages)
        with _path_of(data) as path:
            yield OpenPdf(document, path)
    finally:
        document.close()


def _load(data: bytes, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        # PDFium also says "password" of a broken file that mentions no encryption at all.
        needs_password = error.err_code == pdfium_c.FPDF_ERR_PASSWORD and b"/Encrypt" in data
        if not needs_password:
            raise CorruptPdfError() from error
        raise (WrongPasswordError() if password else EncryptedPdfError()) from error


def _without_protection(document: pdfium.PdfDocument) -> bytes:
    """A copy that every parser opens; an owner's restrictions are no business of its reader."""
    copy = io.BytesIO()
    document.save(copy, flags=pdfium_c.FPDF_REMOVE_SECURITY)
    return copy.getvalue()


@contextmanager
def _path_of(data: bytes) -> Iterator[str]:
    """Give bytes a path without writing a paper to the disk, where the system can do that."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("paper")
        try:
            with open(descriptor, "wb", closefd=False) as file:
                file.write(data)
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)
    else:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(data)
            file.flush()
            yield file.name
