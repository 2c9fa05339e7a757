"""The newsroom's front page: what asks for somebody today, and no more than they may see."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from reviews import library, publishing
from reviews.models import Article, Image, Reviewer
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_image,
    make_reviewer,
    make_user,
)

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    return client.get("/admin/").content.decode()


def test_an_editor_sees_what_waits_what_is_scheduled_and_what_was_corrected(
    editor: User, editor_client: Client
) -> None:
    live = make_article(headline="A piece that readers see")
    publishing.record_edit(live, by=editor, substantive=True, note="The year was wrong.")
    make_comment(live, author_name="Hye-jin", text="I saw it in Busan.")
    make_draft(headline="Not finished")
    make_draft(headline="Sent in", status=Article.Status.SUBMITTED)
    later = timezone.now() + timezone.timedelta(days=1)
    publishing.schedule(make_draft(headline="For tomorrow"), later, by=editor)
    make_image(credit_line="", alt_text="A bridge at night")
    html = page(editor_client)
    for said in (
        "Hye-jin on A piece that readers see",
        "I saw it in Busan.",
        "Not finished",
        "Sent in",
        "For tomorrow",
        "The year was wrong.",
        "A bridge at night",
    ):
        assert said in html
    assert "No comment waits" not in html


def test_an_editor_sees_which_pictures_expire_soon(editor_client: Client) -> None:
    """Before they are missed on the page that shows them."""
    now = timezone.now()
    for alt, days in (("A pier", 9), ("A lighthouse", 40), ("A wreck", -1)):
        make_image(alt_text=alt, expires_at=now + timedelta(days=days))
    gone = make_image(alt_text="A cliff", expires_at=now + timedelta(days=3))
    Image.objects.filter(pk=gone.pk).update(rights_status=Image.Rights.WITHDRAWN, withdrawn_at=now)
    soon = "/admin/reviews/image/?time=expiring"
    for html in (page(editor_client), editor_client.get(soon).text):
        assert "A pier" in html
        assert "A lighthouse" not in html
        assert "A wreck" not in html
        assert "A cliff" not in html, "which nobody misses any more"
    ends = timezone.localtime(now + timedelta(days=9))
    assert f"Expires {ends:%-d %b %Y}" in editor_client.get(soon).text


def test_a_correction_that_says_nothing_is_not_told_as_the_one_before(
    editor: User, editor_client: Client
) -> None:
    came = make_draft()
    publishing.bring_in(
        came, timezone.now() - timezone.timedelta(days=9), corrected_at=timezone.now(), note="Came."
    )
    assert "Came." not in page(editor_client)
    publishing.record_edit(came, by=editor, substantive=True, note="The year was wrong.")
    publishing.record_edit(came, by=editor, substantive=True)
    assert "The year was wrong." not in page(editor_client)


def test_what_came_over_a_scheduled_piece_is_said(editor: User, editor_client: Client) -> None:
    picture = make_image(alt_text="A bridge at night")
    piece = make_draft(lead_image=picture)
    publishing.schedule(piece, timezone.now() + timezone.timedelta(days=1), by=editor)
    assert "Before its minute comes" not in page(editor_client)
    library.withdraw(picture)
    html = page(editor_client)
    assert "Before its minute comes: The picture “A bridge at night” has been withdrawn" in html


def test_a_headline_is_said_in_its_own_language_wherever_the_newsroom_names_the_piece(
    editor_client: Client,
) -> None:
    article = make_article(headline="혼자 사는 사람들", language="ko")
    make_comment(article, author_name="Hye-jin")
    form = f"/admin/reviews/review/{article.pk}/"
    of_it = [f"{form}{page}/" for page in ("change", "history", "versions")]
    for address in ("/admin/", "/admin/reviews/article/", *of_it):
        html = editor_client.get(address).content.decode()
        assert re.search(r'<(span|h1) lang="ko">혼자 사는 사람들</', html), address
    assert 'Hye-jin on <span lang="ko">' in page(editor_client)
    make_article(headline="In English")
    assert ">In English<" in page(editor_client)


def test_a_quiet_day_says_so(editor_client: Client) -> None:
    html = page(editor_client)
    for said in ("No comment waits for a moderator.", "Nothing is scheduled.", "No drafts."):
        assert said in html


def test_a_moderator_sees_comments_alone(moderator_client: Client) -> None:
    make_draft(headline="Not finished")
    make_comment(make_article(headline="A piece"), author_name="Hye-jin")
    html = page(moderator_client)
    assert "Hye-jin on A piece" in html
    assert "Not finished" not in html
    assert "Scheduled" not in html
    assert "Write a review" not in html


def test_a_contributor_sees_no_comments_and_what_was_handed_in(client: Client) -> None:
    client.force_login(make_user("Contributor"))
    make_comment(make_article(), author_name="Hye-jin", text="I saw it in Busan.")
    make_draft(headline="Not finished")
    make_draft(headline="Sent in", status=Article.Status.SUBMITTED)
    make_image(credit_line="", alt_text="A bridge at night")
    html = page(client)
    assert "Not finished" in html
    assert re.search(r"Waiting for an editor.*Sent in.*Drafts", html, re.DOTALL)
    assert "Busan" not in html
    assert "A bridge at night" not in html


def test_what_waits_longest_for_an_editor_stands_first(editor_client: Client, editor: User) -> None:
    """By when it was handed in: a piece begun a year ago and handed in today is new to them."""
    begun_first, begun_last = make_draft(headline="Long in hand"), make_draft(headline="Quick")
    Article.objects.filter(pk=begun_first.pk).update(created_at=timezone.now() - timedelta(400))
    for article in (begun_last, begun_first):
        article.refresh_from_db()
        publishing.submit(article, by=editor)
    waiting = page(editor_client).split("Waiting for an editor")[1].split("</section>")[0]
    assert waiting.index("Quick") < waiting.index("Long in hand")


def test_a_long_queue_is_cut_and_counted(editor_client: Client) -> None:
    for _ in range(9):
        make_draft()
    html = page(editor_client)
    assert "All 9" in html
    assert "status=draft" in html


def test_what_is_published_is_led_to_and_not_counted(editor_client: Client) -> None:
    """The number of twenty years' pieces asks for nothing."""
    make_article()
    html = page(editor_client)
    assert re.search(
        r"Published lately</h2>.*status=published\S*\">All of them</a>", html, re.DOTALL
    )


def test_its_queries_do_not_grow_with_what_it_shows(
    editor_client: Client, django_assert_max_num_queries: object
) -> None:
    article = make_article(updated_at=timezone.now())
    for _ in range(8):
        make_draft()
        make_comment(article)
    with django_assert_max_num_queries(39):  # type: ignore[operator]
        page(editor_client)


def test_a_piece_is_looked_for_from_there(editor_client: Client) -> None:
    page = editor_client.get("/admin/").text
    find = re.search(r'role="search" action="([^"]*)">\s*<input type="search" name="(\w+)"', page)
    assert find is not None
    make_draft(headline="On Aloners")
    make_draft(headline="Cats")
    found = editor_client.get(find[1], {find[2]: "aloners"}).text
    assert "On Aloners" in found
    assert "Cats" not in found


def test_a_writers_own_drafts_stand_before_those_of_others(client: Client) -> None:
    writer, reviewer = make_user("Contributor"), make_reviewer()
    Reviewer.objects.filter(pk=reviewer.pk).update(user=writer)
    make_draft(headline="By them", by=reviewer)
    handed_in = make_draft(headline="Handed in by them")
    publishing.submit(handed_in, by=writer)
    publishing.return_to_draft(handed_in, by=make_user("Editor"))
    for n in range(6):
        make_draft(headline=f"Another {n}")
    client.force_login(writer)
    html = page(client)
    others = html.index("Another")
    assert html.index("Handed in by them") < html.index("By them") < others
