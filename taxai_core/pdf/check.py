"""What can be refused without opening a file; light enough for the pages to import."""

from ..errors import EmptyPdfError, NotAPdfError, TooLargeError

# Readers accept the mark anywhere in the first 1,024 bytes (PDF 1.7, Appendix H.3, note 13).
MARK, MARK_WITHIN = b"%PDF-", 1024


def check_bytes(data: bytes, max_file_mb: int) -> None:
    """Refuse bytes that are no PDF or too many.

    Raises:
        EmptyPdfError, TooLargeError, NotAPdfError
    """
    if not data:
        raise EmptyPdfError()
    if len(data) > max_file_mb << 20:
        raise TooLargeError(round(len(data) / (1 << 20), 1), max_file_mb)
    if MARK not in data[:MARK_WITHIN]:
        raise NotAPdfError()
