"""Is there a model server, and what does it hold? It is optional; nothing here may hang."""

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from ollama import ListResponse, ProcessResponse

PROBE_TIMEOUT_S = 2.0


@dataclass(frozen=True)
class InstalledModel:
    """A model that the server has on its disk."""

    name: str
    size_bytes: int = 0
    digest: str = ""
    parameter_size: str = ""
    quantization: str = ""


@dataclass(frozen=True)
class LoadedModel:
    """A model in the server's memory; `vram_bytes` of it on a graphics card. `until` is ISO 8601.

    `num_ctx` is None where the server is too old to tell (before 0.11).
    """

    name: str
    size_bytes: int = 0
    vram_bytes: int = 0
    until: str | None = None
    num_ctx: int | None = None


@dataclass(frozen=True)
class ModelServer:
    """What the model server answered. `loaded` names the models in its memory."""

    url: str
    answers: bool
    loaded: tuple[str, ...] = ()
    version: str | None = None
    models: tuple[InstalledModel, ...] = ()
    in_memory: tuple[LoadedModel, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, found: dict[str, Any]) -> Self:
        """Back from JSON; what an older version wrote has less."""
        return cls(
            url=found["url"],
            answers=found["answers"],
            loaded=tuple(found.get("loaded", ())),
            version=found.get("version"),
            models=tuple(InstalledModel(**model) for model in found.get("models", ())),
            in_memory=tuple(LoadedModel(**model) for model in found.get("in_memory", ())),
        )


def probe(url: str) -> ModelServer:
    """Ask the Ollama server at `url` what it holds."""
    from .client import open_client  # here, because the pages import this module for its answer

    ends = time.monotonic() + PROBE_TIMEOUT_S
    try:
        with open_client(
            url, connect_s=PROBE_TIMEOUT_S, silent_s=PROBE_TIMEOUT_S, ends=lambda: ends
        ) as client:
            in_memory = tuple(map(_loaded, client.ps().models))
            models = tuple(map(_installed, client.list().models))
            version = client.version()
    except Exception:  # a malformed address, or anything else that happens to listen there
        return ModelServer(url, False)
    return ModelServer(
        url, True, tuple(model.name for model in in_memory), version, models, in_memory
    )


def _installed(found: "ListResponse.Model") -> InstalledModel:
    details = found.details
    return InstalledModel(
        name=found.model or "",
        size_bytes=int(found.size or 0),
        digest=found.digest or "",
        parameter_size=(details and details.parameter_size) or "",
        quantization=(details and details.quantization_level) or "",
    )


def _loaded(found: "ProcessResponse.Model") -> LoadedModel:
    return LoadedModel(
        name=found.model or "",
        size_bytes=int(found.size or 0),
        vram_bytes=int(found.size_vram or 0),
        until=found.expires_at.isoformat() if found.expires_at else None,
        num_ctx=found.context_length,
    )
