"""The units and the nginx configuration of deploy/ are taken by the programs they are for."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import Message
from pathlib import Path

import pytest
from django.conf import settings

from comments.models import Comment
from publication.stopping import LAST_USE
from reviews import library
from tests import nginx
from tests.comments.posting import address_of, form_data
from tests.factories import make_article, make_image
from tests.safety import addresses

from .processes import free_port, served, until

DEPLOY = Path(settings.BASE_DIR) / "deploy"
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed"
)
needs_nginx = pytest.mark.skipif(nginx.PROGRAM is None, reason="nginx is not installed")


@needs_systemd
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    units = []
    for unit in sorted(DEPLOY.glob("publication-*.*")):
        here = tmp_path / unit.name
        here.write_text(unit.read_text().replace("/srv/publication", str(settings.BASE_DIR)))
        units.append(str(here))
    assert len(units) == 5
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in told.stderr.splitlines() if "publication-" in line]
    assert ours == []


@needs_systemd
@pytest.mark.parametrize("name", ["web", "worker", "backup"])
def test_systemd_finds_little_exposed(name: str) -> None:
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", DEPLOY / f"publication-{name}.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Overall exposure level for .*: ([0-9.]+)", told.stdout)
    assert found, told.stderr
    assert float(found[1]) < 2.0  # 9.6 is a unit without any of it


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def asked(
    port: int, path: str, data: bytes | None = None, **headers: str
) -> tuple[int, Message, str]:
    """What nginx answers over TLS; 0 while it does not."""
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=_trusting()), Stay)
    said = {"Host": "publication.example"} | headers
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", data, said)
    try:
        answer = opener.open(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    except OSError:
        return 0, Message(), ""
    with answer:
        return answer.status, answer.headers, answer.read().decode("utf-8", "replace")


@contextmanager
def _sending_slowly(port: int, path: str) -> Iterator[None]:
    """A form of which the rest does not come, from a page of the newsroom's door."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: publication.example\r\nContent-Length: 900\r\n"
        "Origin: https://publication.example\r\n"
        "Cookie: __Host-csrftoken=abcdefghijklmnopqrstuvwxyzABCDEF\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\na="
    )
    line = _trusting().wrap_socket(socket.create_connection(("127.0.0.1", port)))
    with line:
        line.sendall(head.encode())
        yield


def _trusting() -> ssl.SSLContext:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    return trusting


def test_nginx_keeps_pages_in_a_folder_that_it_can_make() -> None:
    """It makes the last folder of a path itself; Debian’s package has no /var/cache/nginx."""
    kept = re.search(r"proxy_cache_path (\S+)", (DEPLOY / "nginx.conf").read_text())
    assert kept
    assert Path(kept[1]).parent == Path("/var/cache")


def test_nginx_keeps_no_connection_for_longer_than_we_wait_when_we_end() -> None:
    """It might send a post on one that is closed that moment, and may not send it twice."""
    kept = re.search(r"keepalive_timeout +(\d+)s;", (DEPLOY / "nginx.conf").read_text())
    assert kept
    assert int(kept[1]) < LAST_USE


@needs_nginx
@pytest.mark.parametrize("tls", [True, False])
def test_nginx_takes_the_configuration(tmp_path: Path, tls: bool) -> None:
    places = nginx.Places(tmp_path, free_port(), free_port(), free_port(), tmp_path, tmp_path)
    conf = nginx.configured(places, tls=tls)
    tested = subprocess.run(
        [nginx.PROGRAM or "", "-t", "-e", tmp_path / "main.log", "-c", conf],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stderr


@needs_nginx
@pytest.mark.parametrize("data", [None, b"text=It+stays+with+you"])
def test_while_the_publication_starts_again_nginx_says_so_in_words(
    env: dict[str, str], tmp_path: Path, data: bytes | None
) -> None:
    port = free_port()
    static = Path(env["STATIC_ROOT"])
    conf = nginx.configured(
        nginx.Places(tmp_path, free_port(), port, free_port(), static, tmp_path)
    )
    with nginx.running(conf):
        until(lambda: asked(port, "/static/away.html")[0] == 200, "nginx answers")
        status, headers, text = asked(port, "/reviews/", data)
        assert status == 502
        assert "<h1>Back in a moment</h1>" in text
        assert (headers["Retry-After"], headers["Cache-Control"]) == ("10", "no-store")
        assert asked(port, "/away.html")[0] == 404


@needs_nginx
def test_of_one_address_nginx_takes_so_many_requests_at_once(
    env: dict[str, str], tmp_path: Path
) -> None:
    port, static = free_port(), Path(env["STATIC_ROOT"])
    conf = nginx.configured(
        nginx.Places(tmp_path, free_port(), port, free_port(), static, tmp_path)
    )
    text = conf.read_text()
    assert (
        text.count("limit_conn publication_in_hand 50;") == len(re.findall("proxy_pass", text)) - 1
    )
    conf.write_text(text.replace("publication_in_hand 50;", "publication_in_hand 2;"))
    with nginx.running(conf), ExitStack() as open_lines:
        until(lambda: asked(port, "/static/away.html")[0] == 200, "nginx answers")
        for path in ("/comments/on/1/", "/admin/login/"):
            open_lines.enter_context(_sending_slowly(port, path))
        until(lambda: asked(port, "/about/")[0] == 429, "both are counted")
        assert asked(port, "/admin/")[0] == 429
        assert asked(port, "/static/away.html")[0] == 200
        elsewhere = http.client.HTTPSConnection(
            "127.0.0.1", port, context=_trusting(), source_address=("127.0.0.2", 0)
        )
        elsewhere.request("GET", "/about/", headers={"Host": "publication.example"})
        assert elsewhere.getresponse().status == 502, "nobody is behind it"
        elsewhere.close()


@needs_nginx
def test_nginx_serves_pages_pictures_and_posts_and_logs_nobody(
    env: dict[str, str], tmp_path: Path
) -> None:
    image, article, port = make_image(), make_article(), free_port()
    (picture, *_) = library.files_of(image)
    env |= {
        "MEDIA_ROOT": settings.MEDIA_ROOT,
        "HTTPS": "true",
        "TRUSTED_PROXIES": "127.0.0.1",
        "SITE_URL": "https://publication.example",
        "ALLOWED_HOSTS": "publication.example",
    }
    upstream = free_port()
    static, media = Path(env["STATIC_ROOT"]), Path(env["MEDIA_ROOT"])
    conf = nginx.configured(nginx.Places(tmp_path, upstream, port, free_port(), static, media))

    def ask(path: str, data: bytes | None = None, **headers: str) -> tuple[int, Message]:
        return asked(port, path, data, **headers)[:2]

    with served(env, tmp_path / "log", upstream), nginx.running(conf):
        until(lambda: ask("/healthz")[0] == 200, "nginx answers")
        status, headers = ask(f"{article.get_absolute_url()}?q=mina")
        assert status == 200
        assert "Set-Cookie" not in headers
        for read, sent in (("gzip, br", "br"), ("br;q=0, gzip", None), ("br;q=0.5", "br")):
            assert ask("/about/", **{"Accept-Encoding": read})[1]["Content-Encoding"] == sent
        for _ in range(3):  # what is kept is kept for a second
            ask("/about/?", **{"Accept-Encoding": "br"})
            assert ask("/about/?br")[1]["Content-Encoding"] is None, "another page's answer"
        status, headers = ask(f"/media/{picture}")
        assert (status, headers["Content-Type"]) == (200, "image/jpeg")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        for name in ("../../etc/passwd", "pictures/notes.jpg", "pictures/"):
            assert ask(f"/media/{name}")[0] in (400, 404)
        form = urllib.parse.urlencode(form_data(article)).encode()
        posted = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": "198.51.100.9"}
        status, headers = ask(address_of(article), form, **posted)
        assert status == 303
        assert ask(headers["Location"])[0] == 200
        assert ask("/readyz")[0] == 200
        with ExitStack() as open_lines:
            for path in ("/admin/login/", "/admin/password_reset/") * 4:
                open_lines.enter_context(_sending_slowly(port, path))
            assert ask("/about/")[0] == 200
            assert ask("/admin/login/", b"username=mina")[0] == 403, "without a token, not 429"
        status, headers_of_www = ask("/about/?a=b", Host="www.publication.example")
        assert status == 301
        assert headers_of_www["Location"] == "https://publication.example/about/?a=b"
    assert Comment.objects.count() == 1
    lines = (tmp_path / "publication.log").read_text()
    assert " POST /comments/on/" in lines
    assert " GET /comments/waiting/ 200 " in lines
    assert headers["Location"].split("/")[-2] not in lines
    assert "127.0.0.1" not in lines
    assert "mina" not in lines


def test_no_address_that_carries_a_token_is_logged_whole() -> None:
    """Whoever reads the log could open it."""
    shortened = re.findall(r"~\^\(\?<kept>(\S+)\)\s+\$kept;", nginx.CONF.read_text())
    secret = [where for where, _ in addresses.patterns() if "<str:token>" in where]
    assert len(secret) > 7
    for where in secret:
        known = [re.match(pattern, where) for pattern in shortened]
        assert [found[0] for found in known if found] == [where.partition("<str:token>")[0]]


def test_commands_of_the_document_are_those_of_a_fresh_machine() -> None:
    """Debian has no “python”, and what root writes the publication cannot change."""
    text = (DEPLOY.parent / "docs" / "deploying.md").read_text()
    blocks = "\n".join(re.findall(r"```(?:sh)?\n(.*?)```", text, flags=re.DOTALL))
    lines = [
        line for line in blocks.splitlines() if "manage.py" in line and "make serve " not in line
    ]
    assert len(lines) > 8
    theirs = "runuser -u publication -- .venv/bin/python manage.py "
    assert [
        line for line in lines if not line.startswith((theirs, "17 3 * * *  publication "))
    ] == []
