"""Templates: every string is marked, nothing is inline, every part says what it needs."""

import re
from html.parser import HTMLParser
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "src/convenor/templates"
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title", "label"}
# The blocks called wide… hold a class name, not words.
COMMENT = re.compile(r"{% block wide\w* %}.*?{% endblock %}|{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.S)
TRANSLATED = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{%.*?%}|{{.*?}}", re.S)
# Words that are the same in every language: the product's name, codes, file formats.
UNTRANSLATED = {"Convenor", "PDF", "DOCX", "XLSX", "JSON", "CSV", "ICS", "UTC", "Akoma", "Ntoso"}
ENTITY = re.compile(r"&#?\w+;")


class Reader(HTMLParser):
    """Collects what a person would read that no translation passed through."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes that are read aloud or run."""
        for name, value in attrs:
            if name in SPOKEN:
                self.look(value or "")
            if name == "style" or name.startswith("on"):
                self.found.append(f"inline {name}")
        if tag == "style" or (tag == "script" and not any(name == "src" for name, _value in attrs)):
            self.found.append(f"inline <{tag}>")

    def handle_data(self, data: str) -> None:
        """Look at the text."""
        self.look(data)

    def look(self, text: str) -> None:
        """Keep every word that is not the same in all languages."""
        words = re.findall(r"[^\W\d_]{2,}", ENTITY.sub(" ", text))
        self.found += [f"unmarked “{word}”" for word in words if word not in UNTRANSLATED]


def faults(source: str) -> list[str]:
    """Name what is unmarked or inline in a template."""
    reader = Reader()
    reader.feed(TRANSLATED.sub(" ", COMMENT.sub(" ", source)))
    reader.close()
    return reader.found


def test_every_string_is_marked_and_nothing_is_inline():
    found = {
        str(path.relative_to(TEMPLATES)): faults(path.read_text("utf-8")) for path in sorted(TEMPLATES.rglob("*.html"))
    }

    assert {name: what for name, what in found.items() if what} == {}


def test_every_template_says_what_it_is_in_its_first_line():
    found = [
        str(path.relative_to(TEMPLATES))
        for path in sorted(TEMPLATES.rglob("*.html"))
        if not path.read_text("utf-8").startswith("{# ")
    ]

    assert found == []


def test_planted_faults_are_found():
    assert faults("<p>Hello {{ name }}</p>") == ["unmarked “Hello”"]
    assert faults('<img alt="A chair">') == ["unmarked “chair”"]
    assert faults('<p onclick="x()" style="color:red">{% translate "Fine" %}</p>') == ["inline onclick", "inline style"]
    assert faults("<script>x()</script>")[0] == "inline <script>"
    assert faults("{% blocktranslate %}Fine{% endblocktranslate %} &nbsp; Convenor {# note #}") == []


def test_every_form_that_writes_carries_its_token():
    without = [
        f"{path.relative_to(TEMPLATES)}: {form[:90]}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text("utf-8"), re.S)
        if "csrf_token" not in form and path.name != "stop.html"  # its address alone lets somebody stop mails
    ]
    assert without == []
