"""How asking a model is measured, and what `taxai bench ask` prints and writes down."""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ai.fault_server import FaultServer
from ai.faults import MODEL, prompt_tokens
from waiting import wait_until

from taxai_core.ai.options import ModelOptions
from taxai_core.cli import bench_ask as bench
from taxai_core.cli.bench_ask_memory import server_pid
from taxai_core.cli.bench_ask_ours import ask_our_way
from taxai_core.cli.bench_ask_papers import HiddenPaper, evenly, hidden_papers
from taxai_core.cli.bench_ask_plain import ask_plainly, find_object, plain_window
from taxai_core.cli.bench_ask_result import Way, all_verdicts, verdicts_of
from taxai_core.cli.field_truths import find_truths
from taxai_core.cli.main import main
from taxai_core.pipeline import known_types

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT))

from tests.corpus.paper import build  # noqa: E402

LAYOUTS = {
    "gift": "donation_receipt/institute-receipt",
    "premium": "insurance_premium_receipt/payment-acknowledgement",
    "rent": "rent_receipt/generator-slip",
    "pile": "payslip/bundle-six-months",
}
SHORT = {
    "ollama_stall_s": 0.3,
    "ollama_call_s": 0.5,
    "ollama_load_s": 0.5,
    "ollama_connect_s": 0.5,
}
LIMIT_S = 0.5
AMPLE_S = 60.0
Configure = Callable[..., None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three papers and a file of several, with their truth."""
    folder = tmp_path_factory.mktemp("papers")
    for name, layout in LAYOUTS.items():
        paper = build(layout, 1)
        (folder / f"{name}.pdf").write_bytes(paper.pdf)
        (folder / f"{name}.json").write_text(paper.truth(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def papers(folder: Path) -> list[HiddenPaper]:
    return hidden_papers(find_truths(folder), known_types())


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def options(server: FaultServer) -> ModelOptions:
    return ModelOptions(server.url, MODEL, stall_s=5, load_s=5)


def knowing(papers: list[HiddenPaper], **instead: object) -> Callable[[dict[str, Any]], Any]:
    """A model that answers the truth, `instead` in the place of it by kind; plainly with a word."""

    def answer(body: dict[str, Any]) -> Any:
        asked = body["messages"][-1]["content"]
        for paper in papers:
            if all(line in asked for line in (paper.title, *paper.truth)):
                kinds = {rule.name: rule.kind for rule in paper.rules}
                values = {n: instead.get(kinds[n], v) for n, v in paper.truth.items()}
                return values if "format" in body else f"Here: {json.dumps(values)} I hope so."
        return ""

    return answer


def ours(papers: list[HiddenPaper], options: ModelOptions, limit_s: float = AMPLE_S) -> Way:
    way, _raw = ask_our_way(papers, known_types(), options, limit_s)
    return way


def questions(server: FaultServer) -> list[dict[str, Any]]:
    """What was asked but for warming up."""
    return [body for body in server.bodies if body["options"].get("num_predict") != 1]


def test_every_third_important_field_that_was_read_right_is_hidden(
    papers: list[HiddenPaper],
) -> None:
    hidden = [(paper.name, name) for paper in papers for name in paper.truth]

    assert [paper.name for paper in papers] == ["gift.pdf", "premium.pdf", "rent.pdf"]
    assert len(hidden) in (4, 5)
    for paper in papers:
        assert not set(paper.truth) & set(paper.record.fields)
        assert paper.gap.fields == tuple(rule.name for rule in paper.rules) == tuple(paper.truth)
        assert all(paper.prints(rule, paper.truth[rule.name]) for rule in paper.rules)


def test_a_few_papers_are_taken_from_the_whole_row(papers: list[HiddenPaper]) -> None:
    many = [replace(papers[0], name=str(number)) for number in range(10)]

    assert [one.name for one in evenly(many, 3)] == ["0", "3", "6"]
    assert evenly(many, None) == evenly(many, 99) == many


def test_our_way_asks_one_at_a_time_and_counts_what_the_server_counts(
    papers: list[HiddenPaper], server: FaultServer, options: ModelOptions
) -> None:
    server.answer = knowing(papers)

    way = ours(papers, options)

    asked = questions(server)
    assert way.finished == len(papers)
    assert way.in_flight == server.peak == 1
    assert [one.calls for one in way.askings] == [1, 1, 1]
    assert sum(one.tokens_in for one in way.askings) == sum(map(prompt_tokens, asked))
    assert all(one.tokens_out > 0 for one in way.askings)
    assert all(body["format"] and body["options"]["num_ctx"] == 8192 for body in asked)


def test_a_second_try_counts_and_a_paper_without_an_answer_is_not_finished(
    papers: list[HiddenPaper], server: FaultServer, options: ModelOptions
) -> None:
    server.behave("garbage")

    way = ours(papers[:1], options)

    assert way.finished == 0
    assert way.askings[0].calls == 2
    assert way.askings[0].tokens_in == sum(map(prompt_tokens, questions(server)))
    assert all_verdicts(way.askings) == Counter({"not given": len(papers[0].rules)})


def test_the_plain_way_sends_the_whole_text_thrice_at_once_and_bounds_nothing(
    papers: list[HiddenPaper], server: FaultServer, options: ModelOptions
) -> None:
    server.behave("slow", every_s=0.02)
    server.answer = knowing(papers)

    way = ask_plainly(papers, options, AMPLE_S, None)

    assert way.finished == len(papers)
    assert way.in_flight == server.peak == 3
    assert sum(one.tokens_in for one in way.askings) == sum(map(prompt_tokens, server.bodies))
    for body in server.bodies:
        assert "format" not in body
        assert not {"num_predict", "num_ctx"} & set(body["options"])
    texts = {body["messages"][-1]["content"] for body in server.bodies}
    assert all(any(paper.text in text for text in texts) for paper in papers)
    assert all_verdicts(way.askings) == Counter({"right": sum(len(p.rules) for p in papers)})


def test_an_invented_amount_is_taken_plainly_and_never_by_us(
    papers: list[HiddenPaper], server: FaultServer, options: ModelOptions
) -> None:
    server.answer = knowing(papers, amount="98,76,543.21")
    invented = sum(rule.kind == "amount" for paper in papers for rule in paper.rules)

    way, raw = ask_our_way(papers, known_types(), options, AMPLE_S)
    plain = ask_plainly(papers, options, AMPLE_S, None)

    assert invented > 0
    assert all_verdicts(plain.askings)["printed nowhere"] == invented
    assert all_verdicts(way.askings)["printed nowhere"] == 0
    untested = sum(map(verdicts_of, papers, raw), Counter())
    assert untested["printed nowhere"] == invented


def test_a_plain_answer_without_all_the_names_is_not_finished(
    papers: list[HiddenPaper], server: FaultServer, options: ModelOptions
) -> None:
    server.behave("good", answer='{"pan": "ABCPE1234F"} and so on')

    way = ask_plainly(papers, options, AMPLE_S, None)

    assert way.finished == 0
    assert sum(one.given_up for one in way.askings) == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('```json\n{"pan": 5}\n```', {"pan": 5}),
        ('{"a": 1} then {"pan": "x", "b": null}', {"pan": "x", "b": None}),
        ('{"pan": ', {}),
        ('["pan"]', {}),
        ("{" * 10_000, {}),
        ('{"a":' * 5_000 + '{"pan": 1}', {}),
    ],
)
def test_json_is_found_wherever_it_stands_in_an_answer(text: str, found: dict[str, Any]) -> None:
    assert find_object(text, ["pan"]) == found


def test_a_prompt_that_the_server_cut_is_told(
    papers: list[HiddenPaper], server: FaultServer, options: ModelOptions
) -> None:
    server.behave("truncate", tokens=2048)

    window = plain_window(options)
    way = ask_plainly(papers, options, AMPLE_S, window)

    assert window == 2048
    assert [one.cut_prompts for one in way.askings] == [1, 1, 1]


def test_an_answer_that_stalls_is_given_up_with_what_had_come(
    papers: list[HiddenPaper], server: FaultServer, options: ModelOptions
) -> None:
    server.behave("stall", after=2)
    server.answer = knowing(papers)

    way = ask_plainly(papers, options, LIMIT_S, None)
    mine = ours(papers[:1], replace(options, stall_s=0.3), LIMIT_S)

    assert [(one.given_up, one.tokens_out) for one in way.askings] == [(1, 2)] * 3
    assert way.finished == mine.finished == 0
    assert mine.askings[0].given_up == 1
    assert mine.askings[0].tokens_in > 0


def run(folder: Path, server_url: str, report: Path, *more: str) -> int:
    words = ["bench", "ask", "--folder", folder, "--url", server_url, "--report", report, *more]
    return main([str(word) for word in words])


@pytest.fixture
def quick(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing long; what the command line sets is forgotten afterwards."""
    for name in ("OLLAMA_URL", "OLLAMA_MODEL"):
        monkeypatch.setenv(f"TAXAI_{name}", "")
        monkeypatch.delenv(f"TAXAI_{name}")
    configure(**SHORT)
    monkeypatch.setattr(bench, "UNLOAD_S", 0.1)


def test_the_bench_prints_and_writes_every_table(
    folder: Path,
    papers: list[HiddenPaper],
    server: FaultServer,
    quick: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.answer = knowing(papers)
    report = tmp_path / "benchmarks.md"

    code = run(folder, server.url, report, "--model", MODEL, "--documents", "2")

    printed, written = capsys.readouterr().out, report.read_text()
    assert code == int("**no**" in printed)
    assert "<!-- bench: ask -->\n## Asking a model" in written
    assert printed.strip() in written
    assert "./taxai bench ask --folder DIR --documents 2 --limit-s 180 --model gemma3" in written
    assert str(folder) not in written
    assert server.url not in written
    assert "Ollama 0.5.4, gemma3:270m (268M, Q4_K_M)" in written
    assert "2 of the 3 documents (of 4 files)" in written
    assert "| documents finished | all | 2 of 2 | yes |" in printed
    assert "| TaxAI | 2 | 2 | 2 | 1 |" in printed
    assert "The 2 documents of one page: " in printed
    assert "| the plain way | 2 | 2 | 2 | " in printed
    assert "| TaxAI, one token, `use_mmap` off | " in printed
    assert {body["options"].get("use_mmap") for body in server.bodies} == {True, False, None}


def test_a_server_that_hangs_ends_with_nothing_finished(
    folder: Path,
    server: FaultServer,
    quick: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.behave("hang")

    code = run(folder, server.url, tmp_path / "b.md", "--model", MODEL, "--limit-s", str(LIMIT_S))

    printed = capsys.readouterr().out
    assert code == 1
    assert "| documents finished | all | 0 of 3 | **no** |" in printed
    assert "The plain way: 0 of 3 documents finished, 3 requests given up" in printed
    assert "Given up before a word of an answer came: 3 of the plain requests" in printed
    wait_until(lambda: server.in_flight == 0, "the server sees that all were given up")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", MODEL, "--url", "http://127.0.0.1:9"], "does not answer"),
        (["--model", "llama9"], "does not have the model llama9"),
        ([], "No model is chosen"),
    ],
)
def test_without_a_server_or_a_model_the_bench_says_so(
    folder: Path,
    server: FaultServer,
    quick: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    report = tmp_path / "benchmarks.md"

    code = run(folder, server.url, report, *words)

    assert code == 1
    assert said in capsys.readouterr().err
    assert not report.exists()


def test_a_folder_without_papers_is_refused_with_a_sentence(
    server: FaultServer, quick: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, server.url, tmp_path / "b.md", "--model", MODEL) == 1

    assert "No paper has a field that could be hidden." in capsys.readouterr().err


def test_only_a_server_on_this_machine_is_looked_at(server: FaultServer) -> None:
    assert server_pid(server.url) == os.getpid()
    assert server_pid(server.url.removeprefix("http://")) == os.getpid()
    assert server_pid("http://192.0.2.1:11434") is None
