"""The Kubernetes files: valid, capped, shut in, and in agreement with the plan and the queue."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from cloudcoil.models.keda.v1alpha1 import ScaledObject, TriggerAuthentication
from redis import Redis
from rq.rate_limit import RateLimitRegistry

from taxai_core.jobs.queue import extract_queue
from taxai_core.settings import PREFIX, Settings

FOLDER = Path(__file__).parents[1] / "docker" / "k8s"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
# The oldest release whose every field here is stable, and the newest that the validator knows.
RELEASES = ("1.30", "1.37")
DOCUMENTS = [
    document
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.name != "kustomization.yaml"
    for document in yaml.safe_load_all(path.read_text())
]
KEDA = {"ScaledObject": ScaledObject, "TriggerAuthentication": TriggerAuthentication}
PLAIN = [one for one in DOCUMENTS if one["kind"] not in KEDA]
PODS = {
    one["metadata"]["name"]: one["spec"]["template"]["spec"]
    for one in DOCUMENTS
    if "template" in one.get("spec", {})
}
OURS = ("app", "extract", "ask", "keeper", "migrate")
# A worker hands its paper back within 4 s.
HAND_BACK_S = 4


def named(one: dict[str, Any]) -> str:
    return f"{one['kind']}-{one['metadata']['name']}"


def container(pod: str) -> dict[str, Any]:
    (only,) = PODS[pod]["containers"]
    return dict(only)


def scaled() -> dict[str, Any]:
    (only,) = (one for one in DOCUMENTS if one["kind"] == "ScaledObject")
    return dict(only["spec"])


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("document", PLAIN, ids=named)
def test_every_document_is_what_kubernetes_takes(document: dict[str, Any], release: str) -> None:
    kubernetes_validate.validate(document, release, strict=True)


@pytest.mark.parametrize("document", [one for one in DOCUMENTS if one not in PLAIN], ids=named)
def test_every_document_of_keda_is_what_keda_takes(document: dict[str, Any]) -> None:
    model = KEDA[document["kind"]].model_validate(document)

    # What the model does not know it would leave out.
    assert model.model_dump(by_alias=True, exclude_unset=True, mode="json") == document


def test_every_file_is_in_the_kustomization() -> None:
    files = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}

    assert set(KUSTOMIZATION["resources"]) == files


@pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is not installed here")
def test_the_kustomization_can_be_built() -> None:
    built = subprocess.run(
        ["kubectl", "kustomize", FOLDER], check=True, capture_output=True, text=True
    )

    made = list(yaml.safe_load_all(built.stdout))
    assert len(made) == len(DOCUMENTS) + 1  # and what is set
    images = re.findall(r"image: (\S+)", built.stdout)
    assert len(images) == len(PODS)
    assert not any(":" not in image or image.endswith(":latest") for image in images)


@pytest.mark.parametrize("pod", PODS)
def test_every_pod_is_capped_and_shut_in(pod: str) -> None:
    spec, only = PODS[pod], container(pod)

    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert only["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    for what in ("requests", "limits"):
        assert set(only["resources"][what]) == {"memory", "cpu"}
    assert all(
        "sizeLimit" in volume["emptyDir"] for volume in spec["volumes"] if "emptyDir" in volume
    )


@pytest.mark.parametrize("pod", OURS)
def test_our_pods_run_as_the_image_says_and_have_time_to_hand_back(pod: str) -> None:
    spec = PODS[pod]

    assert spec["securityContext"]["runAsUser"] == 10001
    assert spec["terminationGracePeriodSeconds"] > HAND_BACK_S
    assert container(pod)["env"] == [{"name": "ROLE", "value": pod}]
    if pod != "migrate":
        command = container(pod)["readinessProbe"]["exec"]["command"]
        assert command == ["taxai", "health", "--role", pod]


def test_memory_and_processors_are_what_the_plan_gives_a_machine_of_16_gb(taxai) -> None:
    plan = json.loads(taxai("plan", "--memory", "16G", "--cpus", "2", "--json").stdout)

    for share in plan["shares"]:
        resources = container(share["name"])["resources"]
        assert resources["limits"]["memory"] == f"{share['memory_mb']}Mi"
        assert resources["requests"]["memory"] == f"{share['memory_reserved_mb']}Mi"
        assert resources["limits"]["cpu"] == f"{share['cpus']:g}"
        assert resources["requests"]["cpu"] == f"{share['cpus_reserved'] * 1000:.0f}m"
    told = dict(line.split("=", 1) for line in KUSTOMIZATION["configMapGenerator"][0]["literals"])
    assert told["TAXAI_JOB_MEMORY_MB"] == str(plan["job_memory_mb"])
    assert told["TAXAI_OLLAMA_MODEL"] == plan["model"]
    assert scaled()["maxReplicaCount"] == plan["workers"]
    assert f"--maxmemory {plan['redis_maxmemory_mb']}mb" in container("redis")["args"][0]


def test_every_setting_is_one_of_ours_and_no_secret_stands_among_them() -> None:
    told = [line.split("=", 1) for line in KUSTOMIZATION["configMapGenerator"][0]["literals"]]

    names = [name.removeprefix(PREFIX).lower() for name, _ in told if name.startswith(PREFIX)]
    assert set(names) <= set(Settings.model_fields)
    assert not any("password" in name or name == "key" for name in names)
    assert dict(told)["TAXAI_SCALING"] == "outside"


def test_scaling_counts_all_that_waits_and_all_that_is_read(redis: Redis) -> None:
    keys = {one["name"]: one["metadata"]["listName"] for one in scaled()["triggers"]}

    queue = extract_queue(redis)
    assert keys == {
        "queued": queue.key,
        "held_back": RateLimitRegistry("extract", redis).rate_limited_key,
        "in_hand": queue.started_job_registry.key,
    }
    formula = scaled()["advanced"]["scalingModifiers"]["formula"]
    assert set(formula.split(" + ")) == set(keys)


def test_nothing_goes_out_but_to_what_is_needed() -> None:
    policies = {
        one["metadata"]["name"]: one["spec"] for one in DOCUMENTS if "Policy" in one["kind"]
    }

    assert policies["nothing"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    out = [rule for policy in policies.values() for rule in policy.get("egress", [])]
    assert all(rule["to"] and rule["ports"] for rule in out)
    assert not any("ipBlock" in to for rule in out for to in rule["to"])
