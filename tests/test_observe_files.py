"""What Prometheus and Grafana are started with asks for figures that there are."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from taxai_core.settings import Settings

CHECKOUT = Path(__file__).parents[1]
DOCKER = CHECKOUT / "docker"
RULES = DOCKER / "prometheus/alerts.yml"
DASHBOARD = DOCKER / "grafana/dashboards/taxai.json"
IMAGE = "prom/prometheus:latest"


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def rules() -> list[dict[str, Any]]:
    return [rule for group in load(RULES)["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return found


def questions() -> Iterator[tuple[str, str]]:
    for rule in rules():
        yield rule["alert"], rule["expr"]
    for panel in panels():
        for target in panel.get("targets", ()):
            yield panel["title"], target["expr"]


def documented() -> dict[str, tuple[str, str, str]]:
    """Each figure of docs/metrics.md, which a test compares with what is told: type, labels,
    meaning."""
    found = {}
    for line in (CHECKOUT / "docs/metrics.md").read_text().splitlines():
        if line.startswith("| `taxai_"):
            name, kind, labels, _, meaning = (cell.strip() for cell in line.strip("| ").split(" |"))
            found[name.strip("`")] = kind, labels, meaning
    return found


@pytest.mark.parametrize(("title", "question"), list(questions()))
def test_what_is_asked_for_is_told(title: str, question: str) -> None:
    known = documented()

    for name, labels in re.findall(r"(taxai_\w+)(?:\{([^}]*)\})?", question):
        base = re.sub("_(bucket|sum|count)$", "", name)
        assert base in known, name
        kind, its_labels, meaning = known[base]
        assert (kind == "histogram") == (base != name)
        for label, values in re.findall(r'(\w+)=~?"([^"]*)"', labels):
            assert f"`{label}`" in its_labels, (name, label)
            if label != "code":
                assert all(re.search(rf"\b{value}\b", meaning) for value in values.split("|"))
        is_rate = re.search(rf"(rate|increase)\({name}", question) is not None
        assert is_rate == (kind != "gauge"), question


def test_each_figure_is_shown_or_watched() -> None:
    asked = " ".join(question for _, question in questions())

    assert [name for name in documented() if name not in asked] == ["taxai_build_info"]


def test_the_thresholds_are_those_of_the_alerts_on_the_page() -> None:
    watched = {rule["labels"]["setting"]: rule for rule in rules() if "setting" in rule["labels"]}

    thresholds = {name: float(re.split("[<>]", one["expr"])[1]) for name, one in watched.items()}
    assert thresholds == {name: Settings.model_fields[name].default for name in watched}
    assert len(watched) == 5
    lasting = [one["for"] for one in watched.values() if "for" in one]
    assert lasting == [f"{Settings.model_fields['alert_for_s'].default}s"] * 2


def test_each_alert_says_what_is_wrong_and_what_to_do() -> None:
    for rule in rules():
        sentences = [rule["annotations"][name] for name in ("summary", "description")]
        assert all(sentence.endswith(".") for sentence in sentences), rule["alert"]


def test_panels_stand_beside_each_other_and_have_each_their_number() -> None:
    places = [panel["gridPos"] for panel in panels()]

    taken = [
        (x, y)
        for place in places
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_the_datasource_is_the_one_that_all_panels_ask() -> None:
    (source,) = load(DOCKER / "grafana/provisioning/datasources/prometheus.yml")["datasources"]

    asked = {one["datasource"]["uid"] for panel in panels() for one in panel.get("targets", ())}
    assert asked == {source["uid"]}
    assert source["url"] == "http://prometheus:9090"


def test_keeper_and_app_are_asked_where_they_answer() -> None:
    (job,) = load(DOCKER / "prometheus/prometheus.yml")["scrape_configs"]
    services = load(DOCKER / "compose.yml")["services"]

    targets = [target for each in job["static_configs"] for target in each["targets"]]
    port = services["keeper"]["environment"]["TAXAI_METRICS_PORT"]
    assert targets == [f"keeper:{port}", f"app:{port}"]
    assert "inside" in services["keeper"]["networks"]


def test_both_are_capped_hardened_and_only_grafana_is_reached_from_this_machine() -> None:
    services = load(DOCKER / "compose.observe.yml")["services"]
    hardened = load(DOCKER / "hardened.yml")["services"]["hardened"]

    for name, given in services.items():
        assert given["extends"] == {"file": "hardened.yml", "service": "hardened"}
        service = hardened | given
        limits = service["deploy"]["resources"]
        assert service["memswap_limit"].startswith(f"${{{name.upper()}_MEMORY:?")
        assert {"memory", "cpus"} <= limits["limits"].keys() & limits["reservations"].keys()
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert services["prometheus"]["networks"] == ["inside"]
    assert "ports" not in services["prometheus"]
    assert services["grafana"]["ports"] == ["127.0.0.1:${GRAFANA_PORT:-3000}:3000"]


@pytest.mark.parametrize("words", [("config", "prometheus.yml"), ("rules", "alerts.yml")])
def test_promtool_takes_them(words: tuple[str, str]) -> None:
    what, file = words
    if promtool := shutil.which("promtool"):
        command = [promtool, "check", what, str(DOCKER / "prometheus" / file)]
    elif has_image():
        mount = f"{DOCKER / 'prometheus'}:/etc/prometheus:ro"
        command = ["docker", "run", "--rm", "--network", "none", "-v", mount]
        command += ["--entrypoint", "promtool", IMAGE, "check", what, f"/etc/prometheus/{file}"]
    else:
        pytest.skip(f"neither promtool (apt-get install prometheus) nor {IMAGE} is here")

    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def has_image() -> bool:
    if not shutil.which("docker"):
        return False
    return not subprocess.run(["docker", "image", "inspect", IMAGE], capture_output=True).returncode
