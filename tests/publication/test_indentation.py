"""Pages do not bring what indents the lines of their templates, nor lines that say nothing."""

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import Client, override_settings

from tests.reviews.pages import fill_the_publication

LOADER = "publication.indentation.Loader"


def rendered(folder: Path, name: str, written: str, *, debug: bool = False, **values: str) -> str:
    """What a file of that name says as a template."""
    (folder / name).write_text(written)
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder],
        "OPTIONS": {"loaders": [LOADER], "debug": debug},
    }
    with override_settings(TEMPLATES=[engine]):
        return render_to_string(name, values)


def test_what_indents_html_is_left_out_and_each_line_stays_a_line(tmp_path: Path) -> None:
    said = rendered(
        tmp_path, "page.html", "<ul>\n  <li>A  b</li>\n\n\t<li>\n    {{ c }}</li></ul>\n"
    )
    assert said == "<ul>\n<li>A  b</li>\n\n<li>\n</li></ul>\n"


def test_lines_that_only_choose_leave_nothing_and_words_stay_apart(tmp_path: Path) -> None:
    written = (
        "{% if a %}\n  One\n  {% if b %}\n    two\n  {% else %}\n    three\n  {% endif %}\n"
        "{% endif %}\n{# Said to nobody #}\nfour"
    )
    assert rendered(tmp_path, "page.html", written, a="yes") == "One\nthree\nfour"
    assert rendered(tmp_path, "page.html", written, a="yes", b="yes") == "One\ntwo\nfour"


def test_whoever_works_on_a_template_is_told_of_an_error_by_its_line(tmp_path: Path) -> None:
    written = "{% if a %}\n{% endif %}\n{{ a|nonsense }}"
    with pytest.raises(TemplateSyntaxError) as told:
        rendered(tmp_path, "page.html", written, debug=True)
    assert told.value.template_debug["line"] == 3


def test_what_is_put_in_keeps_its_own(tmp_path: Path) -> None:
    written = "<textarea>\n  {{ text }}</textarea>"
    assert "x\n  y" in rendered(tmp_path, "form.html", written, text="x\n  y")


@pytest.mark.parametrize("name", ["mail.txt", "script.js", "style.css", "list.xml"])
def test_other_files_come_as_they_are(tmp_path: Path, name: str) -> None:
    assert rendered(tmp_path, name, "a\n  b\n") == "a\n  b\n"


@pytest.mark.django_db
def test_no_page_of_readers_is_indented(client: Client) -> None:
    for name, address in fill_the_publication(1).items():
        page = re.sub(r"(?s)<(script|textarea)\b.*?</\1>", "", client.get(address).content.decode())
        assert not re.findall(r"\n(?:  |\t).*", page), name
