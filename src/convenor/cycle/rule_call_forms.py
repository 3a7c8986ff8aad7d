"""Forms of the sections of a rule set that say what may be proposed and what is asked: kinds and custom fields."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from convenor.cycle import rule_call, rule_words
from convenor.cycle.forms import day_input
from convenor.cycle.rule_call import CONSENT_LENGTH, CONSENTS, FIELD, FIELDS, HELP_LENGTH, KIND, MOST_OWN, MOST_WORDS
from convenor.cycle.rule_entries import CODE_LENGTH, NAME_LENGTH, Data, EntriesForm, SectionForm, languages_of
from convenor.cycle.rule_lists import LENGTHS_HINT, lengths_as_text, read_lengths
from convenor.cycle.rule_shapes import in_language

MOST_KINDS, MOST_FIELDS = 12, 18  # a form has at most 1,000 inputs; a row has up to 80 of them
MOST_OPTIONS = 50


def ticks(label: Any, options: Sequence[tuple[str, str]], given: Sequence[str]) -> forms.MultipleChoiceField:
    """Make a list of ticks."""
    return forms.MultipleChoiceField(
        label=label, choices=options, initial=list(given), required=False, widget=forms.CheckboxSelectMultiple
    )


def whole(label: Any, given: int | None, most: int) -> forms.IntegerField:
    """Make the field of a number that may be left out."""
    field = forms.IntegerField(label=label, initial=given, min_value=1, max_value=most, required=False)
    field.widget.attrs["class"] = "few"
    return field


def choice(label: Any, table: Mapping[str, Any], given: str) -> forms.ChoiceField:
    """Make one choice of a table of words."""
    options = [(code, str(words)) for code, words in table.items()]
    return forms.ChoiceField(label=label, choices=options, initial=given, required=False)


class CallEntriesForm(EntriesForm):
    """A list of entries in an order, which refer to other lists of the rule set."""

    is_ordered = True

    def options_of(self, kind: str) -> list[tuple[str, str]]:
        """Give the codes and names of another list of the rules."""
        language = get_language() or "en"
        return [(one["code"], in_language(one["names"], language)) for one in self.rules[kind]]

    def texts_of(self, number: int, name: str) -> dict[str, str]:
        """Give the texts of a family as typed, empty ones left out."""
        found = {code: (self.cleaned_data.get(f"{number}-{name}-{code}") or "").strip() for code in self.languages}
        return {code: text for code, text in found.items() if text}

    def ticked(self, number: int, name: str) -> list[str]:
        """Give what is ticked."""
        return list(self.cleaned_data.get(f"{number}-{name}") or ())


class KindsForm(CallEntriesForm):
    """What may be proposed: by whom, in which formats, what it must have, and how many."""

    most_rows = MOST_KINDS
    ticks_title = gettext_lazy("Formats, stakeholder groups, and what is asked")
    families = (("word", gettext_lazy("What one proposes in it, such as “issue”"), forms.TextInput),)

    def family(self, entry: Data, name: str) -> Data:
        """Give the words for what is proposed."""
        words: Data = entry.get("word", {})
        return words

    def more(self, entry: Data) -> Iterator[tuple[str, forms.Field]]:
        """Give what a kind has beside its names."""
        row = {**KIND, **entry}
        fields = [(code, rule_words.word(rule_words.FIELDS, code)) for code in FIELDS]
        yield "who", choice(_("Who may propose it"), rule_words.WHO, row["who"])
        yield "per_person", whole(_("Of one person, at most (empty: no limit of its own)"), row["per_person"], MOST_OWN)
        yield (
            "per_organisation",
            whole(_("Of one organisation, at most (empty: no limit of its own)"), row["per_organisation"], MOST_OWN),
        )
        label = _("Takes one of the places that the committee fills")
        yield "takes_place", forms.BooleanField(label=label, initial=row["takes_place"], required=False)
        label = _("The committee grades it and selects from it")
        yield "graded", forms.BooleanField(label=label, initial=row["graded"], required=False)
        yield "formats", ticks(_("Formats (none: every one)"), self.options_of("formats"), row["formats"])
        label, given = _("Lengths (empty: those of its format)"), lengths_as_text(row["minutes"])
        yield "minutes", forms.CharField(label=label, initial=given, required=False, help_text=LENGTHS_HINT)
        yield "groups", ticks(_("Stakeholder groups (none: every one)"), self.options_of("groups"), row["groups"])
        offered = [code for code, _name in fields] if row["offered"] is None else row["offered"]
        yield "offered", ticks(_("What is asked; what is not ticked is not required either"), fields, offered)
        yield "required", ticks(_("What it must have, beside what its format must"), fields, row["required"])

    def read(self, number: int) -> Data:
        """Read it as the rule set keeps it; every field ticked is kept as “all”, so that later ones are asked too."""
        offered = self.ticked(number, "offered")
        minutes = read_lengths(self.cleaned_data.get(f"{number}-minutes") or "")
        if minutes is None:
            self.add_error(f"{number}-minutes", _("Give whole minutes from 5 to 600, each once, such as 60, 90."))
        return {
            "formats": self.ticked(number, "formats"),
            "minutes": minutes or [],
            "required": self.ticked(number, "required"),
            "offered": None if set(offered) == set(FIELDS) else offered,
            "who": self.cleaned_data.get(f"{number}-who") or rule_call.ANYONE,
            "groups": self.ticked(number, "groups"),
            "per_person": self.cleaned_data.get(f"{number}-per_person"),
            "per_organisation": self.cleaned_data.get(f"{number}-per_organisation"),
            "takes_place": bool(self.cleaned_data.get(f"{number}-takes_place")),
            "graded": bool(self.cleaned_data.get(f"{number}-graded")),
            "word": self.texts_of(number, "word"),
        }


class FieldsForm(CallEntriesForm):
    """Questions of the forum's own."""

    may_be_empty = True
    most_rows = MOST_FIELDS
    ticks_title = gettext_lazy("Kinds and formats in which it is asked")
    families = (
        ("help", gettext_lazy("Help beside the field"), forms.Textarea),
        (
            "option",
            gettext_lazy("Options of a choice, one per line, alike in every language"),
            forms.Textarea,
        ),
    )

    def family(self, entry: Data, name: str) -> Data:
        """Give the helps, or the options as lines; an option without a name in a language is an empty line."""
        if name == "help":
            helps: Data = entry.get("helps", {})
            return helps
        options = entry.get("options", [])
        lines = {code: [one["names"].get(code, "") for one in options] for code in self.languages}
        return {code: "\n".join(names) for code, names in lines.items() if any(names)}

    def more(self, entry: Data) -> Iterator[tuple[str, forms.Field]]:
        """Give what a field has beside its names."""
        row = {**FIELD, **entry}
        yield "type", choice(_("What is given"), rule_words.TYPES, row["type"])
        yield "most_words", whole(_("Words of a text, at most"), row["most_words"], MOST_WORDS)
        yield "visible", choice(_("Who sees the answer"), rule_words.SEERS, row["visible"])
        yield (
            "changes_until",
            forms.DateField(
                label=_("May be changed until"),
                initial=row["changes_until"],
                required=False,
                widget=day_input(),
                help_text=_("Empty: until the deadline."),
            ),
        )
        yield "required", forms.BooleanField(label=_("Must be answered"), initial=row["required"], required=False)
        yield "kinds", ticks(_("Asked of these kinds (none: every one)"), self.options_of("kinds"), row["kinds"])
        label = _("Asked in these formats (none: every one)")
        yield "formats", ticks(label, self.options_of("formats"), row["formats"])

    def read(self, number: int) -> Data:
        """Read it as the rule set keeps it."""
        values = {name: self.cleaned_data.get(f"{number}-{name}") for name in ("type", "most_words", "visible")}
        kind, day = values["type"] or rule_call.SHORT, self.cleaned_data.get(f"{number}-changes_until")
        options = self._options(number) if kind in rule_call.WITH_OPTIONS else []
        if kind in rule_call.WITH_OPTIONS and not options:
            self.add_error(f"{number}-option-en", _("Give the options in English, one per line."))
        helps = self.texts_of(number, "help")
        for code in (code for code, text in helps.items() if len(text) > HELP_LENGTH):
            self.add_error(f"{number}-help-{code}", _("Give at most %(n)s characters.") % {"n": HELP_LENGTH})
        return {
            "helps": helps,
            "type": kind,
            "most_words": values["most_words"] if kind in rule_call.WITH_WORDS else None,
            "options": options,
            "kinds": self.ticked(number, "kinds"),
            "formats": self.ticked(number, "formats"),
            "required": bool(self.cleaned_data.get(f"{number}-required")),
            "visible": values["visible"] or rule_call.PUBLIC,
            "changes_until": day.isoformat() if day else None,
        }

    def _code(self, number: int, name: str) -> str:
        """Refuse codes that every proposal has already."""
        code = super()._code(number, name)
        if code in rule_call.RESERVED:
            words = {"code": code}
            self.add_error(f"{number}-name-en", _("Every proposal has “%(code)s” already: choose another.") % words)
        return code

    def _options(self, number: int) -> list[Data]:
        """Read the lines of every language side by side; an option keeps its code when its place or name stays."""
        texts = {code: self.cleaned_data.get(f"{number}-option-{code}") or "" for code in self.languages}
        lines = {code: [line.strip()[:NAME_LENGTH] for line in text.splitlines()] for code, text in texts.items()}
        english = [(place, name) for place, name in enumerate(lines["en"]) if name][:MOST_OPTIONS]
        was = self.entries[number].get("options", []) if number < len(self.entries) else []
        known = {one["names"]["en"]: one["code"] for one in was}
        found: list[Data] = []
        same_length, taken = len(was) == len(english), set[str]()
        for place, name in english:
            code = known.get(name) or (was[len(found)]["code"] if same_length else "")
            code = _free(code or slugify(name)[: CODE_LENGTH - 4].strip("-_").replace("_", "-") or "option", taken)
            names = {tag: rows[place] for tag, rows in lines.items() if place < len(rows) and rows[place]}
            taken.add(code)
            shorts = {one["code"]: one["shorts"] for one in was if "shorts" in one}
            found.append({"code": code, "names": names, **({"shorts": shorts[code]} if code in shorts else {})})
        return found


class ConsentsForm(SectionForm):
    """The words in which contributors are asked to allow something."""

    template = "cycle/rules/consents.html"

    def build(self, part: Data) -> None:
        """Make a text per consent and language."""
        for consent in CONSENTS:
            given = part.get(consent, {})
            for code, language in languages_of([{"names": given}]).items():
                self.fields[f"{consent}-{code}"] = forms.CharField(
                    label=language,
                    initial=given.get(code, ""),
                    max_length=CONSENT_LENGTH,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "lang": code}),
                )

    def questions(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Give each question in its usual words, with its fields."""
        return [
            (
                rule_words.word(rule_words.CONSENTS, one),
                [self[name] for name in self.fields if name.startswith(f"{one}-")],
            )
            for one in CONSENTS
        ]

    def part(self) -> Data:
        """Give the texts, empty ones left out."""
        found: Data = {}
        for name, text in self.cleaned_data.items():
            consent, _dash, code = name.partition("-")
            if text:
                found.setdefault(consent, {})[code] = text
        return found


def _free(code: str, taken: set[str]) -> str:
    return next(one for one in (code, *(f"{code}-{n}" for n in range(2, MOST_OPTIONS + 2))) if one not in taken)
