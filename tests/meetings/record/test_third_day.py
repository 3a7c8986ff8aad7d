"""The third day of June, rehearsed: its minutes say everything once, and stay the same through every form."""

from datetime import UTC, datetime

import pytest

from convenor.meetings.followup.models import ActionItem
from convenor.meetings.models import Meeting
from convenor.meetings.record import stages
from convenor.meetings.record.frozen import from_plain, to_plain
from convenor.meetings.record.generated import report_of
from convenor.meetings.record.keeping import minutes_of, text_now
from convenor.meetings.record.papers import make_docx, make_verbatim_docx
from convenor.meetings.record.take_away import Spoken, Taken
from convenor.people.models import Person
from convenor.shared.documents.models import File
from convenor.shared.documents.pdf import to_pdf
from convenor.shared.documents.wordfile import to_docx
from tests.journeys.third_day import SIX, rehearse, with_transcript
from tests.meetings.record.conftest import AFTER, AT, UNTIL

pytestmark = pytest.mark.django_db
NOW = datetime(2100, 1, 1, tzinfo=UTC)
NAMES = ("Ana Diallo", "Chen Wei", "Marta Ruiz", "Omar Haddad")


@pytest.fixture
def rehearsed(june: Meeting, chair: Person) -> Meeting:
    """Give the meeting after its third day."""
    speakers = [Person.objects.create(name=name, email=f"{name[:3].lower()}@example.org") for name in NAMES]
    rehearse(june, chair, speakers)
    with_transcript(june, chair)
    return june


def test_every_decision_and_action_stands_once_under_its_item_and_again_at_the_end(rehearsed: Meeting):
    report = report_of(rehearsed)
    own = [one.text for one in report.paragraphs() if not one.repeats]
    ends = {section.key: len(section.paragraphs) for section in report.sections if not section.item}

    assert sum(SIX[:-1] in text for text in own) == 1
    assert sum("Draft the letter to governments" in text for text in own) >= 1
    assert (ends["announcements"], ends["decisions"], ends["next_steps"]) == (1, 3, 3)
    assert ActionItem.objects.filter(meeting=rehearsed).count() == 3
    assert report_of(rehearsed) == report


def test_the_kept_text_is_read_back_as_it_was(rehearsed: Meeting):
    report = report_of(rehearsed)

    assert from_plain(to_plain(report)) == report
    assert from_plain({"title": "Something else"}).sections == ()


def test_locked_minutes_give_the_same_papers_byte_for_byte_whatever_follows(rehearsed: Meeting, chair: Person):
    decision = rehearsed.floor_entries.filter(kind="adopted").latest("pk")
    stages.circulate(rehearsed, until=UNTIL, by_silence=False, by=chair, at=AT)
    stages.adopt(rehearsed, decision, by=chair, at=AFTER)
    stages.lock(rehearsed, by=chair, at=AFTER)

    def forms() -> list[bytes | str]:
        taken = Taken.of(minutes_of(rehearsed))
        assert taken is not None
        made = taken.paper(at=NOW)
        return [to_docx(made).data, taken.text(at=NOW), taken.akn()]

    before = forms()
    rehearsed.days.all()[2].blocks.all()[0].items.update(title="Something else")
    Person.objects.filter(name="Ana Diallo").update(name="Somebody Else")

    assert forms() == before
    assert text_now(minutes_of(rehearsed)).title in str(before[1])


def test_the_minutes_are_written_as_papers_and_the_words_as_they_were_said(rehearsed: Meeting):
    taken = Taken.of(minutes_of(rehearsed))
    assert taken is not None
    made = taken.paper(at=NOW)
    spoken = Spoken.of(minutes_of(rehearsed), "en", frozenset())
    values = {"meeting": rehearsed.pk, "language": 0, "members": 0, "item": 0}
    for make in (make_docx, make_verbatim_docx):
        make(values, at=NOW, report=lambda *_said: None)

    assert to_pdf(made).data[:5] == b"%PDF-"
    assert sorted(File.objects.values_list("kind", flat=True)) == [
        "meetings.minutes-draft", "meetings.verbatim-draft-public-en",
    ]  # fmt: skip
    assert [one.name for one in spoken.verbatim.utterances() if one.paragraphs][:2] == ["CHAIR", "Ana Diallo"]
