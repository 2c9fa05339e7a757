"""A publication's own colours and faces: one file outside the program."""

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from reviews.models import Article
from tests.comments.posting import OURS, address_of

from .processes import manage, served

OWN = {"DJANGO_SETTINGS_MODULE": "tests.running.own_static"}
SHEETS = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


@pytest.fixture
def look(env: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of a publication with a stylesheet, a face and an icon, not collected."""
    folder = tmp_path / "look"
    folder.mkdir()
    (folder / "publication.css").write_text(
        '@font-face { font-family: Ours; src: url("ours.woff2"); }\n:root { --accent: #0b5a6b; }\n'
    )
    (folder / "ours.woff2").write_bytes(b"wOF2")
    (folder / "icon.png").write_bytes(b"PNG")
    return env | {"LOOK_DIR": str(folder), "STATIC_ROOT": str(tmp_path / "static")}


def test_its_file_is_linked_after_the_programs_under_a_name_of_its_content(
    look: dict[str, str], tmp_path: Path, article: Article
) -> None:
    collected = manage(look | OWN, "collectstatic", "--no-input", "--verbosity", "0")
    assert collected.returncode == 0, collected.stderr
    slow = look | {"COMMENTS_POSTS_A_SECOND": "1"}
    with served(slow, tmp_path / "log", processes=1) as server:
        pages = [server.get(address)[1] for address in ("/", "/nowhere/")]
        pages.append(_asked_to_wait(server.address + address_of(article)))
        for page in pages:
            site, around, own = SHEETS.findall(page)
            assert site.startswith("/static/css/site.")
            assert around.startswith("/static/css/around.")
            assert re.fullmatch(r"/static/look/publication\.[0-9a-f]{12}\.css", own)
        icon = re.search(
            r'<link rel="icon" href="(/static/look/icon\.[0-9a-f]{12}\.png)">', pages[0]
        )
        assert icon
        assert server.get(icon[1]) == server.get("/favicon.ico") == (200, "PNG")
        status, css = server.get(own)
        assert status == 200
        assert "--accent:#0b5a6b" in css
        face = re.search(r'url\("(ours\.[0-9a-f]{12}\.woff2)"\)', css)
        assert face
        assert server.get(f"/static/look/{face[1]}") == (200, "wOF2")


def _asked_to_wait(address: str) -> str:
    """The page for a post too many; a few are taken by each process before."""
    for _ in range(40):
        try:
            urllib.request.urlopen(urllib.request.Request(address, b"text=x", OURS), timeout=20)
        except urllib.error.HTTPError as answer:
            if answer.code == 429:
                return answer.read().decode()
    raise AssertionError("Forty posts at once, and nobody was asked to wait.")


def test_until_it_is_collected_pages_go_without_and_the_check_says_so(
    look: dict[str, str], env: dict[str, str], tmp_path: Path
) -> None:
    look |= {"STATIC_ROOT": env["STATIC_ROOT"]}
    assert "is not collected: readers do not see it" in manage(look, "check").stderr
    with served(look, tmp_path / "log", processes=1) as server:
        status, page = server.get("/")
        assert status == 200
        assert len(SHEETS.findall(page)) == 2


def test_a_folder_that_leads_nowhere_is_said_in_words(env: dict[str, str], tmp_path: Path) -> None:
    told = manage(env | {"LOOK_DIR": str(tmp_path / "lok")}, "check")
    assert told.returncode == 1
    assert (
        f"LOOK_DIR is “{tmp_path}/lok”, where no publication.css and no icon.png can be read."
        in told.stderr
    )
    assert "docs/design.md" in told.stderr
