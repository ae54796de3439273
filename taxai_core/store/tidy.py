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
    if document.state in WAITING:
        return
    if document.state in READ:
        store.blobs.delete_kind(document_id, KEPT)
    # What was read of one that failed is kept for the next try.
    is_kept = document.state in (*READ, "failed")
    store.blobs.delete_folders(document_id, but=run_folder(document.run) if is_kept else None)
