"""The one door to the model server: what is asked, how long it is waited for, what is refused."""

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from types import TracebackType
from typing import Any, Self, cast

import httpx
import ollama
import stamina

from .answer import read_answer
from .client import open_client
from .errors import (
    ModelAwayError,
    ModelBusyError,
    ModelStalledError,
    ModelTooSlowError,
    NoUsableAnswerError,
    TooLongQuestionError,
)
from .failures import told_as_ours
from .options import ModelOptions
from .question import Answer, Question

# At 0 a model gives the same bad answer again; so little warmth leaves the sure values as they are.
SECOND_TRY_TEMPERATURE = 0.3
# A full server answers 503 at once: asked again soon, then ever less often, never all together.
FIRST_WAIT_S = 0.25
LONGEST_WAIT_S = 10.0


class Gateway:
    """Asks one model on one server. One process keeps one, and its connections, for all its calls.

    Every call raises ModelError or a subclass of it, and nothing else of the server's making.
    """

    def __init__(self, options: ModelOptions) -> None:
        """Raises: ModelAwayError where the URL is none."""
        self._options = options
        with told_as_ours(options):
            self._client = open_client(
                options.url,
                connect_s=options.connect_s,
                silent_s=options.stall_s,
                ends=lambda: time.monotonic() + options.call_s,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()  # type: ignore[no-untyped-call]  # the library's, without types

    def load(self) -> None:
        """Have the model in the server's memory. However slow that is, it is no failure.

        Raises: ModelBusyError after `load_s`; any other ModelError as it comes.
        """
        with told_as_ours(self._options):
            if self._is_loaded():
                return
        until = time.monotonic() + self._options.load_s
        for attempt in self._while_busy():
            with attempt:
                self._load(until)

    def ask(self, question: Question) -> Answer:
        """Ask a question, and once more where the answer is of no use.

        Raises: TooLongQuestionError before anything is sent; NoUsableAnswerError after the second
            useless answer; any other ModelError as it comes.
        """
        if question.tokens + question.most_tokens > self._options.num_ctx:
            raise TooLongQuestionError
        self.load()
        try:
            return self._ask_patiently(question, temperature=0)
        except NoUsableAnswerError:
            return self._ask_patiently(question, temperature=SECOND_TRY_TEMPERATURE)

    def one_token(self) -> float:
        """Have the model make one token, as a proof that it can; returns the seconds it took.

        Raises: ModelError.
        """
        self.load()
        started = time.monotonic()
        for attempt in self._while_busy():
            with attempt:
                self._talk([{"role": "user", "content": "Hello"}], num_predict=1)
        return time.monotonic() - started

    def _is_loaded(self) -> bool:
        """Does a runner as we need it hold the model? One with another window would be replaced."""
        wanted = {self._options.model, f"{self._options.model}:latest"}
        return any(
            found.model in wanted and found.context_length in (None, self._options.num_ctx)
            for found in self._client.ps().models
        )

    def _load(self, until: float) -> None:
        options = self._options
        with (
            told_as_ours(options),
            open_client(
                options.url,
                connect_s=options.connect_s,
                silent_s=options.load_s,
                ends=lambda: until,
            ) as client,
        ):
            try:
                client.generate(  # with an empty prompt it only loads
                    options.model, options=options.request, keep_alive=options.keep_alive
                )
            except httpx.ReadTimeout:
                raise ModelBusyError(options.load_s) from None

    def _while_busy(self) -> Iterable[stamina.Attempt]:
        """Attempts for as long as the server is full or loads, `load_s` in all."""
        return stamina.retry_context(
            on=ModelBusyError,
            attempts=None,
            timeout=self._options.load_s,
            wait_initial=FIRST_WAIT_S,
            wait_max=LONGEST_WAIT_S,
        )

    def _ask_patiently(self, question: Question, *, temperature: float) -> Answer:
        for attempt in self._while_busy():
            with attempt:
                return self._ask(question, temperature)
        raise AssertionError("the attempts end with an answer or an error")

    def _ask(self, question: Question, temperature: float) -> Answer:
        started = time.monotonic()
        text, end = self._talk(
            [
                {"role": "system", "content": question.system},
                {"role": "user", "content": question.text},
            ],
            schema=question.schema,
            num_predict=question.most_tokens,
            temperature=temperature,
        )
        seconds = time.monotonic() - started
        return read_answer(
            question, text, end, num_ctx=self._options.num_ctx, seconds=round(seconds, 3)
        )

    def _talk(
        self,
        messages: list[dict[str, str]],
        *,
        schema: dict[str, Any] | None = None,
        **sampling: float,
    ) -> tuple[str, ollama.ChatResponse]:
        """Send messages; returns the answer's text and its last part.

        A call that is left before its end, for whatever reason, closes its connection, and the
        server then stops working on it.
        """
        options = self._options
        ends = time.monotonic() + options.call_s
        with told_as_ours(options):
            parts = self._client.chat(
                options.model,
                messages,
                stream=True,
                think=False,  # thoughts are not bound by a schema and use up the answer's tokens
                format=schema,
                options={**options.request, **sampling},
                keep_alive=options.keep_alive,
            )
            try:
                with closing(cast("Generator[ollama.ChatResponse]", parts)):
                    return _joined(parts)
            except httpx.ReadTimeout:
                if time.monotonic() >= ends:
                    raise ModelTooSlowError(options.call_s) from None
                raise ModelStalledError(options.stall_s) from None


def _joined(parts: Iterator[ollama.ChatResponse]) -> tuple[str, ollama.ChatResponse]:
    text = []
    for part in parts:
        text.append(part.message.content or "")
        if part.done:
            return "".join(text), part
    raise ModelAwayError  # it ended without an end
