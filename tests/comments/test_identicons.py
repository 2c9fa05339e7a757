"""Figures beside names: the same for the same writer, and nothing to be read from them."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from comments.models import Comment
from comments.reading import identicons
from tests.factories import make_comment


def figure(email: str) -> str:
    return identicons.of(Comment(author_email=email))


def test_the_same_address_draws_the_same_figure_and_another_draws_another() -> None:
    assert figure("mina@example.org") == figure("Mina@Example.org")
    assert len({figure(f"reader{n}@example.org") for n in range(200)}) > 190


def test_another_installation_draws_another_figure(settings: Settings) -> None:
    here = figure("mina@example.org")
    settings.SECRET_KEY = "another-key-" + "y" * 40
    assert figure("mina@example.org") != here


def test_a_figure_stays_from_one_version_to_the_next(settings: Settings) -> None:
    settings.SECRET_KEY = "a-key-that-never-changes-" + "z" * 40
    strokes = "M1 0h1M3 0h1M0 1h2M3 1h2M0 2h5M0 3h2M3 3h2M0 4h1M2 4h1M4 4h1"
    assert f'identicon--3" viewBox="0 -.5 5 5" aria-hidden="true"><path d="{strokes}"' in figure(
        "mina@example.org"
    )


def test_figures_differ_without_their_tone() -> None:
    shapes = {re.sub(r"identicon--\d", "", figure(f"r{n}@example.org")) for n in range(200)}
    assert len(shapes) > 190


@given(st.text())
def test_every_figure_is_small_mirrored_and_hidden_from_screen_readers(seed: str) -> None:
    drawn = identicons.draw(seed)
    assert len(drawn) < 200
    assert 'aria-hidden="true"' in drawn
    cells = set()
    for x, y, length in re.findall(r"M(\d) (\d)h(\d)", drawn):
        cells |= {(n, int(y)) for n in range(int(x), int(x) + int(length))}
    assert cells == {(4 - x, y) for x, y in cells}
    assert 5 <= len(cells) <= 20


@pytest.mark.django_db
def test_a_comment_has_its_figure_and_nobody_else_is_asked(client: Client) -> None:
    comment = make_comment(status="approved")
    page = client.get(comment.article.get_absolute_url()).content.decode()
    assert figure("mina@example.org") in page
    assert "gravatar" not in page.lower()
