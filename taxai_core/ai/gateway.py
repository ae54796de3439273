"""The one door to the model server: what is asked, how long it is waited for, what is refused."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

import httpx
import ollama
import stamina

from .answer import read_answer
from .client import Limits, ModelClient
from .errors import (
    ModelBusyError,
    ModelDiedError,
    ModelNotLoadedError,
    ModelStalledError,
    ModelTooSlowError,
    NoUsableAnswerError,
    TooLongQuestionError,
)
from .failures import told_as_ours
from .options import ModelOptions
from .question import Answer, Question
from .server import ModelServer, installed

Params = ParamSpec("Params")
Result = TypeVar("Result")

# A full server answers 503 at once: asked again soon, then ever less often, never all together.
FIRST_WAIT_S = 0.25
LONGEST_WAIT_S = 10.0


class Gateway:
    """Asks one model on one server. One process keeps one, and its connections, for all its calls.

    Every call raises ModelError or a subclass of it, and nothing else of the server's making.
    """

    def __init__(self, options: ModelOptions, turn: Callable[[], None] = lambda: None) -> None:
        """Args: turn: called before each request that makes the model work; it may wait.

        Raises: ModelAwayError where the URL is none.
        """
        self._options = options
        self._turn = turn
        self._limits = Limits(options.stall_s, options.call_s)
        with told_as_ours(options):
            self._client = ModelClient(
                options.url, connect_s=options.connect_s, limits=lambda: self._limits
            )
        self._is_given_up = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()  # type: ignore[no-untyped-call]  # the library's, without types

    @property
    def is_given_up(self) -> bool:
        """Were its calls ended by `give_up`?"""
        return self._is_given_up

    def give_up(self) -> None:
        """End the call that is under way, from another thread.

        It and all later ones raise ModelAwayError, and the server stops working on it.
        """
        self._is_given_up = True
        self._client.cut()

    def digest(self) -> str:
        """What tells the model from another one of the same name.

        Raises: ModelMissingError if the server does not have it; any other ModelError.
        """
        return self._patiently(self._digest)

    def load(self) -> None:
        """Have the model in the server's memory. However slow that is, it is no failure.

        Raises: ModelNotLoadedError if nothing is heard for `load_s`; ModelBusyError if the server
            is full for as long; any other ModelError as it comes.
        """
        self._patiently(self._load)

    def ask(self, question: Question) -> Answer:
        """Ask a question, and once more where the answer is of no use.

        Raises: TooLongQuestionError before anything is sent; NoUsableAnswerError after the second
            useless answer; any other ModelError as it comes.
        """
        if question.tokens + question.most_tokens > self._options.num_ctx:
            raise TooLongQuestionError
        self.load()
        try:
            return self._patiently(self._ask, question)
        except NoUsableAnswerError:
            # As cold as before: that helps against a server's hiccup and makes no guesses.
            return self._patiently(self._ask, question)

    def one_token(self) -> float:
        """Have the model make one token, as a proof that it can; returns the seconds it took.

        Raises: ModelError.
        """
        self.load()
        return self._patiently(self._one_token)

    def _is_loaded(self) -> bool:
        """Does a runner as we need it hold the model? One with another window would be replaced."""
        wanted = {self._options.model, f"{self._options.model}:latest"}
        return any(
            found.model in wanted and found.context_length in (None, self._options.num_ctx)
            for found in self._client.ps().models
        )

    def _load(self) -> None:
        options = self._options
        with told_as_ours(options):
            if self._is_loaded():
                return
        self._turn()
        self._limits = Limits(options.load_s, options.load_s)
        try:
            with told_as_ours(options):
                self._client.generate(  # with an empty prompt it only loads
                    options.model, options=options.request, keep_alive=options.keep_alive
                )
        except ModelStalledError:
            raise ModelNotLoadedError(options.load_s) from None
        finally:
            self._limits = Limits(options.stall_s, options.call_s)

    def _digest(self) -> str:
        url, model = self._options.url, self._options.model
        with told_as_ours(self._options):
            held = installed(self._client.list())
        return ModelServer(url, answers=True, models=held).digest_of(model)

    def _patiently(
        self, call: Callable[Params, Result], *args: Params.args, **kwargs: Params.kwargs
    ) -> Result:
        """Call again for as long as the server is full or loads, `load_s` in all."""
        for attempt in stamina.retry_context(
            on=_is_waited_for,
            attempts=None,
            timeout=self._options.load_s,
            wait_initial=FIRST_WAIT_S,
            wait_max=LONGEST_WAIT_S,
        ):
            with attempt:
                return call(*args, **kwargs)
        raise AssertionError("the attempts end with a result or an error")

    def _one_token(self) -> float:
        self._turn()
        started = time.monotonic()
        self._talk([{"role": "user", "content": "Hello"}], num_predict=1)
        return time.monotonic() - started

    def _ask(self, question: Question) -> Answer:
        self._turn()
        started = time.monotonic()
        text, end = self._talk(
            [
                {"role": "system", "content": question.system},
                {"role": "user", "content": question.text},
            ],
            schema=question.schema,
            num_predict=question.most_tokens,
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
            except (httpx.ReadError, httpx.RemoteProtocolError):  # it had the question by then
                raise ModelDiedError from None


def _joined(parts: Iterator[ollama.ChatResponse]) -> tuple[str, ollama.ChatResponse]:
    text = []
    for part in parts:
        text.append(part.message.content or "")
        if part.done:
            return "".join(text), part
    raise ModelDiedError  # it ended without an end


def _is_waited_for(error: Exception) -> bool:
    return isinstance(error, ModelBusyError) and not isinstance(error, ModelNotLoadedError)
