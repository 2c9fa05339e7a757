"""A CDN in front is told what to forget: what readers get from it is what the publication says."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from comments import moderation
from publication import checks
from publication.models import Purge
from publication.pagecache import cdn, purging
from publication.pagecache.purging import Purging
from reviews.models import Article, Film
from tests.factories import make_article, make_comment, make_film, make_user
from tests.http_double import Reply

from .edge import TOKEN, ZONE, Edge, an_edge
from .reading import Reader


@pytest.fixture
def edge(settings: Any) -> Iterator[Edge]:
    settings.CDN_SECONDS = 3_600
    settings.CDN_PURGE, settings.CDN_ZONE, settings.CDN_TOKEN = "fastly", ZONE, TOKEN
    with an_edge() as server:
        settings.CDN_URL = server.url
        yield server


@pytest.fixture
def worker(edge: Edge, reader: Reader) -> Iterator[Purging]:
    """One that has told everything there was to tell."""
    made = Purging()
    assert made.next()
    assert edge.told == [["pages"]]
    yield made
    made.close()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    def go(by: timedelta) -> None:
        now = timezone.now() + by
        monkeypatch.setattr(timezone, "now", lambda: now)

    return go


def test_what_readers_get_from_the_cdn_is_what_was_approved(
    edge: Edge, worker: Purging, reader: Reader
) -> None:
    article, other = make_article(), make_article()
    waiting = make_comment(article, text="Seen twice, and better the second time.")
    worker.next()
    pages = [article.get_absolute_url(), other.get_absolute_url(), "/about/"]
    assert all(waiting.text.encode() not in edge.get(page, reader).body for page in pages)
    moderation.approve([waiting], by=make_user("Moderator"))
    assert worker.next()
    assert waiting.text.encode() in edge.get(pages[0], reader).body
    moderation.reject([waiting.__class__.objects.get()], by=make_user("Moderator"))
    assert worker.next()
    assert waiting.text.encode() not in edge.get(pages[0], reader).body


def test_it_forgets_the_pages_that_show_the_change_and_no_others(
    edge: Edge, worker: Purging, reader: Reader
) -> None:
    article, other = make_article(), make_article()
    worker.next()
    waiting = make_comment(article)
    assert not worker.next(), "a comment that waits is seen by nobody"
    for page in (article.get_absolute_url(), other.get_absolute_url(), "/about/"):
        edge.get(page, reader)
    moderation.approve([waiting], by=make_user("Moderator"))
    worker.next()
    assert set(edge.told[-1]) == {"comments_comment", f"comments_comment-{article.pk}"}
    assert set(edge.pages) == {other.get_absolute_url(), "/about/"}


def test_a_change_by_any_door_reaches_the_cdn(edge: Edge, worker: Purging, reader: Reader) -> None:
    article = make_article()
    worker.next()
    edge.get(article.get_absolute_url(), reader)
    Film.objects.update(title="Another name for it")
    worker.next()
    assert b"Another name for it" in edge.get(article.get_absolute_url(), reader).body
    call_command("migrate", verbosity=0)
    assert not worker.next(), "nothing was migrated"


def test_what_it_could_not_be_told_it_is_told_later_all_of_it(
    edge: Edge,
    worker: Purging,
    later: Callable[[timedelta], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    no = Reply('{"success": false, "errors": []}')
    refusals = [Reply(status=500), Reply(status=403), Reply("<html>"), no, None]
    for number, refusal in enumerate(refusals):
        edge.refuses, edge.hangs_up = refusal, refusal is None
        make_film(title=f"Film {number}")
        assert not worker.next()
        later(timedelta(minutes=10))
    assert [line.levelname for line in caplog.records].count("ERROR") == 1, "said once"
    assert "It " in purging.problem()
    edge.hangs_up = False
    make_article()
    assert worker.next()
    assert {"reviews_film", "reviews_article"} <= set(edge.told[-1])
    assert purging.problem() == ""
    assert TOKEN not in caplog.text
    assert ZONE not in caplog.text


@pytest.mark.parametrize("as_date", [False, True])
def test_a_cdn_that_asks_for_patience_gets_it(
    edge: Edge, worker: Purging, later: Callable[[timedelta], None], as_date: bool
) -> None:
    until = format_datetime(timezone.now() + timedelta(seconds=120), usegmt=True)
    edge.refuses = Reply("{}", 429, {"Retry-After": until if as_date else "120"})
    make_film()
    assert not worker.next()
    edge.refuses = None
    later(timedelta(seconds=100))
    assert not worker.next()
    later(timedelta(seconds=21))
    assert worker.next()


def test_a_clock_that_was_put_back_keeps_it_from_nothing(
    edge: Edge, worker: Purging, later: Callable[[timedelta], None]
) -> None:
    edge.refuses = Reply(status=500)
    make_film()
    later(timedelta(days=1))  # ahead of the time
    assert not worker.next()
    edge.refuses = None
    later(-timedelta(days=1))
    assert worker.next()
    Purge.objects.update(moved_at=timezone.now() + timedelta(days=1))
    assert worker.next(), "once more, for pages that were on their way"


def test_a_page_that_was_on_its_way_when_it_changed_is_forgotten_too(
    edge: Edge, worker: Purging, reader: Reader, later: Callable[[timedelta], None]
) -> None:
    article = make_article()
    address = article.get_absolute_url()
    worker.next()
    under_way = edge.get(address, reader)
    Article.objects.update(headline="As it is now")
    worker.next()
    edge.pages[address] = under_way  # it arrives only now
    assert not worker.next()
    later(purging.ON_ITS_WAY)
    assert worker.next()
    assert b"As it is now" in edge.get(address, reader).body
    assert not worker.next(), "told twice, and that is enough"


def test_a_page_is_forgotten_too_that_changed_while_another_was_told_once_more(
    edge: Edge,
    worker: Purging,
    reader: Reader,
    later: Callable[[timedelta], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make_article()
    address = article.get_absolute_url()
    worker.next()
    under_way = edge.get(address, reader)
    found = worker._changes
    assert found
    since = found.since

    def since_and_a_change(position: str) -> Any:
        answer = since(position)
        Article.objects.update(headline="As it is now")
        return answer

    later(purging.ON_ITS_WAY)
    with monkeypatch.context() as patch:
        patch.setattr(found, "since", since_and_a_change)
        assert worker.next()
    edge.pages[address] = under_way  # it arrives only now
    worker.next()
    later(2 * purging.ON_ITS_WAY)
    worker.next()
    assert b"As it is now" in edge.get(address, reader).body


def test_after_a_day_without_a_worker_it_forgets_everything(
    edge: Edge, worker: Purging, later: Callable[[timedelta], None]
) -> None:
    later(2 * purging.ON_ITS_WAY)
    assert worker.next()  # the first time once more
    assert not worker.next()
    edge.told.clear()
    later(timedelta(days=2))
    assert worker.next()
    assert edge.told == [["pages"]]


def test_of_two_workers_the_slower_one_moves_nothing_back(
    edge: Edge, worker: Purging, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell, moved = cdn.forget, {"position": "further", "settled": "further"}

    def another_comes_by(keys: list[str]) -> None:
        tell(keys)
        Purge.objects.update(**moved)

    monkeypatch.setattr(cdn, "forget", another_comes_by)
    make_film()
    assert worker.next()
    assert Purge.objects.values(*moved).get() == moved


def test_what_a_killed_worker_did_not_tell_its_successor_tells(edge: Edge, worker: Purging) -> None:
    make_film()  # and that was its end
    another = Purging()
    assert another.next()
    another.close()
    assert "reviews_film" in edge.told[-1]


def test_another_database_is_another_era(edge: Edge, worker: Purging) -> None:
    Purge.objects.update(era="of another file")
    assert worker.next()
    assert edge.told[-1] == ["pages"]
    assert not worker.next()


@pytest.mark.parametrize("kind", cdn.KINDS)
def test_more_keys_than_it_takes_at_once_go_in_several_requests(
    edge: Edge, settings: Any, kind: str
) -> None:
    settings.CDN_PURGE = kind
    keys = [f"comments_comment-{number}" for number in range(600)]
    cdn.forget(keys)
    assert [key for batch in edge.told for key in batch] == keys
    assert len(edge.told) > 2


def test_the_monitor_is_told_and_says_for_how_long(
    edge: Edge, worker: Purging, client: Client, later: Callable[[timedelta], None]
) -> None:
    assert b"cdn: ok" in client.get("/readyz").content
    edge.refuses = Reply(status=403)
    make_film()
    worker.next()
    later(timedelta(seconds=90))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"cdn: It refused the token (HTTP 403)" in answer.content
    assert b"has not been told what changed for 9" in answer.content
    assert b"cdn" not in client.get("/readyz?exclude=cdn").content


def test_without_the_setting_nobody_is_told_anything(
    edge: Edge, reader: Reader, settings: Any, client: Client
) -> None:
    settings.CDN_PURGE = ""
    make_article()
    assert not Purging().next()
    assert edge.told == []
    assert not Purge.objects.exists()
    assert b"cdn" not in client.get("/readyz").content


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CDN_PURGE", "varnish", "can be fastly or cloudflare"),
        ("CDN_ZONE", "", "not the id"),
        ("CDN_ZONE", "../all", "not the id"),
        ("CDN_TOKEN", "", "missing"),
        ("CDN_TOKEN", "two words", "no token has"),
        ("CDN_URL", "http://cdn.example", "https://"),
    ],
)
def test_a_setting_that_does_not_fit_is_said_at_the_start(
    edge: Edge, settings: Any, name: str, value: str, said: str
) -> None:
    assert checks.the_cdn_can_be_told(None) == []
    setattr(settings, name, value)
    assert [said in message.msg for message in checks.the_cdn_can_be_told(None)] == [True]


def test_a_cdn_that_nobody_tells_is_warned_of(settings: Any) -> None:
    settings.CDN_SECONDS, settings.CDN_PURGE = 600, ""
    assert [message.id for message in checks.the_cdn_can_be_told(None)] == ["publication.W001"]
