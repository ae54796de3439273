"""Papers of one client or year, on the pages Documents, Review and Export."""

import pytest
from reviewed_fields import FORM, Review, field, payslip
from window import Window

from taxai_core import service
from taxai_core.models import Record

MEERA, ARJUN = "ABCPE1234F", "BCDPK2345G"


def slip(page: int = 1) -> Record:
    fields = {"employee_name": field("Arjun Rao"), "employee_pan": field(ARJUN)}
    belongs = {"taxpayer_pan": ARJUN, "taxpayer_name": "Arjun Rao", "financial_year": "2023-24"}
    return payslip(page, **fields, net_pay=field("50000.00", page=page)).model_copy(update=belongs)


@pytest.fixture
def reviews(data) -> list[Review]:
    """A Form 16 of one client, and a file with papers of two."""
    return [Review(), Review(FORM, slip(3), data=b"%PDF- of two")]


def rows(window: Window) -> list[dict[str, str]]:
    return window.grid.value.to_dict("records")


def test_the_list_says_what_each_paper_is_whose_and_how_it_adds_up(window: Window, reviews) -> None:
    both, one = rows(window.open("documents"))

    assert one["type"] == "Form 16"
    assert one["taxpayer"] == "Meera Iyer · ABCPE…F"
    assert (one["year"], one["least"]) == ("2024-25", "0.60")
    assert both["type"] == "Form 16, Payslip"
    assert both["taxpayer"] == "Meera Iyer · ABCPE…F, Arjun Rao · BCDPK…G"


def test_a_failed_check_is_told_first(window: Window, reviews) -> None:
    reviews[0].set("gross_salary", "1")

    assert rows(window.open("documents"))[1]["checks"] == "✗ 1"


def test_one_client_or_year_can_be_asked_for_on_all_pages(window: Window, reviews) -> None:
    window.open("documents").choose("Client", ARJUN)
    assert len(rows(window)) == 1

    window.open("review")
    assert "**1 of 1**" in window.text
    assert "filtered" in window.text

    window.open("documents").choose("Client", "").choose("Year", "2024-25")
    assert len(rows(window)) == 2


def test_the_list_can_be_had_by_client_and_year(window: Window, reviews) -> None:
    reviews[1].set("employee_name", "Aaliya Khan")
    window.open("documents").app.toggle(key="by-client").set_value(True)

    first, second = rows(window.draw())

    assert first["taxpayer"].startswith("Aaliya Khan")
    assert second["taxpayer"].startswith("Meera Iyer")


def test_an_export_of_one_client_holds_nothing_of_another(window: Window, reviews) -> None:
    for review in reviews:
        service.approve(review.id)

    window.open("export").choose("Client", ARJUN)

    contents, preview = (grid.value for grid in window.app.dataframe)
    assert contents.to_numpy().tolist() == [["Arjun Rao · BCDPK…G", "2023-24", "Payslip", 1]]
    assert set(preview["taxpayer_pan"]) == {ARJUN}
    tables = {one.label: one.value for one in window.app.metric}["Tables"]
    assert tables == "0"  # they stand on the pages of the other paper


def test_the_filter_stands_in_no_address(window: Window, reviews) -> None:
    window.open("documents").choose("Client", MEERA)

    assert window.app.query_params == {}
