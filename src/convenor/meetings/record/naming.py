"""Which people the text of minutes names, so that a name can be taken out of it when somebody is erased."""

from collections.abc import Iterable

from convenor.cycle.members import terms_in
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.record.frozen import from_plain, to_plain, without_name
from convenor.meetings.record.models import Correction, Corrigendum, Minutes, MinutesEdit, MinutesNamed, MinutesText
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.documents.models import File

ERASED = "[…]"


def note_names(minutes: Minutes) -> None:
    """Note whom the kept texts may name: those who take part, who chair, and whom the log of the floor names."""
    meeting = minutes.meeting
    keys = FloorEntry.objects.filter(meeting=meeting).values_list("values", flat=True)
    spoken = {str(values.get("person") or values.get("owner") or "") for values in keys}
    found = {person.pk: person for person in Person.objects.filter(registrations__meeting=meeting).exclude(name="")}
    found |= {one.pk: one for one in Person.objects.filter(key__in=_uuids(spoken)).exclude(name="")}
    chairs = terms_in(meeting.cycle).filter(role=Role.CHAIR, meeting__in=("", meeting.slug)).exclude(person__name="")
    found |= {term.person_id: term.person for term in chairs}
    MinutesNamed.objects.bulk_create(
        [MinutesNamed(minutes=minutes, person=person, name=person.name) for person in found.values()],
        ignore_conflicts=True,
    )


def take_out(rows: Iterable[MinutesNamed]) -> int:
    """Write “[…]” wherever kept texts of minutes name these people; give how many texts were changed."""
    return sum(_take_out(row) for row in rows)


def _take_out(row: MinutesNamed) -> int:
    changed = 0
    scope = row.minutes.meeting.cycle.scope  # papers that were made before name them, too
    for kind in ("minutes", "extract", "verbatim"):
        File.objects.filter(kind__startswith=f"meetings.{kind}-", scope=scope).delete()
    for text in MinutesText.objects.filter(minutes=row.minutes_id):
        after = to_plain(without_name(from_plain(text.report), row.name, ERASED))
        if after != text.report:
            MinutesText.objects.filter(pk=text.pk).update(report=after)
            changed += 1
    for model, fields in (
        (MinutesEdit, ("text", "was", "source")),
        (Correction, ("text", "was", "sentence")),
        (Corrigendum, ("text",)),
    ):
        for kept in model._base_manager.filter(minutes=row.minutes_id):
            values = {name: getattr(kept, name).replace(row.name, ERASED) for name in fields}
            if any(getattr(kept, name) != value for name, value in values.items()):
                model._base_manager.filter(pk=kept.pk).update(**values)
                changed += 1
    return changed


def _uuids(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if len(key) == len("00000000-0000-0000-0000-000000000000")]
