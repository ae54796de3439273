"""What a real keeper or page server tells Prometheus, fetched over HTTP."""

import socket
from collections.abc import Iterator
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from waiting import wait_until

# Two sources that hang use 0.9 s each, and a machine under load may be slow on top of that; this is
# when a test gives up, not what it expects.
FETCH_TIMEOUT_S = 10.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


class Target:
    """What answers on a port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def text(self) -> str:
        """All that it tells."""
        url = f"http://127.0.0.1:{self.port}/metrics"
        with urlopen(url, timeout=FETCH_TIMEOUT_S) as answer:
            told: str = answer.read().decode()
            return told

    def value(self, name: str, **labels: str) -> float | None:
        """The one sample with this name and, among others, these labels."""
        found = [
            sample.value
            for sample in self.samples()
            if sample.name == name and labels.items() <= sample.labels.items()
        ]
        assert len(found) < 2, found
        return found[0] if found else None

    def told(self, name: str, **labels: str) -> float:
        """The one sample, once there is one: what answers late is left out of a fetch."""
        found: list[float] = []

        def is_there() -> bool:
            if (value := self.value(name, **labels)) is not None:
                found.append(value)
            return bool(found)

        wait_until(is_there, f"{name}{labels} is told")
        return found[0]

    def samples(self) -> Iterator[Sample]:
        """All samples."""
        for family in text_string_to_metric_families(self.text()):
            yield from family.samples

    def kinds(self) -> dict[str, str]:
        """The types of what it tells of TaxAI, by the names that are asked for."""
        return {
            family.name + ("_total" if family.type == "counter" else ""): family.type
            for family in text_string_to_metric_families(self.text())
            if family.name.startswith("taxai_")
        }

    def wait(self, name: str, value: float = 1.0, **labels: str) -> None:
        """Until it tells this figure."""

        def holds() -> bool:
            try:
                return self.value(name, **labels) == value
            except OSError:
                return False

        wait_until(holds, f"{name}{labels} becomes {value}", patience_s=180)
