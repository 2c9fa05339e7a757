"""Every page that readers can see is HTML without an error, and so is every page that refuses."""

from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from comments import letters, writers
from comments.following import links
from comments.models import AuthorizationRequest, Comment, Limits, Subscription
from comments.views import limited
from publication.floods import waiting
from publication.models import Masthead
from publication.views import away, bad_request, server_error
from tests.comments.followed import make_follower
from tests.comments.posting import OURS, form_data
from tests.factories import make_article, make_comment, make_image
from tests.reviews.pages import fill_the_publication
from tests.safety.addresses import Rows, patterns

from . import said_of

pytestmark = pytest.mark.django_db
WORDS = "“See” https://films.example/a?b=1&c=2 <b>& more</b>\n\nSpoiler: 혼자.\n\n> quoted"
ODD = {"name": "M" * 200, "email": "no address", "url": "javascript:1", "text": ""}


def html_of(answer: HttpResponse, *statuses: int) -> str:
    assert answer.status_code in (statuses or (200,)), (answer.status_code, answer.request)
    return answer.content.decode()


def test_every_page_is_html_without_an_error(settings: Settings, tmp_path: Path) -> None:
    settings.COMMENTS_POSTS_A_SECOND = 1  # which some of those that refuse are about
    pages: dict[str, str] = {}
    for gathered in (
        that_readers_see,
        of_every_other_address,
        forms_that_come_back_and_what_follows_them,
        of_accounts,
        that_refuse,
    ):
        with transaction.atomic():
            found = gathered(Client())
            transaction.set_rollback(True)
        pages |= {f"{gathered.__name__}: {name}": html for name, html in found.items()}
    assert not (said := said_of(pages, tmp_path)), said


def talked_about() -> tuple[Comment, Comment]:
    """A comment in a thread that goes deep and on, and one that waits in it."""
    held = f'<p>She left.</p><figure data-image="{make_image().pk}"></figure>'
    held += "<ul><li><p>By sea.</p></li></ul>"
    article = make_article(
        headline="Talked <i>about</i> & “quoted”",
        body=f"<p>Before.</p><details>{held}</details>",
        contains_spoilers=True,
    )
    parent = first = make_comment(article, status="approved", text=WORDS)
    for n in range(8):
        about = {"text": WORDS, "author_url": "https://a.example/?b&c"}
        parent = make_comment(article, parent=parent, status="approved", **about)
        make_comment(article, parent=first, status="approved", author_name=f"준 {n}")
    for _ in range(55):
        make_comment(article, status="approved")
    return first, make_comment(article, parent=first, text=WORDS)


def that_readers_see(client: Client) -> dict[str, str]:
    Masthead.objects.create(pk=1, name="The “Lantern” & Co", about="We <i>watch</i>.\n\nAlone.")
    addresses = {*fill_the_publication(3).values(), "/search/?q=film", "/search/?q=zzzz"}
    addresses |= {"/reviews/?rating=1", "/reviews/?rating=many&country=nowhere", "/?page=2"}
    first, waiting = talked_about()
    thread = reverse("comments:thread", args=[first.article_id])
    addresses |= {first.article.get_absolute_url(), thread, f"{thread}?sort=newest&page=2"}
    addresses |= {reverse("comments:conversation", args=[first.pk])}
    addresses |= {writers.waiting_address(waiting), writers.yours_address(waiting)}
    return {address: html_of(client.get(address)) for address in sorted(addresses)}


def of_every_other_address(client: Client) -> dict[str, str]:
    rows, pages = Rows(), {}
    for route, _ in patterns():
        if route.startswith("/admin/"):
            continue
        answer = client.get(rows.address(route).path)
        if answer["Content-Type"].startswith("text/html") and answer.content:
            pages[route] = answer.content.decode()
    assert len(pages) > 30
    return pages


def forms_that_come_back_and_what_follows_them(client: Client) -> dict[str, str]:
    comment = make_comment(status="approved")
    article = comment.article
    on, reply = (
        reverse("comments:on_article", args=[article.pk]),
        reverse("comments:reply", args=[comment.pk]),
    )
    report, ask = (
        reverse("comments:report", args=[comment.pk]),
        reverse("comments:privacy_ask"),
    )
    rows, yours = Rows(), writers.yours_address(comment)
    stop = letters.unsubscribe_address(Subscription.objects.create(comment=comment))
    kept = reverse("comments:privacy_kept", args=[rows.tokens["privacy/comments/yours"]])
    odd = form_data(article, **ODD)
    sent = {
        "a reply with errors": (on, odd, 422),
        "a reply to a comment with errors": (reply, odd, 422),
        "a reply from elsewhere": (on, form_data(article), 403),
        "an expired reply": (on, form_data(article, stamp="old"), 403),
        "a reply to nothing": ("/comments/on/999999/", form_data(article), 404),
        "a report with errors": (report, {"reason": "none"}, 422),
        "an edit with errors": (yours, {"text": "", "version": comment.version}, 422),
        "an edit that came too late": (yours, {"text": WORDS, "version": 99}, 409),
        "asking with errors": (ask, {"email": "no address"}, 422),
        "asking": (ask, {"email": "mina@example.org"}, 200),
        "no more mails": (stop, {}, 200),
        "erased": (kept, {}, 200),
        "following with errors": ("/by-mail/", {"email": "no address"}, 422),
        "following": ("/by-mail/", {"email": "mina@example.org", "rhythm": "daily"}, 200),
        "followed": (links.page(make_follower("jun@example.org")), {"rhythm": "weekly"}, 200),
        "no more news": (links.stop(make_follower("ana@example.org")), {}, 200),
    }
    pages = {}
    for name, (address, data, status) in sent.items():
        headers = {} if "elsewhere" in name else OURS
        pages[name] = html_of(client.post(address, data, headers=headers), status)
    comment = make_comment(status="approved")
    report = reverse("comments:report", args=[comment.pk])
    reported = client.post(report, {"reason": "abuse", "note": WORDS}, headers=OURS)
    pages["a report’s outcome"] = html_of(client.get(reported["Location"]))
    pages["no such report"] = html_of(client.get("/comments/reports/?code=none"), 422)
    Limits.objects.update_or_create(defaults={"days_open": 1})
    old = make_article(days_ago=50)
    pages["closed"] = html_of(client.get(old.get_absolute_url()))
    pages["closed, on its own page"] = html_of(client.get(f"/comments/on/{old.pk}/"))
    return pages


def of_accounts(client: Client) -> dict[str, str]:
    """Where readers may log in with an account elsewhere; nothing is asked of it."""
    article = make_article()
    on = reverse("comments:on_article", args=[article.pk])
    with override_settings(WORDPRESS_CLIENT_ID="1", WORDPRESS_CLIENT_SECRET="2"):
        way = client.post(on, form_data(article, **{"with": "wordpress"}), headers=OURS)
        there = client.get(way["Location"])
        state = there.content.decode().partition("state=")[2].partition("&amp;")[0]
        back = f"/comments/with/wordpress/?state={state}"
        AuthorizationRequest.objects.update(answered_at=timezone.now())  # for a moment
        row = AuthorizationRequest.objects.get()
        return {
            "an article that offers log-ins": html_of(client.get(article.get_absolute_url())),
            "the way to an account": html_of(there),
            "an account that is being asked": html_of(client.get(back)),
            "logging out": html_of(client.get("/comments/log-out/")),
            "back from it": html_of(client.get(f"{on}?kept={row.pk}")),
            "back too late": html_of(client.get("/comments/with/wordpress/"), 404),
            "privacy where log-ins are offered": html_of(client.get("/privacy/comments/")),
        }


def that_refuse(client: Client) -> dict[str, str]:
    article, request = make_article(), RequestFactory().get("/")
    on = reverse("comments:on_article", args=[article.pk])
    pages = {
        "400": html_of(bad_request(request, ValueError()), 400),
        "413": html_of(bad_request(request, RequestDataTooBig()), 413),
        "404": html_of(client.get("/nowhere/"), 404),
        "500": html_of(server_error(request), 500),
        "503": html_of(away(request), 503),
        "a link that is not ours": html_of(client.get("/comments/confirm/x/"), 404),
        "no subscription": html_of(client.get("/comments/unsubscribe/x/"), 404),
        "nothing kept": html_of(client.get("/privacy/comments/yours/x/"), 404),
        "too large": html_of(
            client.post(on, {"text": "x"}, headers=OURS, CONTENT_LENGTH="9999999"), 413
        ),
    }
    forged = Client(enforce_csrf_checks=True)
    pages["403, a form of elsewhere"] = html_of(forged.post("/admin/login/", {}), 403)
    typed = [("name", "Ana"), ("text", WORDS)]
    pages["429, a flood"] = waiting.page(0, typed, "ticket").decode()
    pages["429, a flood, without a text"] = waiting.page(3, typed[:1], "ticket").decode()
    pages["503, a comment"] = waiting.page(0, typed, "", away=True).decode()
    pages["429, a flood, unread"] = waiting.page(0, None, "").decode()
    asked = [
        client.post(reverse("comments:privacy_ask"), {"email": f"m{n}@example.org"}, headers=OURS)
        for n in range(limited.ASKING.most + 1)
    ]
    pages["429, too many"] = html_of(asked[-1], 429)
    return pages
