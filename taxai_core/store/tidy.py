"""Removing what no document needs any more."""

from ..errors import NotFoundError
from .database import Store
from .document import KEPT, READ, WAITING, run_folder
from .documents import get


def tidy_blobs(store: Store, document_id: str) -> None:
    """Remove what is left of runs that came to nothing, and of a deleted document."""
    try:
        document = get(store, document_id)
    except NotFoundError:
        store.blobs.delete(document_id)
        return
    # What any run has read of one that waits or failed is kept for the next try.
    if document.state in (*WAITING, "failed"):
        return
    is_read = document.state in READ
    if is_read:
        store.blobs.delete_kind(document_id, KEPT)
    store.blobs.delete_folders(document_id, but=run_folder(document.run) if is_read else None)
