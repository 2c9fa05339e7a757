"""A picture's own form: words read from the file, sources, two editors, deletion, sizes."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.test import Client

from reviews import library
from reviews.models import CreditSource, Image
from tests.factories import make_draft, make_film, make_image, make_user, picture_bytes
from tests.opened import opened
from tests.picture_files import RIGHTS
from tests.reviews.desk import errors, said
from tests.reviews.test_admin_images import ADD, change, upload
from tests.reviews.test_admin_upload import credited_bytes

pytestmark = pytest.mark.django_db


def form_of(image: Image) -> str:
    return f"/admin/reviews/image/{image.pk}/change/"


def seen(client: Client, image: Image) -> Any:
    return client.get(form_of(image)).context["adminform"].form["as_opened"].value()


def test_what_the_file_says_is_filled_in_and_marked_for_the_editor(editor_client: Client) -> None:
    response = upload(editor_client, credited_bytes(), alt_text="")
    image = Image.objects.get()
    assert (image.credit_line, image.creator) == ("Image © Someone", RIGHTS.creator)
    page = editor_client.get(response.headers["Location"])
    assert "creator" in page.context["read"]
    assert "credit_line" not in page.context["read"]  # the editor's own words
    assert page.content.decode().count("Read from the file: please confirm.") == len(
        page.context["read"]
    )
    assert editor_client.get(form_of(image)).context["read"] == []


def test_a_decorative_picture_does_not_get_the_files_description(editor_client: Client) -> None:
    upload(editor_client, credited_bytes(), alt_text="", decorative="on")
    assert Image.objects.get().alt_text == ""


def test_a_source_fills_empty_fields_on_save(editor_client: Client) -> None:
    source = CreditSource.objects.create(
        name="LKFF", credit_line="Courtesy of LKFF", creator="Its own", copyright_notice="© LKFF"
    )
    image = make_image(credit_line="")
    words = {"credit_line": "", "creator": "Ahn Ji-woo", "credit_source": source.pk}
    assert change(editor_client, image, **words).status_code == 302
    image.refresh_from_db()
    assert (image.credit_line, image.creator) == ("Courtesy of LKFF", "Ahn Ji-woo")
    assert image.copyright_notice == "© LKFF"
    assert image.renditions_state == Image.Renditions.WAITING


def test_a_source_that_has_nothing_to_add_makes_no_sizes_again(editor_client: Client) -> None:
    source = CreditSource.objects.create(name="LKFF", credit_line="Courtesy of LKFF")
    image = make_image(developed=True)
    sent = opened(editor_client, form_of(image)) | {"credit_source": source.pk}
    assert editor_client.post(form_of(image), sent).status_code == 302
    image.refresh_from_db()
    assert image.renditions_state == Image.Renditions.READY


def test_a_files_own_words_go_before_a_sources(editor_client: Client) -> None:
    source = CreditSource.objects.create(
        name="LKFF", credit_line="Courtesy of LKFF", licence_name="Press use"
    )
    upload(editor_client, credited_bytes(), credit_line="", credit_source=source.pk)
    image = Image.objects.get()
    assert (image.credit_line, image.licence_name) == (RIGHTS.credit_line, "Press use")


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(editor_client: Client) -> None:
    image = make_image()
    mine = seen(editor_client, image)
    Image.objects.filter(pk=image.pk).update(credit_line="Image © Mended")
    response = change(editor_client, image, credit_line="Image © Mine", as_opened=mine)
    assert "Somebody saved this picture after you opened it" in response.content.decode()
    assert "Image © Mine" in response.content.decode()
    image.refresh_from_db()
    assert image.credit_line == "Image © Mended"
    now = seen(editor_client, image)
    assert (
        change(editor_client, image, credit_line="Image © Mine", as_opened=now).status_code == 302
    )


def test_a_withdrawn_picture_is_not_brought_back_by_a_form_opened_before(
    editor_client: Client,
) -> None:
    image = make_image()
    mine = seen(editor_client, image)
    library.withdraw(image)
    change(editor_client, image, rights_status="cleared", as_opened=mine)
    image.refresh_from_db()
    assert image.is_withdrawn()


def test_nobody_withdraws_through_the_form(editor_client: Client) -> None:
    image = make_image()
    found = errors(change(editor_client, image, rights_status="withdrawn"))
    assert "rights_status" in found


def test_film_and_focal_point_are_saved(editor_client: Client) -> None:
    image, film = make_image(), make_film()
    change(editor_client, image, film=film.pk, focal_x=20, focal_y=80)
    image.refresh_from_db()
    assert (image.film, image.focal_x, image.focal_y) == (film, 20, 80)
    assert "focal_x" in errors(change(editor_client, image, focal_x=101))


def test_an_expiry_before_the_embargo_is_refused(editor_client: Client) -> None:
    words = {"embargo_until_0": "2031-01-02", "embargo_until_1": "10:00"}
    words |= {"expires_at_0": "2031-01-01", "expires_at_1": "10:00"}
    response = change(editor_client, make_image(), **words)
    assert "It would expire before its embargo ends." in response.content.decode()


def test_sizes_that_failed_can_be_made_again(editor_client: Client) -> None:
    image = make_image(renditions_state=Image.Renditions.FAILED, renditions_error="OSError: disk")
    page = editor_client.get(form_of(image)).content.decode()
    assert "Could not be made" in page
    assert "OSError: disk" in page
    again = f"/admin/reviews/image/{image.pk}/make-again/"
    assert editor_client.get(again).status_code == 405
    assert "will be made again" in said(editor_client.post(again, follow=True))
    image.refresh_from_db()
    assert image.renditions_state == Image.Renditions.WAITING


def test_an_unused_picture_is_deleted_with_its_files(
    editor_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one, many = make_image(), [make_image(), make_image()]
    names = [name for image in [one, *many] for name in library.files_of(image)]
    with django_capture_on_commit_callbacks(execute=True):
        editor_client.post(f"/admin/reviews/image/{one.pk}/delete/", {"post": "yes"})
        marked = {"action": "delete_selected", "_selected_action": [i.pk for i in many]}
        editor_client.post("/admin/reviews/image/", marked | {"post": "yes"})
    assert not Image.objects.exists()
    assert not any(default_storage.exists(name) for name in names)


def test_many_are_deleted_only_when_none_is_used(editor_client: Client) -> None:
    used, unused = make_image(), make_image()
    make_draft(headline="uses it", lead_image=used)
    marked = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk], "post": "yes"}
    page = editor_client.post("/admin/reviews/image/", marked).content.decode()
    assert "cannot be deleted" in page
    assert "uses it" in page
    assert Image.objects.count() == 2


def test_who_may_only_look_sees_the_picture_and_no_fields(editor_client: Client) -> None:
    image, user, client = make_image(), make_user("Moderator"), Client()
    user.user_permissions.add(Permission.objects.get(codename="view_image"))
    client.force_login(user)
    page = client.get(form_of(image))
    assert page.status_code == 200
    assert 'name="credit_line"' not in page.content.decode()


def test_the_form_of_a_new_picture_asks_for_a_file_and_shows_no_uses(editor_client: Client) -> None:
    page = editor_client.get(ADD).content.decode()
    assert 'type="file"' in page
    assert "Nowhere yet." not in page
    assert upload(editor_client, picture_bytes()).status_code == 302
