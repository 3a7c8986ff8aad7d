"""The one template part for inputs: label, hint and error are tied to their input."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string


class Sample(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title <1>", help_text="Say the question.")
    place = forms.ChoiceField(label="Place", choices=[("a", "On site"), ("b", "Online")], widget=forms.RadioSelect)
    first = forms.BooleanField(label="For the first time", help_text="Evaluators see this.")
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def part(name: str, data: dict[str, str] | None = None) -> str:
    """Render one field without comments and line breaks."""
    return re.sub(r"\s*\n\s*", "", render_to_string("parts/field.html", {"field": Sample(data)[name]}))


def test_a_field_has_label_input_and_hint():
    assert part("title") == (
        '<div class="field"><label for="id_title">Title &lt;1&gt;</label>'
        '<input type="text" name="title" required aria-describedby="id_title_helptext" id="id_title">'
        '<p class="hint" id="id_title_helptext">Say the question.</p></div>'
    )


def test_an_error_stands_before_the_hint_and_is_named_by_the_input():
    assert part("title", {}) == (
        '<div class="field"><label for="id_title">Title &lt;1&gt;</label><input type="text" name="title" required '
        'aria-invalid="true" aria-describedby="id_title_helptext id_title_error" id="id_title">'
        '<div id="id_title_error"><p class="wrong">This field is required.</p></div>'
        '<p class="hint" id="id_title_helptext">Say the question.</p></div>'
    )


def test_choices_are_a_named_group():
    assert part("place", {"place": "b"}) == (
        '<fieldset class="field"><legend>Place</legend><div class="seg">'
        '<label><input type="radio" name="place" value="a" id="id_place_0" required>On site</label>'
        '<label><input type="radio" name="place" value="b" id="id_place_1" required checked>Online</label>'
        "</div></fieldset>"
    )
    assert part("place", {}).count('<fieldset class="field" aria-describedby="id_place_error">') == 1


def test_a_tick_stands_before_its_words():
    assert part("first") == (
        '<div class="field"><label class="tick"><input type="checkbox" name="first" required '
        'aria-describedby="id_first_helptext" id="id_first"> <span>For the first time</span></label>'
        '<p class="hint" id="id_first_helptext">Evaluators see this.</p></div>'
    )


@pytest.mark.parametrize("data", [None, {}])
def test_a_hidden_field_is_only_itself(data):
    assert part("key", data) == '<input type="hidden" name="key" id="id_key">'
