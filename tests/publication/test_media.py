"""What /media/ serves: renditions, as what they are, and nothing else whatever is asked."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from reviews import library
from tests.factories import make_image

pytestmark = pytest.mark.django_db


def test_every_rendition_is_served_as_what_it_is_and_may_be_kept(client: Client) -> None:
    for name in library.files_of(make_image(developed=True)):
        response = client.get(default_storage.url(name))
        data = b"".join(response)
        kind = "image/jpeg" if name.endswith(".jpg") else "image/avif"
        assert response["Content-Type"] == kind
        assert data[:3] == b"\xff\xd8\xff" or data[4:12] == b"ftypavif"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in response


@pytest.mark.parametrize("digits", [64, 16])
def test_names_of_more_digits_which_files_had_before_are_served_as_well(
    client: Client, digits: int
) -> None:
    named = "b" * digits
    name = default_storage.save(f"pictures/{'a' * 16}/{named}.jpg", ContentFile(b"\xff\xd8\xff"))
    assert client.get(default_storage.url(name)).status_code == 200
    assert client.get(default_storage.url(name.replace(named, "b" * 40))).status_code == 404


def test_no_original_has_an_address(client: Client) -> None:
    image = make_image()
    for name in (
        image.file.name,
        f"originals/{image.file.name}",
        f"../originals/{image.file.name}",
    ):
        assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "",
        "pictures/",
        "../manage.py",
        "%2e%2e/manage.py",
        "..%2f..%2fetc/passwd",
        "..\\manage.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "pictures/0000000000000000/../../../manage.py",
        "pictures/0000000000000000/%00.jpg",
        "pictures/0000000000000000/" + "0" * 64 + ".svg",
        "pictures/0000000000000000/" + "0" * 64 + ".jpg",
        "pictures/0000000000000000/" + "0" * 64 + ".jpg%0a",
        "pictures/0000000000000000/" + "0" * 64 + ".jpg/",
        "PICTURES/0000000000000000/" + "0" * 64 + ".jpg",
        "a" * 5000 + ".jpg",
        "pictures/0000000000000000/" + "０" * 64 + ".jpg",
    ],
)
def test_nothing_else_can_be_fetched(client: Client, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def test_a_file_that_lies_there_by_accident_is_not_served(client: Client) -> None:
    name = default_storage.save("notes.jpg", ContentFile(b"<script>"))
    assert client.get(f"/media/{name}").status_code == 404
    default_storage.delete(name)


def test_pictures_are_only_read(client: Client) -> None:
    assert client.post("/media/pictures/x.jpg").status_code == 405


def test_no_code_asks_a_file_for_its_path() -> None:
    """A bucket has no paths: everything goes through the storage."""
    for app in ("reviews", "comments", "publication"):
        for module in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            text = module.read_text()
            for path in ("file.path", "storage.path(", "storage.location", "image.path"):
                assert path not in text, (module, path)
