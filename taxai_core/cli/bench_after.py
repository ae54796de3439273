"""The same papers through TaxAI as `./taxai up` runs it."""

from collections.abc import Sequence

from .. import service
from ..ai.options import ModelOptions
from ..settings import get_settings
from ..store.document import Document, now
from .bench import free_port, run_file, running_taxai
from .bench_home import own_data
from .bench_scene import STUCK_S, Result, ScenePaper, Standing
from .bench_watch import Watch, until_over


def run_after(
    papers: Sequence[ScenePaper], options: ModelOptions, limit_s: float, watch: Watch, workers: int
) -> Result:
    """Hand the papers to a TaxAI of the bench's own.

    Raises:
        SystemExit: it does not start.
    """
    with own_data(ollama_model=options.model):
        data = get_settings().data_path
        with running_taxai(data, free_port(), workers):
            watch.look_at([int(run_file(data)["pid"])])
            ids = [
                service.submit(
                    f"{number}.pdf", paper.path.read_bytes(), password=paper.password
                ).document.id
                for number, paper in enumerate(papers)
            ]
            seconds = until_over(lambda: _standing(service.list_documents()), limit_s, watch)
            documents = {document.id: document for document in service.list_documents()}
            in_row = [documents[id_] for id_ in ids]
            right = {
                number: _right(paper, document)
                for number, (paper, document) in enumerate(zip(papers, in_row, strict=True))
                if not _is_waiting(document) and not _is_at_work(document)
            }
            return Result(_standing(in_row), right, seconds, max(map(_call_s, in_row), default=0))


def _standing(documents: Sequence[Document]) -> Standing:
    at_work = [document for document in documents if _is_at_work(document)]
    return Standing(
        waiting=sum(map(_is_waiting, documents)),
        at_work=len(at_work),
        stuck=sum(_work_s(document) > STUCK_S for document in at_work),
    )


def _is_waiting(document: Document) -> bool:
    return "queued" in (document.state, document.ask and document.ask.state)


def _is_at_work(document: Document) -> bool:
    return document.state == "extracting" or bool(document.ask and document.ask.state == "asking")


def _work_s(document: Document) -> float:
    """How long the one that has it now has had it."""
    ask = document.ask
    began = ask.started_at if ask and ask.state == "asking" else document.started_at
    return (now() - began).total_seconds() if began else 0.0


def _right(paper: ScenePaper, document: Document) -> int:
    """How many of its fields are right; none where the model was to help and could not."""
    if document.state != "review" or (document.ask and document.ask.state != "done"):
        return 0
    fields = service.open_document(document.id).reading.records[0].fields
    return paper.count_right({name: one.field.value for name, one in fields.items() if one.field})


def _call_s(document: Document) -> float:
    """The longest call can have been as long as all of a document's together."""
    ask = document.ask
    if ask is None or ask.state == "queued":
        return 0.0
    return _work_s(document) if ask.state == "asking" else ask.seconds
