"""Is what a model wrote an answer to what it was asked?"""

import json
from typing import Any, NoReturn

import jsonschema  # type: ignore[import-untyped]  # it ships no types
from ollama import ChatResponse

from .errors import NoUsableAnswerError
from .question import Answer, Question, fewest_tokens


def read_answer(
    question: Question, text: str, end: ChatResponse, *, num_ctx: int, seconds: float
) -> Answer:
    """Read the whole `text` of an answer; `end` is the last part, which counts the tokens.

    Raises: NoUsableAnswerError if it was cut, answers a cut prompt, or is not what was asked for.
    """
    prompt_tokens, tokens = end.prompt_eval_count or 0, end.eval_count or 0
    if end.done_reason == "length" or _is_cut(question, prompt_tokens, tokens, num_ctx):
        raise NoUsableAnswerError
    try:
        values = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):  # the exception holds the text: leave it behind
        raise NoUsableAnswerError from None
    if not isinstance(values, dict) or not _keeps_to(question.schema, values):
        raise NoUsableAnswerError
    return Answer(values, prompt_tokens, tokens, seconds)


def _is_cut(question: Question, prompt_tokens: int, tokens: int, num_ctx: int) -> bool:
    """Did the server drop a part of the prompt? It does so silently, with status 200.

    Up to 0.24 it keeps as much as the window holds, from 0.30 on about half of it. A server that
    gives a smaller window than it was asked for is found by the number of words.
    """
    return (
        prompt_tokens >= num_ctx - 1
        or prompt_tokens + tokens >= num_ctx
        or prompt_tokens < fewest_tokens(question.system + " " + question.text)
    )


def _keeps_to(schema: dict[str, Any], values: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft202012Validator(schema).is_valid(values))


def _refuse(_constant: str) -> NoReturn:
    raise ValueError  # NaN and Infinity are no JSON
