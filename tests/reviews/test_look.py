"""What pages say of their look before they paint follows the publication's own stylesheet."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from reviews.look import look, papers_of

PRELOAD = 'rel="preload"'
DAY, NIGHT = "#fcfcf9", "#131316"  # the program's, of static/css/site.css


@pytest.mark.parametrize(
    ("said", "papers"),
    [
        ("light-dark(#fff, #101418)", ("#fff", "#101418")),
        ("LIGHT-DARK( rgb(1, 2, 3) , lab(20% 0 0 / 0.9) )", ("rgb(1, 2, 3)", "lab(20% 0 0 / 0.9)")),
        ("#fffaf0", ("#fffaf0", "#fffaf0")),
        ("ivory", ("ivory", "ivory")),
        ("var(--white)", ("", "")),
        ("light-dark(var(--white), #000)", ("", "")),
        ("light-dark(#fff)", ("", "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_a_paper_is_said_where_it_is_a_colour(said: str, papers: tuple[str, str]) -> None:
    assert papers_of([said]) == papers


def test_a_paper_that_is_said_twice_is_not_guessed() -> None:
    assert papers_of(["#fff", "#000"]) == ("", "")


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Path:
    settings.LOOK_IS_THERE = True
    settings.LOOK_DIR = str(tmp_path)
    return tmp_path / "publication.css"


@pytest.mark.django_db
def test_without_a_look_of_its_own_a_page_has_the_programs(client: Client) -> None:
    page = client.get("/").content.decode()
    assert f'name="theme-color" content="{DAY}" media="(prefers-color-scheme: light)"' in page
    assert f'name="theme-color" content="{NIGHT}" media="(prefers-color-scheme: dark)"' in page
    assert PRELOAD in page
    assert page.count('<link rel="stylesheet"') == 2


@pytest.mark.django_db
def test_the_bar_of_the_browser_has_the_publications_paper(client: Client, own: Path) -> None:
    own.write_text("/* --paper: red; */ :root { --paper: light-dark(#fff, #101418) }")
    page = client.get("/").content.decode()
    assert 'content="#fff" media="(prefers-color-scheme: light)"' in page
    assert 'content="#101418" media="(prefers-color-scheme: dark)"' in page


@pytest.mark.django_db
def test_a_paper_that_cannot_be_said_is_left_to_the_browser(client: Client, own: Path) -> None:
    own.write_text(":root { --paper: #fff } @media (width > 1px) { :root { --paper: #eee } }")
    page = client.get("/").content.decode()
    assert "theme-color" not in page.partition("<script>")[0]


def test_other_tokens_leave_the_paper_as_it_is(own: Path) -> None:
    own.write_text(":root { --accent: teal; --paper-deep: #eee; --wall--paper: #000 }")
    assert (look().day, look().night) == (DAY, NIGHT)


@pytest.mark.parametrize(
    ("css", "fetched"),
    [
        (":root { --display: Ours, Georgia }", True),
        (":root { --text: Ours }", True),
        (":root { --text: Ours; --display: Newsreader, serif }", True),
        (":root { --text: Ours; --display: Ours, serif }", False),
        ('@font-face { src: url("n.woff2"); font-family: "Newsreader" }', False),
        ('@font-face { font-family: Ours; src: url("newsreader.woff2") }', True),
    ],
)
@pytest.mark.django_db
def test_the_programs_face_is_fetched_early_where_it_is_used(
    client: Client, own: Path, css: str, fetched: bool
) -> None:
    own.write_text(css)
    assert (PRELOAD in client.get("/").content.decode()) == fetched


@pytest.mark.django_db
def test_the_icon_is_the_publications_own_where_it_has_one(client: Client, own: Path) -> None:
    (own.parent / "icon.png").write_bytes(b"a picture")
    head = client.get("/").content.decode().partition("</head>")[0]
    assert '<link rel="icon" href="/static/look/icon.png">' in head
    assert "favicon.svg" not in head
    assert "publication.css" not in head  # there is none
    for asked in ("/favicon.ico", "/apple-touch-icon.png"):
        assert client.get(asked)["Location"] == "/static/look/icon.png"
