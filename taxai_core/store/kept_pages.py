"""Pages of a document whose reading was ended before its last page, sealed until it is read."""

from ..errors import DamagedError
from ..models import Page, Words
from .database import Store
from .document import KEPT, run_folder
from .page_words import get_words, put_words
from .readings import picture_name


def keep_page(store: Store, document_id: str, run: int, page: Page, picture: bytes | None) -> None:
    """Keep what was read of a page, its words and its picture. Raises StorageError."""
    if picture:
        store.blobs.put(document_id, picture_name(run, page.number), picture)
    if len(page.words):
        put_words(
            store,
            document_id,
            run,
            page.number,
            page.words,
            turn=page.turn,
            slant_deg=page.slant_deg,
        )
    # Last, so that a page that is kept is kept whole.
    rest = page.model_copy(update={"words": Words()})
    store.blobs.put(document_id, _name(run, page.number), rest.model_dump_json().encode())


def kept_pages(store: Store, document_id: str, run: int, *, given_up: bool = False) -> list[Page]:
    """The pages that a run has read, from the first on up to one that it could not read.

    Args:
        given_up: those that it could not read are not to be tried again.
    """
    found: list[Page] = []
    try:
        while store.blobs.has(document_id, name := _name(run, len(found) + 1)):
            page = Page.model_validate_json(store.blobs.get(document_id, name))
            if page.kind == "damaged" and not given_up:
                break  # the next run may have more time or memory for it
            words = get_words(store, document_id, run, page.number).words
            found.append(page.model_copy(update={"words": words}))
    except (DamagedError, ValueError):
        pass  # what is damaged, or was kept by another version, is read again
    return found


def take_over(store: Store, document_id: str, run: int, *, given_up: bool = False) -> list[Page]:
    """Make the pages of the earlier run that has read most this run's; return them.

    What earlier runs have kept is removed then. Raises StorageError.
    """
    earlier = max(
        range(run),
        key=lambda each: len(kept_pages(store, document_id, each, given_up=given_up)),
    )
    taken: list[Page] = []
    try:
        for page in kept_pages(store, document_id, earlier, given_up=given_up):
            name = picture_name(earlier, page.number)
            has_picture = store.blobs.has(document_id, name)
            picture = store.blobs.get(document_id, name) if has_picture else None
            keep_page(store, document_id, run, page, picture)
            taken.append(page)
        store.blobs.delete_folders(document_id, but=run_folder(run))
    except DamagedError:
        pass
    return taken


def _name(run: int, page: int) -> str:
    return f"{run_folder(run)}/p{page}{KEPT}"
