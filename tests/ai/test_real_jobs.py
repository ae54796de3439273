"""Documents asked about at a real Ollama, by real workers."""

from collections.abc import Callable

from asked_papers import ASKED, ask_here, open_paper, value_of, wait_for_ask
from waiting import wait_until

from ai.counting_proxy import CountingProxy
from ai.real_ollama import MODEL, RealOllama
from taxai_core import service
from taxai_core.service import model as service_model

# What a small base model answers is worth little: what is printed is all that may come of it.
PRINTED = {"4810.00", "4811.00", "4812.00", "4813.00", "4814.00", "61240.00", "6124.00"}


def test_two_workers_and_five_documents_are_one_question_at_a_time(
    ollama: RealOllama, data, configure: Callable[..., None], read_paper, start
) -> None:
    with CountingProxy(ollama.url) as proxy:
        configure(ollama_url=proxy.url, ollama_model=MODEL)
        ids = [read_paper(open_paper(number), f"{number}.pdf") for number in range(5)]

        start("ask", "1")
        start("ask", "2")
        asks = [wait_for_ask(one, "done", "failed", "not_asked") for one in ids]

        assert [ask.state for ask in asks] == ["done"] * 5
        assert all(ask.prompt_tokens > 0 for ask in asks)
        assert proxy.peak == 1
    values = {value_of(one, name) for one in ids for name in ASKED} - {None}
    assert values <= PRINTED


def test_the_models_own_name_and_memory_are_known(
    ollama: RealOllama, data, configure: Callable[..., None], read_paper, redis, start
) -> None:
    configure(ollama_url=ollama.url, ollama_model=MODEL)
    ask_here(read_paper(open_paper()))
    start("keep")
    wait_until(lambda: service_model.model_state().server, "the keeper has looked")

    state = service_model.model_state()

    assert state.server
    assert state.server.version
    assert state.server.has(MODEL)
    assert [one.name for one in state.server.in_memory] == [MODEL]
    assert state.process
    assert state.process.mapped == "yes"
    assert state.process.file_bytes > 0


def test_a_trial_is_a_real_question(
    ollama: RealOllama, data, configure: Callable[..., None], redis, start
) -> None:
    configure(ollama_url=ollama.url, ollama_model=MODEL)
    start("ask", "1")

    trial = service_model.try_model("sample")
    wait_until(lambda: service_model.trial_result(trial), "the trial has ended")

    result = service_model.trial_result(trial)
    assert result
    assert result.error is None
    assert result.prompt_tokens > 0
    assert set(result.values) <= set(result.wanted)


def test_a_model_that_is_not_there_is_told_and_the_document_is_in_review(
    ollama: RealOllama, data, configure: Callable[..., None], read_paper
) -> None:
    configure(ollama_url=ollama.url, ollama_model="no-such-model:1b")
    document_id = read_paper(open_paper())

    ask = ask_here(document_id)

    assert (ask.state, ask.error_code) == ("failed", "model_missing")
    assert "no-such-model:1b" in (ask.error_message or "")
    assert service.open_document(document_id).document.state == "review"
