"""The pages of imports, and the verb of the command line."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.proposals.importing import actions, jobs
from convenor.proposals.importing.models import Import, ImportMemory, ImportState
from convenor.proposals.importing.template import template_of
from convenor.proposals.models import Proposal
from convenor.shared.documents.workbook import to_xlsx
from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job
from tests.proposals.importing.conftest import AT, DATA
from tests.proposals.importing.test_writing import HEAD, ONE

pytestmark = pytest.mark.django_db
HERE = "/igf/2017/proposals/import/"
ClientAs = Callable[[Role], Client]
Take = Callable[..., Import]


def upload(client: Client, data: bytes, name: str = "list.csv") -> object:
    """Hand a file in as a browser does."""
    return client.post(HERE, {"file": SimpleUploadedFile(name, data)})


def work(task: str) -> str:
    """Do what the worker does with the newest job."""
    job = Job.objects.filter(task=task).latest("pk")
    return {actions.READ: jobs.read, actions.WRITE: jobs.write}[task](
        job.values, at=AT, report=lambda _share, _words: None
    )


def test_from_a_file_to_proposals(cycle: Cycle, client_as: ClientAs):
    client = client_as(Role.SECRETARIAT)
    assert upload(client, (DATA / "proposals.csv").read_bytes(), "ours.csv").status_code == 302
    source = Import.objects.get()
    assert "It waits for its turn." in client.get(f"{HERE}{source.pk}/").content.decode()
    work(actions.READ)

    page = client.get(f"{HERE}{source.pk}/").content.decode()
    assert "Nothing is taken over yet." in page
    assert "Columns that are left out:" in page
    assert "Shoe size" in page
    assert "“elise at example.org” is no e-mail address; the proposer could not be written to." in page
    source.refresh_from_db()
    client.post(f"{HERE}{source.pk}/confirm/", {"seen": source.mark})
    work(actions.WRITE)

    assert Proposal.objects.count() == 3
    page = client.get(f"{HERE}{source.pk}/?fate=new").content.decode()
    assert "What became of each row" in page
    assert "/igf/2017/proposals/1/" in page
    assert "ours.csv" in client.get(HERE).content.decode()


def test_the_reading_is_corrected_and_what_was_typed_is_kept(cycle: Cycle, client_as: ClientAs, take_in: Take):
    source = take_in("Title,Topic,Proposer,Room\nCables,Wires,Amina,9\n")
    client = client_as(Role.SECRETARIAT)
    page = client.get(f"{HERE}{source.pk}/reading/")
    assert [one.text for one in page.context["form"].asked["themes"]] == ["Wires"]
    said = {
        "seen": source.mark, "column-0": "title", "column-1": "theme", "column-2": "proposer-name", "column-3": "title",
        "code-themes-0": "access", "theme": "", "format": "panel", "organisation": "None", "state": "draft",
    }  # fmt: skip

    refused = client.post(f"{HERE}{source.pk}/reading/", said)
    stale = client.post(f"{HERE}{source.pk}/reading/", {**said, "column-3": "", "seen": "other"})
    done = client.post(f"{HERE}{source.pk}/reading/", {**said, "column-3": ""})

    assert (refused.status_code, stale.status_code, done.status_code) == (422, 422, 302)
    assert "both say the same: Title" in refused.content.decode()
    assert "somebody else has changed how this file is read" in stale.content.decode()
    assert stale.context["form"]["code-themes-0"].value() == "access"
    source.refresh_from_db()
    assert (source.counts["new"], source.as_drafts) == (1, True)
    assert ImportMemory.objects.get(forum=cycle.forum).codes["themes"] == {"wires": "access"}


@pytest.mark.parametrize(
    ("data", "sentence"), [(b"", "it is empty"), (b"x" * 10_000_001, "it has 10.0 MB, at most 10 are taken")]
)
def test_a_file_that_is_not_taken_says_why(cycle: Cycle, client_as: ClientAs, data: bytes, sentence: str):
    answer = upload(client_as(Role.SECRETARIAT), data)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Import.objects.exists()


def test_no_file_is_asked_for(cycle: Cycle, client_as: ClientAs):
    assert "No file was chosen." in client_as(Role.SECRETARIAT).post(HERE).content.decode()


def test_a_file_that_cannot_be_read_says_so_on_its_page(cycle: Cycle, client_as: ClientAs):
    client = client_as(Role.SECRETARIAT)
    upload(client, b"only words")
    with pytest.raises(Refused):
        work(actions.READ)

    page = client.get(f"{HERE}{Import.objects.get().pk}/").content.decode()

    assert "No line of headings was found among the first rows." in page
    assert "Choose another file" in page


def test_another_list_is_said_to_have_no_titles(cycle: Cycle, client_as: ClientAs, take_in: Take):
    source = take_in("Full name,Country\nAmina,Kenya\n")

    page = client_as(Role.SECRETARIAT).get(f"{HERE}{source.pk}/").content.decode()

    assert "No column says the title of a proposal." in page


def test_whoever_corrects_a_reading_that_is_over_is_told(cycle: Cycle, client_as: ClientAs, take_in: Take):
    source = take_in(HEAD + ONE.format(""))
    Import.objects.update(state=ImportState.DONE)

    page = client_as(Role.SECRETARIAT).post(f"{HERE}{source.pk}/reading/", {"theme": "access"}, follow=True)

    assert "Nothing was changed: the file is taken over already" in page.content.decode()


def test_hostile_cells_are_shown_as_words(cycle: Cycle, client_as: ClientAs, take_in: Take):
    source = take_in('Title,Proposer,Theme\n"<img src=x onerror=alert(1)>",<script>x</script>,"<b onclick=1>"\n')

    for page in ("", "reading/"):
        text = client_as(Role.SECRETARIAT).get(f"{HERE}{source.pk}/{page}").content.decode()
        assert "<img src=x" not in text
        assert "<script>x" not in text
        assert "<b onclick" not in text


def test_a_file_can_be_left(cycle: Cycle, client_as: ClientAs, take_in: Take):
    source = take_in(HEAD + ONE.format(""))

    client_as(Role.SECRETARIAT).post(f"{HERE}{source.pk}/drop/")

    assert (Import.objects.count(), Proposal.objects.count()) == (0, 0)


@pytest.mark.parametrize("count", [1, 30, 300])
def test_the_preview_asks_as_often_for_one_row_as_for_many(
    cycle: Cycle, client_as: ClientAs, take_in: Take, count: int, django_assert_num_queries
):
    rows = "".join(ONE.format("").replace("1,Cables", f"{n},Cables {n}") for n in range(count))
    source = take_in(HEAD + rows)
    client = client_as(Role.SECRETARIAT)
    client.get(f"{HERE}{source.pk}/")

    with django_assert_num_queries(9):
        page = client.get(f"{HERE}{source.pk}/")

    assert len(page.context["rows"]) == min(count, 100)


def test_a_filled_template_is_known_again(cycle: Cycle, take_in: Take):
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(template_of(cycle, at=AT)).data))
    proposals, rules, lists = book.worksheets
    header = [cell.value for cell in proposals[1]]
    said = {"Title": "Cables", "Theme": "Access and infrastructure", "Format": "Panel", "Proposer’s name": "Amina",
            "Country": "Kenya", "Stakeholder group": "Civil society", "Minutes": "60"}  # fmt: skip
    proposals.append([said.get(name) for name in header])
    out = io.BytesIO()
    book.save(out)

    source = take_in(out.getvalue(), "template.xlsx")

    assert source.is_template
    assert source.counts == {"new": 1, "updated": 0, "unchanged": 0, "refused": 0}
    assert (lists.sheet_state, len(proposals.data_validations.dataValidation)) == ("hidden", 6)
    theme = next(one for one in proposals.data_validations.dataValidation if "C2:" in str(one.sqref))
    assert theme.formula1 == "'lists'!$A$1:$A$8"
    assert [cell.value for cell in rules[3]][:3] == ["Title", "At most 200 letters.", "yes"]


def test_the_template_as_text_is_known_again(cycle: Cycle, client_as: ClientAs, take_in: Take):
    header = client_as(Role.SECRETARIAT).get(f"{HERE}template.csv").content.decode("utf-8-sig").strip()

    source = take_in(header + "\n,Cables,access,panel" + "," * (header.count(",") - 3) + "\n")

    assert source.is_template
    assert "" not in source.columns


def run(*words: str) -> tuple[str, str]:
    """Run the verb; give both outputs."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_proposals", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_keeps_nothing_without_yes(cycle: Cycle):
    out, err = run(str(DATA / "proposals.csv"))

    assert "New: 3; changed: 0; as they are: 0; rows refused: 2. Nothing is taken over yet." in out
    assert "Row 6: “elise at example.org” is no e-mail address" in err
    assert "Columns that are left out: Shoe size" in err
    assert not Import.objects.exists()
    assert not ImportMemory.objects.exists()


def test_the_command_takes_over_with_yes(cycle: Cycle, by: Person, tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("Title,Room,Topic,Proposer\nCables,B,Wires,Amina\n", "utf-8")

    out, _err = run(
        str(path), "--column", "Room=", "--column", "Topic=theme", "--theme", "wires=access", "--no-format", "panel",
        "--by", str(by.email), "--yes",
    )  # fmt: skip

    assert "“x.csv” was taken over. New: 1;" in out
    assert (Proposal.objects.get().theme, Proposal.objects.get().format) == ("access", "panel")
    assert (Import.objects.get().state, Import.objects.get().confirmed_by) == (ImportState.DONE, by)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.csv"], "There is no file"),
        (["--column", "Hat=title"], "There is no column “hat” in the file."),
        (["--theme", "x=nothing"], "“nothing” is none of the themes: access"),
        (["--by", "nobody@example.org"], "Nobody has the address"),
    ],
)
def test_the_command_refuses_in_a_sentence(cycle: Cycle, words: list[str], sentence: str):
    file = [] if words[0].endswith(".csv") else [str(DATA / "proposals.csv")]
    with pytest.raises(CommandError, match=sentence):
        run(*file, *words)
