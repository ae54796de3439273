"""What the page server tells Prometheus, and what stands of all figures in docs/metrics.md."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scraped import Target, free_port

from taxai_core.runtime.programs import programs
from taxai_core.settings import get_settings

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture
def app(data: Path, configure: Callable[..., None]) -> Iterator[Target]:
    """The page server as `up` starts it, to which nobody has come yet."""
    configure(metrics_port=free_port(), port=free_port())
    settings = get_settings()
    (pages,), *_ = programs(settings)
    process = subprocess.Popen(pages.command, env=os.environ | dict(pages.environment))
    assert settings.metrics_port
    target = Target(settings.metrics_port + 1)
    target.wait("taxai_windows", 0)
    yield target
    process.terminate()
    process.wait()


@pytest.fixture
def keeper(start, data: Path, configure: Callable[..., None]) -> Target:
    target = Target(free_port())
    configure(metrics_port=target.port)
    start("keep")
    target.wait("taxai_keeper_on_duty")
    target.wait("taxai_queue_up")
    return target


def documented() -> dict[str, tuple[str, set[str]]]:
    """The rows of docs/metrics.md: a metric's type and labels by its name."""
    rows = {}
    for line in (CHECKOUT / "docs/metrics.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| `taxai_"):
            assert len(cells) == 5, line
            name, kind, labels, unit, _ = cells
            rows[name.strip("`")] = kind, set(re.findall(r"`(\w+)`", labels))
            assert not unit or name.strip("`").removesuffix("_total").endswith(unit), line
    return rows


def test_the_page_server_tells_before_anybody_comes(app: Target) -> None:
    assert app.value("taxai_build_info")
    assert app.value("process_resident_memory_bytes")


def test_each_figure_is_documented_with_its_type_and_labels_and_no_other(
    app: Target, keeper: Target
) -> None:
    told = {**app.kinds(), **keeper.kinds()}
    rows = documented()

    assert {name: kind for name, (kind, _) in rows.items()} == told
    labels: dict[str, set[str]] = {}
    for target in (app, keeper):
        for sample in target.samples():
            name = re.sub("_(bucket|count|sum)$", "", sample.name)
            labels.setdefault(name, set()).update(set(sample.labels) - {"le"})
    assert {
        name: found for name, (_, found) in rows.items() if name in labels and found != labels[name]
    } == {}
