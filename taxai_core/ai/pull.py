"""Have the model server fetch a model from Ollama's library."""

import math
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import cast

import httpx
import ollama

from .client import Limits, ModelClient
from .errors import ModelAwayError, ModelError, NotPulledError
from .failures import FAULTS

CONNECT_S = 5.0
# Ollama tells its progress many times a second; only while it checks a whole file is it silent,
# for seconds. A pull as such takes as long as the network needs.
SILENT_S = 60.0
NO_NETWORK_WORDS = ("no such host", "dial tcp", "i/o timeout", "proxyconnect", "x509")
NO_NETWORK = "The model server cannot reach Ollama's library. Connect it to the internet."
# What stands in Ollama's own words for each reason; they may hold paths, so they are not shown.
REASONS = {
    "file does not exist": "There is no such model in Ollama's library.",
    "invalid model name": "That is no name of a model.",
    "no space left": "The disk of the model server is full. Free some space and pull again.",
    "requires a newer version": "This model needs a newer version of Ollama.",
    **dict.fromkeys(NO_NETWORK_WORDS, NO_NETWORK),
}
SILENT = "Nothing came for {} seconds. Pull again; what has arrived is kept."
UNKNOWN = "The model server could not fetch it; its log says why."


@dataclass(frozen=True)
class Pulled:
    """How far a pull is. `status` is in Ollama's words; bytes are of the present file."""

    status: str
    completed: int = 0
    total: int = 0

    @property
    def is_done(self) -> bool:
        """Is the model there?"""
        return self.status == "success"


def pull(url: str, name: str) -> Generator[Pulled, None, None]:
    """Have the server at `url` fetch the model `name`, and tell how far it is.

    To close the generator ends the pull; what has arrived is kept for the next one.

    Raises: NotPulledError with the reason; ModelAwayError.
    """
    try:
        limits = Limits(SILENT_S, math.inf)
        with ModelClient(url, connect_s=CONNECT_S, limits=lambda: limits) as client:
            parts = cast("Generator[ollama.ProgressResponse]", client.pull(name, stream=True))
            with closing(parts):
                part = Pulled("")
                for found in parts:
                    part = Pulled(found.status or "", found.completed or 0, found.total or 0)
                    yield part
    except FAULTS as error:
        raise _failure_of(error) from None
    if not part.is_done:
        raise ModelAwayError


def _failure_of(error: Exception) -> ModelError:
    match error:
        case ollama.ResponseError():
            text = str(error.error).casefold()
            reasons = (reason for words, reason in REASONS.items() if words in text)
            return NotPulledError(next(reasons, UNKNOWN))
        case httpx.ReadTimeout():
            return NotPulledError(SILENT.format(round(SILENT_S)))
        case _:
            return ModelAwayError()
