"""Editors and moderators fill the lists, and try an entry before it is saved; the limits are the
editors’."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError
from django.test import Client

from comments.admin import rulebook
from comments.models import Act, Comment, Limits, Phrase, Sender
from tests.factories import make_comment, make_user
from tests.opened import just_opened

from .pressing import DESK

pytestmark = pytest.mark.django_db
PHRASES, SENDERS = "/admin/comments/phrase/", "/admin/comments/sender/"
TYPED = {"words": "Cheap  FLIGHTS", "action": "hold", "note": "travel spam"}


def test_a_try_shows_what_is_found_and_saves_nothing(editor_client: Client) -> None:
    make_comment(text="Get cheap flights <b>now</b>", status="spam")
    make_comment(text="Cheap flights of fancy", status="approved")
    make_comment(text="Another thought")
    page = editor_client.post(f"{PHRASES}add/", TYPED | {"_try": "1"}).content.decode()
    assert "It is in 2 of the last 3 comments: 1 approved, 1 spam." in page
    assert '<mark class="mark--found">cheap flights</mark> &lt;b&gt;' in page
    assert 'value="Cheap  FLIGHTS"' in page
    assert not Phrase.objects.exists()


def test_saving_says_what_it_would_have_found(editor_client: Client, editor: User) -> None:
    make_comment(text="Cheap flights", status="approved")
    page = editor_client.post(f"{PHRASES}add/", TYPED, follow=True).content.decode()
    assert "“cheap flights”: It is in 1 of the last 1 comments: 1 approved." in page
    phrase = Phrase.objects.get()
    assert (phrase.words, phrase.listed_by) == ("cheap flights", editor)


def test_what_would_set_aside_comments_like_the_approved_is_saved_by_a_second_press(
    editor_client: Client,
) -> None:
    make_comment(text="The film", status="approved")
    typed = TYPED | {"words": "THE", "action": "set_aside"}
    asked = editor_client.post(f"{PHRASES}add/", typed)
    assert "1 approved. Others like those approved would be set aside" in asked.content.decode()
    assert not Phrase.objects.exists()
    sure = {"sure": asked.context["adminform"].form.sure}
    assert f'name="sure" value="{sure["sure"]}"' in asked.content.decode()
    editor_client.post(f"{PHRASES}add/", typed | sure | {"words": "film"})
    assert not Phrase.objects.exists()
    shown = editor_client.post(f"{PHRASES}add/", typed | {"_try": "1"}).content.decode()
    assert 'name="sure" value="the"' in shown
    editor_client.post(f"{PHRASES}add/", typed | sure)
    its = f"{PHRASES}{Phrase.objects.get().pk}/change/"
    editor_client.post(its, typed | {"words": "the", "note": "articles"} | just_opened(its))
    assert Phrase.objects.get().note == "articles"


def test_an_entry_is_tried_and_changed_on_its_own_page(editor_client: Client, editor: User) -> None:
    phrase = Phrase.objects.create(words="casino", listed_by=editor)
    make_comment(author_name="Poker Face")
    its = f"{PHRASES}{phrase.pk}/change/"
    typed = TYPED | {"words": "poker", "_try": "1"} | just_opened(its)
    page = editor_client.post(its, typed).content.decode()
    assert "In the author’s name" in page
    phrase.refresh_from_db()
    assert phrase.words == "casino"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Fill this in"),
        ("a", "at least 2 letters"),
        ("*", "at least 2 letters"),
        ("cheap b*", "at least 2 letters"),
        ("c*s*o", "One * in a word"),
        ("^casino", "Write the words themselves, with * for what varies"),
        ("casino.*online", "Write the words themselves"),
        (r"\bcasino\b", "Write the words themselves"),
        ("casin[a-z]", "Write the words themselves"),
        ("ﷺ" * 20, "At most 100 characters"),
        ("CASINO", "listed already"),
    ],
)
@pytest.mark.parametrize("press", ["_save", "_try"])
def test_what_cannot_be_listed_is_refused_in_a_sentence(
    editor_client: Client, editor: User, words: str, said: str, press: str
) -> None:
    Phrase.objects.create(words="casino", listed_by=editor)
    answer = editor_client.post(f"{PHRASES}add/", TYPED | {"words": words, press: "1"})
    assert said in answer.content.decode()
    assert Phrase.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Spam@Bad.example", "spam@bad.example"),
        ("@bad.example", "bad.example"),
        ("https://www.bad.example/x?y", "bad.example"),
        ("https://bad.example/@somebody", "bad.example"),
        ("bad.example.", "bad.example"),
        ("com", None),
        ("a@", None),
        ("not a domain", None),
        ("http://[", None),
    ],
)
def test_a_sender_is_an_address_or_a_domain(
    editor_client: Client, typed: str, kept: str | None
) -> None:
    editor_client.post(f"{SENDERS}add/", {"who": typed, "action": "hold"})
    assert Sender.objects.values_list("who", flat=True).first() == kept


def test_an_erased_address_stays_erased_while_its_entry_is_changed(
    editor_client: Client, editor: User
) -> None:
    Sender.objects.create(who="mina@example.org", listed_by=editor)
    Sender.objects.erase("mina@example.org")
    sender = Sender.objects.get()
    assert "an address that its owner had erased" in editor_client.get(SENDERS).content.decode()
    typed = {"who": "someone@example.org", "action": "set_aside"}
    its = f"{SENDERS}{sender.pk}/change/"
    editor_client.post(its, typed | just_opened(its))
    changed = Sender.objects.get()
    assert (changed.who, changed.action) == (sender.who, "set_aside")


def test_a_sender_is_tried_too(editor_client: Client) -> None:
    make_comment(author_email="a@bad.example")
    data = {"who": "bad.example", "action": "hold", "_try": "1"}
    page = editor_client.post(f"{SENDERS}add/", data).content.decode()
    assert "It is in 1 of the last 1 comments: 1 pending." in page


def test_the_second_of_two_who_list_the_same_keeps_what_was_typed(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beaten(*_: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(rulebook.PhraseAdmin, "save_model", beaten)
    page = editor_client.post(f"{PHRASES}add/", TYPED).content.decode()
    assert "A colleague listed the same" in page
    assert 'value="Cheap  FLIGHTS"' in page


def test_a_full_list_says_so(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch, editor: User
) -> None:
    monkeypatch.setitem(rulebook.MOST_LISTED, Phrase, 1)
    Phrase.objects.create(words="casino", listed_by=editor)
    assert "The list is full" in editor_client.post(f"{PHRASES}add/", TYPED).content.decode()
    assert Phrase.objects.count() == 1


def test_who_may_look_and_no_more_can_neither_try_nor_save(editor: User) -> None:
    phrase = Phrase.objects.create(words="casino", listed_by=editor)
    its = f"{PHRASES}{phrase.pk}/change/"
    user, looking = make_user(), Client()
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_phrase"))
    looking.force_login(user)
    assert looking.get(PHRASES).status_code == 200
    assert b"_try" not in looking.get(its).content
    for address in [its, f"{PHRASES}add/", f"{SENDERS}add/"]:
        for press in ["_try", "_save"]:
            assert looking.post(address, TYPED | {press: "1"}).status_code == 403
    stranger = Client()
    stranger.force_login(make_user("Contributor"))
    assert stranger.get(PHRASES).status_code == 403
    assert stranger.post(f"{PHRASES}add/", TYPED | {"_try": "1"}).status_code == 403


def test_a_moderator_lists_the_words_of_a_flood_and_decides_about_all_that_have_them(
    moderator_client: Client,
) -> None:
    for number in range(3):
        make_comment(author_name=f"Bot {number}", text=f"Boycott this   paper, {number} times")
    make_comment(author_name="Mina", text="I would not boycott anything.")
    page = moderator_client.get(f"{DESK}?q=boycott+this").content.decode()
    assert f'href="{PHRASES}add/?words=boycott%20this"' in page
    assert f'href="{DESK}alike/?by=words&amp;value=boycott+this&amp;from=' in page
    assert (
        'value="boycott this"'
        in moderator_client.get(f"{PHRASES}add/?words=boycott%20this").content.decode()
    )
    typed = {"words": "boycott this", "action": "set_aside", "note": ""}
    assert (
        "3 pending" in moderator_client.post(f"{PHRASES}add/", typed, follow=True).content.decode()
    )
    assert Phrase.objects.get().listed_by.username == "moderator"
    alike = moderator_client.get(f"{DESK}alike/?by=words&value=boycott+this")
    assert alike.context["number"] == 3
    press = {"verb": "spam", "seen": alike.context["seen"]}
    moderator_client.post(f"{DESK}alike/?by=words&value=boycott+this", press)
    assert Comment.objects.spam().count() == 3
    assert Act.objects.get().about == "all that a search found"  # words may be somebody's name


def test_the_limits_are_one_row(editor_client: Client, moderator_client: Client) -> None:
    page = editor_client.get("/admin/comments/limits/", follow=True)
    assert "links allowed to newcomers" in page.content.decode().lower()
    its = "/admin/comments/limits/1/change/"
    typed = {"links_for_newcomers": "1", "honest_lost_at_most": "0.5"} | just_opened(its)
    assert editor_client.post(its, typed).status_code == 302
    assert Limits.objects.current().links_for_newcomers == 1
    assert b"Write 20 or less." in editor_client.post(its, {"links_for_newcomers": "99"}).content
    assert moderator_client.get(its).status_code == 200
    assert moderator_client.post(its, {"links_for_newcomers": "3"}).status_code == 403
