"""A page of the desk is one form; colleagues are seen; the queue is narrowed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import reports
from comments.admin import filters, pages, records
from comments.desk.seen import which
from comments.evidence import kept
from comments.models import TEXT_LIMIT, Act, Comment, CommentEdit, Decision, Finding, Look
from comments.templatetags import desk as words
from reviews.models import Section
from tests.factories import make_article, make_comment, make_draft, make_user

from .pressing import DESK, seen

pytestmark = pytest.mark.django_db


def test_a_page_with_different_choices_is_one_press_and_one_act(moderator_client: Client) -> None:
    article = make_article()
    one, two, three, left = (make_comment(article) for _ in range(4))
    choices = {f"decision-{one.pk}": "approve", f"decision-{two.pk}": "reject"}
    choices |= {f"decision-{three.pk}": "spam", f"decision-{left.pk}": ""}
    choices |= {"comment": seen(one, two, three, left), f"reason-{two.pk}": "Rude"}
    assert moderator_client.post(f"{DESK}decide/", choices).status_code == 302
    statuses = [c.status for c in Comment.objects.order_by("pk")]
    assert statuses == ["approved", "rejected", "spam", "pending"]
    assert Decision.objects.get(comment=two).reason == "Rude"
    assert "3 comments at once" in moderator_client.get(DESK).content.decode()
    moderator_client.post(f"{DESK}undo/", {"act": which(Act.objects.get())})
    assert Comment.objects.pending().count() == 4


def test_a_hundred_are_cleared_in_four_presses(moderator_client: Client) -> None:
    article = make_article()
    for _ in range(100):
        make_comment(article)
    for _ in range(4):
        page = moderator_client.get(f"{DESK}?choose=approve").context["cl"].result_list
        choices = {f"decision-{comment.pk}": "approve" for comment in page}
        moderator_client.post(f"{DESK}decide/", choices | {"comment": seen(*page)})
    assert Comment.objects.approved().count() == 100


def test_the_script_is_answered_with_facts(moderator_client: Client) -> None:
    comment = make_comment()
    press = {"verb": "approve", "comment": seen(comment)}
    told = moderator_client.post(f"{DESK}decide/", press, headers={"Accept": "application/json"})
    assert told.json()["done"][0] | {"act": 0} == {
        "comment": comment.pk,
        "version": 2,
        "status": "approved",
        "did": "approved",
        "act": 0,
    }
    again = moderator_client.post(f"{DESK}decide/", press, headers={"Accept": "application/json"})
    assert "was approved by moderator" in again.json()["conflicts"][0]["sentence"]


def test_a_sender_is_listed_from_a_comment_with_its_address(moderator_client: Client) -> None:
    make_comment(author_email="rude+1@example.org")
    address = "/admin/comments/sender/add/?who=rude%2B1%40example.org"
    assert f'href="{address}"' in moderator_client.get(f"{DESK}?state=all&p=1").content.decode()
    assert 'value="rude+1@example.org"' in moderator_client.get(address).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://publication.example/reviews/aloners-review/#comment-{}",
        " https://publication.example/comments/on/7/all/?page=2#comment-{} ",
        "https://publication.example/comments/conversation/7/#comment-{}",
        "https://publication.example/comments/{}/",
        "/comments/{}/report/",
        "/admin/comments/comment/{}/change/",
    ],
)
def test_the_address_of_a_comment_leads_to_it_in_whatever_state(
    moderator_client: Client, address: str
) -> None:
    comment = make_comment(status="rejected", author_name="Libel")
    page = moderator_client.get(DESK, {"q": address.format(comment.pk)}, follow=True)
    assert page.redirect_chain == [(f"{DESK}{comment.pk}/change/", 302)]
    assert "Comment by Libel" in page.text
    gone = moderator_client.get(DESK, {"q": address.format(9999)}, follow=True)
    assert "(number 9999) is not here any more." in gone.text


@pytest.mark.parametrize(
    "words",
    [
        *("/comments/", "see /comments/{}/", "{}", "/comments/on/{}/"),
        "https://publication.example/comments/{}/ it is",
    ],
)
def test_what_is_no_address_is_looked_for_in_the_words(
    moderator_client: Client, words: str
) -> None:
    comment = make_comment()
    said = words.format(comment.pk)
    Comment.objects.filter(pk=comment.pk).update(text=f"I said so: {said}")
    assert "I said so" in moderator_client.get(DESK, {"q": said}).text


def test_one_who_writes_under_many_addresses_from_one_network_is_told_of(
    moderator_client: Client,
) -> None:
    for number in range(4):
        make_comment(author_email=f"troll{number}@example.org", address_hash="a")
    make_comment(author_email="TROLL3@example.org", address_hash="a")
    make_comment(author_email="", address_hash="a")
    alone = make_comment(author_email="mina@example.org", address_hash="b")
    make_comment(author_email="jun@example.org", address_hash="")
    make_comment(author_email="kim@example.org", address_hash="")
    page = moderator_client.get(DESK).text
    assert page.count("somebody wrote under <b>4 e-mail addresses</b>") == 5
    assert page.count("somebody wrote under") == 5
    assert "somebody wrote" not in moderator_client.get(f"{DESK}{alone.pk}/change/").text


def test_a_search_in_one_state_that_finds_nothing_offers_every_state(
    moderator_client: Client,
) -> None:
    make_comment(status="rejected", text="Kiarostami")
    page = moderator_client.get(DESK, {"q": "Kiarostami", "reading": "honest"}).text
    assert "Nothing here has this." in page
    found = re.search(r'href="([^"]+)">Search in every state', page)
    assert found
    everywhere = found[1].replace("&amp;", "&")
    assert "<p>Kiarostami</p>" in moderator_client.get(DESK + everywhere).text
    assert "No comment has this." in moderator_client.get(f"{DESK}?state=all&q=zzz").text


def test_only_moderators_decide_look_or_write(editor: User, client: Client) -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)
    assert client.get(f"{DESK}alike/?by=email&value=a@b").status_code == 403
    for name in ("look", "write", "decide", "undo"):
        assert client.post(f"{DESK}{name}/").status_code == 403


def test_a_colleague_who_looks_is_named_for_a_while(moderator_client: Client) -> None:
    comment = make_comment()
    ann = Client()
    ann.force_login(make_user("Moderator", first_name="Ann", last_name="Lee"))
    ann.get(DESK)
    assert "Ann Lee also on this comment" in moderator_client.get(DESK).content.decode()
    told = ann.post(f"{DESK}look/", {"comment": seen(comment)}).json()
    assert told == {"others": {str(comment.pk): ["moderator"]}}
    Look.objects.update(at=timezone.now() - timedelta(seconds=91))
    assert "Ann Lee" not in moderator_client.get(DESK).content.decode()
    ann.get(DESK)
    assert "Ann Lee" in moderator_client.get(DESK).content.decode(), "anew"
    spam = make_comment(status="spam")
    ann.get(f"{DESK}?state=spam")  # at once, and no more at the other
    assert "Ann Lee" not in moderator_client.get(DESK).content.decode()
    told = moderator_client.post(f"{DESK}look/", {"comment": seen(spam)}).json()
    assert told == {"others": {str(spam.pk): ["Ann Lee"]}}


def test_the_last_five_acts_of_an_hour_are_offered_to_be_undone(moderator_client: Client) -> None:
    article = make_article()
    for number in range(6):
        comment = make_comment(article, author_name=f"Reader {number}")
        moderator_client.post(f"{DESK}decide/", {"verb": "approve", "comment": seen(comment)})

    def offered() -> list[str]:
        page = moderator_client.get(DESK).content.decode()
        return re.findall(r"Undo<span[^>]*>: Reader (\d)’s comment", page)

    assert offered() == ["5", "4", "3", "2", "1"]
    Act.objects.filter(pk__in=[a.pk for a in Act.objects.order_by("-pk")[2:]]).update(
        made_at=timezone.now() - timedelta(minutes=61)
    )
    assert offered() == ["5", "4"]


def test_a_row_tells_the_record_and_marks_the_evidence(
    moderator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    for day, status in enumerate(("rejected", "spam", "withdrawn", "approved", "approved"), 1):
        at = datetime(2024, 5, 10 - day, 12, tzinfo=UTC)
        make_comment(article, status=status, author_email="Mina@Example.org", submitted_at=at)
    comment = make_comment(article, text="Cheap <b>Pills</b> here", author_email="MINA@example.org")
    Finding.objects.create(
        comment=comment, rule="words", points=5, evidence=kept("A word."), quotes=["<b>pills"]
    )
    page = moderator_client.get(DESK).content.decode()
    assert "2 approved, 1 rejected, 1 spam" in page
    assert "5 May 2024</time>" in page
    assert re.search("Cheap <mark[^>]*>.*&lt;b&gt;Pills</mark>&lt;/b&gt; here", page)
    for module in (records, words):
        monkeypatch.setattr(module, "MOST_ON_RECORD", 2)
    make_comment(article, status="approved", author_email="mina@example.org")
    assert "2+ approved, 1 rejected, 1 spam" in moderator_client.get(DESK).content.decode()


def test_the_articles_where_most_of_what_waits_longest_is_are_offered_and_the_chosen_one(
    moderator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "MOST_COUNTED", 3)
    fewer, most, late, quiet = (
        make_article(headline=name) for name in ("Fewer", "Most", "Late", "Quiet")
    )
    for article in (most, fewer, most, late, most, most):
        make_comment(article)
    make_comment(late, status="approved")

    def offered(query: str = "") -> list[str]:
        page = moderator_client.get(f"{DESK}{query}").content.decode()
        return re.findall(r"(?:Most|Fewer|Late|Quiet) \(\d+\)", page)

    assert offered() == ["Most (3)", "Fewer (1)"]
    assert offered(f"?article={late.pk}") == ["Late (1)", "Most (3)", "Fewer (1)"]
    assert offered(f"?article={fewer.pk}") == ["Fewer (1)", "Most (3)"]
    assert offered(f"?article={quiet.pk}") == ["Quiet (0)", "Most (3)", "Fewer (1)"]


def test_the_queue_has_the_oldest_first_and_what_was_decided_the_newest(
    moderator_client: Client,
) -> None:
    now = timezone.now()
    article, gone = make_article(), make_draft(status="deleted", deleted_at=now)
    for status in ("pending", "approved"):
        for hours in (2, 3, 1):
            sent = {"submitted_at": now - timedelta(hours=hours), "author_name": f"Hour {hours}"}
            make_comment(article, status=status, **sent)
        make_comment(gone, status=status, author_name="Hour of another piece")

    def listed(query: str) -> list[str]:
        rows = moderator_client.get(f"{DESK}?{query}").context["cl"].result_list
        return [comment.author_name.removeprefix("Hour ") for comment in rows]

    assert listed("state=pending") == listed("q=Hour") == ["3", "2", "1"]
    assert listed("state=approved") == listed("state=approved&q=Hour") == ["1", "2", "3"]


def test_each_state_says_how_many_it_has_and_where_there_are_more(
    moderator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    for status, number in (("pending", 2), ("approved", 1), ("spam", 4)):
        for _ in range(number):
            make_comment(article, status=status)
    reports.take(Comment.objects.approved().get(), reason="abuse")
    reports.take(held := make_comment(article, status="approved"), reason="abuse")
    Comment.objects.filter(pk=held.pk).update(status="pending")
    make_comment(make_draft(status="deleted", deleted_at=timezone.now()))

    def said() -> list[str]:
        page = moderator_client.get(DESK).content.decode()
        return re.findall(r">\s*((?:Pending|Approved|Spam|All|Reported by readers) \(.*?\))", page)

    reported = "Reported by readers (1)"
    assert said() == ["Pending (3)", "Approved (1)", "Spam (4)", "All (8)", reported]
    monkeypatch.setattr(filters, "MOST_COUNTED", 4)
    assert said() == ["Pending (3)", "Approved (1)", "Spam (4+)", "All (8+)", reported]
    second = moderator_client.get(f"{DESK}?state=all&p=1&language=other").content.decode()
    for line in ("state=spam", "reported=open&amp;state=approved"):
        assert f'href="?language=other&amp;{line}"' in second, "its first page"


def test_sections_with_comments_are_offered_by_name(moderator_client: Client) -> None:
    for slug, name in (("a", "Music"), ("b", "Art"), ("c", "Film")):
        make_comment(make_article(section=Section.objects.create(slug=slug, name=name)))
    make_article(section=Section.objects.create(slug="d", name="Books"))
    page = moderator_client.get(DESK).content.decode()
    assert re.findall(r'href="\?section=(\w)"', page) == ["b", "c", "a"]


def test_an_answer_and_an_edit_are_written_on_the_comments_own_page(
    moderator_client: Client,
) -> None:
    comment = make_comment()
    own = f"{DESK}{comment.pk}/change/"
    facts = {"comment": seen(comment), "stay": comment.pk, "verb": "edit", "text": "Shorter."}
    assert moderator_client.post(f"{DESK}write/", facts)["Location"] == own
    assert CommentEdit.objects.get().before in moderator_client.get(own).content.decode()
    typed = "Typed. " * TEXT_LIMIT
    late = moderator_client.post(f"{DESK}write/", facts | {"verb": "answer", "text": typed})
    assert late.status_code == 422
    assert f"{TEXT_LIMIT:,} characters are the most" in late.content.decode()
    assert typed in late.content.decode()
    late = moderator_client.post(f"{DESK}write/", facts | {"verb": "answer", "text": "Typed."})
    assert late.status_code == 422
    assert "was edited by moderator" in late.content.decode()
    assert "Typed." in late.content.decode()
    comment.refresh_from_db()
    facts |= {"comment": seen(comment), "verb": "answer", "text": "Thanks."}
    moderator_client.post(f"{DESK}write/", facts)
    assert Comment.objects.approved().count() == 2


def test_from_a_comments_own_page_the_desk_is_as_it_was_left(moderator_client: Client) -> None:
    comment = make_comment(text="Far too long.")
    page = moderator_client.get(f"{DESK}?q=long&state=pending").content.decode()
    found = re.search(r'desk-row__edit" href="([^"#]+)#write"', page)
    assert found
    own = found[1]
    back = f'href="{DESK}?q=long&amp;state=pending">Back to the desk'
    first = moderator_client.get(own).content.decode()
    assert back in first
    press = dict(re.findall(r'name="(stay|query|comment)" value="([^"]*)"', first))
    press["query"] = press["query"].replace("&amp;", "&")
    for verb, text in (("edit", " "), ("edit", "Too long.")):  # once not taken, once taken
        answer = moderator_client.post(
            f"{DESK}write/", press | {"verb": verb, "text": text}, follow=True
        )
        assert back in answer.content.decode()
    comment.refresh_from_db()
    assert comment.text == "Too long."


def test_the_queue_is_narrowed_by_language(moderator_client: Client) -> None:
    make_comment(author_name="Jun", text="좋았어요", written_in="ko")
    make_comment(author_name="Ann")
    make_comment(author_name="Lek", text="ดีมาก", written_in="th")
    page = moderator_client.get(f"{DESK}?language=ko").content.decode()
    assert "Comment by Jun" in page
    assert "Comment by Ann" not in page
    others = moderator_client.get(f"{DESK}?language=other").content.decode()
    assert "Comment by Ann" in others
    assert "Comment by Lek" in others
    assert "Comment by Jun" not in others


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Pills", ["sold", "quoted"]),
        ("pills mina", ["sold"]),
        ("mina@example.org", ["sold", "about"]),
        ("blog.example", ["quoted"]),
        ("ALONERS", ["about"]),
        ("aloners pills", []),
        ('"cheap pills"', ["sold"]),
        ("'cheap pills'", ["sold"]),
        ("aloners mina", ["about"]),
    ],
)
def test_every_word_that_is_looked_for_is_in_the_comment_its_author_or_the_headline(
    moderator_client: Client, query: str, found: list[str]
) -> None:
    elsewhere, aloners = make_article(headline="Broker"), make_article(headline="“Aloners” Review")
    mina = {"author_name": "sold", "author_email": "Mina@example.org"}
    make_comment(elsewhere, text="Cheap pills here", **mina)
    joon = {"author_name": "quoted", "author_email": "joon@example.org"}
    make_comment(elsewhere, text="“Pills” is cheap", author_url="https://blog.example", **joon)
    make_comment(aloners, text="Lovely.", **mina | {"author_name": "about"})
    page = moderator_client.get(DESK, {"q": query})
    assert [comment.author_name for comment in page.context["cl"].result_list] == found


def test_the_last_page_that_is_counted_says_that_there_is_another(
    moderator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_COUNTED", 50)
    article = make_article()
    made = [make_comment(article) for _ in range(80)]

    def read(number: int) -> tuple[list[int], int, bool]:
        listed = moderator_client.get(f"{DESK}?p={number}").context["cl"]
        counted = listed.paginator
        return [c.pk for c in listed.result_list], counted.count, counted.is_at_least()

    keys = [comment.pk for comment in made]
    assert read(1) == (keys[:25], 50, True)
    assert read(2) == (keys[25:50], 51, True)
    assert read(3) == (keys[50:75], 76, True)
    assert read(4) == (keys[75:], 80, True)
    for far in ("5", "9" * 30):
        assert moderator_client.get(f"{DESK}?p={far}")["Location"] == f"{DESK}?p=2"
