"""The gaps of documents that were read before models were asked. Imports the definitions."""

from contextlib import suppress

from ..asking import count_gaps, find_gaps
from ..errors import TaxAIError
from ..pipeline import known_types
from ..settings import get_settings
from ..store import asks, documents, readings
from ..store.database import Store


def note_old_gaps(store: Store) -> None:
    """Say of each such document in review how many values are open in it."""
    types = known_types(get_settings().doctypes_path)
    for document in documents.listing(store):
        if document.state == "review" and document.ask is None:
            with suppress(TaxAIError):  # deleted just now, or damaged
                records = [one.as_record() for one in readings.load(store, document.id).records]
                if gaps := count_gaps(find_gaps(types, records)):
                    asks.note_old(store, document.id, gaps)
