"""Every form of a section of the rules says how it is built and what it gives."""

import inspect
from collections.abc import Iterator

from convenor.cycle import rule_forms
from convenor.cycle.rule_entries import SectionForm


def forms_of_sections() -> Iterator[type[SectionForm]]:
    """Every form that a page can show: those that no other builds upon."""
    for form in vars(rule_forms).values():
        if inspect.isclass(form) and issubclass(form, SectionForm) and not form.__subclasses__():
            yield form


def unfinished(form: type[SectionForm]) -> list[str]:
    """Name what a form leaves to others to say."""
    return [name for name in ("build", "part") if getattr(getattr(form, name), "__isabstractmethod__", False)]


def test_every_section_says_how_it_is_built_and_what_it_gives():
    forms = list(forms_of_sections())

    assert len(forms) > 5
    assert {form.__name__: unfinished(form) for form in forms if unfinished(form)} == {}
    assert unfinished(SectionForm) == ["build", "part"]
