"""The papers themselves, as they came in."""

from dataclasses import dataclass

from ..errors import NotFoundError
from .database import Store
from .rows import DocumentRow

PAPER = "paper.pdf"


@dataclass(frozen=True)
class Paper:
    """What a worker needs to read a document, for the first time or a page of it again."""

    data: bytes
    password: str | None


def open_paper(store: Store, document_id: str) -> Paper:
    """A stored paper, with the password that opens it.

    Raises:
        NotFoundError: it was deleted meanwhile.
        DamagedError: the paper's file is gone or was changed.
    """
    with store.reading() as session:
        row = session.get(DocumentRow, document_id)
        if row is None:
            raise NotFoundError()
        sealed = row.password_sealed
    password = store.vault.open(sealed, f"{document_id}/password").decode() if sealed else None
    return Paper(store.blobs.get(document_id, PAPER), password)
