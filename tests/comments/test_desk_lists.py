"""What the desk's list can be narrowed to, what its search finds, in which order and with which
numbers."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments import reports
from comments.admin import filters, pages
from comments.models import Comment, Look
from reviews.models import Section
from tests.factories import make_article, make_comment, make_draft, make_user

from .pressing import DESK

pytestmark = pytest.mark.django_db


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
    assert "(number 9999) is no longer here." in gone.text


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


def test_everything_from_an_address_is_one_press_away_whatever_became_of_it(
    moderator_client: Client,
) -> None:
    wrote = {"author_email": "ann+films@example.org"}
    for number, status in enumerate(("approved", "rejected", "spam", "withdrawn")):
        make_comment(text=f"Said {number}", status=status, **wrote)
    make_comment(text="In capitals", author_email="Ann+Films@EXAMPLE.org")
    make_comment(text="Of another", author_email="joann+films@example.org")
    page = moderator_client.get(DESK, {"q": "capitals"}).text
    found = re.search(r'href="([^"]+)">everything from it', page)
    assert found
    theirs = moderator_client.get(found[1].replace("&amp;", "&")).text
    said = [f"<p>{words}</p>" for words in ("In capitals", *(f"Said {n}" for n in (3, 2, 1, 0)))]
    assert [words for words in said if words in theirs] == said
    assert sorted(said, key=theirs.index) == said
    assert "Of another" not in theirs


def test_an_empty_list_is_left_to_colleagues_only_where_they_have_something(
    moderator_client: Client,
) -> None:
    alone = {"looked_at": "by-nobody-else"}
    assert "Nothing is waiting here." in moderator_client.get(DESK, alone).text
    comment = make_comment(text="Kiarostami")
    assert f'id="row-{comment.pk}"' in moderator_client.get(DESK, alone).text
    colleague = make_user("Moderator")
    Look.objects.create(user=colleague, comments=[comment.pk], at=timezone.now())
    theirs = "Nothing here but what your colleagues look at."
    assert theirs in moderator_client.get(DESK, alone).text
    assert theirs in moderator_client.get(DESK, alone | {"q": "Kiarostami"}).text
    assert "Nothing here has this." in moderator_client.get(DESK, alone | {"q": "Ozu"}).text
