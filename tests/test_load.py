"""How much of the machine one document may use, by what else there is to do."""

import pytest
from papers import INTEREST, PREMIUMS, paper

from taxai_core import service
from taxai_core.jobs.load import cores_to_use
from taxai_core.observe.machine import cpu_count

pytestmark = pytest.mark.usefixtures("data")


def test_a_document_alone_may_use_all_cores() -> None:
    service.submit("alone.pdf", paper("Interest certificate", INTEREST))

    assert cores_to_use() == cpu_count()


def test_a_document_with_another_behind_it_uses_one_core() -> None:
    service.submit("first.pdf", paper("Interest certificate", INTEREST))
    service.submit("second.pdf", paper("Premiums", PREMIUMS))

    assert cores_to_use() == 1


def test_without_a_queue_one_core_is_used(configure, tmp_path) -> None:
    configure(redis_url=f"unix://{tmp_path}/gone")

    assert cores_to_use() == 1
