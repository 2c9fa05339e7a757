"""Many files at once: each gets its answer, and one bad file never stops the rest."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reviews import intake
from reviews.admin import image_upload
from reviews.models import CreditSource, Image, Person
from reviews.rights import iim_segment, xmp_packet
from tests.factories import (
    make_article,
    make_edition,
    make_film,
    make_person,
    make_user,
    picture_bytes,
)
from tests.picture_files import RIGHTS, file_of, scene
from tests.reviews.test_library import view

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/reviews/image/upload/"


def file(data: bytes, name: str = "still.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def credited_bytes() -> bytes:
    return file_of(scene(), "JPEG", xmp=xmp_packet(RIGHTS), extra=iim_segment(RIGHTS))


def send(client: Client, *files: SimpleUploadedFile, **words: Any) -> Any:
    return client.post(UPLOAD, {"files": list(files)} | words)


def ask(client: Client, *files: SimpleUploadedFile, **words: Any) -> Any:
    data = {"files": list(files)} | words
    return client.post(UPLOAD, data, headers={"Accept": "application/json"})


def test_one_bad_file_does_not_stop_the_rest(editor_client: Client) -> None:
    page = send(
        editor_client,
        file(picture_bytes(), "one.jpg"),
        file(b"", "empty.jpg"),
        file(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg"),
        file(picture_bytes(), "two.jpg"),
    )
    text = page.content.decode()
    assert (page.status_code, Image.objects.count()) == (200, 2)
    assert "“empty.jpg” is empty" in text
    assert "“drawing.svg” is an SVG drawing" in text
    assert text.count("is in the library.") == 2


def test_what_a_file_says_of_itself_is_kept_and_told(editor_client: Client) -> None:
    text = send(editor_client, file(credited_bytes())).content.decode()
    image = Image.objects.get()
    assert image.credit_line == RIGHTS.credit_line
    assert image.rights_status == Image.Rights.UNVERIFIED
    assert "혼자 사는 사람들 &amp; others" in text
    assert "?read=credit_line%2Ccreator" in text
    assert "Still missing" not in text


def test_what_is_missing_is_said(editor_client: Client) -> None:
    text = send(editor_client, file(picture_bytes())).content.decode()
    assert "Still missing: credit line, alternative text." in text
    assert "The file itself names no credit, creator or caption." in text


def test_words_for_all_go_into_each_and_a_files_own_credit_stays(editor_client: Client) -> None:
    source = CreditSource.objects.create(name="LKFF", credit_line="Courtesy of LKFF")
    film, edition, person = make_film(), make_edition(), make_person()
    words = {"source": source.pk, "film": film.pk, "edition": edition.pk, "people": [person.pk]}
    send(editor_client, file(picture_bytes(), "a.jpg"), file(credited_bytes(), "b.jpg"), **words)
    lines = set()
    for image in Image.objects.all():
        lines.add(image.credit_line)
        assert (image.film, image.edition, image.people.get()) == (film, edition, person)
    assert lines == {"Courtesy of LKFF", RIGHTS.credit_line}


def test_a_credit_line_is_typed_once_for_all_of_them(editor_client: Client) -> None:
    files = (file(picture_bytes(), "a.jpg"), file(credited_bytes(), "b.jpg"))
    text = send(editor_client, *files, credit_line="Courtesy of LKFF").content.decode()
    assert {image.credit_line for image in Image.objects.all()} == {"Courtesy of LKFF"}
    assert "Still missing: alternative text." in text
    assert "?read=creator" in text  # what was typed was not read from the file


def test_what_a_picture_shows_comes_in_with_it(editor_client: Client) -> None:
    ask(editor_client, file(picture_bytes()), alt_text="A door.", credit_line="x" * 300)
    assert Image.objects.get().alt_text == "A door."


def test_words_that_are_too_long_take_nothing_in(editor_client: Client) -> None:
    assert "maxlength" not in editor_client.get(UPLOAD).text  # which would cut them off unsaid
    answer = ask(editor_client, file(picture_bytes()), credit_line="x" * 301)
    assert answer.status_code == 422
    assert "300 characters" in answer.json()["errors"][0]
    assert not Image.objects.exists()


def test_sources_are_offered_where_there_are_any(editor_client: Client) -> None:
    assert 'name="source"' not in editor_client.get(UPLOAD).content.decode()
    CreditSource.objects.create(name="LKFF", credit_line="Courtesy of LKFF")
    assert 'name="source"' in editor_client.get(UPLOAD).content.decode()


def test_a_file_sent_again_leads_to_the_picture_that_is_there(editor_client: Client) -> None:
    data = picture_bytes()
    send(editor_client, file(data))
    text = send(editor_client, file(data, "again.jpg")).content.decode()
    image = Image.objects.get()
    assert "“again.jpg” is in the library already." in text
    assert f'href="/admin/reviews/image/{image.pk}/change/"' in text


def test_what_is_typed_for_a_file_that_is_there_goes_where_its_picture_says_nothing(
    editor_client: Client,
) -> None:
    data, film = picture_bytes(), make_film("Aloners")
    send(editor_client, file(data), credit_line="Image © LKFF")
    words = {"credit_line": "Image © Another", "alt_text": "A bus at night", "film": film.pk}
    text = send(editor_client, file(data), **words).content.decode()
    image = Image.objects.get()
    assert (image.credit_line, image.alt_text) == ("Image © LKFF", "A bus at night")
    assert image.film == film
    assert image.renditions_state == Image.Renditions.WAITING
    assert "has it: alternative text, film." in text
    assert "has it" not in send(editor_client, file(data), **words).content.decode()


def test_what_readers_see_is_not_filled_in_by_a_contributor() -> None:
    data, film, client = picture_bytes(), make_film(), Client()
    client.force_login(make_user("Contributor"))
    words = {"credit_line": "Image © LKFF", "alt_text": "A bus at night"}
    send(client, file(data), **words)
    make_article(lead_image=Image.objects.get())
    assert "in the library already" in send(client, file(data), film=film.pk).text
    assert Image.objects.get().film is None


def test_a_picture_that_looks_like_another_is_shown_beside_it(editor_client: Client) -> None:
    send(editor_client, file(file_of(view(5), "JPEG")))
    first = Image.objects.get()
    text = send(editor_client, file(file_of(view(5), "JPEG", quality=40))).content.decode()
    assert "It looks like:" in text
    assert f'href="/admin/reviews/image/{first.pk}/change/"' in text


def test_a_script_is_answered_file_by_file(editor_client: Client) -> None:
    good = ask(editor_client, file(picture_bytes())).json()["outcomes"][0]
    bad = ask(editor_client, file(b"x", "x.jpg")).json()["outcomes"][0]
    assert (good["word"], bad["word"]) == ("in", "refused")
    assert "“x.jpg” is not a" in bad["html"]


def test_more_files_than_go_in_at_once_are_named(editor_client: Client, settings: Any) -> None:
    settings.PICTURES_AT_ONCE = 2
    files = [file(picture_bytes(), f"{n}.jpg") for n in range(3)]
    text = send(editor_client, *files).content.decode()
    assert Image.objects.count() == 2
    assert "“2.jpg” was left out: at most 2 pictures" in text


def test_more_bytes_than_go_in_at_once_are_named(editor_client: Client, settings: Any) -> None:
    data = picture_bytes()
    settings.PICTURES_AT_ONCE_MAX_BYTES = len(data) + 10
    send(editor_client, file(data, "1.jpg"), file(picture_bytes(), "2.jpg"))
    assert Image.objects.count() == 1


def test_a_request_ends_before_the_server_loses_patience(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_upload, "PATIENCE", 0)
    files = [file(picture_bytes(), f"{n}.jpg") for n in range(3)]
    text = send(editor_client, *files).content.decode()
    assert Image.objects.count() == 1
    assert "“1.jpg” was left out" in text


def test_a_film_that_does_not_exist_takes_nothing_in(editor_client: Client) -> None:
    response = send(editor_client, file(picture_bytes()), film="999999")
    assert (response.status_code, Image.objects.count()) == (422, 0)
    response = ask(editor_client, file(picture_bytes()), film="banana")
    assert (response.status_code, Image.objects.count()) == (422, 0)
    assert response.json()["errors"]


def test_sending_nothing_is_answered_with_a_sentence(editor_client: Client) -> None:
    response = send(editor_client)
    assert response.status_code == 422
    assert "Choose one picture or more." in response.content.decode()


def test_a_failure_of_ours_is_told_and_stops_nothing(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = intake._taken

    def breaks(file: Any, name: str, *more: Any) -> Any:
        if name == "1.jpg":
            raise RuntimeError("the disk is full")
        return real(file, name, *more)

    monkeypatch.setattr(intake, "_taken", breaks)
    page = send(editor_client, file(picture_bytes(), "1.jpg"), file(picture_bytes(), "2.jpg"))
    assert "“1.jpg” could not be taken in." in page.content.decode()
    assert Image.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_picture_comes_in_with_those_it_shows_or_not_at_all() -> None:
    """A colleague deleted somebody while the file was looked at."""
    gone = make_person()
    batch = intake.Batch(people=[gone])
    Person.objects.filter(pk=gone.pk).delete()
    assert "could not be taken in" in intake.take_in(file(picture_bytes()), batch).refusal
    assert not Image.objects.exists()


def test_each_picture_that_comes_in_is_in_the_history(editor_client: Client) -> None:
    send(editor_client, file(picture_bytes()), file(picture_bytes()))
    assert LogEntry.objects.filter(action_flag=1).count() == 2


def test_only_who_may_add_pictures_reaches_the_page() -> None:
    client = Client()
    assert client.get(UPLOAD).status_code == 302
    client.force_login(make_user("Moderator"))
    assert client.get(UPLOAD).status_code == 403
    assert client.post(UPLOAD, {"files": file(picture_bytes())}).status_code == 403
    client.force_login(make_user("Contributor"))
    assert client.get(UPLOAD).status_code == 200


def test_the_list_leads_to_the_page_also_in_the_window_for_choosing(editor_client: Client) -> None:
    page = editor_client.get("/admin/reviews/image/").content.decode()
    assert f'href="{UPLOAD}"' in page
    window = editor_client.get("/admin/reviews/image/?_popup=1").content.decode()
    assert f'href="{UPLOAD}?_popup=1"' in window
    chosen = send(editor_client, file(picture_bytes()), _popup="1").content.decode()
    assert f'data-choose="{Image.objects.get().pk}"' in chosen
