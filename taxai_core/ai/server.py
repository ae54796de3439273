"""Is there a model server, and what does it hold? It is optional; nothing here may hang."""

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from .errors import ModelMissingError

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

    def has(self, model: str) -> bool:
        """Is the model on its disk?"""
        return self._find(model) is not None

    def digest_of(self, model: str) -> str:
        """What tells a model from another one of the same name.

        Raises:
            ModelMissingError
        """
        found = self._find(model)
        if found is None:
            raise ModelMissingError(model)
        return found.digest

    def _find(self, model: str) -> InstalledModel | None:
        names = (model, f"{model}:latest")
        return next((one for one in self.models if one.name in names), None)

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


def probe(url: str, within_s: float = PROBE_TIMEOUT_S) -> ModelServer:
    """Ask the Ollama server at `url` what it holds."""
    # here, because the pages import this module for its answer
    from .client import Limits, ModelClient

    ends = time.monotonic() + within_s
    try:
        with ModelClient(
            url, connect_s=within_s, limits=lambda: Limits(within_s, ends - time.monotonic())
        ) as client:
            in_memory = tuple(map(_loaded, client.ps().models))
            models = installed(client.list())
            version = client.version()
    except Exception:  # a malformed address, or anything else that happens to listen there
        return ModelServer(url, False)
    return ModelServer(
        url, True, tuple(model.name for model in in_memory), version, models, in_memory
    )


def installed(found: "ListResponse") -> tuple[InstalledModel, ...]:
    """The models on a server's disk, as it lists them."""
    return tuple(map(_installed, found.models))


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
