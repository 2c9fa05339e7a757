"""Every word that readers meet, and that nobody of the publication typed, is in the catalogue."""

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.html import escape

from comments import letters, own_mails, reports, writers
from comments.following import links
from comments.models import Report, Subscription
from publication import views
from publication.models import Masthead
from tests.comments.followed import asked_to_follow, make_follower
from tests.comments.owed import one_of_each_kind
from tests.comments.posting import OURS
from tests.factories import make_article, make_comment, make_user
from tests.reviews.pages import fill_the_publication

from .pseudo import left_out, spoken, written

pytestmark = pytest.mark.django_db

# Names of things that are the same in every language.
NAMES = {"rss", "testserver"}


@pytest.fixture(autouse=True)
def masthead() -> None:
    Masthead.objects.create(pk=Masthead.THE_ONE)


def assert_translatable(client: Client, addresses: dict[str, str], status: int = 200) -> None:
    content = written() | NAMES
    found = {}
    for name, address in addresses.items():
        with spoken():
            response = client.get(address)
        assert response.status_code == status, name
        if words := left_out(response.content.decode(), content):
            found[name] = words
    assert found == {}, "\n".join(f"{k}: {v}" for k, v in found.items())


def test_of_every_kind_of_page(client: Client) -> None:
    assert_translatable(client, fill_the_publication(1))


def test_of_an_empty_publication(client: Client) -> None:
    addresses = ("/", "/reviews/", "/news/", "/festivals/", "/archive/", "/search/", "/about/")
    assert_translatable(client, {address: address for address in addresses})


def test_of_the_search(client: Client) -> None:
    make_article(headline="Aloners")
    found = {"some": "/search/?q=Aloners", "none": "/search/?q=혼자"}
    assert_translatable(client, found)


def test_of_a_thread_and_the_forms_below_it(client: Client) -> None:
    article = make_article()
    said = make_comment(article, status="approved", text="One.\n\nSpoiler: she stays.")
    make_comment(article, status="approved", parent=said)
    make_comment(article, status="rejected", parent=make_comment(article, parent=said))
    addresses = {
        "article": article.get_absolute_url(),
        "front": "/",
        "thread": f"/comments/on/{article.pk}/all/",
        "newest": f"/comments/on/{article.pk}/all/?sort=newest",
        "reply": f"/comments/{said.pk}/reply/",
        "report": f"/comments/{said.pk}/report/",
        "report's code": "/comments/reports/",
        "privacy": "/privacy/comments/",
        "ask": "/privacy/comments/yours/",
        "by mail": "/by-mail/",
    }
    assert_translatable(client, addresses)


def test_of_a_writers_own_pages(client: Client) -> None:
    comment = make_comment(address_hash="0" * 32)
    assert_translatable(
        client,
        {
            "waiting": writers.waiting_address(comment),
            "yours": writers.yours_address(comment),
            "confirm": letters.confirm_address(comment),
            "unsubscribe": letters.unsubscribe_address(
                Subscription.objects.create(comment=comment)
            ),
        },
    )


def test_of_a_followers_own_pages(client: Client) -> None:
    follower = make_follower("mina@example.org")
    assert_translatable(
        client,
        {
            "following": links.page(follower),
            "asked": links.page(asked_to_follow("jun@example.org")),
            "stop": links.stop(follower),
            "stop of the newsroom's": own_mails.stop_address(make_user("Moderator"), "comments"),
        },
    )


@pytest.mark.parametrize("outcome", Report.Outcome.values)
def test_of_what_came_of_a_report(client: Client, outcome: str) -> None:
    comment = make_comment(status="approved")
    report = reports.take(comment, reason="spam")
    settled = None if outcome == Report.Outcome.OPEN else timezone.now()
    Report.objects.update(outcome=outcome, settled_at=settled)
    assert_translatable(client, {outcome: f"/comments/reports/?code={reports.code_of(report)}"})


def test_of_what_a_refused_form_says(client: Client) -> None:
    article = make_article()
    content = written() | NAMES
    with spoken():
        empty = client.post(f"/comments/on/{article.pk}/", {}, headers=OURS)
        wrong = {"email": "x", "url": "x y", "text": "a" * 10_001, "name": "n"}
        mistaken = client.post(f"/comments/on/{article.pk}/", wrong, headers=OURS)
        nowhere = client.post("/comments/on/999999/", wrong, headers=OURS)
        foreign = client.post(f"/comments/on/{article.pk}/", wrong)
    for response in (empty, mistaken, nowhere, foreign):
        assert response.status_code >= 400
        words = [word for word in left_out(response.content.decode(), content) if len(word) < 99]
        assert words == []


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_of_the_pages_that_say_what_went_wrong(client: Client, status: int) -> None:
    request = RequestFactory().get("/")
    content = written() | NAMES
    with spoken():
        pages = {
            400: lambda: views.bad_request(request, ValueError()),
            404: lambda: client.get("/nowhere/"),
            500: lambda: views.server_error(request),
            503: lambda: views.away(request),
        }
        response = pages[status]()
    assert left_out(response.content.decode(), content) == []


def test_of_every_mail(db: None) -> None:
    notices = one_of_each_kind()
    logins = {notice.user.username for notice in notices if notice.user}
    content = written() | NAMES | {"example", "org"} | logins
    for notice in notices:
        with spoken():
            mail = letters.write(notice)
        assert mail is not None
        page = f"<title></title><body>{escape(mail.subject)} {escape(mail.body)}</body>"
        assert left_out(page, content) == [], notice.kind
