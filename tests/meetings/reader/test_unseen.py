"""Agendas of layouts the grammar was not written for, labelled before they were first read: today each is read exactly.

`unseen/FIRST_CONTACT.tsv` keeps what each scored when it was read for the first time, before any rule was changed.
"""

import csv
import json
from pathlib import Path

import pytest

from convenor.meetings.agenda import from_interchange, to_interchange
from convenor.meetings.reader import read

UNSEEN = Path(__file__).with_name("unseen")
TEXTS = sorted(UNSEEN.glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_layout_first_met_in_a_test_is_read_exactly(path: Path) -> None:
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert to_interchange(read(path.read_text("utf-8")).agenda) == gold


def test_every_text_has_labels_of_the_agreed_form_and_a_first_score() -> None:
    for path in TEXTS:
        from_interchange(json.loads(path.with_suffix(".json").read_text("utf-8")))
    with (UNSEEN / "FIRST_CONTACT.tsv").open(encoding="utf-8") as lines:
        assert [row["stem"] for row in csv.DictReader(lines, delimiter="\t")] == [path.stem for path in TEXTS]
