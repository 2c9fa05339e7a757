"""The moderators' desk in the admin."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation
from comments.desk import seen, writing
from comments.evidence import kept
from comments.learning import learnt
from comments.models import Comment, CommentEdit, Decision, Finding, Mark
from reviews.models import Article
from tests.factories import make_article, make_comment

from .pressing import DESK, decide, messages_on

pytestmark = pytest.mark.django_db


def test_a_row_shows_all_that_a_decision_needs(moderator_client: Client) -> None:
    long_text = "A long thought. " * 400
    parent = make_comment(status="approved", author_name="Jun", text="What it answers")
    comment = make_comment(
        parent.article,
        parent=parent,
        text=long_text,
        author_url="https://mina.example.org",
        score=5,
        submitted_at=timezone.now() - timedelta(hours=3, minutes=20),
    )
    Finding.objects.create(comment=comment, rule="a_rule", points=5, evidence=kept("Seen before."))
    page = moderator_client.get(DESK).content.decode()
    for words in (long_text.strip(), "mina@example.org", "https://mina.example.org", "Jun"):
        assert words in page
    for words in ("What it answers", "<b>+5</b> Seen before.", "score 5", "3\xa0hours ago"):
        assert words in page
    assert parent.article.get_absolute_url() in page


def test_what_a_comment_says_is_heard_when_it_has_the_focus(moderator_client: Client) -> None:
    comment = make_comment(text="Quieter the second time.")
    Finding.objects.create(comment=comment, rule="a_rule", points=5, evidence=kept("Seen before."))
    page = moderator_client.get(DESK).content.decode()
    (row,) = re.findall('<article class="desk-row[^>]*>', page)
    (described_by,) = re.findall('aria-describedby="([^"]*)"', row)
    words, found = (re.findall(f' id="{name}"[^>]*>([^=]*)', page) for name in described_by.split())
    assert "Quieter the second time." in words[0]
    assert "Seen before." in found[0]


def test_the_queue_is_what_is_pending_oldest_first(moderator_client: Client) -> None:
    now = timezone.now()
    new = make_comment(author_name="Newer", submitted_at=now)
    make_comment(author_name="Older", submitted_at=now - timedelta(days=1))
    make_comment(author_name="Done", status="approved")
    page = moderator_client.get(DESK).content.decode()
    assert page.index("Comment by Older") < page.index("Comment by Newer")
    assert "Comment by Done" not in page
    for query in ("state=all", "state=approved", "q=Done&state=all"):
        assert "Comment by Done" in moderator_client.get(f"{DESK}?{query}").content.decode()
    one = moderator_client.get(f"{DESK}?article={new.article_id}").content.decode()
    assert "Comment by Newer" in one
    assert "Comment by Older" not in one
    assert "Comment by Older" in moderator_client.get(f"{DESK}?section=film").content.decode()
    assert "Comment by Older" not in moderator_client.get(f"{DESK}?section=x").content.decode()


def test_a_row_about_which_nothing_can_be_decided_asks_for_no_reason(
    moderator_client: Client,
) -> None:
    waits, over = make_comment(), make_comment(status="withdrawn")
    page = moderator_client.get(f"{DESK}?state=all").content.decode()
    assert f'name="comment" value="{over.pk}:' in page
    asked = re.findall(r'name="(reason|decision)-(\d+)"', page)
    assert {(what, int(pk)) for what, pk in asked} == {("reason", waits.pk), ("decision", waits.pk)}


def test_a_row_says_that_readers_do_not_see_its_article(moderator_client: Client) -> None:
    comment = make_comment()
    address = f'href="{comment.article.get_absolute_url()}"'
    assert address in moderator_client.get(DESK).content.decode()
    Article.objects.update(status="withdrawn")
    page = moderator_client.get(DESK).content.decode()
    assert address not in page
    assert f"{comment.article.headline} (<b>which readers do not see now</b>)" in page


@pytest.mark.parametrize(
    ("verb", "status"), [("approve", "approved"), ("reject", "rejected"), ("spam", "spam")]
)
def test_one_press_decides_and_is_recorded(
    moderator_client: Client, moderator: User, verb: str, status: str
) -> None:
    comment = make_comment()
    answer = decide(moderator_client, verb, comment, reason="as seen", query="state=all&q=Mina")
    assert answer["Location"] == f"{DESK}?state=all&q=Mina"
    decision = Decision.objects.get()
    assert (decision.to_status, decision.by, decision.reason) == (status, moderator, "as seen")


def test_many_are_decided_with_one_press(moderator_client: Client) -> None:
    comments = [make_comment() for _ in range(3)]
    decide(moderator_client, "approve", *comments)
    assert Comment.objects.approved().count() == 3
    assert "3 comments approved." in messages_on(moderator_client)


def test_a_decision_is_undone_from_the_desk_and_the_second_undo_is_told(
    moderator_client: Client,
) -> None:
    comment = make_comment()
    decide(moderator_client, "reject", comment)
    assert "You decided just now" in moderator_client.get(DESK).content.decode()
    undo = {"decision": seen.which(Decision.objects.get())}
    assert moderator_client.post(f"{DESK}undo/", undo).status_code == 302
    assert Comment.objects.get().is_pending()
    moderator_client.post(f"{DESK}undo/", undo)
    assert "put back to pending by moderator" in messages_on(moderator_client)
    assert Decision.objects.count() == 2
    assert "You decided just now" not in moderator_client.get(DESK).content.decode()


def test_a_comments_own_page_shows_the_log(moderator_client: Client, moderator: User) -> None:
    comment = make_comment(submitted_at=timezone.now() - timedelta(days=3))
    moderation.reject([comment], by=moderator, reason="Rude to a reader")
    moderation.undo(Decision.objects.get(), by=moderator)
    answer = moderator_client.get(f"{DESK}{comment.pk}/change/")
    page = answer.content.decode()
    when = timezone.localtime(comment.submitted_at)
    assert f"{when.day} {when:%B %Y, %H:%M}</time>" in page  # on paper “3 days ago” says nothing
    assert "Rude to a reader" in page
    assert "undoing what moderator decided" in page
    comment.refresh_from_db()
    assert moderator_client.get(f"{DESK}{comment.pk}/history/").status_code == 200
    answer = decide(moderator_client, "approve", comment, stay=str(comment.pk))
    assert answer["Location"] == f"{DESK}{comment.pk}/change/"


@pytest.mark.parametrize("chosen", [[], ["x"], ["1"], ["1:"], [":1"], ["²:1"], [f"{'9' * 30}:1"]])
def test_a_press_on_nothing_says_what_to_do(moderator_client: Client, chosen: list[str]) -> None:
    answer = moderator_client.post(f"{DESK}decide/", {"verb": "approve", "comment": chosen})
    assert answer.status_code == 302
    assert "Choose at least one comment" in messages_on(moderator_client)


def test_choosing_all_works_without_script(moderator_client: Client) -> None:
    for _ in range(3):
        make_comment()
    page = moderator_client.get(f"{DESK}?choose=spam&state=pending").content.decode()
    assert page.count('value="spam" checked>') == 3
    assert page.count(" checked>") == 3
    page = moderator_client.get(f"{DESK}?choose=everything").content.decode()
    assert page.count('value="" checked>') == 3


def test_all_on_the_page_are_those_that_wait(moderator_client: Client) -> None:
    for status in ("spam", "spam", "pending"):
        make_comment(status=status)
    for query in ("state=spam", "state=all", "state=pending"):
        page = moderator_client.get(f"{DESK}?{query}").content.decode()
        assert "choose=" not in page, query
    make_comment()
    assert ">All 2 on this page:<" in moderator_client.get(DESK).content.decode()
    page = moderator_client.get(f"{DESK}?state=all").content.decode()
    assert ">All 2 that wait on this page:<" in page
    page = moderator_client.get(f"{DESK}?state=all&choose=reject").content.decode()
    assert page.count('value="reject" checked>') == 2


def test_a_page_of_the_desk_takes_as_many_queries_whatever_its_length(
    moderator_client: Client, moderator: User
) -> None:
    article = make_article()
    another = f"?article={article.pk + 1}"
    parent = make_comment(article, status="approved")
    for number in range(30):
        comment = make_comment(article, parent=parent, author_name=f"Reader {number}")
        Finding.objects.create(comment=comment, rule="a_rule", points=1, evidence=kept("Something"))
        moderation.approve([comment], by=moderator)
        moderation.hold([comment], by=moderator)
    for query in (
        "",
        "?p=2",
        "?state=all",
        "?q=Reader",
        f"?article={article.pk}",
        another,
        '?q="Reader 7"',
    ):
        with CaptureQueriesContext(connection) as queries:
            page = moderator_client.get(f"{DESK}{query}")
        assert page.status_code == 200
        asked = "\n".join(entry["sql"][:90] for entry in queries)
        of_the_piece = 3 if "article" in query else 0
        assert len(queries) <= 12 + of_the_piece, f"{query}\n{asked}"
        assert sum("was_reported" in entry["sql"] for entry in queries) <= 1, query
        rows = page.content.decode().count('class="desk-row desk-row--')
        assert rows == {"?p=2": 5, another: 0, '?q="Reader 7"': 1}.get(query, 25)
    learnt.in_force()  # the weights are read once a process, and again when they are others
    ContentType.objects.get_for_model(Comment)  # so is the name of a table
    with CaptureQueriesContext(connection) as queries:
        past = moderator_client.get(f"{DESK}?p=99&q=Reader")
    assert len(queries) <= 11
    assert past["Location"] == f"{DESK}?p=2&q=Reader"
    Mark.objects.create(comment=comment, what="picked", by=moderator)
    Finding.objects.create(comment=comment, rule="reported", points=0, evidence=kept("Something"))
    CommentEdit.objects.create(comment=comment, before="x", version=9, by=moderator)
    moderation.approve([comment], by=moderator)
    writing.answer(comment, text="Thank you.", by=moderator)
    own, alike = f"{comment.pk}/change/", "alike/?by=email&value=mina@example.org"
    for address, most in ((own, 13), (alike, 11)):  # its own has the saved answers
        with CaptureQueriesContext(connection) as queries:
            assert moderator_client.get(f"{DESK}{address}").status_code == 200
        asked = "\n".join(entry["sql"][:140] for entry in queries)
        assert len(queries) <= most, asked
