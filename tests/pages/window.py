"""One browser window, and papers brought into each state by the verbs that bring them there."""

import json
import os
import platform
import uuid
from pathlib import Path
from typing import Any, Self

import streamlit as st
from papers import INTEREST, PREMIUMS, paper
from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from taxai_core import service
from taxai_core.jobs import presence
from taxai_core.jobs.queue import queue_of
from taxai_core.jobs.task import extract_document
from taxai_core.jobs.workplace import get_store
from taxai_core.store import documents, readings
from taxai_core.store.document import Document
from taxai_core.store.readings import StoredTable

CHECKOUT = Path(__file__).parents[2]
# A machine under load may be slow; this is when a test gives up, not what it expects.
PATIENCE_S = 30


class Window:
    """A session of the real app; every drawing of a page must come out without an exception."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(CHECKOUT / "streamlit_app.py", default_timeout=PATIENCE_S)
        self.draw()

    def draw(self) -> Self:
        """Draw the page again with what was typed and chosen, as the browser has it done."""
        self.app.run()
        return self._drawn()

    def open(self, page: str, **address: str) -> Self:
        """Go to a page, with what stands behind the `?` of its address."""
        self.app.query_params = dict(address)
        self.app.switch_page(f"pages/{page}.py")
        return self.draw()

    def review(self, document: Document, tab: str = "Tables") -> Self:
        """Open one document's review, and a tab of it."""
        self.open("review", document=document.id)
        return self.turn_to(tab) if self.app.tabs else self

    def turn_to(self, tab: str) -> Self:
        """Open a tab of the review, whatever its label counts."""
        (label,) = (one.label for one in self.app.tabs if one.label.split(" ")[0] == tab)
        (tabs,) = self.app.get("tab_container")
        states = self.app._tree.get_widget_states()
        states.widgets.append(WidgetState(id=tabs.proto.id, string_value=label))
        self.app._run(states)
        return self._drawn()

    def click(self, *labels: str) -> Self:
        """Press the buttons with these labels or keys, in one go."""
        for label in labels:
            self.button(label).click()
        return self.draw()

    def later(self) -> Self:
        """Draw the page again when what pages share for a second is over."""
        st.cache_data.clear()
        st.cache_resource.clear()
        return self.draw()

    def type(self, field: str, text: str) -> Self:
        """Fill the text field with this label or placeholder; the next drawing knows of it."""
        (found,) = (
            one for one in self.app.text_input if field in (one.label, one.placeholder, one.key)
        )
        found.set_value(text)
        return self

    def add(self, *files: tuple[str, bytes]) -> Self:
        """Drop files into the Upload page, all at once."""
        self.app.file_uploader[0].set_value([(n, d, "application/pdf") for n, d in files])
        return self.draw()

    def select(self, *documents_: Document) -> Self:
        """Tick rows of the list that has these documents."""
        names = [document.name for document in documents_]
        grid, files = next(
            (grid, list(grid.value["file"]))
            for grid in self.app.dataframe
            if set(names) <= set(grid.value.get("file", ()))
        )
        rows = [files.index(name) for name in names]
        return self.report(grid, {"selection": {"rows": rows, "columns": [], "cells": []}})

    def edit(
        self,
        cells: dict[int, dict[str, str | None]],
        *,
        added: list[dict[str, str]] | None = None,
        deleted: list[int] | None = None,
    ) -> Self:
        """Have the cell editor report its whole difference to the rows it began with."""
        found = {str(row): change for row, change in cells.items()}
        return self.report(
            self.grid,
            {"edited_rows": found, "added_rows": added or [], "deleted_rows": deleted or []},
        )

    def report(self, element: Element, state: dict[str, Any]) -> Self:
        """Send what the browser sends for a grid, which AppTest cannot.

        Setting `session_state` would change the value and call no callback.
        """
        states = self.app._tree.get_widget_states()
        states.widgets.append(WidgetState(id=element.proto.id, string_value=json.dumps(state)))
        self.app._run(states)
        return self._drawn()

    def tell(self, event: str, value: object, *, of: str = "viewer") -> Self:
        """Have the page's picture, or the `fields` or `checks`, report what was done there."""
        component = self._component(of)
        trigger = f"$$STREAMLIT_INTERNAL_KEY_{component.proto.id}__events"
        states = self.app._tree.get_widget_states()
        happened = json.dumps([{"event": event, "value": value}])
        states.widgets.append(WidgetState(id=trigger, json_trigger_value=happened))
        self.app._run(states)
        return self._drawn()

    def choose_field(self, name: str) -> Self:
        """Choose a field in the list."""
        return self.tell("told", {"chosen": name, "acts": []}, of="fields")

    def act(self, name: str, kind: str, text: str = "", seq: int | None = None) -> Self:
        """Type, clear, reset or pick a field as the list reports it."""
        act = {"id": uuid.uuid4().hex, "record": self.fields["record"], "name": name}
        act |= {"type": kind, "text": text, "seq": self.row(name)["seq"] if seq is None else seq}
        return self.tell("told", {"chosen": name, "acts": [act]}, of="fields")

    @property
    def picture(self) -> dict[str, Any]:
        """What the page's picture is drawn from."""
        return self._data("viewer")

    @property
    def fields(self) -> dict[str, Any]:
        """What the list of fields is drawn from."""
        return self._data("fields")

    @property
    def sums(self) -> list[dict[str, Any]]:
        """The sums that the list of checks shows."""
        found: list[dict[str, Any]] = self._data("checks")["checks"]
        return found

    def row(self, name: str) -> dict[str, Any]:
        """A field's row in the list."""
        (row,) = (
            row for group in self.fields["groups"] for row in group["rows"] if row["name"] == name
        )
        return row

    def _data(self, of: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._component(of).proto.json)
        return found

    def _component(self, of: str) -> Any:
        components = self.app.get("bidi_component")
        (found,) = (one for one in components if f"-{of}-" in one.proto.id)
        return found

    def choose(self, field: str, value: object) -> Self:
        """Choose from the first list with this label."""
        found = next(one for one in self.app.selectbox if one.label == field)
        found.set_value(value)
        return self.draw()

    @property
    def grid(self) -> Any:
        """The first grid on the page: the list of documents, or the cells of a table."""
        return self.app.dataframe[0]

    @property
    def cells(self) -> list[list[str]]:
        """What the cell editor begins with."""
        return self.grid.value.to_numpy().tolist()

    @property
    def columns(self) -> list[str]:
        """What stands above the columns of the cell editor."""
        config = json.loads(self.grid.proto.columns)
        return [config[name]["label"] for name in self.grid.value.columns]

    @property
    def title(self) -> str:
        """The page's heading."""
        return self.app.title[0].value

    @property
    def text(self) -> str:
        """All that stands on the page and in its sidebar, without the fields and grids."""
        found = (
            *(self.app.title, self.app.subheader, self.app.markdown, self.app.caption),
            *(self.app.text, self.app.info, self.app.warning, self.app.error),
        )
        return "\n".join(one.value.replace("\\", "") for kind in found for one in kind)

    def button(self, label: str) -> Any:
        """The button with this key, or the first one with this label."""
        return min(
            (one for one in self.app.button if label in (one.label, one.key)),
            key=lambda one: one.key != label,
        )

    def can(self, label: str) -> bool:
        """Can this button be pressed?"""
        return not self.button(label).disabled

    def has(self, label: str) -> bool:
        """Is there such a button?"""
        return any(label in (one.label, one.key) for one in self.app.button)

    def _drawn(self) -> Self:
        assert not self.app.exception, [one.value for one in self.app.exception]
        return self


def model_page() -> Window:
    """The Model page in a new window, with nothing that another one has kept."""
    st.cache_data.clear()
    return Window().open("model")


def play_worker(redis: Redis, name: str = "extract-1", job_id: str | None = None) -> Worker:
    """Have this process stand where a worker does, idle or with a job, however long a test takes.

    RQ puts off the end of a worker's key by the time to live that it has.
    """
    presence.announce(redis, name)
    worker = Worker(
        [queue_of(redis, name.partition("-")[0])],
        name=f"{name}-{platform.node()}-{os.getpid()}",
        connection=redis,
        serializer=JSONSerializer,
        worker_ttl=24 * 3600,
    )
    worker.register_birth()
    if job_id:
        redis.sadd(worker.executions_key, f"{job_id}:0")
    return worker


def submit(name: str = "interest.pdf", data: bytes | None = None) -> Document:
    """Take in a paper without reading it."""
    return service.submit(name, data or paper(name, INTEREST)).document


def read(document: Document) -> Document:
    """Do in this process what a worker does with a document's job."""
    extract_document(document.id, document.run)
    return present(document)


def to_review(name: str = "interest.pdf", data: bytes | None = None) -> Document:
    """A paper that has been read."""
    return read(submit(name, data))


def approved(name: str = "premiums.pdf") -> Document:
    """A paper that has been read and approved."""
    document = to_review(name, paper(name, PREMIUMS))
    service.approve(document.id)
    return present(document)


def failed(name: str = "broken.pdf") -> Document:
    """A paper that was cut off in the middle."""
    whole = paper(name, INTEREST)
    return read(submit(name, whole[: len(whole) // 2]))


def half_read(name: str = "long.pdf", *, done: int, total: int) -> Document:
    """A paper whose worker has come to page `done`."""
    document = submit(name)
    documents.claim(get_store(), document.id, document.run)
    documents.progress(get_store(), document.id, document.run, done, total)
    return present(document)


def cancelled(name: str = "unwanted.pdf") -> Document:
    """A paper that somebody did not want after all."""
    document = submit(name)
    service.cancel(document.id)
    return present(document)


def present(document: Document) -> Document:
    """A document as it is now."""
    return documents.get(get_store(), document.id)


def tables_of(document: Document) -> list[StoredTable]:
    """A document's tables as they are now."""
    return readings.load(get_store(), document.id).tables


def rows_of(document: Document) -> list[list[str]]:
    """The cells of a document's first table as they are now."""
    return tables_of(document)[0].content.rows


def edits_of(document: Document) -> list[str]:
    """The edits in force, the first one first."""
    history = service.open_document(document.id).history
    return [line.summary for line in reversed(history) if line.is_edit and line.status == "live"]
