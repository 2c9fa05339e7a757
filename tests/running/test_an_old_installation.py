"""An installation of before the oldest step that is kept is migrated to now, and loses nothing."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from PIL import Image as Pixels

from comments.models import Comment
from publication.pagecache import triggers
from reviews.finding import index
from reviews.models import Article, Image

from .processes import manage, manage_here, on_database, served

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "old"])

OLDEST = [
    ("reviews", "0001_squashed_0013"),
    ("comments", "0001_squashed_0024"),
    ("publication", "0001_the_masthead"),
]
WHEN = timezone.now() - timedelta(days=400)
PICTURE = "2025/10/still.jpg"
BODY = "<p>She eats alone – 혼자.</p>"


@pytest.fixture(scope="module", autouse=True)
def _known(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """A database beside the tests' own."""
    there = {**connections.databases["default"]}
    if connection.vendor == "postgresql":
        there["NAME"] += "_old"
    else:
        there["NAME"] = str(tmp_path_factory.mktemp("old") / "old.sqlite3")
    connections.databases["old"] = there
    with django_db_blocker.unblock():
        _sql(f"CREATE DATABASE {there['NAME']}")
    yield
    with django_db_blocker.unblock():
        connections["old"].close()
        _sql(f"DROP DATABASE {there['NAME']} WITH (FORCE)")
    del connections["old"], connections.databases["old"]


def _sql(words: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(words)


def _at(names: list[tuple[str, str]]) -> Any:
    """The models of then, in a database of then."""
    steps = MigrationExecutor(connections["old"])
    ours = {app for app, _ in names}
    rest = [key for key in steps.loader.graph.leaf_nodes() if key[0] not in ours]
    steps.migrate([*names, *rest])
    return MigrationExecutor(connections["old"]).loader.project_state(names).apps


def _in(apps: Any, app: str, model: str) -> Any:
    return apps.get_model(app, model).objects.using("old")


def _jpeg() -> bytes:
    out = BytesIO()
    Pixels.effect_noise((900, 600), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def env(env: dict[str, str]) -> dict[str, str]:
    name = connections.databases["old"]["NAME"]
    if connection.vendor == "sqlite":
        return env | {"DATABASE_URL": f"sqlite:///{name}"}
    return env | {"DATABASE_URL": env["DATABASE_URL"].rpartition("/")[0] + f"/{name}"}


def _first_days(originals: Path) -> dict[str, Any]:
    """What stood in it, and the keys of its rows."""
    then = _at(OLDEST)
    file = originals / PICTURE
    file.parent.mkdir(parents=True)
    file.write_bytes(_jpeg())
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    still = _in(then, "reviews", "Image").create(
        file=PICTURE, alt_text="A table for one", credit_line="© Courtesy of LKFF",
        width=900, height=600, sha256=sha256,
    )  # fmt: skip
    films = _in(then, "reviews", "Film")
    film = films.create(title="Aloners", slug="aloners", year=2021)
    film.titles.create(text="혼자 사는 사람들", language="ko", kind="original")
    section = _in(then, "reviews", "Section").create(name="Film", slug="film-of-then")
    article = _in(then, "reviews", "Article").create(
        kind="review", headline="“Aloners” Review", slug="aloners-review", section=section,
        standfirst="Alone.", body=BODY, film=film, rating=7, lead_image=still, status="published",
        publish_at=WHEN, first_published_at=WHEN,
    )  # fmt: skip
    for title in ("Yi Yi", "After Life"):
        article.related_films.add(films.create(title=title, slug=title[:2].lower(), year=2000))
    reviewer = _in(then, "reviews", "Reviewer").create(name="Mina Park", slug="mina-park")
    _in(then, "reviews", "Byline").create(article=article, reviewer=reviewer)
    moderator = _in(then, "auth", "User").create(username="jane", is_staff=True)
    comments = _in(then, "comments", "Comment")
    said = {"article": article, "author_email": "jun@example.org", "submitted_at": WHEN}
    asked = comments.create(
        author_name="Jun", text="Is she happy?", status="approved", version=2, **said
    )
    reply = comments.create(
        author_name="Min", text="No.", status="approved", parent=asked, root=asked, **said
    )
    moves = (("", "pending", None, "screening"), ("pending", "approved", moderator, ""))
    for version, (before, to, by, rule) in enumerate(moves, 1):
        _in(then, "comments", "Decision").create(
            comment=asked, from_status=before, to_status=to, by=by, rule=rule, version=version,
            made_at=WHEN,
        )  # fmt: skip
    _in(then, "comments", "Finding").create(
        comment=asked,
        rule="links",
        points=2,
        evidence=[["as_written", {"words": "3 links"}]],
        found_at=WHEN,
    )
    act = _in(then, "comments", "Act").create(by=moderator, about="Approved 1 comment")
    _in(then, "comments", "Decision").filter(by__isnull=False).update(act=act)
    return {"article": article.pk, "asked": asked.pk, "reply": reply.pk, "still": still.pk}


def test_what_was_written_then_is_read_now(env: dict[str, str], tmp_path: Path) -> None:
    keys = _first_days(tmp_path / "originals")
    connections["old"].close()
    with on_database(env["DATABASE_URL"]):
        migrated = manage_here("migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr

    article = Article.objects.using("old").get()
    assert (article.pk, article.headline, article.body) == (
        keys["article"],
        "“Aloners” Review",
        BODY,
    )
    assert (article.rating, article.publish_at, article.first_published_at) == (7, WHEN, WHEN)
    assert article.guid.endswith("/reviews/aloners-review/"), "as feeds said then"
    assert [byline.reviewer.name for byline in article.bylines.all()] == ["Mina Park"]
    assert article.film.titles.get().text == "혼자 사는 사람들"
    assert _also_about(article) == ["After Life", "Yi Yi"]
    asked, reply = Comment.objects.using("old").order_by("pk")
    assert (asked.pk, asked.text, asked.submitted_at) == (keys["asked"], "Is she happy?", WHEN)
    assert (reply.parent_id, reply.root_id) == (asked.pk, asked.pk)
    moves = [(each.version, each.to_status, each.rule) for each in asked.decisions.all()]
    assert moves == [(1, "pending", "screening"), (2, "approved", "")]
    assert [each.act.about for each in asked.decisions.filter(act__isnull=False)] == [
        "Approved 1 comment"
    ]
    assert asked.findings.get().evidence == [["as_written", {"words": "3 links"}]]

    worked = manage(env, "work", "--once")
    assert worked.returncode == 0, worked.stderr
    still = Image.objects.using("old").get()
    assert (still.renditions_state, still.credit_line) == ("ready", "© Courtesy of LKFF")
    home = tmp_path / "originals" / PICTURE
    assert hashlib.sha256(home.read_bytes()).hexdigest() == still.sha256

    packed = manage(env, "backup", str(tmp_path / "one.zip"))
    assert packed.returncode == 0, packed.stderr
    with served(env, tmp_path / "log", processes=1) as site:
        _, page = site.get("/reviews/aloners-review/")
    for words in ("She eats alone", "Is she happy?", "© Courtesy of LKFF", "A table for one"):
        assert words in page

    _some_steps_back_and_forth_again(env)
    assert _also_about(article) == ["After Life", "Yi Yi"]
    assert Comment.objects.using("old").count() == 2


def _also_about(article: Article) -> list[str]:
    return [each.film.title for each in article.covered_films.all()]


def _some_steps_back_and_forth_again(env: dict[str, str]) -> None:
    """As somebody tries who wants the version of before; SQLite makes the table of pieces anew."""
    connections["old"].close()
    with on_database(env["DATABASE_URL"]):
        back = manage_here("migrate", "--verbosity", "0", "reviews", "0025")
        assert (back.returncode, back.stderr) == (0, "")
        assert "not applied yet. Run manage.py migrate." in manage_here("serve").stderr
        forth = manage_here("migrate", "--verbosity", "0")
        assert forth.returncode == 0, forth.stderr
    assert triggers.is_installed(connections["old"])
    assert index.is_kept("old")
