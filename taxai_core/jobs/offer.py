"""Bringing documents before the model: those just read, and those that could not be asked about."""

import json
from contextlib import suppress
from datetime import timedelta

from redis import Redis

from ..ai.server import ModelServer
from ..errors import NotFoundError, QueueDownError, TaxAIError
from ..store import ask_lists, asks, documents
from ..store.database import Store
from ..store.document import now
from . import kinds
from .breaker import model_breaker
from .keeper_signs import MODEL
from .model import asks_when_back, chosen_model
from .queue import enqueue
from .workplace import get_redis, get_store

# So many are brought before it at a time; the rest as those are done.
MOST_AT_ONCE = 50
# A server that was started anew, or had too much to do for a while, is back within this.
HICCUP_S = 900


def queue_ask(document_id: str) -> None:
    """Queue what is wanted for a document; where the queue is away, the keeper will."""
    with suppress(QueueDownError, NotFoundError):
        ask = documents.get(get_store(), document_id).ask
        if ask and ask.state == "queued":
            enqueue(get_redis(answer_within_s=2.0), kinds.ASK, ask)


def offer_put_off(store: Store, redis: Redis) -> list[str]:
    """Ask about what could not be asked because of the server, when that is well again.

    What was put off some minutes ago was queued and has only waited for that; what is longer off
    is asked about by itself where people want it. After a failure one document is the probe; the
    others wait for how that ends.
    """
    if not _has_model(store, redis):
        return []
    breaker = model_breaker(redis)
    if breaker.is_open() or ask_lists.waiting(store):
        return []
    since = None if asks_when_back(store) else now() - timedelta(seconds=HICCUP_S)
    most = 1 if breaker.may_probe() else MOST_AT_ONCE
    offered = []
    for one in ask_lists.not_asked(store, most, since=since):
        with suppress(TaxAIError):  # approved or deleted meanwhile
            enqueue(redis, kinds.ASK, asks.want(store, one.id))
            offered.append(one.id)
    return offered


def model_server(redis: Redis) -> ModelServer | None:
    """What the keeper last heard of the model server."""
    stored = redis.get(MODEL)
    return ModelServer.from_dict(json.loads(stored)) if stored else None


def _has_model(store: Store, redis: Redis) -> bool:
    server, model = model_server(redis), chosen_model(store)
    return bool(server and server.answers and model and server.has(model))
