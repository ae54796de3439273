"""The words of a document's pages, sealed beside their pictures."""

import base64
import json

from ..models import Words
from .database import Store
from .documents import run_folder


def put_words(store: Store, document_id: str, run: int, page: int, words: Words) -> None:
    """Keep the words of a page. Raises StorageError."""
    packed = words.model_dump() | {"numbers": base64.b64encode(words.numbers).decode()}
    store.blobs.put(document_id, _name(run, page), json.dumps(packed).encode())


def get_words(store: Store, document_id: str, run: int, page: int) -> Words:
    """The words of a page; none where the page has none, or was read before words were kept.

    Raises:
        DamagedError: changed since they were written.
    """
    name = _name(run, page)
    if not store.blobs.has(document_id, name):
        return Words()
    packed = json.loads(store.blobs.get(document_id, name))
    return Words(**packed | {"numbers": base64.b64decode(packed["numbers"])})


def _name(run: int, page: int) -> str:
    return f"{run_folder(run)}/p{page}.words"
