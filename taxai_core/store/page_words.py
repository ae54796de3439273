"""The words of a document's pages, and how each page lies, sealed beside their pictures."""

import base64
import json
from dataclasses import dataclass

from ..models import Words
from .database import Store
from .document import run_folder


@dataclass(frozen=True)
class StoredWords:
    """The words of a page, with its `turn` and `slant_deg` as `models.Page` has them."""

    words: Words
    turn: int = 0
    slant_deg: float = 0.0


def put_words(
    store: Store,
    document_id: str,
    run: int,
    page: int,
    words: Words,
    *,
    turn: int = 0,
    slant_deg: float = 0.0,
) -> None:
    """Keep the words of a page. Raises StorageError."""
    packed = words.model_dump() | {
        "numbers": base64.b64encode(words.numbers).decode(),
        "turn": turn,
        "slant_deg": slant_deg,
    }
    store.blobs.put(document_id, _name(run, page), json.dumps(packed).encode())


def get_words(store: Store, document_id: str, run: int, page: int) -> StoredWords:
    """The words of a page; none where the page has none, or was read before words were kept.

    Raises:
        DamagedError: changed since they were written.
    """
    name = _name(run, page)
    if not store.blobs.has(document_id, name):
        return StoredWords(Words())
    packed = json.loads(store.blobs.get(document_id, name))
    # An earlier version kept the words alone.
    lies = {key: packed.pop(key) for key in ("turn", "slant_deg") if key in packed}
    return StoredWords(Words(**packed | {"numbers": base64.b64decode(packed["numbers"])}), **lies)


def _name(run: int, page: int) -> str:
    return f"{run_folder(run)}/p{page}.words"
