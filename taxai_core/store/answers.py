"""What models have answered, so that the same question is not asked twice."""

import json
from typing import Any

from sqlalchemy import select

from .database import Store
from .rows import AnswerRow


def key_of(store: Store, *asked: object) -> str:
    """What tells questions apart: the document, the model's digest, and all that is asked."""
    return store.vault.fingerprint(json.dumps(asked).encode())


def known_answer(store: Store, key: str) -> dict[str, Any] | None:
    """The values that were answered before."""
    with store.reading() as session:
        sealed = session.scalar(select(AnswerRow.answer_sealed).where(AnswerRow.key == key))
    if sealed is None:
        return None
    values: dict[str, Any] = store.vault.open_json(sealed, f"answer/{key}")
    return values


def keep_answer(store: Store, key: str, document_id: str, values: dict[str, Any]) -> None:
    """Keep an answer's values as long as its document."""
    with store.writing() as session:
        sealed = store.vault.seal_json(values, f"answer/{key}")
        session.merge(AnswerRow(key=key, document_id=document_id, answer_sealed=sealed))
