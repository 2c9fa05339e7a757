"""A refused form says at its top what to mend, with the way to each field; what was typed stays."""

import pytest
from django.test import Client

from publication.models import Masthead
from tests.factories import make_draft, make_person, make_user
from tests.reviews.desk import form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("Editor"))
    return client


def test_a_field_is_named_with_its_fault_and_the_way_to_it(desk: Client) -> None:
    facts = {"name": "Hong Sung-eun", "native_language": "Koreanish", "sort_name": "", "slug": ""}
    page = desk.post("/admin/reviews/person/add/", facts).content.decode()
    assert "Everything you typed is still here" in page
    assert '<li><a href="#id_native_language">Native language</a>: Write its English' in page
    assert 'id="id_native_language"' in page


def test_a_row_is_named_by_its_number(desk: Client) -> None:
    person = make_person()
    rows = {"credits-TOTAL_FORMS": "2", "credits-INITIAL_FORMS": "0", "credits-1-role": ""}
    rows |= {"titles-TOTAL_FORMS": "0", "titles-INITIAL_FORMS": "0", "credits-1-position": "0"}
    film = {"title": "Aloners", "year": "2021", "slug": "", "credits-1-person": str(person.pk)}
    page = desk.post("/admin/reviews/film/add/", film | rows).content.decode()
    assert '<li><a href="#id_credits-1-role">Credit 2, role</a>: ' in page


def test_a_piece_says_so_too(desk: Client) -> None:
    draft = make_draft()
    address = f"/admin/reviews/review/{draft.pk}/change/"
    page = desk.post(address, form_data(draft, _schedule="x")).content.decode()
    assert '<a href="#id_publish_at">Date and time</a>: Say when readers are to see it.' in page


def test_the_masthead_is_one_and_no_second_is_offered(desk: Client) -> None:
    Masthead.objects.update_or_create(pk=Masthead.THE_ONE, defaults={"name": "Ninth Row"})
    page = desk.get(f"/admin/publication/masthead/{Masthead.THE_ONE}/change/").content.decode()
    assert "/admin/publication/masthead/add/" not in page
    assert "Save and add another" not in page
