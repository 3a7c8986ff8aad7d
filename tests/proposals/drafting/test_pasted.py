"""People pasted from a spreadsheet."""

import pytest

from convenor.proposals.drafting.pasted import MOST_LINES, read


def said(text: str) -> list[tuple[str, ...]]:
    """Read as speakers; give what each line says."""
    return [(one.name, one.email, one.organisation, one.part) for one in read(text, part="speaker")]


ANA, BO = ("Ana Diallo", "ana@example.org", "Cable Union", "speaker"), ("Bo Li", "bo@example.org", "", "moderator")


@pytest.mark.parametrize(
    "text",
    [
        "Name\tE-mail\tOrganisation\tRole\nAna Diallo\tana@example.org\tCable Union\t\nBo Li\tBO@example.org\t\tChair",
        "Ana Diallo;ana@example.org;Cable Union;Speaker\n\nBo Li;bo@example.org;;Moderator",
        'Ana Diallo,ana@example.org,"Cable Union"\nBo Li,<mailto:bo@example.org>,,moderator',
        "ana@example.org\tAna Diallo\tCable Union\nbo@example.org\tBo Li\t\tmodératrice",
        "Rol;Organisme;Nom;Courriel\noratrice;Cable Union;Ana Diallo;ana@example.org\nmodérateur;;Bo Li;bo@example.org",
    ],
)
def test_the_usual_sheets_are_read(text: str):
    assert said(text) == [ANA, BO]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Ana Diallo", [["There is no e-mail address."]]),
        ("Ana;ana@", [["“ana@” is no e-mail address."]]),
        ("ana@example.org", [["The name is missing."]]),
        ("Ana;ana@example.org;;King", [["“King” is no part that somebody has in a session."]]),
        ("A" * 201 + ";ana@example.org", [[f"“{'A' * 40}…” has 201 letters: a name has 200 at most."]]),
        ("Ana;ana@example.org\nAnn;ANA@example.org", [[], ["“ana@example.org” stands in an earlier line already."]]),
        ("\u202e\u200b;ana@example.org", [["The name is missing."]]),
    ],
)
def test_each_line_says_what_keeps_it_from_being_used(text: str, faults: list[list[str]]):
    assert [one.faults for one in read(text, part="speaker")] == faults


def test_markup_stays_text_and_too_many_lines_say_so():
    lines = read("\n".join(f"<b>{n}</b>;n{n}@example.org" for n in range(MOST_LINES + 1)), part="speaker")

    assert lines[0].name == "<b>0</b>"
    assert [one.faults for one in lines if one.faults] == [["Only 50 lines are taken at a time; paste this one again."]]
