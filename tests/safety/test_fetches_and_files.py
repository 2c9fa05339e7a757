"""What the server asks for, and what it gives out, that somebody else chose."""

import ast
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import BadHeaderError, HttpResponse
from django.test import Client
from PIL import Image as Pillow

from reviews import library
from tests.factories import make_article, make_image
from tests.picture_files import FILES

# Modules that may open a connection, each with whose choice its other end is.
ASKS = {
    "comments/wire.py": "Akismet, CDNs and where accounts are, whose addresses are settings",
    "comments/mail_failures.py": "the mail server, which is a setting: names its errors alone",
    "publication/management/commands/serve.py": "tries the port it is told to listen on",
    "publication/processes.py": "systemd on this machine, by the socket that it names",
    "publication/smtp.py": "the mail server, which is a setting",
    "publication/stopping.py": "looks at who is connected to us, and connects to nobody",
    "publication/web_server.py": "listens where it is told to",
}
NETWORK = {"socket", "http.client", "urllib.request", "requests", "httpx", "aiohttp", "ftplib"}
NETWORK |= {"urllib3", "smtplib", "telnetlib", "xmlrpc.client", "socketserver"}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_nothing_that_somebody_typed_is_ever_fetched() -> None:
    asking = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for app in ("reviews", "comments", "publication")
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py")
        if imports(path) & NETWORK
    }
    assert asking == set(ASKS)


MARK = b"anything somebody hid in a file"


@pytest.mark.django_db
def test_a_picture_that_is_also_a_page_is_served_as_a_picture_made_anew(client: Client) -> None:
    """What a camera or an attacker wrote into it stays behind."""
    data = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x010E] = "harmless words of an attacker"  # ImageDescription
    Pillow.new("RGB", (64, 36), (9, 8, 7)).save(data, "JPEG", comment=MARK, exif=exif)
    image = library.add(ContentFile(data.getvalue(), name="still.html.jpg"))
    for name in library.files_of(image):
        response = client.get(default_storage.url(name))
        assert MARK not in b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert response["Content-Type"] in ("image/jpeg", "image/avif")


@pytest.mark.django_db
def test_what_is_served_of_a_picture_may_run_nothing(client: Client) -> None:
    image = library.add(ContentFile(FILES["jpeg-both.jpg"](), name="x.svg"))
    for name in library.files_of(image):
        response = client.get(default_storage.url(name))
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_no_line_break_gets_into_a_header() -> None:
    for value in ("a\r\nSet-Cookie: x=y", "a\nb", "a\rb"):
        with pytest.raises(BadHeaderError):
            HttpResponse()["Location"] = value


HOSTILE_PATHS = ("/%0d%0aSet-Cookie:x=y", "//evil.example", "//evil.example/..", "/\\evil.example")


@pytest.mark.django_db
@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_no_missing_slash_leads_to_another_site(client: Client, path: str) -> None:
    for asked in (path, f"{path}/reviews"):
        response = client.get(asked)
        assert "evil" not in response.headers.get("Location", "").partition("/")[0]
        assert not response.headers.get("Location", "").startswith(("//", "/\\", "http"))
        assert "x" not in response.cookies


@pytest.mark.django_db
def test_view_on_site_leads_nowhere_else(editor_client: Client) -> None:
    from django.contrib.contenttypes.models import ContentType

    article = make_article(lead_image=make_image())
    kind = ContentType.objects.get_for_model(article).pk
    there = editor_client.get(f"/admin/r/{kind}/{article.pk}/", headers={"host": "testserver"})
    assert there.url.endswith(article.get_absolute_url())  # type: ignore[attr-defined]
    assert "evil" not in there.url  # type: ignore[attr-defined]
