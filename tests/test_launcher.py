"""The `taxai` command: a copy of it over an empty requirements file, without network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
COMMANDS = ("cat", "cksum", "ln", "mkdir", "readlink", "rm", "sh", "sleep")
MAIN = "import os, sys\nprint(sys.argv[1:], os.getcwd(), os.environ['PYTHONPATH'])\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "a checkout"
    (folder / "taxai_core").mkdir(parents=True)
    (folder / "taxai_core" / "__main__.py").write_text(MAIN)
    for name in ("requirements.txt", "requirements-test.txt"):
        (folder / name).touch()
    shutil.copy(CHECKOUT / "taxai", folder)
    return folder


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """Return a folder to be the whole PATH: what the launcher needs, and no Python."""
    folder = tmp_path / "commands"
    folder.mkdir()
    for name in COMMANDS:
        (folder / name).symlink_to(shutil.which(name) or pytest.fail(name))
    return folder


def run(taxai: Path, *arguments: str, path: Path, **environment: str):
    python = {} if "PYTHON" in environment else {"PYTHON": sys._base_executable}
    return subprocess.run(
        [taxai, *arguments],
        env={"PATH": str(path), "PIP_NO_INDEX": "1"} | python | environment,
        cwd=taxai.parent.parent,
        capture_output=True,
        text=True,
        timeout=120,
    )


def pretend(commands: Path, name: str, script: str) -> None:
    (commands / name).write_text(f"#!/bin/sh\n{script}\n")
    (commands / name).chmod(0o755)


def stamps(checkout: Path) -> list[str]:
    return sorted(path.name.split("-")[1] for path in checkout.glob(".venv/.installed-*"))


@pytest.mark.parametrize("script", ["echo Python 3.9.2", "exit 127", "exec /no/such/python"])
def test_without_a_new_enough_python_it_says_so_in_one_line(checkout, commands, script) -> None:
    pretend(commands, "python3", script)

    done = run(checkout / "taxai", "up", path=commands, PYTHON="")

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "Python 3.11 or newer is needed" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_without_venv_is_told_what_to_install(checkout, commands) -> None:
    pretend(commands, "python3", "echo bare")  # what Debian's python3 amounts to

    done = run(checkout / "taxai", "up", path=commands, PYTHON="")

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "apt install python3-venv" in done.stderr
    assert {path.name for path in checkout.iterdir() if path.name.startswith(".")} == set()


def test_it_installs_once_and_leaves_stdout_to_the_program(checkout, commands, tmp_path) -> None:
    link = tmp_path / "bin" / "taxai"
    link.parent.mkdir()
    link.symlink_to(os.path.relpath(checkout / "taxai", link.parent))
    expected = f"['process', 'a file', '--json'] {tmp_path} {checkout}\n"

    first = run(link, "process", "a file", "--json", path=commands)
    second = run(link, "process", "a file", "--json", path=commands)

    assert (first.returncode, first.stdout) == (0, expected), first.stderr
    assert "installing requirements.txt" in first.stderr
    assert (second.stdout, second.stderr) == (expected, "")
    assert stamps(checkout) == ["run"]
    assert not (checkout / ".venv.lock").is_symlink()


def test_the_tests_packages_come_with_the_first_test(checkout, commands) -> None:
    run(checkout / "taxai", "status", path=commands)

    done = run(checkout / "taxai", "test", path=commands)

    assert "installing requirements.txt and requirements-test.txt" in done.stderr
    assert stamps(checkout) == ["run", "test"]
    assert run(checkout / "taxai", "status", path=commands).stderr == ""


def test_an_install_that_failed_is_done_again(checkout, commands) -> None:
    (checkout / "requirements.txt").write_text("no-such-package-as-this==1\n")

    failed = run(checkout / "taxai", "up", path=commands)
    (checkout / "requirements.txt").write_text("")
    done = run(checkout / "taxai", "up", path=commands)

    assert (failed.returncode, failed.stdout) == (2, "")
    assert failed.stderr.splitlines()[-1].startswith("taxai: installing did not finish")
    assert done.returncode == 0, done.stderr
    assert stamps(checkout) == ["run"]


def test_changed_requirements_are_installed_again(checkout, commands) -> None:
    run(checkout / "taxai", "up", path=commands)
    (checkout / "requirements.txt").write_text("# changed\n")

    done = run(checkout / "taxai", "up", path=commands)

    assert "installing requirements.txt" in done.stderr
    assert stamps(checkout) == ["run"]


def test_a_venv_left_half_made_is_made_again(checkout, commands) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / ".unfinished").touch()
    (checkout / ".venv.lock").symlink_to("999999999")  # its owner was killed

    done = run(checkout / "taxai", "up", path=commands)

    assert done.returncode == 0, done.stderr
    assert not (checkout / ".venv" / ".unfinished").exists()
