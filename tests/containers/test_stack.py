"""The containers as a person has them: started by deploy.sh, capped, shut in, and hard to break."""

import csv
import io
import json
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from asked_papers import open_paper
from bomb import memory_bomb
from engine import IMAGE, MODEL, Stack, run, wait_until
from papers import INTEREST, PREMIUMS, paper
from playwright.sync_api import expect, sync_playwright

from taxai_core.jobs.model import SLOT

SERVICES = ("redis", "app", "extract", "ask", "keeper", "ollama")
OURS = ("app", "extract", "ask", "keeper")
DONE = {"review", "approved"}
READING_MS = 120_000
PEAK = re.compile(r"(\S+)  (\d+) of (\d+) MB")
UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def to_bytes(size: str) -> int:
    return int(size[:-1]) * UNITS[size[-1]]


def papers(prefix: str, count: int, pages: int = 1) -> dict[str, bytes]:
    """So many papers, no two alike."""
    return {
        f"{prefix}-{number}.pdf": paper(f"{prefix} {number}", INTEREST + PREMIUMS, pages=pages)
        for number in range(count)
    }


def test_deploy_builds_starts_and_waits_until_all_are_healthy(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stack.is_well()
    assert len(stack.ids("extract")) == int(stack.env["EXTRACT_WORKERS"])
    assert stack.restarts() == 0

    image = json.loads(run("docker", "image", "inspect", IMAGE))[0]
    figures = run(
        "docker",
        "stats",
        "--no-stream",
        "--format",
        "{{.Name}}  {{.MemUsage}}  {{.CPUPerc}}",
        *stack.ids(),
    )
    with capsys.disabled():
        print(f"\nimage {image['Size'] / 1e6:.0f} MB\nidle:\n{figures}")
    assert image["Config"]["User"] == "taxai"
    assert image["Config"]["Labels"]["org.opencontainers.image.title"] == "TaxAI"


def test_status_and_doctor_find_all_well(stack: Stack) -> None:
    assert all(service in stack.deploy("status") for service in SERVICES)
    assert "✗" not in stack.deploy("doctor")


def test_a_second_start_changes_nothing(stack: Stack) -> None:
    def secrets() -> dict[str, str]:
        return {path.name: path.read_text() for path in (stack.folder / "docker/secrets").iterdir()}

    before, kept, ids = stack.env_file.read_text(), secrets(), sorted(stack.ids())

    stack.deploy("up")

    assert stack.env_file.read_text() == before
    assert secrets() == kept
    assert sorted(stack.ids()) == ids


def test_the_engine_enforces_what_the_plan_says(stack: Stack) -> None:
    env = stack.env
    assert env == env | _plan(stack)  # nothing else than the plan has set the caps
    for service in SERVICES:
        for container in stack.inspect(service):
            has, name = container["HostConfig"], service.upper()
            assert has["Memory"] == to_bytes(env[f"{name}_MEMORY"])
            assert has["MemorySwap"] == has["Memory"]
            assert has["MemoryReservation"] == to_bytes(env[f"{name}_MEMORY_RESERVED"])
            assert has["NanoCpus"] == round(float(env[f"{name}_CPUS"]) * 1e9)
            assert has["CpuShares"] == int(env[f"{name}_CPU_SHARES"])
            assert has["PidsLimit"] > 0
    (extract, *_) = stack.inspect("extract")
    environment = dict(line.split("=", 1) for line in extract["Config"]["Env"])
    assert environment["TAXAI_JOB_MEMORY_MB"] == env["JOB_MEMORY_MB"]
    assert int(env["JOB_MEMORY_MB"]) << 20 < extract["HostConfig"]["Memory"]


def _plan(stack: Stack, *more: str) -> dict[str, str]:
    """What `taxai plan` says of this machine, as lines of .env."""
    engine = json.loads(run("docker", "info", "--format", "{{json .}}"))
    told = stack.compose(
        "run", "--rm", "--no-deps", "-T", "migrate", "taxai", "plan", "--env",
        "--memory", str(engine["MemTotal"]), "--cpus", str(engine["NCPU"]), "--gpu", "0",
        "--model", MODEL, *more,
    )  # fmt: skip
    lines = re.findall(r"^([A-Z_]+)=(.*)$", told, re.MULTILINE)
    caps = re.compile(
        r".*_(MEMORY|MEMORY_RESERVED|CPUS|CPUS_RESERVED|CPU_SHARES|MEMORY_MB|MAXMEMORY|WORKERS)"
    )
    return {name: value for name, value in lines if caps.fullmatch(name)}


def test_no_container_may_do_more_than_it_must(stack: Stack) -> None:
    secrets = [path.read_text().strip() for path in (stack.folder / "docker/secrets").iterdir()]
    for container in stack.inspect():
        has = container["HostConfig"]
        assert has["ReadonlyRootfs"]
        assert has["CapDrop"] == ["ALL"]
        assert not has["CapAdd"]
        assert not has["Privileged"]
        assert has["SecurityOpt"] == ["no-new-privileges:true"]
        assert has["IpcMode"] == "private"
        assert has["Init"]
        assert has["LogConfig"]["Config"]["max-size"]
        assert not any(mount["Source"].endswith("docker.sock") for mount in container["Mounts"])
        told = json.dumps(container)
        assert not [secret for secret in secrets if secret in told]
    logs = stack.compose("logs")
    assert not [secret for secret in secrets if secret in logs]
    for service in OURS:
        assert "uid=10001" in stack.inside(service, "id")
        compilers = "for each in cc gcc g++ make ld; do command -v $each; done; true"
        assert not stack.inside(service, "sh", "-c", compilers).strip()
        failed = stack.inside(service, "sh", "-c", "touch /app/new", check=False)
        assert "Read-only file system" in failed


@contextmanager
def listening(stack: Stack) -> Iterator[str]:
    """Somebody outside of the stack who takes every connection; gives the address."""
    serve = (
        "import socket; s = socket.create_server(('', 9000)); [s.accept() for _ in iter(int, 1)]"
    )
    network = f"{stack.project}_outside"
    name = run(
        *("docker", "run", "--detach", "--rm", "--network", network, "--entrypoint", "python"),
        *(IMAGE, "-c", serve),
    ).strip()
    try:
        told = json.loads(run("docker", "inspect", name))[0]
        yield told["NetworkSettings"]["Networks"][network]["IPAddress"]
    finally:
        run("docker", "kill", name)


def test_the_network_of_the_workers_has_no_way_out(stack: Stack) -> None:
    with listening(stack) as address:
        ask = f"import socket; socket.create_connection(('{address}', 9000), 3); print('reached')"

        def reaches(service: str) -> bool:
            return "reached" in stack.inside(service, "python", "-c", ask, check=False)

        wait_until(lambda: reaches("app"), "the app, which answers a browser, reaches outside")
        assert not [service for service in ("extract", "ask", "keeper") if reaches(service)]
    for service in ("redis", "ollama"):
        networks = stack.inspect(service)[0]["NetworkSettings"]["Networks"]
        assert list(networks) == [f"{stack.project}_inside"]
    inside = json.loads(run("docker", "network", "inspect", f"{stack.project}_inside"))[0]
    assert inside["Internal"]
    published = stack.inspect("app")[0]["NetworkSettings"]["Ports"]["8501/tcp"]
    assert [one["HostIp"] for one in published] == ["127.0.0.1"]


def test_a_paper_goes_in_through_the_app_and_comes_out_as_csv(stack: Stack, tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if browser is None:
        pytest.skip("no browser is installed here")
    file = tmp_path / "interest.pdf"
    file.write_bytes(open_paper(99))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        window = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
        window.set_default_timeout(READING_MS)
        main = window.get_by_test_id("stMain")

        window.goto(stack.url)
        window.locator("input[type=file]").set_input_files(file)
        expect(main.get_by_text("accepted ·")).to_be_visible(timeout=READING_MS)
        wait_until(lambda: stack.states("interest.pdf") <= DONE, "it is read")
        main.get_by_role("link", name="Open").first.click()
        main.get_by_role("button", name=re.compile(r"\bApprove\b")).first.click()
        expect(main.get_by_role("button", name="Re-open")).to_be_visible(timeout=READING_MS)
        window.get_by_test_id("stSidebarNav").get_by_role("link", name="Export").click()
        expect(main.get_by_test_id("stMetric").first).to_contain_text("1", timeout=READING_MS)
        with window.expect_download() as started:
            main.get_by_role("button", name="summary.csv", exact=True).click()
        data = started.value.path().read_bytes()
        chromium.close()

    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {row["file"] for row in rows} == {"interest.pdf"}
    assert all(row["approved"] for row in rows)


def test_a_memory_bomb_fails_alone_and_no_container_starts_again(stack: Stack) -> None:
    good = papers("beside-the-bomb", 4, pages=3)
    stack.submit("bomb.pdf", memory_bomb())
    for name, data in good.items():
        stack.submit(name, data)

    wait_until(lambda: stack.states("bomb.pdf", *good) <= {"review", "failed"}, "all have ended")

    documents = stack.documents()
    assert documents["bomb.pdf"]["state"] == "failed"
    assert documents["bomb.pdf"]["error"]["code"] == "out_of_memory"
    assert {documents[name]["state"] for name in good} == {"review"}
    assert stack.restarts() == 0
    assert not any(one["State"]["OOMKilled"] for one in stack.inspect())
    wait_until(stack.is_well, "all are healthy")


def test_without_its_model_server_every_paper_still_reaches_review(stack: Stack) -> None:
    wanted = {f"with-gaps-{number}.pdf": open_paper(number) for number in range(6)}
    names = list(wanted)
    for name in names[:3]:
        stack.submit(name, wanted[name])
    password = "export REDISCLI_AUTH=$(cat /run/secrets/taxai_redis_password)"
    is_asked = f"{password}; redis-cli exists {SLOT}:0"
    wait_until(lambda: stack.inside("redis", "sh", "-c", is_asked).strip() == "1", "it is asked")

    stack.compose("kill", "ollama")
    for name in names[3:]:
        stack.submit(name, wanted[name])

    wait_until(lambda: stack.states(*names) <= DONE, "all are read")
    stack.compose("up", "-d", "--no-recreate", "ollama")
    wait_until(stack.is_well, "the model server is back")


def test_the_one_shot_finds_the_model_there_and_is_gone(stack: Stack) -> None:
    assert f"{MODEL} is there already" in stack.deploy("pull")

    everything = run("docker", "ps", "-a", "--format", "{{.Names}}")
    assert f"{stack.project}-pull" not in everything
    assert stack.is_well()


def test_more_workers_and_fewer_again_lose_nothing(stack: Stack) -> None:
    wanted = papers("scaled", 8, pages=6)
    for name, data in list(wanted.items())[:4]:
        stack.submit(name, data)

    stack.compose("up", "-d", "--no-recreate", "--scale", "extract=3")
    wait_until(lambda: len(stack.ids("extract")) == 3, "there are three")
    for name, data in list(wanted.items())[4:]:
        stack.submit(name, data)
    stack.compose("up", "-d", "--no-recreate", "--scale", "extract=1")

    wait_until(lambda: stack.states(*wanted) <= DONE, "all are read")
    documents = stack.documents()
    assert {documents[name]["pages_done"] for name in wanted} == {6}
    assert len([name for name in documents if name.startswith("scaled")]) == len(wanted)
    assert len(stack.ids("extract")) == 1


def test_prometheus_hears_from_the_app_and_the_keeper(stack: Stack) -> None:
    planned = _plan(stack, "--observe")
    watched = ("PROMETHEUS_", "GRAFANA_")
    with stack.env_file.open("a") as file:
        file.writelines(f"{n}={v}\n" for n, v in planned.items() if n.startswith(watched))
    stack.compose("-f", "compose.observe.yml", "up", "-d", "--no-recreate", "prometheus")

    def asked(query: str) -> str:
        words = ("promtool", "query", "instant", "http://127.0.0.1:9090", query)
        return run("docker", "exec", *stack.ids("prometheus"), *words, check=False)

    wait_until(lambda: asked("up").count("=> 1 @") == 2, "both are heard")
    reviewed = list(stack.documents().values())
    number = sum(one["state"] == "review" for one in reviewed)
    wait_until(lambda: f"=> {number} @" in asked('taxai_documents{state="review"}'), "counted")
    assert "taxai_memory_limit_bytes" in asked('taxai_memory_limit_bytes{service="app"}')
    stack.compose("-f", "compose.observe.yml", "rm", "-s", "-f", "prometheus")


# What the Resources page draws, of the last hour.
PEAKS = """
from taxai_core.jobs.samples import history, machines
from taxai_core.jobs.workplace import get_redis
redis = get_redis()
for machine in machines(redis):
    points = history(redis, "1 h", machine)
    for name, now in sorted(points[-1].services.items()):
        highest = max(p.services[name].memory_bytes for p in points if name in p.services)
        print(f"{name}  {highest >> 20} of {(now.cap_bytes or 0) >> 20} MB")
"""


def test_every_service_stayed_below_its_cap(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    told = stack.inside("keeper", "python", "-c", PEAKS)

    with capsys.disabled():
        print(f"\nhighest:\n{told}")
    found = {name: (int(highest), int(cap)) for name, highest, cap in re.findall(PEAK, told)}
    # Of three workers any one may have stayed.
    assert {name.partition("-")[0] for name in found} >= set(SERVICES)
    assert not [name for name, (highest, cap) in found.items() if not 0 < highest < cap]


def test_down_keeps_the_papers_and_up_brings_them_back(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stack.states_by_name()

    stack.deploy("down")
    assert stack.ids() == []
    began = time.monotonic()
    stack.deploy("up")

    with capsys.disabled():
        print(f"\nup and healthy after {time.monotonic() - began:.0f} s")
    assert stack.is_well()
    assert stack.states_by_name() == before


def test_an_upgrade_saves_the_database_and_comes_up_again(stack: Stack) -> None:
    before = stack.states_by_name()

    told = stack.deploy("upgrade")

    assert "taxai.before-upgrade.db" in told
    assert stack.is_well()
    assert stack.states_by_name() == before
    assert "taxai.before-upgrade.db" in stack.inside("app", "ls", "/data/taxai")


def test_a_backup_is_restored_with_its_key_on_an_empty_machine(
    stack: Stack, tmp_path: Path
) -> None:
    before, file = stack.states_by_name(), tmp_path / "taxai.tar"
    stack.deploy("backup", str(file))
    assert "There are papers here already" in stack.deploy("restore", str(file), check=False)

    stack.compose("down", "--volumes")
    stack.deploy("restore", str(file))
    stack.deploy("up")

    assert stack.is_well()
    assert stack.states_by_name() == before
