"""docker/deploy.sh before an engine that is played: what it writes, keeps, starts and says."""

import base64
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from taxai_core.observe.services import job_memory_mb

CHECKOUT = Path(__file__).resolve().parents[1]
COMMANDS = (
    *("awk", "base64", "bash", "cat", "chmod", "cmp", "date", "dirname", "env", "git", "grep"),
    *("head", "id", "mkdir", "mv", "rm", "sed", "sh", "sleep", "sort", "tail", "touch", "tr"),
)
SECRETS = ("taxai_key", "taxai_redis_password", "taxai_database_password", "grafana_password")
GB = 1 << 30
# An engine whose answers are files: an image holds the version it was built from, and the database
# the version that used it last. The plan is the real one.
ENGINE = """#!/bin/sh
cd "$ENGINE" || exit 99
printf '%s\\n' "$*" >>calls
answer() { cat "$1" 2>/dev/null; return 0; }
last() { for word; do :; done; printf '%s\\n' "$word"; }
case "$*" in
    "version "*) if [ -f down ]; then cat down >&2; exit 1; fi; echo 28.2.2 ;;
    "compose version"*) [ ! -f no-compose ] ;;
    "info --format {{.MemTotal}}") cat memory ;;
    "info --format {{.NCPU}}") echo 8 ;;
    "info --format {{.OperatingSystem}}") answer system ;;
    "info --format {{json .Runtimes}}") answer runtimes ;;
    "info --format {{json .DiscoveredDevices}}") answer devices ;;
    "info --format {{.MemoryLimit}}") answer limits ;;
    "image inspect"*) [ -f "$(last "$@")" ] ;;
    "build "*) while [ "$1" != --tag ]; do shift; done; cp checkout "$2" ;;
    "tag "*) cp "$2" "$3" ;;
    "rmi "*) rm "$2" ;;
    "run "*" --entrypoint taxai "*)
        while [ "$1" != plan ]; do shift; done
        made="$PLANS/$(printf '%s' "$*" | tr -c '[:alnum:]\\n' _)"
        if [ ! -f "$made" ]; then
            unset TAXAI_HTTP_PORT TAXAI_IMAGE
            (cd "$CHECKOUT" && "$PYTHON" -m taxai_core "$@" >"$made.$$") || exit
            mv "$made.$$" "$made"
        fi
        cat "$made" ;;
    "run "*"VACUUM"* | *" pg_dump "*) [ ! -f full-disk ] && cp database saved ;;
    "run "*) ;;
    "volume inspect"*) [ -f "volume-$(last "$@")" ] ;;
    *" up --detach --wait postgres") ;;
    *" up --detach"*) cp taxai:local database; cp started services ;;
    "compose "*" down "*) rm -f services ;;
    "compose "*) ;;
    "ps --all"*) answer services ;;
    "ps --filter publish"*) answer publisher ;;
    "inspect --format {{.State"*) f="state-$(last "$@")"; [ -f "$f" ] || f=state; cat "$f" ;;
    "inspect --format {{with"*) answer "health-$(last "$@")" ;;
    "logs "*) echo "no such table: documents" ;;
    "events "*) for word; do case $word in container=*) answer "kills-${word#*=}" ;; esac; done ;;
    "exec "*" ollama show "*) grep -qx "$(last "$@")" models 2>/dev/null ;;
    "exec "*" df "*) cat df ;;
    "exec taxai-app-1 taxai health --no-ai") cat rows && ! grep -q '^✗' rows ;;
    "stats "*) answer stats ;;
    *) echo "not played: $*" >&2; exit 98 ;;
esac
"""
STARTED = """\
app|taxai-app-1|running|Up 1 minute (healthy)
extract|taxai-extract-1|running|Up 1 minute (healthy)
migrate|taxai-migrate-1|exited|Exited (0) 1 minute ago
ollama|taxai-ollama-1|running|Up 1 minute (healthy)
"""
WELL = "✓ Queue        0 waiting          Redis keeps all on disk."
KILLED = "! Killed       2 in ollama        The kernel ended something within a day. Give it more."


class Machine:
    """A checkout's docker folder, the engine's answers, and a PATH that has nothing else."""

    def __init__(self, folder: Path, plans: Path) -> None:
        self.plans = plans
        self.folder = folder / "a checkout" / "docker"
        self.engine = folder / "engine"
        self.path = folder / "commands"
        for one in (self.folder / "lib", self.engine, self.path):
            one.mkdir(parents=True)
        shutil.copy(CHECKOUT / "docker/deploy.sh", self.folder)
        for part in (CHECKOUT / "docker/lib").iterdir():
            shutil.copy(part, self.folder / "lib")
        for name in (*COMMANDS, "cp"):
            (self.path / name).symlink_to(shutil.which(name) or pytest.fail(name))
        self.program("docker", ENGINE)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.answer("checkout", "v1")
        self.answer("rows", WELL)
        self.answer("memory", str(16 * GB))
        self.answer("runtimes", '{"runc":{"path":"runc"}}')
        self.answer("started", STARTED)
        self.answer("state", "false 2147483648")
        self.answer(
            "df", "Filesystem 1024-blocks Used Available Capacity Mounted\nx 9 4 5 44% /data"
        )

    def program(self, name: str, script: str) -> None:
        (self.path / name).write_text(script)
        (self.path / name).chmod(0o755)

    def answer(self, name: str, text: str = "") -> None:
        (self.engine / name).write_text(f"{text.strip()}\n" if text else "")

    def holds(self, name: str) -> str | None:
        """The version in an image or a database; None where there is none."""
        file = self.engine / name
        return file.read_text().strip() if file.exists() else None

    def card(self, memory_mb: int) -> None:
        self.program("nvidia-smi", f"#!/bin/sh\necho {memory_mb}\n")

    def deploy(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.path), "ENGINE": str(self.engine), "DEPLOY_WAIT_S": "1"}
        environment |= {
            "PYTHON": sys.executable,
            "CHECKOUT": str(CHECKOUT),
            "HOME": str(self.engine),
        }
        environment |= {"TAXAI_HTTP_PORT": str(self.port), "PLANS": str(self.plans)}
        return subprocess.run(
            [self.folder / "deploy.sh", *words], env=environment, capture_output=True, text=True
        )

    def doctor(self) -> str:
        done = self.deploy("doctor")
        assert done.returncode == (1 if "✗" in done.stdout else 0), done.stderr
        return done.stdout

    @property
    def calls(self) -> list[str]:
        return (self.engine / "calls").read_text().splitlines()

    @property
    def env(self) -> dict[str, str]:
        lines = (self.folder / ".env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def change(self, name: str, value: str) -> None:
        lines = (self.folder / ".env").read_text().splitlines()
        kept = [line for line in lines if not line.startswith(f"{name}=")]
        (self.folder / ".env").write_text("\n".join([f"{name}={value}", *kept]) + "\n")


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans that were made already, by what was asked."""
    return tmp_path_factory.mktemp("plans")


@pytest.fixture
def machine(tmp_path: Path, plans: Path) -> Machine:
    return Machine(tmp_path, plans)


@pytest.fixture
def up(machine: Machine) -> Machine:
    """One on which TaxAI runs."""
    done = machine.deploy("up")
    assert done.returncode == 0, done.stdout + done.stderr
    return machine


def test_up_builds_plans_starts_and_says_what_to_do_next(machine: Machine) -> None:
    done = machine.deploy("up")

    assert done.returncode == 0, done.stderr
    assert sum(call.startswith("build ") for call in machine.calls) == 1
    assert f"TaxAI is ready: http://127.0.0.1:{machine.port}" in done.stdout
    assert "Fetch it with: docker/deploy.sh pull" in done.stdout
    assert "Keep a copy of it" in done.stdout
    env = machine.env
    assert (env["TAXAI_BIND"], env["TAXAI_HTTP_PORT"]) == ("127.0.0.1", "8501")
    assert (env["OLLAMA_MEMORY"], env["EXTRACT_MEMORY"]) == ("8192m", "2048m")
    assert (env["EXTRACT_WORKERS"], env["OLLAMA_MODEL"]) == ("2", "qwen2.5:3b")


def test_a_second_run_changes_nothing(up: Machine) -> None:
    folder = [path for path in up.folder.rglob("*") if path.is_file()]
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder}
    (up.engine / "calls").unlink()

    done = up.deploy("up")

    assert done.returncode == 0, done.stderr
    assert {path for path in up.folder.rglob("*") if path.is_file()} == set(before)
    assert all(path.read_bytes() == text for path, (text, _) in before.items())
    assert all(path.stat().st_mtime_ns == time for path, (_, time) in before.items())
    assert not any("--force-recreate" in call or call.startswith("build") for call in up.calls)


def test_what_a_person_set_stays_and_the_rest_follows_the_machine(up: Machine) -> None:
    up.change("EXTRACT_WORKERS", "1")
    up.change("OLLAMA_KEEP_ALIVE", "5m")
    up.change("# mine", "a=b")
    up.answer("memory", str(32 * GB))

    assert up.deploy("up").returncode == 0

    assert up.env["EXTRACT_WORKERS"] == "1"
    assert up.env["OLLAMA_KEEP_ALIVE"] == "5m"
    assert "# mine=a=b" in (up.folder / ".env").read_text()
    assert up.env["EXTRACT_MEMORY"] == "2620m"


def test_what_follows_from_a_cap_that_a_person_set_follows_it(up: Machine) -> None:
    up.change("EXTRACT_MEMORY", "3000m")

    for _ in range(2):
        assert up.deploy("up").returncode == 0

        assert up.env["EXTRACT_MEMORY"] == "3000m"
        assert up.env["JOB_MEMORY_MB"] == str(job_memory_mb(3000))


def test_a_file_that_was_there_first_keeps_its_lines(machine: Machine) -> None:
    (machine.folder / ".env").write_text("JOB_MEMORY_MB=900\n")

    for _ in range(2):
        assert machine.deploy("up").returncode == 0

        assert machine.env["JOB_MEMORY_MB"] == "900"
        assert machine.env["REDIS_MAXMEMORY"] == "128mb"


def test_a_line_that_is_removed_is_written_anew(up: Machine) -> None:
    up.change("APP_MEMORY", "64m")
    lines = (up.folder / ".env").read_text().splitlines()
    (up.folder / ".env").write_text("\n".join(lines[1:]) + "\n")

    assert up.deploy("up").returncode == 0

    assert up.env["APP_MEMORY"] == "1024m"


@pytest.mark.parametrize(("model", "given"), [("mistral", "mistral"), ("", "none")])
def test_the_plan_is_made_for_the_model_that_somebody_chose(
    up: Machine, model: str, given: str
) -> None:
    up.change("OLLAMA_MODEL", model)

    assert up.deploy("up").returncode == 0

    assert up.env["OLLAMA_MODEL"] == model
    assert [call for call in up.calls if " plan " in call][-1].endswith(f"--model {given}")


def test_a_model_that_is_too_large_stops_it_and_says_what_fits(up: Machine) -> None:
    before = up.env
    up.change("OLLAMA_MODEL", "qwen2.5:14b")

    done = up.deploy("up")

    assert done.returncode == 1
    assert "qwen2.5:14b needs a machine with 25.0 GB" in done.stderr
    assert up.env == before | {"OLLAMA_MODEL": "qwen2.5:14b"}


def test_too_small_a_machine_starts_nothing(machine: Machine) -> None:
    machine.answer("memory", str(2 * GB))

    done = machine.deploy("up")

    assert done.returncode == 1
    assert "TaxAI needs 3.0 GB" in done.stderr
    assert not any(" up " in call for call in machine.calls)


def test_secrets_are_made_once_for_their_readers_alone_and_never_shown(machine: Machine) -> None:
    done = machine.deploy("up")

    folder = machine.folder / "secrets"
    made = {name: (folder / name).read_text() for name in SECRETS}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all((folder / name).stat().st_mode & 0o777 == 0o644 for name in SECRETS)
    assert {path.name for path in folder.iterdir()} == set(SECRETS)
    assert len(base64.b64decode(made["taxai_key"], validate=True)) == 32
    assert all(len(secret) >= 32 and secret.isascii() for secret in made.values())
    assert len(set(made.values())) == len(SECRETS)
    everything = done.stdout + done.stderr + "".join(machine.calls) + str(machine.env)
    assert not any(secret in everything for secret in made.values())

    machine.deploy("up")
    assert {name: (folder / name).read_text() for name in SECRETS} == made


def test_a_lost_key_is_never_replaced_while_there_is_data(up: Machine) -> None:
    (up.folder / "secrets/taxai_key").unlink()
    up.answer("volume-taxai_data")

    done = up.deploy("up")

    assert done.returncode == 1
    assert "Put it back from your copy. No new one is made" in done.stderr
    assert not (up.folder / "secrets/taxai_key").exists()
    assert "✗ The key" in up.doctor()


def test_a_lost_database_password_is_never_replaced_while_there_is_a_database(
    machine: Machine,
) -> None:
    machine.deploy("up", "--postgres")
    (machine.folder / "secrets/taxai_database_password").unlink()
    machine.answer("volume-taxai_database")

    done = machine.deploy("up")

    assert done.returncode == 1
    assert "the database was made with it" in done.stderr


def test_services_that_had_another_password_begin_anew(up: Machine) -> None:
    (up.folder / "secrets/taxai_redis_password").unlink()

    up.deploy("up")

    assert "--force-recreate" in [call for call in up.calls if " up --detach" in call][-1]


@pytest.mark.parametrize(
    ("card_mb", "runtimes", "devices", "with_card"),
    [
        (0, '{"nvidia":{},"runc":{}}', "", False),
        (24576, '{"runc":{}}', "null", False),
        (24576, '{"nvidia":{},"runc":{}}', "", True),
        (24576, '{"runc":{}}', '[{"Source":"cdi","ID":"nvidia.com/gpu=0"}]', True),
    ],
)
def test_a_card_counts_where_driver_and_engine_both_have_it(
    machine: Machine, card_mb: int, runtimes: str, devices: str, with_card: bool
) -> None:
    machine.answer("runtimes", runtimes)
    machine.answer("devices", devices)
    if card_mb:
        machine.card(card_mb)

    assert machine.deploy("up").returncode == 0

    start = next(call for call in machine.calls if " up --detach" in call)
    assert ("compose.gpu.yml" in start, "compose.cpu.yml" in start) == (with_card, not with_card)
    assert machine.env["OLLAMA_MODEL"] == ("qwen2.5:14b" if with_card else "qwen2.5:3b")


def test_what_runs_beside_is_chosen_once_and_remembered(machine: Machine) -> None:
    machine.deploy("up", "--observe", "--postgres")
    machine.deploy("up")

    start = [call for call in machine.calls if " up --detach" in call][-1]
    assert "compose.observe.yml" in start
    assert "compose.postgres.yml" in start
    assert {"POSTGRES_MEMORY", "GRAFANA_MEMORY", "PROMETHEUS_MEMORY"} <= set(machine.env)


def test_who_changes_the_database_is_told_that_the_new_one_is_empty(up: Machine) -> None:
    up.answer("volume-taxai_data")

    first = up.deploy("up", "--postgres")
    up.answer("volume-taxai_database")
    second = up.deploy("up", "--postgres")

    assert "PostgreSQL begins empty" in first.stdout
    assert "PostgreSQL begins empty" not in second.stdout


def test_services_that_do_not_become_well_are_named_with_what_they_say(machine: Machine) -> None:
    machine.answer("started", STARTED.replace("(healthy)", "(unhealthy)", 1))
    machine.answer("health-taxai-app-1", "The queue does not answer.")

    done = machine.deploy("up")

    assert done.returncode == 1
    assert "app is not well" in done.stdout
    assert "taxai-app-1 is not well. It says: The queue does not answer." in done.stderr


def test_status_shows_each_service_with_its_memory_and_cap(up: Machine) -> None:
    up.answer("stats", "taxai-app-1|89MiB / 1GiB|1.5%\ntaxai-ollama-1|2GiB / 8GiB|0.0%")

    done = up.deploy("status")

    assert any(
        line.split()[:3] == ["taxai-app-1", "well", "89MiB"] for line in done.stdout.splitlines()
    )
    assert "2GiB / 8GiB" in done.stdout
    assert "migrate" not in done.stdout


def test_down_keeps_the_volumes_and_says_so(up: Machine) -> None:
    done = up.deploy("down")

    (stop,) = [call for call in up.calls if " down" in call]
    assert "--volumes" not in stop
    assert "-v" not in stop.split()
    assert "are kept" in done.stdout


def test_upgrade_saves_the_database_before_the_new_version_starts(up: Machine) -> None:
    up.answer("volume-taxai_data")
    up.answer("checkout", "v2")
    (up.engine / "calls").unlink()

    done = up.deploy("upgrade")

    assert done.returncode == 0, done.stderr
    steps = ["build ", " stop app extract ask keeper", "VACUUM INTO", " up --detach"]
    places = ["\n".join(up.calls).index(step) for step in steps]
    assert places == sorted(places)
    assert "taxai.before-upgrade.db" in done.stdout
    assert (up.holds("taxai:local"), up.holds("database")) == ("v2", "v2")
    assert (up.holds("taxai:local-before"), up.holds("saved")) == ("v1", "v1")
    assert up.holds("taxai:local-new") is None


def test_an_upgrade_that_cannot_save_the_database_keeps_the_version_before(up: Machine) -> None:
    up.answer("volume-taxai_data")
    up.answer("full-disk")
    up.answer("checkout", "v2")

    done = up.deploy("upgrade")

    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert up.deploy("up").returncode == 0
    assert (up.holds("taxai:local"), up.holds("database")) == ("v1", "v1")


def test_an_upgrade_whose_plan_refuses_the_machine_changes_nothing(up: Machine) -> None:
    up.answer("volume-taxai_data")
    up.answer("checkout", "v2")
    up.answer("memory", str(2 * GB))
    before = up.env

    done = up.deploy("upgrade")

    assert done.returncode == 1
    assert "TaxAI needs 3.0 GB" in done.stderr
    assert "nothing was changed" in done.stderr
    assert up.env == before
    assert not any(" stop " in call for call in up.calls)
    assert up.holds("taxai:local") == "v1"


def test_an_upgrade_without_the_key_changes_nothing(up: Machine) -> None:
    up.answer("volume-taxai_data")
    up.answer("checkout", "v2")
    (up.folder / "secrets/taxai_key").unlink()

    done = up.deploy("upgrade")

    assert done.returncode == 1
    assert "Put it back from your copy" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert up.holds("taxai:local") == "v1"


ILL = STARTED.replace("(healthy)", "(unhealthy)", 1)


@pytest.fixture(params=["sqlite", "postgres"])
def ill(request: pytest.FixtureRequest, machine: Machine) -> Machine:
    """One whose upgrade from v1 to v2 did not end well; its checkout is v3 by now."""
    machine.answer("volume-taxai_data")
    machine.answer("volume-taxai_database")
    (machine.folder / "secrets").mkdir()
    for name in SECRETS:
        (machine.folder / "secrets" / name).write_text("secret")
    options = ["--postgres"] if request.param == "postgres" else []
    assert machine.deploy("up", *options).returncode == 0
    machine.answer("checkout", "v2")
    machine.answer("started", ILL)
    assert machine.deploy("upgrade").returncode == 1
    assert (machine.holds("taxai:local"), machine.holds("database")) == ("v2", "v2")
    machine.answer("checkout", "v3")
    machine.answer("started", STARTED)
    return machine


def way_back(machine: Machine) -> tuple[str | None, str | None]:
    """The image and the database that are kept."""
    return machine.holds("taxai:local-before"), machine.holds("saved")


def test_a_second_upgrade_keeps_the_way_back_to_what_ran_well(ill: Machine) -> None:
    second = ill.deploy("upgrade")

    assert second.returncode == 0, second.stderr
    assert ill.holds("taxai:local") == "v3"
    assert way_back(ill) == ("v1", "v1")
    assert "still those of the last version that ran well" in second.stdout

    ill.answer("checkout", "v4")
    third = ill.deploy("upgrade")
    assert "still those" not in third.stdout
    assert way_back(ill) == ("v3", "v3")


def test_a_version_that_became_well_late_is_what_the_next_upgrade_keeps(ill: Machine) -> None:
    ill.answer("services", STARTED)

    assert ill.deploy("upgrade").returncode == 0

    assert way_back(ill) == ("v2", "v2")


def test_who_went_back_and_runs_well_has_all_kept_anew(ill: Machine) -> None:
    shutil.copy(ill.engine / "taxai:local-before", ill.engine / "taxai:local")
    assert ill.deploy("up").returncode == 0
    ill.answer("database", "v1 with later papers")
    ill.deploy("down")

    assert ill.deploy("upgrade").returncode == 0

    assert way_back(ill) == ("v1", "v1 with later papers")


def test_an_upgrade_that_ended_before_the_database_was_saved_saves_it_next_time(
    up: Machine,
) -> None:
    up.answer("volume-taxai_data")
    up.answer("checkout", "v2")
    up.answer("full-disk")
    assert up.deploy("upgrade").returncode == 1
    (up.engine / "full-disk").unlink()

    assert up.deploy("upgrade").returncode == 0

    assert way_back(up) == ("v1", "v1")


def test_logs_are_those_of_one_service(up: Machine) -> None:
    up.deploy("logs", "keeper")

    assert up.calls[-1].endswith("logs --tail 200 keeper")


@pytest.mark.parametrize("word", ["start", "up --fast"])
def test_an_unknown_word_is_told(machine: Machine, word: str) -> None:
    done = machine.deploy(*word.split())

    assert done.returncode in (1, 2)
    assert "deploy.sh" in done.stderr


class TestDoctor:
    def test_without_docker(self, machine: Machine) -> None:
        (machine.path / "docker").unlink()

        assert "Docker is not installed. Install Docker Desktop" in machine.doctor()
        assert "Docker is not installed" in machine.deploy("up").stderr

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ("Cannot connect to the Docker daemon", "does not run. Start Docker Desktop"),
            ("permission denied while trying to connect", "sudo usermod -aG docker"),
        ],
    )
    def test_an_engine_that_does_not_answer(
        self, machine: Machine, said: str, sentence: str
    ) -> None:
        machine.answer("down", said)

        assert sentence in machine.doctor()

    def test_without_compose(self, machine: Machine) -> None:
        machine.answer("no-compose")

        assert "Docker has no Compose v2. Install the package" in machine.doctor()

    def test_all_well(self, up: Machine) -> None:
        up.answer("models", "qwen2.5:3b")

        said = up.doctor()

        assert "✗" not in said
        assert "The model qwen2.5:3b is here" in said
        assert "44 % full" in said
        assert "✓ All that taxai health looks at is well." in said

    def test_what_taxai_health_finds(self, up: Machine) -> None:
        up.answer("models", "qwen2.5:3b")
        up.answer("rows", f"{WELL}\n! Model server away               It does not answer.")
        noted = up.deploy("doctor")
        up.answer("rows", f"{WELL}\n✗ Data folder  0.4 GB free        It is nearly full.")
        failed = up.deploy("doctor")

        assert "! Model server away: It does not answer.\n" in noted.stdout
        assert noted.returncode == 0
        assert "✗ Data folder: 0.4 GB free: It is nearly full.\n" in failed.stdout
        assert failed.returncode == 1
        for done in (noted, failed):
            assert "Queue" not in done.stdout
            assert "All that taxai health looks at is well" not in done.stdout

    @pytest.mark.parametrize("told", [None, "Traceback (most recent call last):"])
    def test_an_app_that_cannot_be_asked_for_its_health(
        self, up: Machine, told: str | None
    ) -> None:
        up.answer("models", "qwen2.5:3b")
        (up.engine / "rows").unlink()
        if told:
            up.answer("rows", told)

        said = up.doctor()

        assert "- taxai health could not be asked.\n" in said
        assert "Traceback" not in said
        assert "✗" not in said

    def test_nothing_runs(self, machine: Machine) -> None:
        assert "TaxAI does not run. Start it with: docker/deploy.sh up" in machine.doctor()

    def test_docker_desktop_with_little_memory(self, up: Machine) -> None:
        up.answer("system", "Docker Desktop")
        up.answer("memory", str(8 * GB))

        said = up.doctor()

        assert "A small model, qwen2.5:1.5b" in said
        assert "Settings, Resources, Memory; 10 GB would be enough" in said

    def test_docker_desktop_with_too_little_memory(self, up: Machine) -> None:
        up.answer("memory", str(2 * GB))

        said = up.doctor()

        assert "✗ 2.0 GB of memory are not enough: TaxAI needs 3.0 GB" in said
        assert "With Docker Desktop give it more" in said

    def test_an_engine_that_limits_nothing(self, up: Machine) -> None:
        up.answer("limits", "false")

        assert "so no cap holds" in up.doctor()

    def test_caps_of_ones_own_that_are_too_much(self, up: Machine) -> None:
        up.change("OLLAMA_MEMORY", "14g")

        assert "✗ The caps in docker/.env are 20480 MB together and there are 16384" in up.doctor()
        assert "The caps in docker/.env are" in up.deploy("up").stdout

    def test_a_port_that_is_taken(self, machine: Machine) -> None:
        with socket.create_server(("127.0.0.1", machine.port)):
            said, started = machine.doctor(), machine.deploy("up")
            machine.answer("publisher", "the container blog-web-1")
            named = machine.doctor()

        assert f"Port {machine.port} is taken by another program" in said
        assert "TAXAI_HTTP_PORT=8502 in docker/.env" in said
        assert "is taken by the container blog-web-1." in named
        assert (started.returncode, f"Port {machine.port} is taken" in started.stderr) == (1, True)

    def test_a_model_that_is_not_here(self, up: Machine) -> None:
        said = up.doctor()

        assert "The model qwen2.5:3b is not here yet. Fetch it with: docker/deploy.sh pull" in said

    @pytest.mark.parametrize(
        ("answer", "text"),
        [
            ("state-taxai-extract-1", "true 2147483648"),
            ("kills-taxai-extract-1", "oom\noom"),
        ],
    )
    def test_a_service_that_ran_out_of_memory(self, up: Machine, answer: str, text: str) -> None:
        up.answer(answer, text)

        said = up.doctor()

        assert "✗ taxai-extract-1 ran out of memory; its cap is 2048 MB. Its document" in said
        assert "fewer EXTRACT_WORKERS and a larger EXTRACT_MEMORY" in said
        assert "within a day" not in said

    def test_a_kill_that_taxai_health_tells_is_not_told_twice(self, up: Machine) -> None:
        up.answer("kills-taxai-ollama-1", "oom")
        up.answer("rows", f"{WELL}\n{KILLED}")

        said = up.doctor()

        assert "! Killed: 2 in ollama: The kernel ended something within a day." in said
        assert "ran out of memory" not in said

    def test_a_service_that_is_not_well(self, up: Machine) -> None:
        up.answer("services", STARTED.replace("(healthy)", "(unhealthy)", 1))
        up.answer("health-taxai-app-1", "The database is of an older version.")

        said = up.doctor()

        assert "taxai-app-1 is not well. It says: The database is of an older version." in said
        assert "docker/deploy.sh logs app" in said

    def test_a_service_that_ended(self, up: Machine) -> None:
        up.answer("services", STARTED + "keeper|taxai-keeper-1|exited|Exited (1) 2 minutes ago")

        assert "taxai-keeper-1 does not run (Exited (1) 2 minutes ago)" in up.doctor()

    def test_a_database_that_could_not_be_brought_to_this_version(self, up: Machine) -> None:
        up.answer("services", STARTED.replace("Exited (0)", "Exited (1)"))

        said = up.doctor()

        assert "could not be brought to this version: no such table: documents" in said

    def test_a_disk_that_is_nearly_full(self, up: Machine) -> None:
        up.answer("df", "Filesystem 1024-blocks Used Available Capacity Mounted\nx 9 8 1 96% /data")

        assert "✗ The disk with the papers is 96 % full" in up.doctor()


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="needs shellcheck")
@pytest.mark.parametrize("name", ["deploy.sh", "lib/*.sh"])
def test_shellcheck_finds_nothing(name: str) -> None:
    files = sorted((CHECKOUT / "docker").glob(name))

    done = subprocess.run(
        ["shellcheck", "-x", *files], cwd=CHECKOUT, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_the_script_is_ready_to_run() -> None:
    assert os.access(CHECKOUT / "docker/deploy.sh", os.X_OK)
