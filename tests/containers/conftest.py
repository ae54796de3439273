"""One stack for all tests of a file, built and started as the README says."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import portalocker
import pytest
from engine import IMAGE, Stack, removed_at_the_end, run, why_no_engine

sys.path.append(str(Path(__file__).parents[1]))
LOCK = Path(tempfile.gettempdir()) / "taxai-tested.lock"


@pytest.fixture(scope="module")
def engine() -> Iterator[None]:
    """An engine that runs containers, for one file of tests at a time."""
    with portalocker.Lock(LOCK, timeout=1800):
        if why := why_no_engine():
            pytest.skip(why)
        # Built from this code and no other's; what has not changed is taken from the cache.
        run("docker", "image", "rm", "--force", IMAGE, f"{IMAGE}-s3", check=False)
        yield


@pytest.fixture(scope="module")
def stack(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """All services, started by deploy.sh with what the plan says for this machine."""
    # A page that takes too much memory must not be ended for taking too long on a busy machine.
    stack = Stack.copy(tmp_path_factory.mktemp("stack"), "taxai-tested", PAGE_TIMEOUT_S="120")
    with removed_at_the_end(stack):
        print(stack.deploy("up"))
        yield stack
