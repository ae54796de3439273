"""Is there a model server, and what does it hold? It is optional; nothing here may hang."""

from dataclasses import asdict, dataclass

PROBE_TIMEOUT_S = 2.0


@dataclass(frozen=True)
class ModelServer:
    """What the model server answered. `loaded` names the models in its memory."""

    url: str
    answers: bool
    loaded: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def probe(url: str) -> ModelServer:
    """Ask the Ollama server at `url` what it holds."""
    import ollama  # here, because the pages import this module for its answer alone

    try:
        client = ollama.Client(host=url, timeout=PROBE_TIMEOUT_S)
        loaded = tuple(model.model or "" for model in client.ps().models)
        return ModelServer(url, True, loaded)
    except Exception:  # a malformed address, or anything else that happens to listen there
        return ModelServer(url, False)
