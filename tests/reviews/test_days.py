"""From one day to another, in the words of the publication's language."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import strip_tags

from reviews.days import span
from tests.factories import make_edition

NIGHT = date(2021, 11, 4)
SPANS = [
    (date(2021, 11, 19), "4–19 November 2021", "2021년 11월 4일–19일"),
    (date(2021, 12, 3), "4 November&nbsp;– 3 December 2021", "2021년 11월 4일&nbsp;– 12월 3일"),
    (
        date(2022, 1, 3),
        "4 November 2021&nbsp;– 3 January 2022",
        "2021년 11월 4일&nbsp;– 2022년 1월 3일",
    ),
    (NIGHT, "4 November 2021", "2021년 11월 4일"),
    (None, "4 November 2021", "2021년 11월 4일"),
]


@pytest.mark.parametrize(("last", "english", "korean"), SPANS)
def test_what_two_days_share_is_said_once(last: date | None, english: str, korean: str) -> None:
    for language, said in (("en-gb", english), ("ko", korean)):
        with translation.override(language):
            assert strip_tags(span(NIGHT, last)) == said


@pytest.mark.django_db
def test_a_festivals_page_says_its_days(client: Client) -> None:
    edition = make_edition()
    edition.city, edition.starts_on, edition.ends_on = "London", NIGHT, date(2021, 11, 19)
    edition.save()
    html = client.get(edition.get_absolute_url()).content.decode()
    assert (
        'London, <time datetime="2021-11-04">4</time>–'
        '<time datetime="2021-11-19">19 November 2021</time>' in html
    )
