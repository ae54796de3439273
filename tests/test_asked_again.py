"""What stays when the model is asked again, and what becomes of a trial whose worker stops."""

import signal
from collections.abc import Callable, Iterator

import pytest
from ai.fault_server import FaultServer
from asked_papers import ASKED, LARGE, MODEL, ask_here, copying, open_paper
from sqlalchemy import delete
from waiting import wait_until

from taxai_core import service
from taxai_core.jobs.workplace import get_store
from taxai_core.service import model as service_model
from taxai_core.store.rows import AnswerRow


@pytest.fixture
def asked(data, configure: Callable[..., None]) -> Iterator[FaultServer]:
    with FaultServer(answer=copying) as server:
        configure(ollama_url=server.url, ollama_model=MODEL)
        yield server


def test_a_warning_that_is_still_true_stays(asked: FaultServer, read_paper) -> None:
    document_id = read_paper(open_paper())
    invented = {**dict.fromkeys(ASKED), ASKED[0]: "77,777.00"}
    asked.behave("good", answer=invented)
    ask_here(document_id)
    (before,) = service.open_document(document_id).reading.records
    with get_store().writing() as session:
        session.execute(delete(AnswerRow))
    asked.behave("good", answer=invented | {ASKED[1]: LARGE})
    service.ask_model(document_id)

    ask_here(document_id)

    (after,) = service.open_document(document_id).reading.records
    assert before.warnings
    assert after.warnings == before.warnings
    assert ASKED[1] in after.values


def test_a_trial_whose_worker_is_told_to_stop_is_told_as_failed(asked: FaultServer, start) -> None:
    asked.behave("hang")
    worker = start("ask", "1")
    trial = service_model.try_model("sample")
    wait_until(lambda: asked.in_flight, "the question is on its way")

    worker.send_signal(signal.SIGTERM)
    worker.wait()

    result = service_model.trial_result(trial)
    assert result
    assert result.error
