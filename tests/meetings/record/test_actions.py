"""Minutes are written, circulated, corrected, adopted and locked; what is locked stays as it is."""

from collections.abc import Callable
from typing import Any

import pytest

from convenor.meetings.models import Meeting
from convenor.meetings.record import correcting, editing, stages
from convenor.meetings.record.keeping import minutes_of, text_now
from convenor.meetings.record.models import ANSWERS, NEXT, Answer, Correction, MinutesEdit, Stage, Wish
from convenor.meetings.record.silence import adopt_due
from convenor.people.models import Person
from convenor.people.privacy import HOLDINGS
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail
from tests.meetings.record.conftest import AFTER, AT, UNTIL, WORDS, decided

pytestmark = pytest.mark.django_db


def decisions(meeting: Meeting) -> list[tuple[str, str]]:
    """Give key and words of the paragraphs that say or changed the decision."""
    found = text_now(minutes_of(meeting)).paragraphs()
    return [(one.key, one.text) for one in found if WORDS[:3] in one.text and not one.repeats]


@pytest.fixture
def key(held: Meeting) -> str:
    """Give the key of the paragraph of the decision."""
    return decisions(held)[0][0]


@pytest.fixture
def circulated(held: Meeting, rapporteur: Person, participant: Person) -> Meeting:
    """Give the meeting with its minutes circulated until the 26th."""
    stages.circulate(held, until=UNTIL, by_silence=False, by=rapporteur, at=AT)
    return held


def text_of(meeting: Meeting, key: str) -> str:
    """Give the words of a paragraph."""
    return next(one.text for one in text_now(minutes_of(meeting)).paragraphs() if one.key == key)


def test_every_stage_and_every_answer_has_a_row():
    assert set(NEXT) == set(Stage)
    assert set(ANSWERS) == set(Answer)


def test_a_paragraph_is_edited_and_the_entry_says_what_it_was(held: Meeting, rapporteur: Person, key: str):
    was = text_of(held, key)
    row = editing.edit(held, key, "Six, not seven.", seen=was, by=rapporteur, at=AT)

    assert text_of(held, key) == "Six, not seven."
    assert row is not None
    assert (row.number, row.kind, row.was, row.text, row.source) == (1, "edit", was, "Six, not seven.", was)
    with pytest.raises(ValueError, match="never changed"):
        row.save()


def test_who_writes_over_somebody_else_is_told_what_it_reads_now(held: Meeting, rapporteur: Person, key: str):
    was = text_of(held, key)
    editing.edit(held, key, "First.", seen=was, by=rapporteur, at=AT)

    with pytest.raises(Refused, match="It now reads: “First"):
        editing.edit(held, key, "Second.", seen=was, by=rapporteur, at=AT)

    assert MinutesEdit.objects.count() == 1


def test_paragraphs_are_added_moved_taken_out_and_brought_back(held: Meeting, rapporteur: Person, key: str):
    who = {"by": rapporteur, "at": AT}
    added = editing.insert(held, key, "Six thanks.", module=True, **who)
    first = [one for one, _text in decisions(held)]
    editing.move(held, added.key, is_up=True, **who)
    moved = [one for one, _text in decisions(held)]
    editing.remove(held, key, **who)
    without = [one for one, _text in decisions(held)]
    editing.bring_back(held, key, **who)

    assert first == [key, added.key]
    assert moved == [added.key, key]
    assert without == [added.key]
    assert [one for one, _text in decisions(held)] == moved
    with pytest.raises(Refused, match="the place is not there"):
        editing.insert(held, "nowhere", "Lost.", **who)


def test_circulating_writes_to_who_took_part_and_freezes_the_text(circulated: Meeting, participant: Person):
    minutes = minutes_of(circulated)

    assert (minutes.stage, minutes.corrections_until) == (Stage.CIRCULATED, UNTIL)
    assert minutes.texts.get().stage == Stage.CIRCULATED
    assert participant.email in set(
        Mail.objects.filter(kind="meetings.minutes-circulated").values_list("to", flat=True)
    )
    assert Entry.objects.filter(verb="minutes.circulated").count() == 1


def test_a_deadline_that_is_past_circulates_nothing(held: Meeting, rapporteur: Person):
    with pytest.raises(Refused, match="26 June 2100, 23:59"):
        stages.circulate(held, until=UNTIL, by_silence=False, by=rapporteur, at=AFTER)

    assert minutes_of(held).stage == Stage.DRAFT


def test_a_proposed_wording_is_accepted_and_its_proposer_told(
    circulated: Meeting, participant: Person, rapporteur: Person, key: str
):
    row = correcting.propose(circulated, key, Wish.WORDING, "Six sessions.", by=participant, at=AT)
    correcting.accept(row, by=rapporteur, at=AT)

    row.refresh_from_db()
    assert (row.state, row.edit and row.edit.text) == (Answer.ACCEPTED, "Six sessions.")
    assert text_of(circulated, key) == "Six sessions."
    mail = Mail.objects.get(kind="meetings.minutes-correction-answered")
    assert (mail.to, "accepted" in mail.text) == (participant.email, True)


def test_a_wording_for_words_that_changed_meanwhile_is_not_taken_over(
    circulated: Meeting, participant: Person, rapporteur: Person, key: str
):
    row = correcting.propose(circulated, key, Wish.WORDING, "Six sessions.", by=participant, at=AT)
    editing.edit(circulated, key, "Changed.", seen=text_of(circulated, key), by=rapporteur, at=AT)

    with pytest.raises(Refused, match="It now reads: “Changed"):
        correcting.accept(row, by=rapporteur, at=AT)

    correcting.reword(row, "Six, changed.", seen="Changed.", by=rapporteur, at=AT)
    row.refresh_from_db()
    assert (row.state, text_of(circulated, key)) == (Answer.REWORDED, "Six, changed.")


def test_a_remark_is_declined_with_a_sentence_and_not_without(
    circulated: Meeting, participant: Person, rapporteur: Person, key: str
):
    row = correcting.propose(circulated, key, Wish.REMARK, "It was seven.", by=participant, at=AT)

    with pytest.raises(Refused, match="proposes no words"):
        correcting.accept(row, by=rapporteur, at=AT)
    with pytest.raises(Refused, match="say in a sentence why"):
        correcting.decline(row, " ", by=rapporteur, at=AT)
    correcting.decline(row, "The recording says six.", by=rapporteur, at=AT)
    with pytest.raises(Refused, match="declined"):
        correcting.withdraw(row, at=AT)

    row.refresh_from_db()
    assert (row.state, row.sentence) == (Answer.DECLINED, "The recording says six.")


def test_after_the_deadline_nothing_is_proposed(circulated: Meeting, participant: Person, key: str):
    correcting.propose(circulated, key, Wish.REMARK, "In the stated minute.", by=participant, at=UNTIL)

    with pytest.raises(Refused, match="corrections were taken until 26 June 2100, 23:59"):
        correcting.propose(circulated, key, Wish.REMARK, "Late.", by=participant, at=AFTER)

    assert Correction.objects.count() == 1


def test_open_corrections_keep_minutes_from_being_adopted(
    circulated: Meeting, participant: Person, chair: Person, key: str
):
    row = correcting.propose(circulated, key, Wish.REMARK, "Why?", by=participant, at=AT)
    decision = decided(circulated, chair, "The minutes are adopted.")

    with pytest.raises(Refused, match="1 proposed correction waits"):
        stages.adopt(circulated, decision, by=chair, at=AFTER)

    correcting.withdraw(row, at=AT)
    stages.adopt(circulated, decision, by=chair, at=AFTER)
    minutes = minutes_of(circulated)
    assert (minutes.stage, minutes.decision_id) == (Stage.ADOPTED, decision.pk)


def test_silence_adopts_only_where_that_was_said_and_only_after_the_deadline(held: Meeting, rapporteur: Person):
    stages.circulate(held, until=UNTIL, by_silence=False, by=rapporteur, at=AT)
    with pytest.raises(Refused, match="without saying that silence adopts"):
        stages.adopt_by_silence(held, by=None, at=AFTER)
    stages.take_back(held, by=rapporteur, at=AT)
    stages.circulate(held, until=UNTIL, by_silence=True, by=rapporteur, at=AT)
    with pytest.raises(Refused, match="Wait until then"):
        stages.adopt_by_silence(held, by=None, at=UNTIL)
    told = adopt_due({}, at=AFTER, report=lambda *_said: None)

    assert told == "1 set of minutes adopted."
    assert minutes_of(held).stage == Stage.ADOPTED


@pytest.fixture
def locked(circulated: Meeting, chair: Person) -> Meeting:
    """Give the meeting with its minutes adopted and locked."""
    stages.adopt(circulated, decided(circulated, chair, "The minutes are adopted."), by=chair, at=AFTER)
    stages.lock(circulated, by=chair, at=AFTER)
    return circulated


def test_after_the_lock_nothing_changes_the_minutes(
    locked: Meeting, rapporteur: Person, participant: Person, chair: Person, key: str
):
    who: dict[str, Any] = {"by": rapporteur, "at": AFTER}
    before = text_now(minutes_of(locked))
    deeds: list[Callable[[], object]] = [
        lambda: editing.edit(locked, key, "Other.", seen="", **who),
        lambda: editing.insert(locked, key, "More.", **who),
        lambda: editing.remove(locked, key, **who),
        lambda: editing.move(locked, key, is_up=True, **who),
        lambda: editing.as_log(locked, key, **who),
        lambda: correcting.propose(locked, key, Wish.REMARK, "Late.", by=participant, at=AFTER),
        lambda: stages.take_back(locked, **who),
        lambda: stages.lock(locked, **who),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="locked"):
            deed()
    decided(locked, chair, "Six more decisions, after the lock.")
    stages.add_corrigendum(locked, "In paragraph 1, for “six” read “seven”.", **who)

    assert text_now(minutes_of(locked)) == before
    assert [(one.number, one.text[:14]) for one in minutes_of(locked).corrigenda.all()] == [(1, "In paragraph 1")]


def test_a_corrigendum_is_for_locked_minutes(circulated: Meeting, rapporteur: Person):
    with pytest.raises(Refused, match="not locked yet"):
        stages.add_corrigendum(circulated, "Too early.", by=rapporteur, at=AT)


def test_erasing_somebody_takes_the_name_out_of_what_is_locked(
    circulated: Meeting, participant: Person, rapporteur: Person, chair: Person, key: str
):
    editing.edit(circulated, key, "Six, said Ana Diallo.", seen="", by=rapporteur, at=AT)
    stages.adopt(circulated, decided(circulated, chair, "Adopted."), by=chair, at=AFTER)
    stages.lock(circulated, by=chair, at=AFTER)
    holding = HOLDINGS["minutes-naming-you"]
    assert [row["name"] for row in holding.rows(participant)] == ["Ana Diallo"]
    assert chair.name in str(text_now(minutes_of(circulated)).lines)

    holding.erase(holding.find(participant), AFTER)
    holding.erase(holding.find(chair), AFTER)

    assert chair.name not in str(text_now(minutes_of(circulated)))

    assert text_of(circulated, key) == "Six, said […]."
    assert list(MinutesEdit.objects.values_list("text", flat=True)) == ["Six, said […]."]
    assert holding.rows(participant) == []
