"""Removing what no document needs any more."""

from sqlalchemy import select

from .database import Store
from .document import KEPT, READ, WAITING, run_folder
from .rows import DocumentRow


def tidy_blobs(store: Store, document_id: str) -> None:
    """Remove what is left of runs that came to nothing, and of a deleted document."""
    wanted = select(DocumentRow.state, DocumentRow.run).where(DocumentRow.id == document_id)
    with store.reading() as session:
        found = session.execute(wanted).first()
    if found is None:
        store.blobs.delete(document_id)
        return
    # What any run has read of one that waits or failed is kept for the next try.
    if found.state in (*WAITING, "failed"):
        return
    is_read = found.state in READ
    if is_read:
        store.blobs.delete_kind(document_id, KEPT)
    store.blobs.delete_folders(document_id, but=run_folder(found.run) if is_read else None)
