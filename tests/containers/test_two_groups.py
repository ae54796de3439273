"""Two groups of workers, as two machines have them: networks of their own, and what they share."""

import json
import shutil
from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from engine import Stack, free_port, removed_at_the_end, run, wait_until
from object_store import BUCKET, KEYS, ObjectStore
from papers import INTEREST, paper

# Of an image with what an object store needs.
IMAGE = "taxai:tested-s3"
DONE = {"review", "approved"}


@pytest.fixture(scope="module")
def address(engine: None) -> str:
    """One of this machine's that containers reach: here it is the private network."""
    (subnet,) = json.loads(run("docker", "network", "inspect", "bridge"))[0]["IPAM"]["Config"]
    return str(next(ip_network(subnet["Subnet"]).hosts()))


@pytest.fixture(scope="module")
def store(address: str) -> Iterator[ObjectStore]:
    with ObjectStore(address) as store:
        yield store


@pytest.fixture(scope="module")
def first(
    store: ObjectStore, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """The machine with the pages, the queue and the database, for papers in an object store."""
    stack = Stack.copy(
        tmp_path_factory.mktemp("first"),
        "taxai-first",
        TAXAI_IMAGE=IMAGE,
        OLLAMA_MODEL="",
        EXTRACT_WORKERS="1",
        TAXAI_STORE_URL=f"s3://{BUCKET}/firm",
        AWS_ENDPOINT_URL=store.environment["AWS_ENDPOINT_URL"],
        TAXAI_SHARED_BIND=address,
        TAXAI_SHARED_REDIS_PORT=str(free_port()),
        TAXAI_SHARED_POSTGRES_PORT=str(free_port()),
    )
    stack.files = (*stack.files, "compose.postgres.yml", "compose.shared.yml")
    secrets = stack.folder / "docker/secrets"
    secrets.mkdir()
    (secrets / "aws_credentials").write_text(
        f"[default]\naws_access_key_id = {KEYS['AWS_ACCESS_KEY_ID']}\n"
        f"aws_secret_access_key = {KEYS['AWS_SECRET_ACCESS_KEY']}\n"
    )
    with removed_at_the_end(stack):
        print(stack.deploy("up"))
        yield stack


@pytest.fixture(scope="module")
def second(first: Stack, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A machine with workers alone, whose .env was written by hand."""
    env, folder = first.env, tmp_path_factory.mktemp("second")
    kept = (
        "EXTRACT_",
        "KEEPER_",
        "JOB_MEMORY_MB",
        "TAXAI_IMAGE",
        "TAXAI_STORE_URL",
        "AWS_ENDPOINT_URL",
    )
    lines = {name: value for name, value in env.items() if name.startswith(kept)}
    lines |= {
        "EXTRACT_WORKERS": "2",
        "TAXAI_MACHINE": "second",
        "TAXAI_REDIS_URL": f"redis://{address}:{env['TAXAI_SHARED_REDIS_PORT']}/0",
        "TAXAI_DATABASE_URL": f"postgresql://taxai@{address}:{env['TAXAI_SHARED_POSTGRES_PORT']}/taxai",
    }
    stack = Stack.copy(folder, "taxai-second", **lines)
    stack.files = ("compose.workers.yml",)
    shutil.copytree(first.folder / "docker/secrets", folder / "docker/secrets")
    with removed_at_the_end(stack):
        stack.compose("up", "-d")
        wait_until(stack.is_well, "the second machine's workers are healthy")
        yield stack


def test_both_machines_read_and_the_loss_of_one_loses_no_paper(first: Stack, second: Stack) -> None:
    def networks(stack: Stack) -> set[str]:
        return {
            network
            for one in stack.inspect("extract")
            for network in one["NetworkSettings"]["Networks"]
        }

    assert not networks(first) & networks(second)
    wanted = {
        f"shared-{number}.pdf": paper(f"Shared {number}", INTEREST, pages=12) for number in range(9)
    }
    for name, data in wanted.items():
        first.submit(name, data)

    def readers() -> set[str]:
        log = second.compose(
            "exec", "-T", "extract", "cat", "/data/taxai/logs/events.jsonl", check=False
        )
        return {line for line in log.splitlines() if '"reading begun"' in line}

    wait_until(readers, "the second machine reads")
    machines = (
        "from taxai_core.jobs import samples, workplace as place; "
        "print(samples.machines(place.get_redis()))"
    )
    wait_until(
        lambda: "'second'" in first.inside("keeper", "python", "-c", machines),
        "the charts know both machines",
    )
    second.compose("kill")

    wait_until(lambda: first.states(*wanted) <= DONE, "all are read")
    documents = first.documents()
    assert {documents[name]["pages_done"] for name in wanted} == {12}
    assert len(documents) == len(wanted)
    assert first.restarts() == 0


def test_the_papers_are_in_the_object_store_and_sealed(first: Stack, store: ObjectStore) -> None:
    listed = store.client.list_objects_v2(Bucket=BUCKET, Prefix="firm/")["Contents"]

    bodies = [
        store.client.get_object(Bucket=BUCKET, Key=one["Key"])["Body"].read() for one in listed
    ]

    assert bodies
    assert not [body for body in bodies if b"%PDF" in body or b"Interest" in body]
    assert "blobs" not in first.inside("app", "ls", "/data/taxai")
