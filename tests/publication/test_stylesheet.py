"""The two stylesheets stay small, readable and layered; colours are tokens, and tokens alone change
by night. Published articles need the first alone."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from rcssmin import cssmin

from tests.factories import make_article, make_section

FOLDER = Path(settings.BASE_DIR) / "static/css"
SITE, AROUND = "site.css", "around.css"
LARGEST = {SITE: 22_500, AROUND: 12_000}  # bytes, as they are written
LAYERS = ["reset", "tokens", "base", "layout", "parts"]
SHEETS = pytest.mark.parametrize("name", LARGEST)
LINKED = re.compile(r'<link rel="stylesheet" href="/static/css/([^"]+)">')


def css(name: str) -> str:
    return (FOLDER / name).read_text()


def layer(css: str, name: str) -> str:
    """What stands in `@layer name { … }`."""
    start = css.index(f"@layer {name} {{")
    end = css.find("\n@layer ", start + 1)
    return css[start : end if end > 0 else len(css)]


@SHEETS
def test_it_is_small(name: str) -> None:
    assert len(css(name).encode()) <= LARGEST[name]


def test_its_layers_are_in_the_order_they_are_declared_in() -> None:
    assert f"@layer {', '.join(LAYERS)};" in css(SITE)
    assert re.findall(r"^@layer (\w+) \{", css(SITE), re.MULTILINE) == LAYERS
    second = re.findall(r"^@layer (\w+) \{", css(AROUND), re.MULTILINE)
    assert second == [name for name in LAYERS if name in second]


@SHEETS
def test_nothing_shouts(name: str) -> None:
    assert "!important" not in css(name)


@SHEETS
def test_colours_stand_in_the_tokens_alone(name: str) -> None:
    rest = css(name).replace(layer(css(name), "tokens"), "")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(|oklch\(", rest)
    assert "prefers-color-scheme" not in css(name)  # light-dark() in the tokens says both


@SHEETS
def test_sizes_follow_the_readers_own(name: str) -> None:
    assert not re.findall(r"font(?:-size)?: [^;]*\dpx", css(name))


@pytest.mark.django_db
def test_published_articles_are_sent_no_rules_for_other_pages(
    client: Client, editor_client: Client
) -> None:
    make_section()
    article = make_article()

    def linked(client: Client, address: str) -> list[str]:
        return LINKED.findall(client.get(address).content.decode())

    assert linked(client, article.get_absolute_url()) == [SITE]
    for address in ("/", "/reviews/", "/nowhere/", f"/comments/on/{article.pk}/"):
        assert linked(client, address) == [SITE, AROUND]
    hidden = make_article(days_ago=-1)
    assert linked(editor_client, f"/preview/{hidden.pk}/") == [SITE, AROUND]


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.css")), ids=lambda path: path.name)
def test_smaller_it_is_of_the_same_elements(path: Path) -> None:
    """rcssmin takes what begins with “:” in a block for a declaration, and “a :is(b)” behind it
    becomes “a:is(b)”: “a *:is(b)” is what it understands."""
    written = path.read_text()
    assert _selectors(cssmin(written)) == _selectors(re.sub(r"/\*.*?\*/", "", written, flags=re.S))


def _selectors(css: str) -> list[str]:
    """And conditions, without the spaces that say nothing."""
    found = (" ".join(each.split()) for each in re.findall(r"[^{};]+(?=\{)", css))
    return [re.sub(r"(?<=[,>~+=(:]) | (?=[,>~+=)])", "", each) for each in found]
