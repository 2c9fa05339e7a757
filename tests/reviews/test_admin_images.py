"""The image library at the desk: what comes in, what must stay, and what it says to the editor."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from reviews import library, publishing
from reviews.models import Image
from tests.factories import make_article, make_draft, make_film, make_image, picture_bytes
from tests.opened import just_opened
from tests.reviews.desk import errors

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/image/"
ADD = "/admin/reviews/image/add/"
WORDS = {
    "credit_line": "Image © Someone",
    "alt_text": "A kitchen at night",
    "rights_status": "cleared",
}


def upload(client: Client, data: bytes, name: str = "still.jpg", **words: Any) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(ADD, WORDS | {"focal_x": 50, "focal_y": 50, "file": file} | words)


def change(client: Client, image: Image, **words: Any) -> Any:
    address = f"/admin/reviews/image/{image.pk}/change/"
    data = WORDS | {"focal_x": 50, "focal_y": 50} | just_opened(address, client) | words
    return client.post(address, data)


def test_an_upload_is_measured_and_kept(editor_client: Client) -> None:
    assert upload(editor_client, picture_bytes(120, 80)).status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, len(image.sha256)) == (120, 80, 64)
    assert image.credit_line == "Image © Someone"


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "empty.jpg", "“empty.jpg” is empty"),
        (b"<script>alert(1)</script>", "x.jpg", "“x.jpg” is not a JPEG, PNG, WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg", "“x.svg” is an SVG drawing"),
        (picture_bytes(900, 900)[:-900], "cut.jpg", "“cut.jpg” is damaged or cut short"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(
    editor_client: Client, data: bytes, name: str, said: str
) -> None:
    response = upload(editor_client, data, name)
    assert said in errors(response)["file"][0]
    assert "A kitchen at night" in response.content.decode()
    assert not Image.objects.exists()


def test_the_same_file_again_leads_to_the_one_that_is_there(editor_client: Client) -> None:
    data = picture_bytes()
    upload(editor_client, data)
    first = Image.objects.get()
    response = upload(editor_client, data, "again.jpg")
    assert "“again.jpg” is in the library already" in errors(response)["file"][0]
    assert f'href="/admin/reviews/image/{first.pk}/change/"' in response.content.decode()


def test_a_picture_that_readers_see_keeps_its_credit_and_its_description(
    editor_client: Client,
) -> None:
    image = make_image()
    make_article(headline="“Aloners” Review", lead_image=image)
    response = change(editor_client, image, credit_line="  ", alt_text="")
    found = errors(response)
    assert "“Aloners” Review" in found["credit_line"][0]
    assert "“Aloners” Review" in found["alt_text"][0]
    image.refresh_from_db()
    assert image.is_credited()
    assert change(editor_client, image, alt_text="", decorative="on").status_code == 302


def test_a_picture_that_no_reader_sees_may_lose_them(editor_client: Client) -> None:
    image = make_image()
    make_draft(lead_image=image)
    assert change(editor_client, image, credit_line="", alt_text="").status_code == 302


def test_the_file_of_a_picture_is_never_swapped(editor_client: Client) -> None:
    image = make_image()
    name, digest = image.file.name, image.sha256
    change(editor_client, image, file=SimpleUploadedFile("other.jpg", picture_bytes()))
    image.refresh_from_db()
    assert (image.file.name, image.sha256) == (name, digest)


def test_a_picture_lists_where_it_is_used(editor_client: Client) -> None:
    image = make_image()
    lead = make_draft(headline="leads", lead_image=image)
    make_draft(headline="places", body=f'<figure data-image="{image.pk}"></figure>')
    film = make_film(poster=image)
    page = editor_client.get(f"/admin/reviews/image/{image.pk}/change/").content.decode()
    assert (
        f'<a href="/admin/reviews/article/{lead.pk}/change/">leads</a>, lead picture (draft)'
        in page
    )
    assert ">places</a>, in the body (draft)" in page
    assert f"{film}</a>, poster" in page


def test_a_used_picture_cannot_be_deleted_and_the_page_says_why(editor_client: Client) -> None:
    image = make_image()
    make_draft(headline="“Aloners” Review", body=f'<figure data-image="{image.pk}"></figure>')
    address = f"/admin/reviews/image/{image.pk}/delete/"
    page = editor_client.post(address, {"post": "yes"}).content.decode()
    assert "cannot be deleted" in page
    assert "“Aloners” Review</a>, in the body (draft)" in page
    assert Image.objects.exists()


def test_the_library_is_narrowed_to_what_is_missing(editor_client: Client) -> None:
    used = make_image()
    make_draft(lead_image=used)
    uncredited = make_image(credit_line="")
    undescribed = make_image(alt_text="")
    make_image(alt_text="", decorative=True)

    def listed(missing: str) -> set[int]:
        found = editor_client.get(LIST, {"missing": missing}).context["cl"].result_list
        return {image.pk for image in found}

    assert listed("credit") == {uncredited.pk}
    assert listed("alt") == {undescribed.pk}
    assert used.pk not in listed("use")
    assert len(listed("use")) == 3


def test_the_editor_is_told_what_a_placed_picture_lacks(editor_client: Client) -> None:
    image = make_image(credit_line="", caption="Jina at her desk")
    facts = editor_client.get(f"/admin/reviews/image/{image.pk}/facts/").json()
    assert facts["caption"] == "Jina at her desk"
    assert facts["missing"] == ["credit line"]
    assert editor_client.get("/admin/reviews/image/999999/facts/").status_code == 404


def test_a_thumbnail_is_a_rendition_that_is_there(editor_client: Client) -> None:
    image = make_image(developed=True, width=700, height=300)
    response = editor_client.get(f"/admin/reviews/image/{image.pk}/thumbnail/")
    assert response.headers["Location"] == image.address(320)


def test_a_thumbnail_made_on_request_is_small_and_upright(editor_client: Client) -> None:
    out = BytesIO()
    exif = Pillow.Exif()
    exif[0x0112] = 6  # lies on its side
    Pillow.new("RGB", (1200, 600), "teal").save(out, "JPEG", exif=exif)
    upload(editor_client, out.getvalue())
    image = Image.objects.get()
    library.withdraw(image)  # no renditions are left
    response = editor_client.get(f"/admin/reviews/image/{image.pk}/thumbnail/")
    assert response.headers["Content-Type"] == "image/webp"
    assert Pillow.open(BytesIO(response.content)).size == (240, 480)
    smaller = make_image(width=64, height=36)
    library.withdraw(smaller)
    response = editor_client.get(f"/admin/reviews/image/{smaller.pk}/thumbnail/")
    assert Pillow.open(BytesIO(response.content)).size == (64, 36)


def test_a_thumbnail_whose_file_is_gone_or_is_not_given_is_not_found(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = make_image()
    library.withdraw(image)
    with monkeypatch.context() as patch:
        patch.setattr(image.file.storage, "open", lambda *_: 1 / 0)  # a bucket's own kind of error
        assert editor_client.get(f"/admin/reviews/image/{image.pk}/thumbnail/").status_code == 404
    image.file.storage.delete(image.file.name)
    assert editor_client.get(f"/admin/reviews/image/{image.pk}/thumbnail/").status_code == 404


def test_the_library_lists_pictures_with_a_constant_number_of_queries(
    editor_client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        publishing.place_pictures(make_draft(lead_image=make_image()))
    with django_assert_max_num_queries(8):
        editor_client.get(LIST)
