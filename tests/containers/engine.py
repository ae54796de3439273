"""The engine, and one stack of containers on it, started as the README says."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
LOCAL_ENGINE = CHECKOUT.parent / "shared/tools/containers-local"
IMAGE = "taxai:tested"
MODEL = "gemma3:270m"
# A machine under load may be slow; this is when a test gives up, not what it expects.
PATIENCE_S = 180


def wait_until(holds: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until something holds, or fail saying what did not."""
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, f"waited {patience_s} s in vain: {what}"
        time.sleep(0.5)


def run(*words: str | Path, cwd: Path | None = None, check: bool = True, project: str = "") -> str:
    """Run a command to its end; return what it printed, with its errors."""
    env = os.environ | ({"COMPOSE_PROJECT_NAME": project} if project else {})
    done = subprocess.run(
        words, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert not check or done.returncode == 0, f"{words}\n{done.stdout}"
    return done.stdout


def why_no_engine() -> str | None:
    """Why no container can run here; None where they can. Starts an engine where it may."""
    if LOCAL_ENGINE.exists() and os.geteuid() == 0:
        # Makes the images that are missing, too.
        started = subprocess.run([LOCAL_ENGINE, "start"], capture_output=True, text=True)
        if started.returncode:
            return f"the local engine did not start: {started.stderr[-300:]}"
    if not shutil.which("docker"):
        return "no container engine is installed here"
    if subprocess.run(["docker", "info"], capture_output=True).returncode:
        return "the container engine does not answer"
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        return "Docker Compose v2 is not installed here"
    return None


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass
class Stack:
    """One start of the containers from a copy of the checkout, under a project of its own."""

    folder: Path
    project: str
    port: int
    files: Sequence[str] = ("compose.yml", "compose.cpu.yml")

    @classmethod
    def copy(cls, folder: Path, project: str, **lines: str) -> "Stack":
        """Copy what git knows of, and write the lines of `.env` that a person would."""
        tracked = run("git", "ls-files", "-co", "--exclude-standard", cwd=CHECKOUT).splitlines()
        for name in tracked:
            if (CHECKOUT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(CHECKOUT / name, folder / name)
        stack = cls(folder, project, free_port())
        lines = {"TAXAI_IMAGE": IMAGE, "OLLAMA_MODEL": MODEL} | lines
        lines |= {"TAXAI_HTTP_PORT": str(stack.port)}
        stack.env_file.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
        return stack

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env_file(self) -> Path:
        return self.folder / "docker/.env"

    @property
    def env(self) -> dict[str, str]:
        """What `.env` says."""
        lines = (line for line in self.env_file.read_text().splitlines() if "=" in line)
        return dict(line.split("=", 1) for line in lines if not line.startswith("#"))

    def deploy(self, *words: str, check: bool = True) -> str:
        """Run deploy.sh."""
        script = self.folder / "docker/deploy.sh"
        return run(script, *words, cwd=self.folder, check=check, project=self.project)

    def compose(self, *words: str, check: bool = True) -> str:
        files = [word for name in self.files for word in ("-f", name)]
        command = ("docker", "compose", *files, *words)
        return run(*command, cwd=self.folder / "docker", check=check, project=self.project)

    def inside(self, service: str, *words: str, check: bool = True) -> str:
        """Run a command in a container of a service."""
        return self.compose("exec", "-T", service, *words, check=check)

    def ids(self, service: str = "") -> list[str]:
        """The running containers, of one service or of all."""
        labels = [f"label=com.docker.compose.project={self.project}"]
        labels += [f"label=com.docker.compose.service={service}"] if service else []
        filters = [word for label in labels for word in ("--filter", label)]
        return run("docker", "ps", "-q", *filters).split()

    def inspect(self, service: str = "") -> list[dict[str, Any]]:
        """What the engine knows of them."""
        ids = self.ids(service)
        return json.loads(run("docker", "inspect", *ids)) if ids else []

    def health(self) -> dict[str, str]:
        """The health of each container by its name."""
        return {
            one["Name"].lstrip("/"): one["State"].get("Health", {}).get("Status", "none")
            for one in self.inspect()
        }

    def is_well(self) -> bool:
        return set(self.health().values()) == {"healthy"}

    def submit(self, name: str, data: bytes) -> None:
        """Put a paper into the queue by the command line in the app's container."""
        self.put(name, data)
        self.inside("app", "taxai", "submit", f"/tmp/{name}")

    def put(self, name: str, data: bytes) -> None:
        """Write a file into the app's /tmp; `docker cp` cannot, as it is a tmpfs."""
        (app,) = self.ids("app")
        command = ["docker", "exec", "-i", app, "sh", "-c", f"cat > '/tmp/{name}'"]
        subprocess.run(command, input=data, check=True)

    def documents(self) -> dict[str, dict[str, Any]]:
        """All documents by name, as `taxai status --json` tells them."""
        told = json.loads(self.inside("app", "taxai", "status", "--json"))
        return {one["file"]: one for one in told}

    def states_by_name(self) -> dict[str, tuple[str, str]]:
        """Each document's id and state."""
        return {name: (one["id"], one["state"]) for name, one in self.documents().items()}

    def states(self, *names: str) -> set[str]:
        """The states of these documents."""
        documents = self.documents()
        return {documents[name]["state"] for name in names}

    def restarts(self) -> int:
        """How often the engine started one of them again."""
        return sum(int(one["RestartCount"]) for one in self.inspect())

    def remove(self) -> None:
        """Remove everything but the image."""
        self.compose("--profile", "pull", "down", "--volumes", "--remove-orphans", check=False)


@contextmanager
def removed_at_the_end(stack: Stack) -> Iterator[Stack]:
    """The stack, of which nothing stays."""
    stack.remove()
    try:
        yield stack
    except BaseException:
        print(stack.compose("ps", "-a", check=False))
        print(stack.compose("logs", "--tail", "30", check=False))
        raise
    finally:
        stack.remove()
