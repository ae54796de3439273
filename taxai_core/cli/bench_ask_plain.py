"""Asking about papers the plain way: the whole text, whatever comes back, several at once."""

import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ..ai.client import Limits, ModelClient
from ..ai.errors import ModelAwayError, ModelError
from ..ai.failures import told_as_ours
from ..ai.options import ModelOptions
from ..ai.question import fewest_tokens
from .bench_ask_memory import MemoryWatch
from .bench_ask_papers import HiddenPaper
from .bench_ask_result import Asking, InFlight, Way

PLAIN = "the plain way"
AT_ONCE = 3
# Only so that another run draws the same answers; all else is the server's default.
SEED = 1
# More than the default window of any version that does not tell its window.
OVERLONG_WORDS = 6_000
# Where JSON may begin in an answer; a model that runs on writes thousands of brackets.
MOST_BEGINNINGS = 50


@dataclass(frozen=True)
class _Server:
    """The server as it is asked plainly; `window` is how many tokens it keeps, where known."""

    client: ModelClient
    options: ModelOptions
    window: int | None


@dataclass
class _Told:
    """An answer, as much of it as came; `tokens_in` is None where it did not come to its end."""

    text: str = ""
    pieces: int = 0
    tokens_in: int | None = None
    tokens_out: int = 0


def ask_plainly(
    papers: Sequence[HiddenPaper], options: ModelOptions, limit_s: float, window: int | None
) -> Way:
    """Ask about each paper in one request, three at once.

    Args:
        options: for the server, the model and the waiting; nothing else of it is sent.
        limit_s: a request that takes longer is given up.
        window: how many tokens of a prompt are kept, where that is known.
    """
    in_flight = InFlight()
    with _open(options, limit_s) as client:
        server = _Server(client, options, window)
        with MemoryWatch(options.url) as watch, ThreadPoolExecutor(AT_ONCE) as pool:
            start = time.monotonic()
            askings = [*pool.map(lambda paper: _ask(server, paper, in_flight), papers)]
            wall_s = time.monotonic() - start
        for asking in askings:
            if asking.given_up and asking.tokens_out:
                asking.tokens_in = _count_prompt(server, plain_prompt(asking.paper))
                asking.cut_prompts = int(_is_cut(server, asking.paper, asking.tokens_in))
    return Way(PLAIN, askings, wall_s, in_flight.peak, watch.peak)


def plain_window(options: ModelOptions) -> int | None:
    """Have the model loaded as a plain request loads it; returns how many tokens are kept.

    A server that does not tell its window (before 0.11) tells it by what it keeps of a prompt that
    is too long.
    """
    with suppress(ModelError), _open(options, options.load_s) as client:
        server = _Server(client, options, None)
        told = _Told()
        _stream(server, "Hello", told, {"num_predict": 1})
        with told_as_ours(options):
            for found in client.ps().models:
                is_ours = found.model in (options.model, f"{options.model}:latest")
                if is_ours and found.context_length:
                    return int(found.context_length)
        kept = _count_prompt(server, "one " * OVERLONG_WORDS)
        return kept if 0 < kept < OVERLONG_WORDS else None
    return None


def plain_prompt(paper: HiddenPaper) -> str:
    """What is wanted, the whole text, and once more what is wanted."""
    return prompt_about(paper.title, {rule.name: rule.title for rule in paper.rules}, paper.text)


def prompt_about(paper: str, fields: Mapping[str, str], text: str) -> str:
    """The same of any paper: what it is called, its fields' names and titles, and its text."""
    wanted = "\n".join(f'- "{name}": {title}' for name, title in fields.items())
    names = ", ".join(f'"{name}"' for name in fields)
    return (
        f"Extract these values from the text of an Indian tax paper ({paper}):\n{wanted}\n\n"
        f"TEXT:\n{text}\n\n"
        f"Answer with one JSON object that has the keys {names}; null for what is not in the text."
        " No explanations."
    )


def find_object(text: str, names: Sequence[str]) -> dict[str, Any]:
    """The first JSON object in a text that has one of the names; an empty one if there is none."""
    at, decoder = -1, json.JSONDecoder()
    for _ in range(MOST_BEGINNINGS):
        if (at := text.find("{", at + 1)) < 0:
            break
        with suppress(ValueError, RecursionError):
            found, _end = decoder.raw_decode(text, at)
            if any(name in found for name in names):
                return dict(found)
    return {}


def _ask(server: _Server, paper: HiddenPaper, in_flight: InFlight) -> Asking:
    asking, told = Asking(paper, calls=1), _Told()
    with in_flight:
        start = time.monotonic()
        try:
            _stream(server, plain_prompt(paper), told, {"seed": SEED})
        except ModelError:
            asking.given_up = 1
        asking.seconds = time.monotonic() - start
    asking.tokens_in = told.tokens_in or 0
    asking.tokens_out = told.tokens_out or told.pieces
    asking.cut_prompts = int(_is_cut(server, paper, asking.tokens_in))
    if not asking.given_up:
        asking.values = find_object(told.text, [*paper.truth])
        asking.is_finished = set(paper.truth) <= set(asking.values)
    return asking


def _stream(server: _Server, prompt: str, told: _Told, sampling: Mapping[str, int]) -> None:
    """Send a prompt and take down what comes.

    Raises: ModelError
    """
    with told_as_ours(server.options):
        parts = server.client.chat(
            server.options.model,
            [{"role": "user", "content": prompt}],
            stream=True,
            options=sampling,
        )
        for part in parts:
            piece = part.message.content or ""
            told.text += piece
            told.pieces += bool(piece)
            if part.done:
                told.tokens_in, told.tokens_out = part.prompt_eval_count, part.eval_count or 0
                return
    raise ModelAwayError  # it ended without an end


def _count_prompt(server: _Server, prompt: str) -> int:
    """How many tokens of a prompt the server keeps, by its own count; 0 where it does not tell."""
    told = _Told()
    with suppress(ModelError):
        _stream(server, prompt, told, {"num_predict": 1})
    return told.tokens_in or 0


def _is_cut(server: _Server, paper: HiddenPaper, tokens_in: int) -> bool:
    is_full = server.window is not None and tokens_in >= server.window - 1
    return 0 < tokens_in < fewest_tokens(plain_prompt(paper)) or is_full


def _open(options: ModelOptions, limit_s: float) -> ModelClient:
    limits = Limits(silent_s=limit_s, whole_s=limit_s)
    return ModelClient(options.url, connect_s=options.connect_s, limits=lambda: limits)
