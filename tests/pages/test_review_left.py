"""What the Review page reports when its window is on another page already.

Where the app is busy the browser's last act on a page comes together with the change of page.
"""

import pytest
from reviewed_fields import BOX, Review
from window import Window

from taxai_core.jobs.workplace import get_store
from taxai_core.store import documents

OTHERS = ("upload", "documents", "export", "jobs", "resources", "model")
ACTS = {
    "field": "employee_pan",
    "table": 1,
    "page": 2,
    "pick": True,
    "area": {"page": 1, "box": BOX.as_list()},
    "find": {"phrase": "else", "step": 0},
    "words": {"id": "a", "text": "else", "page": 1, "box": BOX.as_list()},
}


@pytest.fixture
def review(data) -> Review:
    """A Form 16 whose fields are known."""
    return Review()


def on_its_way(window: Window, review: Review, page: str = "model", tab: str = "Fields") -> Window:
    """A window on the review, which goes to another page with what is done next."""
    window.review(documents.get(get_store(), review.id), tab)
    window.app.query_params = {}
    window.app.switch_page(f"pages/{page}.py")
    return window


@pytest.mark.parametrize("page", OTHERS)
def test_the_other_page_opens_when_a_row_was_chosen_last(
    window: Window, review: Review, page: str
) -> None:
    on_its_way(window, review, page).choose_field("employee_pan")

    assert window.title
    assert window.open("review", document=review.id).fields["chosen"] == "employee_pan"


@pytest.mark.parametrize("act", ACTS)
def test_the_other_page_opens_whatever_was_done_last_on_the_picture(
    window: Window, review: Review, act: str
) -> None:
    on_its_way(window, review).tell(act, ACTS[act])

    assert window.title == "Model"


def test_the_other_page_opens_when_a_sum_was_chosen_last(window: Window, review: Review) -> None:
    on_its_way(window, review, tab="Checks").tell("choose", ["gross_salary"], of="checks")

    assert window.title == "Model"


def test_what_was_typed_last_is_saved(window: Window, review: Review) -> None:
    on_its_way(window, review).act("gross_salary", "set", "9,10,000")

    assert window.title == "Model"
    assert review.value("gross_salary") == "910000.00"


def test_a_cell_that_was_edited_last_is_saved(window: Window, review: Review) -> None:
    on_its_way(window, review, tab="Tables").edit({0: {"c0": "typed"}})

    assert window.title == "Model"
    assert review.opened.reading.tables[0].content.rows == [["typed"]]
