"""Comments of an export of WordPress come once, in the state they had there, and stir nobody."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from comments import wordpress
from comments.learning.labels import by_people
from comments.models import AkismetCheck, Comment, Decision, ImportedComment, Notice, SpamRun
from comments.privacy import erase
from reviews.models import Article
from reviews.wordpress.items import origin
from tests.factories import make_comment, make_reviewer, make_user
from tests.wordpress import SITE, bring_in, comment, export, post

pytestmark = pytest.mark.django_db


def there(*comments: str, **facts: object) -> str:
    return post(7, comments=comments, **facts)  # type: ignore[arg-type]


def page_of(client: Client) -> str:
    return client.get(Article.objects.get().get_absolute_url()).content.decode()


def test_a_comment_comes_with_its_name_date_and_words(tmp_path: Path, client: Client) -> None:
    said = bring_in(
        tmp_path,
        there(
            comment(
                3,
                'I <em>cried</em> &amp; wrote <a href="https://a.example/x">notes</a>.\n\nTwice.',
                author="Mina &amp; Co",
                author_url="https://mina.example/",
            )
        ),
    )
    made = Comment.objects.get()
    assert made.text == "I cried & wrote notes (https://a.example/x).\n\nTwice."
    assert (made.author_name, made.author_email) == ("Mina & Co", "mina@example.org")
    assert made.author_url == "https://mina.example/"
    assert made.submitted_at == datetime(2019, 5, 4, 9, tzinfo=UTC)
    assert made.address_hash == ""
    assert "1  comments came: 1 approved" in said
    page = page_of(client)
    assert "I cried &amp; wrote notes" in page
    assert "Mina &amp; Co" in page


@pytest.mark.parametrize(
    ("approved", "status"),
    [("1", "approved"), ("0", "pending"), ("spam", "spam"), ("hold-x", "pending")],
)
def test_its_state_is_the_one_it_had(approved: str, status: str, tmp_path: Path) -> None:
    bring_in(tmp_path, there(comment(3, approved=approved)))
    made = Comment.objects.get()
    assert made.status == status
    decision = made.decisions.get()
    assert (decision.by, decision.to_status, decision.made_at) == (None, status, made.submitted_at)


@pytest.mark.parametrize("approved", ["trash", "post-trashed"])
def test_what_was_thrown_away_and_what_machines_sent_is_counted(
    approved: str, tmp_path: Path
) -> None:
    said = bring_in(
        tmp_path,
        there(
            comment(3, approved=approved), comment(4, type="pingback"), comment(5, type="trackback")
        ),
    )
    assert not Comment.objects.exists()
    assert "1  comments in the trash there were left out" in said
    assert "2  pingbacks and the like were left out" in said


def test_threads_stay_threads(tmp_path: Path, client: Client) -> None:
    bring_in(
        tmp_path,
        there(
            comment(9, "First", author="One"),
            comment(5, "Third", parent=8),
            comment(8, "Second", parent=9),
        ),
    )
    first, second, third = (Comment.objects.get(text=t) for t in ("First", "Second", "Third"))
    assert (second.parent, third.parent) == (first, second)
    assert (second.root, third.root) == (first, first)
    page = page_of(client)
    assert page.index("First") < page.index("Second") < page.index("Third")


def test_an_answer_to_nothing_stands_by_itself_and_is_named(tmp_path: Path) -> None:
    said = bring_in(
        tmp_path,
        there(
            comment(3, parent=99), comment(4, parent=5), comment(5, parent=4), comment(6, parent=6)
        ),
    )
    assert Comment.objects.count() == 4
    assert Comment.objects.filter(parent=None).count() == 3
    assert "Comment 3 on “Film Review: Aloners (2021)”: what it answers is not here" in said


def test_nothing_is_doubled_and_nothing_that_was_decided_here_is_taken_back(
    tmp_path: Path,
) -> None:
    bring_in(tmp_path, there(comment(3), comment(4, "Gone")))
    Comment.objects.filter(text="Gone").first().decisions.all().delete()
    Comment.objects.filter(text="Gone").delete()
    Comment.objects.update(status="rejected", version=2)
    said = bring_in(tmp_path, there(comment(3), comment(4, "Gone"), comment(5, "New", parent=3)))
    assert sorted(Comment.objects.values_list("text", "status")) == [
        ("New", "approved"),
        ("Well said.", "rejected"),
    ]
    assert Comment.objects.get(text="New").parent == Comment.objects.get(text="Well said.")
    assert "2  comments were here already" in said


def test_what_waited_is_approved_when_it_was_there(tmp_path: Path) -> None:
    bring_in(tmp_path, there(comment(3, approved=0), comment(4, "Rejected here", approved=0)))
    Comment.objects.filter(text="Rejected here").update(status="rejected", version=2)
    said = bring_in(tmp_path, there(comment(3), comment(4, "Rejected here")))
    assert "1  comments that waited were approved there" in said
    assert sorted(Comment.objects.values_list("status", flat=True)) == ["approved", "rejected"]
    assert not by_people().exists()
    assert "1  comments were here already" in said


def test_what_its_writer_had_erased_does_not_come_again(tmp_path: Path) -> None:
    bring_in(tmp_path, there(comment(3)))
    erase("mina@example.org")
    bring_in(tmp_path, there(comment(3)))
    assert Comment.objects.get().text == ""


def test_nobody_is_told_asked_or_taught(tmp_path: Path, settings: object) -> None:
    settings.AKISMET_API_KEY = "key"  # type: ignore[attr-defined]
    bring_in(tmp_path, there(comment(3), comment(4, "Buy pills now", approved="spam")))
    assert not Notice.objects.exists()
    assert not AkismetCheck.objects.exists()
    assert not SpamRun.objects.exists()
    assert not by_people().exists()
    assert mail.outbox == []
    assert Decision.objects.count() == 2


def test_who_wrote_the_piece_is_marked_where_their_byline_has_a_login(
    tmp_path: Path, client: Client
) -> None:
    hers = make_reviewer("Jina Hong")
    hers.user = make_user("Editor", username="jina")
    hers.save()
    said = bring_in(
        tmp_path,
        there(
            comment(3, "By me", user_id=11, author="Jina Hong"),
            comment(4, "By a colleague", user_id=12, author="Sam"),
        ),
    )
    assert Comment.objects.get(text="By me").written_by == hers.user
    assert Comment.objects.get(text="By a colleague").written_by is None
    assert "Author" in page_of(client)
    assert "1  comments by your writers came as readers’" in said


def test_what_does_not_fit_is_never_cut_without_a_word(tmp_path: Path) -> None:
    far_too_long = f"x@{'.'.join('y' * 60 for _ in range(5))}.org"
    said = bring_in(
        tmp_path,
        there(
            comment(3, "Long. " * 3_000),
            comment(4, "a", author="N" * 90),
            comment(5, "b", author_email="not an address", author_url="javascript:alert(1)"),
            comment(6, "c", author_url=f"https://a.example/{'x' * 300}"),
            comment(7, "d", author="", author_email="", author_url="http://"),
            comment(8, "e", date_gmt="2099-01-01 00:00:00"),
            comment(9, " <p> </p> "),
            comment(10, "f", author_email=far_too_long),
            comment(11, "<div>" * 5_000 + "g"),
        ),
    )
    assert "Comment 11 on “Film Review: Aloners (2021)”: it could not be read" in said
    assert Comment.objects.get(text="f").author_email == ""
    assert len(Comment.objects.get(text__startswith="Long").text) > 17_000
    assert "longer than 10,000 characters; it came whole" in said
    assert f"the name is too long, and was cut: {'N' * 90}" in said
    assert "“not an address” is no e-mail address" in said
    assert "no link can be made of its website" in said
    assert "nothing is said in it; left out" in said
    assert Comment.objects.get(text="d").author_name == "Anonymous"
    assert Comment.objects.get(text="e").submitted_at == datetime(2019, 5, 3, 9, tzinfo=UTC)
    assert Comment.objects.count() == 7


def test_nothing_of_a_comment_runs(tmp_path: Path, client: Client) -> None:
    text = "<script>alert(1)</script>a<img src=x onerror=alert(2)>&lt;script&gt;b"
    bring_in(tmp_path, there(comment(3, text, author="<b onmouseover=x>")))
    page = page_of(client)
    assert "onerror" not in page
    assert "&lt;script&gt;b" in page
    assert "<b onmouseover" not in page


def test_a_rehearsal_brings_no_comment(tmp_path: Path) -> None:
    said = bring_in(tmp_path, there(comment(3)), dry_run=True)
    assert "1  comments came" in said
    assert not Comment.objects.exists()


def test_comments_of_a_piece_in_two_files_come_once(tmp_path: Path) -> None:
    raw = export(there(comment(3)), there(comment(3), comment(4, "More", parent=3)))
    bring_in(tmp_path, raw=raw)
    assert Comment.objects.count() == 2


def test_of_a_comment_that_comes_twice_at_once_one_stays_and_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = origin(f"{SITE}/?p=7", 3)

    def after_another(html: str) -> str:
        if not ImportedComment.objects.exists():
            theirs = make_comment(Article.objects.get(), text="Said")
            ImportedComment.objects.create(origin=known, comment=theirs)
        return html

    monkeypatch.setattr(wordpress, "words_of", after_another)
    said = bring_in(tmp_path, there(comment(3, "Said"), comment(4, "Answered", parent=3)))
    assert "1  comments were here already" in said
    assert Comment.objects.get(text="Answered").parent == Comment.objects.get(text="Said")
