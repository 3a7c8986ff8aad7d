"""What imports say to people: names of fields and fates, and a sentence for every note."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from convenor.cycle import rule_words
from convenor.people.plainwords import bare
from convenor.proposals.importing.fates import Fate
from convenor.proposals.importing.fields import FIELDS, headings
from convenor.proposals.importing.tables import Note
from convenor.shared.languages.lists import listed

Words = Mapping[str, Promise]
FIELD_NAMES: Words = {
    "outside-id": _("Number in your list"),
    "title": _("Title"),
    "theme": _("Theme"),
    "format": _("Format"),
    "minutes": _("Minutes"),
    **{code: rule_words.FIELDS[code] for code in FIELDS if code in rule_words.FIELDS},
    "language": _("Language"),
    "seats": _("Expected attendance"),
    "proposer": rule_words.FIELDS["proposer"],
    "people": _("People who take part"),
    "proposer-name": rule_words.FIELDS["proposer"],
    "proposer-email": _("Proposer’s e-mail address"),
    "speaker-name": _("A speaker’s name"),
    "speaker-email": _("A speaker’s e-mail address"),
    "speaker-organisation": _("A speaker’s organisation"),
    "state": _("State there"),
}
FATE_NAMES: Words = {
    Fate.NEW: pgettext_lazy("what becomes of a row", "new"),
    Fate.UPDATED: pgettext_lazy("what becomes of a row", "changes"),
    Fate.UNCHANGED: pgettext_lazy("what becomes of a row", "unchanged"),
    Fate.REFUSED: pgettext_lazy("what becomes of a row", "refused"),
}
FATE_TONES: Mapping[str, str] = {Fate.NEW: "good", Fate.UPDATED: "warn", Fate.REFUSED: "bad"}
KIND_NAMES: Words = {
    "themes": rule_words.KINDS["themes"],
    "formats": _("Formats"),
    "groups": rule_words.KINDS["groups"],
    "countries": _("Countries"),
    "regions": rule_words.KINDS["regions"],
    "languages": _("Languages"),
}
SAID: Words = {
    # Why a file cannot be read.
    "no-text": _("This is no text: its letters cannot be read. Save it as CSV in UTF-8, or as XLSX."),
    "empty": _("The file is empty. Choose another one."),
    "broken-csv": _(
        "The file cannot be parted into cells from line %(row)s on: a quotation mark may be missing there."
    ),
    "no-headings": _(
        "No line of headings was found among the first rows. Give every column a heading, such as “Title”."
    ),
    "no-rows": _("There is no row below the headings. Fill in at least one proposal."),
    "too-many-rows": _("There are more than %(most)s rows. Split the file and hand the parts in one after the other."),
    "too-many-columns": _(
        "There are %(found)s columns, at most %(most)s are taken. Take columns out that are not needed."
    ),
    "broken-xlsx": _(
        "The spreadsheet is damaged or is none. Open it in your program and save it again as XLSX, or as CSV."
    ),
    "old-xls": _("This is a spreadsheet of before 2007, or one with a password. Save it as XLSX without a password."),
    "inflates": _("The spreadsheet unpacks to more than %(most)s MB. Save only the sheet of proposals as CSV."),
    "entities": _("The spreadsheet declares parts that are not its own, as no program does. Save it again as XLSX."),
    "no-json": _("The file is no whole JSON. Export it from pretalx once more."),
    "no-pretalx": _("This JSON is no export of submissions from pretalx: each needs a code and a title."),
    "only-speakers": _("This is the list of speakers. Hand in the submissions, and the speakers beside them."),
    # What is told of a whole file.
    "read-as": _("Read as text in %(encoding)s, parted by “%(mark)s”."),
    "lost-signs": _("Signs that could not be read and were replaced: %(count)s. Save the file in UTF-8 to keep them."),
    "sheet": _("Read from the sheet “%(name)s”; the other sheets are left out."),
    "pretalx": _("Read as an export from pretalx; speakers in a file beside it: %(speakers)s."),
    "cell-cut": _("A cell in row %(row)s has %(found)s letters and was cut to %(most)s."),
    "no-title-column": _(
        "No column says the title of a proposal. Correct how the file is read, or hand in another one if this is not "
        "the list of proposals."
    ),
    "no-column": _("The rules ask for more than any column says: %(fields)s. Screening will find it missing."),
    # Why a row is refused.
    "no-title": _("There is no title."),
    "no-theme": _("There is no theme. Fill it in, or say how such rows are to be read."),
    "no-format": _("There is no format. Fill it in, or say how such rows are to be read."),
    "unknown-theme": _("“%(text)s” is no theme of this year. Say which one is meant."),
    "unknown-format": _("“%(text)s” is no format of this year. Say which one is meant."),
    "no-proposer": _("Nobody proposes it: name and e-mail address are empty."),
    "no-proposer-address": _("“%(text)s” is no e-mail address; the proposer could not be written to."),
    "long-id": _("The number in your list has %(found)s letters, at most %(most)s are taken."),
    "twice": _("It is the same proposal as in row %(row)s."),
    "withdrawn": _("Proposal %(number)s was withdrawn and stays as it is."),
    "screened-out": _("Proposal %(number)s did not pass screening and stays as it is."),
    "gone-there": _("Its state there is “%(text)s”; such rows are not taken over."),
    # What is noted of a row that is taken.
    "tags-out": _("%(field)s: HTML tags were taken out."),
    "shortened": _("%(field)s: it has %(found)s letters and was shortened to %(most)s."),
    "too-many-entries": _("%(field)s: there are %(found)s entries, the first %(most)s are taken."),
    "no-address": _("%(field)s: “%(text)s” is no e-mail address and was left out."),
    "unknown-language": _("“%(text)s” is no language of this site; the language is left open."),
    "unknown-group": _("“%(text)s” is no stakeholder group here; the group is left open."),
    "unknown-country": _("“%(text)s” is no country we know; the country is left open."),
    "unknown-region": _("“%(text)s” is no regional group; the region follows from the country."),
    "region-alone": _("The region follows from the country, and there is none."),
    "region-differs": _("“%(text)s” is not the regional group of this country; the country counts."),
    "no-number": _("%(field)s: “%(text)s” is no number that can be, and was left out."),
    "no-yes": _("“%(text)s” is neither yes nor no; whether it is a first proposal is left open."),
    "no-moment": _("“%(text)s” is no certain day; it counts as handed in when it is taken over."),
    "no-organisation": _("No organisation is named; it counts as “%(text)s”."),
    "other-length": _("It asks for %(minutes)s minutes, the format allows %(allowed)s."),
    "many-words": _("The description has %(found)s words, the rules allow %(most)s."),
    "lacks": _("The rules also ask for: %(fields)s."),
    "changed-here-too": _("%(field)s: changed here since the last import, too; the file counts."),
}


def name_of(code: str) -> str:
    """Name a field."""
    return str(FIELD_NAMES.get(code, code))


def sentence(note: Note) -> str:
    """Say a note in the reader's language."""
    values: dict[str, Any] = dict(note.values)
    if "field" in values:
        values["field"] = name_of(str(values["field"]))
    if "fields" in values:
        values["fields"] = listed(name_of(code) for code in str(values["fields"]).split())
    return str(SAID[note.code]) % values


def sentences(stored: Iterable[Sequence[Any]]) -> list[str]:
    """Say stored notes."""
    return [sentence(Note(code, values)) for code, values in stored if code in SAID]


@cache
def known_headings() -> Mapping[str, str]:
    """Give every heading we know, with its field: names of the template in every language first, then other words."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code in FIELDS:
                found.setdefault(bare(name_of(code)), code)
    return {**headings(), **found}


def is_template(header: Iterable[str]) -> bool:
    """Say whether all headings are those of the template in one of the languages, in whatever order."""
    given = {bare(heading) for heading in header}
    wanted = [code for code, field in FIELDS.items() if field.in_template]
    for language, _name in settings.LANGUAGES:
        with override(language):
            if bare(name_of("title")) in given and given <= {bare(name_of(code)) for code in wanted}:
                return len(given) > len(wanted) // 2
    return False
