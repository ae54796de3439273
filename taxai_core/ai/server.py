"""Is there a model server, and what does it hold? It is optional; nothing here may hang."""

from dataclasses import asdict, dataclass

PROBE_TIMEOUT_S = 2.0


@dataclass(frozen=True)
class ModelServer:
    """What the model server answered. `loaded` names the models in its memory."""

    url: str
    answers: bool
    loaded: tuple[str, ...] = ()
    installed: int = 0

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def probe(url: str) -> ModelServer:
    """Ask the Ollama server at `url` what it holds."""
    import httpx  # here, because the pages import this module for its answer alone
    import ollama

    client = ollama.Client(host=url, timeout=PROBE_TIMEOUT_S)
    try:
        loaded = tuple(model.model or "" for model in client.ps().models)
        return ModelServer(url, True, loaded, len(client.list().models))
    except (ConnectionError, httpx.HTTPError, ollama.ResponseError):
        return ModelServer(url, False)
