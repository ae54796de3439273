"""Asking about papers as the job does: only for what is missing, one question at a time."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ..ai.errors import ModelAwayError, ModelError, ModelStalledError, ModelTooSlowError
from ..ai.gateway import Gateway
from ..ai.options import ModelOptions
from ..ai.question import Answer, Question, estimated_tokens
from ..asking import ask_about
from ..extract.vocabulary import Vocabulary
from .bench_ask_memory import Memory, MemoryWatch
from .bench_ask_papers import HiddenPaper
from .bench_ask_result import Asking, InFlight, Way, is_given

OURS = "TaxAI"
# A model that is given up in the middle of an answer told no counts.
GIVEN_UP = (ModelAwayError, ModelStalledError, ModelTooSlowError)


class _CountingGateway(Gateway):
    """Our gateway; counts what each request takes, also of answers that are of no use."""

    def __init__(self, options: ModelOptions, in_flight: InFlight) -> None:
        super().__init__(options)
        self._in_flight = in_flight
        self.asking: Asking | None = None

    def _talk(
        self,
        messages: list[dict[str, str]],
        *,
        schema: dict[str, Any] | None = None,
        **sampling: float,
    ) -> tuple[str, Any]:
        asking = self.asking
        if asking is None:
            return super()._talk(messages, schema=schema, **sampling)
        asking.calls += 1
        try:
            with self._in_flight:
                text, end = super()._talk(messages, schema=schema, **sampling)
        except GIVEN_UP:
            asking.given_up += 1
            asking.tokens_in += estimated_tokens("".join(one["content"] for one in messages))
            asking.tokens_out += int(sampling["num_predict"])
            raise
        asking.tokens_in += end.prompt_eval_count or 0
        asking.tokens_out += end.eval_count or 0
        return text, end


def ask_our_way(
    papers: Sequence[HiddenPaper],
    types: Mapping[str, Vocabulary],
    options: ModelOptions,
    limit_s: float,
) -> tuple[Way, list[Mapping[str, Any]]]:
    """Ask about each paper; returns also what the model answered before any of it was looked up.

    Args:
        limit_s: a paper that takes longer is not finished.
    """
    with suppress(ModelError), Gateway(options) as gateway:
        gateway.one_token()
    within = replace(
        options,
        call_s=min(options.call_s, limit_s),
        stall_s=min(options.stall_s, limit_s),
        load_s=limit_s,
    )
    in_flight, raw = InFlight(), []
    with MemoryWatch(options.url) as watch, _CountingGateway(within, in_flight) as gateway:
        start, askings = time.monotonic(), []
        for paper in papers:
            asking, answered = _ask(gateway, paper, types, within, limit_s)
            askings.append(asking)
            raw.append(answered)
        wall_s = time.monotonic() - start
    return Way(OURS, askings, wall_s, in_flight.peak, watch.peak), raw


def memory_of_one_token(options: ModelOptions) -> Memory:
    """What the server holds when it has loaded the model and makes a token.

    A runner's own memory grows with its first dozen questions (Ollama 0.5.4: by 260 MB, by chance
    more or less), which would hide what a setting is worth.
    """
    with suppress(ModelError), Gateway(options) as gateway:
        gateway.one_token()
        with MemoryWatch(options.url) as watch:
            gateway.one_token()
        return watch.peak
    return Memory()


def _ask(
    gateway: _CountingGateway,
    paper: HiddenPaper,
    types: Mapping[str, Vocabulary],
    options: ModelOptions,
    limit_s: float,
) -> tuple[Asking, Mapping[str, Any]]:
    gateway.asking = asking = Asking(paper)
    raw: dict[str, Any] = {}
    start = time.monotonic()
    put = _put(gateway, raw, start + limit_s)
    try:
        outcome = ask_about(
            [paper.record],
            lambda number: paper.pages[number - 1],
            types,
            put,
            window=options.num_ctx,
            gaps=[paper.gap],
        )
    except ModelError:
        asking.seconds = time.monotonic() - start
        return asking, raw
    asking.seconds = time.monotonic() - start
    asking.is_finished = asking.seconds <= limit_s
    fields = outcome.records.get(1, paper.record).fields
    asking.values = {name: fields[name].value for name in paper.truth if name in fields}
    return asking, raw


def _put(gateway: Gateway, raw: dict[str, Any], ends: float) -> Callable[[Question], Answer]:
    """Puts questions until the paper's time is over, and keeps the first answer for each field."""

    def put(question: Question) -> Answer:
        if time.monotonic() > ends:
            raise ModelTooSlowError(round(ends))
        answer = gateway.ask(question)
        for name, said in answer.values.items():
            if is_given(said):
                raw.setdefault(name, said)
        return answer

    return put
