"""Open a PDF from bytes: refuse what is none, unlock what is protected, count the pages."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..errors import (
    CorruptPdfError,
    EmptyPdfError,
    EncryptedPdfError,
    TaxAIError,
    TooManyPagesError,
    UnsupportedProtectionError,
    WrongPasswordError,
)
from .protection import is_opened_by_password, spellings


@dataclass(frozen=True)
class OpenPdf:
    """An open PDF. `path` leads to a copy for other parsers and lives as long as this."""

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
        CorruptPdfError, EncryptedPdfError, UnsupportedProtectionError, WrongPasswordError,
        EmptyPdfError, TooManyPagesError
    """
    document = _load(data, password)
    try:
        if len(document) == 0:
            raise EmptyPdfError()
        if len(document) > max_pages:
            raise TooManyPagesError(len(document), max_pages)
        with _plain_copy(document) as path:
            yield OpenPdf(document, path)
    finally:
        document.close()


def _load(data: bytes, password: str | None) -> pdfium.PdfDocument:
    refused: pdfium.PdfiumError | None = None
    for spelling in spellings(password):
        try:
            return pdfium.PdfDocument(data, password=spelling)
        except pdfium.PdfiumError as error:
            refused = refused or error
            if error.err_code != pdfium_c.FPDF_ERR_PASSWORD:
                break
    assert refused  # there is at least one spelling
    raise _refusal(data, refused.err_code, password) from refused


def _refusal(data: bytes, reason: int, password: str | None) -> TaxAIError:
    # PDFium also says "password" of a broken file that mentions no encryption at all.
    if reason not in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY) or (
        b"/Encrypt" not in data
    ):
        return CorruptPdfError()
    # Of algorithms that it does not know PDFium says that the password is wrong.
    if reason == pdfium_c.FPDF_ERR_SECURITY or not is_opened_by_password(data):
        return UnsupportedProtectionError()
    return WrongPasswordError() if password else EncryptedPdfError()


@contextmanager
def _plain_copy(document: pdfium.PdfDocument) -> Iterator[str]:
    """A copy that every parser opens, written anew by PDFium; gives its path.

    It has no protection left (an owner's restrictions are no business of its reader) and a right
    table of contents: in a file whose own is wrong the parsers find no page, or search for half a
    minute. Of 400 mutants 7 tables more are read this way; 500 pages are copied in 0.05 s.
    """
    with _memory_file() as (file, path):
        # Where it cannot be written, PDFium's own text and pictures of the pages are left.
        with suppress(pdfium.PdfiumError):
            document.save(file, flags=pdfium_c.FPDF_REMOVE_SECURITY)
        file.flush()
        yield path


@contextmanager
def _memory_file() -> Iterator[tuple[IO[bytes], str]]:
    """A file with a path and without a place on the disk, where the system can do that."""
    if hasattr(os, "memfd_create"):
        with open(os.memfd_create("paper"), "wb") as file:
            yield file, f"/proc/self/fd/{file.fileno()}"
    else:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            yield file, file.name
