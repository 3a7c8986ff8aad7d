"""The synthesis says what the ranking says, with numbers as numbers."""

import io
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from django.utils import translation
from pypdf import PdfReader

from convenor.cycle.models import Cycle
from convenor.evaluation.results import Look, Results
from convenor.evaluation.synthesis import document, make_xlsx, workbook
from convenor.proposals.finding import Filters
from convenor.shared.documents import Table
from convenor.shared.documents.models import File
from convenor.shared.documents.pdf import to_pdf
from convenor.shared.documents.wordfile import to_docx
from convenor.shared.documents.workbook import to_xlsx
from convenor.shared.errors import Refused
from tests.evaluation.conftest import NOW, silent


@pytest.fixture
def results(graded: Cycle) -> Results:
    """Give the results of the year."""
    ranking = graded.rankings.get()
    return Results(graded, ranking, Look(Filters(), shows_all=True))


def test_the_spreadsheet_has_each_result_with_its_numbers(results: Results):
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(workbook(results, at=NOW)).data)).worksheets[0]

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[4] for row in rows] == [one.proposal.number for one in results.everything]
    figures = [(row[0], row[6], row[7], row[10], row[11], row[12], row[15]) for row in rows]
    expected = [
        (
            one.calibrated_rank if one.n else None, one.calibrated, one.half_width, one.chance_in if one.n else None,
            one.n, one.mean, one.sd,
        )
        for one in results.everything
    ]  # fmt: skip
    assert figures == [tuple(value if value is None else pytest.approx(value) for value in row) for row in expected]
    assert sum(row[17] for row in rows) == 1
    assert {type(row[6]) for row in rows[:9]} == {float}


def test_a_title_that_looks_like_a_formula_stays_a_title(results: Results):
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(workbook(results, at=NOW)).data)).worksheets[0]

    cells = [row[5] for row in sheet.iter_rows(min_row=2) if row[4].value == 1]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=HYPERLINK(1) محمد 王 #eval", "s")]


def test_what_nobody_graded_has_no_score_and_no_rank(results: Results):
    last = workbook(results, at=NOW).sheets[0].rows[-1]

    assert last[4] == 10
    assert (last[0], last[6], last[7], last[10], last[12], last[13]) == (None,) * 6


def test_the_second_sheet_says_how_it_was_computed(results: Results):
    about = dict(workbook(results, at=NOW).sheets[1].rows)

    assert (about["Evaluations"], about["Members"], about["Conflicts"], about["Computed on (UTC)"]) == (53, 6, 1, NOW)


def test_text_and_pdf_have_the_same_table(results: Results):
    made = document(results, at=NOW)
    table = next(block for block in made.blocks if isinstance(block, Table) and len(block.header) == 16)

    words = docx.Document(io.BytesIO(to_docx(made).data))
    rows = next(one for one in words.tables if len(one.columns) == 16).rows
    assert [row.cells[1].text for row in rows] == ["No.", *(row[1] for row in table.rows)]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(made).data)).pages)
    assert all(f"Proposal {number}" in text for number in range(2, 11))


def test_the_same_results_give_the_same_bytes(results: Results):
    assert to_pdf(document(results, at=NOW)).data == to_pdf(document(results, at=NOW)).data


def test_it_is_made_in_the_language_of_who_asks(graded: Cycle):
    with translation.override("ar"):
        make_xlsx({"cycle": graded.pk}, at=NOW, report=silent)

    assert [(file.language, file.form, file.name.endswith("-ar.xlsx")) for file in File.objects.all()] == [
        ("ar", "xlsx", True)
    ]


def test_nothing_computed_is_a_sentence(cycle: Cycle):
    with pytest.raises(Refused, match="the results of IGF 2017 are not computed yet"):
        make_xlsx({"cycle": cycle.pk}, at=datetime(2017, 6, 12, tzinfo=UTC), report=silent)


def test_what_the_rule_set_hides_from_members_is_in_no_document(results: Results):
    rule_set, hidden = results.cycle.rule_set, {"region": "secretariat", "conflicts": "secretariat"}
    rule_set.data = {**rule_set.data, "visibility": {**rule_set.data["visibility"], **hidden}}
    rule_set.save()
    cycle = Cycle.objects.get(pk=results.cycle.pk)
    hiding = Results(cycle, results.ranking, results.look)

    sheet = workbook(hiding, at=NOW).sheets[0]
    tables = [block for block in document(hiding, at=NOW).blocks if isinstance(block, Table)]
    assert [column.header for column in sheet.columns][-2:] == ["Format", "Stakeholder group"]
    assert {len(row) for row in sheet.rows} == {20}
    assert "Conflicts" not in [column.header for column in sheet.columns]
    assert "Conflicts" not in [name for name, _value in workbook(hiding, at=NOW).sheets[1].rows]
    assert [table.header[-4:] for table in tables] == [("Blank", "Theme", "Format", "Group")]


def test_figures_are_rounded_as_on_the_page(results: Results):
    table = next(block for block in document(results, at=NOW).blocks if isinstance(block, Table))

    best = results.everything[0]
    assert best.calibrated is not None
    assert (table.rows[0][3], table.rows[0][7]) == (f"{best.calibrated:.2f}", f"{best.mean:.3f}")
