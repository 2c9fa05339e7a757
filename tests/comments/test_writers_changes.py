"""For fifteen minutes a writer may change or withdraw a comment, by a private signed address."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, plain_text, reports, writers
from comments.models import Comment, CommentEdit
from tests.between import before_first
from tests.factories import make_comment

from .posting import OURS
from .pressing import DESK

pytestmark = pytest.mark.django_db
BETTER = "I saw it twice, and the second time it was quieter than the first."


def save(client: Client, comment: Comment, text: str, **said: object) -> HttpResponse:
    data = {"text": text, "version": comment.version} | said
    return client.post(writers.yours_address(comment), data, headers=OURS)


def take_back(client: Client, comment: Comment) -> HttpResponse:
    return client.post(writers.yours_address(comment), {"withdraw": "yes"}, headers=OURS)


def test_a_writer_changes_a_waiting_comment_and_what_it_was_is_kept(client: Client) -> None:
    comment = make_comment(text="I saw it twise.")
    answer = save(client, comment, BETTER)
    assert answer.status_code == 303
    assert answer["Location"] == writers.waiting_address(comment)
    kept = Comment.objects.get()
    assert (kept.text, kept.status, kept.version) == (BETTER, "pending", 2)
    edit = CommentEdit.objects.get()
    assert (edit.before, edit.by, edit.version) == ("I saw it twise.", None, 2)
    assert BETTER in client.get(answer["Location"]).content.decode()


def test_the_page_shows_the_words_in_a_form_and_keeps_out_of_caches(client: Client) -> None:
    comment = make_comment()
    page = client.get(writers.yours_address(comment))
    assert comment.text in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert not client.cookies


def test_the_waiting_page_leads_there(client: Client) -> None:
    comment = make_comment()
    page = client.get(writers.waiting_address(comment)).content.decode()
    assert writers.yours_address(comment) in page


def test_an_approved_comment_that_is_changed_waits_again_and_says_why(
    client: Client, moderator: User
) -> None:
    comment = make_comment()
    moderation.approve([comment], by=moderator)
    save(client, comment, BETTER)
    kept = Comment.objects.get()
    assert kept.is_pending()
    last = kept.decisions.last()
    assert last is not None
    assert (last.from_status, last.rule, last.by) == ("approved", "edited", None)
    assert kept.findings.filter(rule="edited").exists()
    page = client.get(kept.article.get_absolute_url()).content.decode()
    assert BETTER not in page


def test_a_change_is_screened_again(client: Client) -> None:
    comment = make_comment(score=0)
    links = " ".join(f"https://example.org/{number}" for number in range(9))
    save(client, comment, links)
    kept = Comment.objects.get()
    assert kept.score == 8
    assert "too_many_links" in {finding.rule for finding in kept.findings.all()}


def test_what_readers_reported_before_a_change_is_still_before_the_moderators(
    client: Client, moderator_client: Client
) -> None:
    comment = make_comment(status="approved")
    reports.take(comment, reason="private", note="My number", address="192.0.2.1")
    links = " ".join(f"https://example.org/{number}" for number in range(5))
    save(client, comment, links)
    kept = Comment.objects.get()
    assert (kept.is_pending(), kept.score) == (True, 2 * 3 + 2)
    assert kept.findings.filter(rule="reported").exists()
    assert "private details, “My number”" in moderator_client.get(DESK).content.decode()


def test_a_change_into_known_spam_is_set_aside(client: Client) -> None:
    known = "Buy the very best cheap watches at the best of prices, today only"
    make_comment(status="spam", text=known, text_digest=plain_text.digest(known))
    comment = make_comment(status="approved")
    save(client, comment, known)
    comment.refresh_from_db()
    assert comment.is_spam()


def test_a_changed_letter_case_is_not_the_same_text_again(client: Client) -> None:
    comment = make_comment()
    save(client, comment, comment.text)  # nothing is changed, nothing is kept
    assert not CommentEdit.objects.exists()
    save(client, comment, comment.text.upper())
    assert not Comment.objects.get().findings.filter(rule="same_text_again").exists()


def test_a_rejected_comment_is_looked_at_again_and_spam_stays_spam(client: Client) -> None:
    for status, after in (("rejected", "pending"), ("spam", "spam")):
        comment = make_comment(status=status)
        assert save(client, comment, BETTER + status).status_code == 303
        comment.refresh_from_db()
        assert comment.status == after
        assert not comment.findings.filter(rule="edited").exists()  # nobody had approved it


def test_the_language_is_that_of_the_words_as_they_are_now(client: Client) -> None:
    comment = make_comment()
    save(client, comment, "두 번 보았는데, 두 번째가 더 조용했습니다.")
    comment.refresh_from_db()
    assert comment.written_in == "ko"


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "spam"])
def test_a_writer_withdraws_whatever_became_of_it(client: Client, status: str) -> None:
    comment = make_comment(status=status)
    answer = take_back(client, comment)
    assert answer.status_code == 303
    assert "You have withdrawn this comment" in client.get(answer["Location"]).content.decode()
    kept = Comment.objects.get()
    last = kept.decisions.get()
    assert (kept.status, last.rule) == ("withdrawn", "writer")


def test_no_moderator_brings_back_what_its_writer_withdrew(moderator: User) -> None:
    comment = make_comment(status="approved")
    writers.withdraw(comment)
    decision = comment.decisions.get()
    assert not decision.can_be_undone()
    assert (
        "withdrawn by its writer" in moderation.undo(decision, by=moderator).conflicts[0].sentence
    )


def test_after_fifteen_minutes_nothing_changes_and_the_text_is_kept(client: Client) -> None:
    comment = make_comment(submitted_at=timezone.now() - timedelta(minutes=16))
    page = client.get(writers.yours_address(comment)).content.decode()
    assert "That time is over" in page
    assert "Your change was not saved" not in page
    answer = save(client, comment, BETTER)
    assert answer.status_code == 409
    assert "Your change was not saved. Your words are below" in answer.content.decode()
    assert BETTER in answer.content.decode()
    assert take_back(client, comment).status_code == 409
    kept = Comment.objects.get()
    assert (kept.text, kept.version) == (comment.text, 1)


def test_the_time_is_a_setting(client: Client, settings: Settings) -> None:
    settings.COMMENTS_EDIT_WINDOW = 30
    comment = make_comment(submitted_at=timezone.now() - timedelta(minutes=16))
    assert save(client, comment, BETTER).status_code == 303


def test_once_somebody_replied_nothing_changes(client: Client) -> None:
    comment = make_comment(status="approved")
    make_comment(comment.article, parent=comment, status="spam")
    assert not writers.why_closed(comment)
    make_comment(comment.article, parent=comment)
    answer = save(client, comment, BETTER)
    assert "Somebody has replied" in answer.content.decode()
    assert answer.status_code == 409


def test_a_moderators_move_in_between_is_told_and_one_more_press_saves(
    client: Client, moderator: User
) -> None:
    comment = make_comment()
    moderation.approve([Comment.objects.get()], by=moderator)
    answer = save(client, comment, BETTER)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Something happened to your comment" in page
    assert BETTER in page
    assert 'name="version" value="2"' in page
    comment.refresh_from_db()
    assert save(client, comment, BETTER).status_code == 303


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30])
def test_a_version_nobody_saw_changes_nothing(client: Client, version: str) -> None:
    comment = make_comment()
    assert save(client, comment, BETTER, version=version).status_code in (409, 422)
    assert Comment.objects.get().text == comment.text


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "x" * 10_001, "a\x00b"])
def test_what_cannot_be_a_comment_is_said_and_kept(client: Client, text: str) -> None:
    comment = make_comment()
    answer = save(client, comment, text)
    assert answer.status_code == 422
    assert "Nothing was changed yet" in answer.content.decode()
    assert Comment.objects.get().text == comment.text


def test_a_post_from_another_site_changes_nothing_and_keeps_the_text(client: Client) -> None:
    comment = make_comment()
    foreign = {"sec-fetch-site": "cross-site"}
    address = writers.yours_address(comment)
    for said in ({"text": BETTER, "version": 1}, {"withdraw": "yes"}):
        answer = client.post(address, said, headers=foreign)
        assert answer.status_code == 403
    kept = Comment.objects.get()
    assert (kept.text, kept.status) == (comment.text, "pending")


def test_what_was_not_taken_is_said_also_when_the_time_is_over(client: Client) -> None:
    comment = make_comment(submitted_at=timezone.now() - timedelta(hours=1))
    address = writers.yours_address(comment)
    answer = client.post(address, {"prove": "yes"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Your browser did not say" in page
    assert page.count("That time is over for this one.") == 1
    assert "Back without changing anything" not in page


def test_a_forged_address_is_none(client: Client) -> None:
    mine, other = make_comment(), make_comment()
    forged = writers.yours_address(mine).replace(f"/{mine.pk}:", f"/{other.pk}:")
    assert client.get(forged).status_code == 404
    assert client.post(forged, {"withdraw": "yes"}, headers=OURS).status_code == 404


def test_an_address_is_of_its_comment_should_another_have_its_number_by_now(
    client: Client,
) -> None:
    """As after a copy of an earlier day was put back."""
    lost = make_comment()
    addresses = [writers.yours_address(lost), writers.waiting_address(lost)]
    number, article = lost.pk, lost.article
    lost.delete()
    later = timezone.now() + timedelta(seconds=2)
    make_comment(article, pk=number, text="Somebody else's.", submitted_at=later)
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_a_comment_is_changed_twenty_times_at_most(moderator: User) -> None:
    comment = make_comment()
    theirs = CommentEdit(comment=comment, before="A name.", by=moderator, version=99)
    theirs.save()  # is none of the writer's
    for number in range(writers.MOST_EDITS):
        writers.edit(comment, text=f"Version {number}")
    with pytest.raises(writers.TooLate):
        writers.edit(comment, text="Once more")


def test_what_was_decided_a_moment_before_is_taken_back_too_and_once_however_often_it_is_pressed(
    client: Client, moderator: User
) -> None:
    comment = make_comment()
    stale = Comment.objects.get()
    moderation.approve([Comment.objects.get()], by=moderator)
    writers.withdraw(comment)
    writers.withdraw(stale)
    assert take_back(client, comment).status_code == 303
    assert [d.to_status for d in comment.decisions.all()] == ["approved", "withdrawn"]


def test_what_a_moderator_decides_in_this_very_moment_is_told(moderator: User) -> None:
    comment = make_comment()

    def approve() -> None:
        moderation.approve([Comment.objects.get()], by=moderator)

    with before_first('UPDATE "comments_comment"', approve), pytest.raises(writers.Moved):
        writers.withdraw(comment)


def test_an_approved_comment_is_shown_to_its_writer_with_the_way_to_change_it(
    client: Client, moderator: User
) -> None:
    comment = make_comment()
    moderation.approve([comment], by=moderator)
    page = client.get(writers.waiting_address(comment)).content.decode()
    assert "Readers can see it now" in page
    assert writers.yours_address(comment) in page


def test_the_desk_shows_what_it_was_before_and_after(
    client: Client, moderator_client: Client
) -> None:
    comment = make_comment(text="What it said <first>.")
    save(client, comment, BETTER)
    desk = moderator_client.get("/admin/comments/comment/").content.decode()
    assert "Changed by its writer" in desk
    assert "What it said &lt;first&gt;." in desk
    assert BETTER in desk


def test_a_private_address_is_not_printed(client: Client) -> None:
    comment = make_comment()
    for address in (writers.yours_address(comment), writers.waiting_address(comment)):
        body = client.get(address).content.decode().partition("<body")[2]
        assert "colophon__address" not in body
    assert b"colophon__address" in client.get(comment.article.get_absolute_url()).content
