"""What is pressed about comments: at the desk, on the lists behind it, and by their writers."""

from django.core import signing

from comments import letters, moderation, writers
from comments.desk import seen
from comments.following import links
from comments.models import (
    Comment,
    CommentEdit,
    Follower,
    Learnt,
    Limits,
    Mark,
    Phrase,
    RuleSetting,
    SavedAnswer,
    Sender,
)
from reviews.models import Article
from tests.comments.followed import asked_to_follow, make_follower
from tests.factories import make_article, make_comment, make_user
from tests.opened import just_opened

from .people import PEOPLE
from .presses import MODERATORS, PUBLISHERS, Press, is_now

DESK, COMMENTS = "/admin/comments/comment/", "/admin/comments/"


def _deciding(verb: str, status: str) -> Press:
    comment = make_comment()
    data = {"verb": verb, "comment": seen.said(comment)}
    return Press(f"{DESK}decide/", data, MODERATORS, is_now(Comment, comment, status))


def approving() -> Press:
    return _deciding("approve", "approved")


def rejecting() -> Press:
    return _deciding("reject", "rejected")


def calling_it_spam() -> Press:
    return _deciding("spam", "spam")


def undoing() -> Press:
    comment = make_comment()
    decision = moderation.approve([comment], by=make_user("Moderator")).decisions[0]
    data = {"decision": seen.which(decision)}
    return Press(f"{DESK}undo/", data, MODERATORS, is_now(Comment, comment, "pending"))


def answering_in_the_publications_name() -> Press:
    comment = make_comment(status="approved")
    page = seen.said(comment)
    data = {"verb": "answer", "comment": page, "text": "Thank you."}
    answers = Comment.objects.filter(parent=comment, text="Thank you.")
    return Press(f"{DESK}write/", data, MODERATORS, answers.exists)


def editing_what_a_reader_wrote() -> Press:
    comment = make_comment()
    page = seen.said(comment)
    data = {"verb": "edit", "comment": page, "text": "Put in its mouth."}
    edits = CommentEdit.objects.filter(comment=comment)
    return Press(f"{DESK}write/", data, MODERATORS, edits.exists)


def erasing_what_is_kept_of_a_writer() -> Press:
    comment = make_comment(author_email="mina@example.org")
    data = {"email": "mina@example.org", "do": "erase", "sure": "on"}
    rows = Comment.objects.filter(pk=comment.pk, text="")
    return Press(f"{DESK}kept/", data, ("administrator",), rows.exists)


def picking() -> Press:
    comment = make_comment(status="approved")
    data = {"mark": f"pick:{seen.said(comment)}"}
    marks = Mark.objects.filter(comment=comment)
    return Press(f"{DESK}mark/", data, MODERATORS, marks.exists)


def closing_replies() -> Press:
    article = make_article()
    data = {"piece": str(article.pk), "was": "usual", "policy": "closed"}
    rows = Article.objects.filter(pk=article.pk, comment_policy="closed")
    return Press(f"{DESK}replies/", data, MODERATORS, rows.exists)


def switching_a_rule_off() -> Press:
    data = {"mode-too_many_links": "off", "was-too_many_links": "on"}
    rows = RuleSetting.objects.filter(rule="too_many_links", mode="off")
    return Press(f"{COMMENTS}rulesetting/", data, PUBLISHERS, rows.exists)


def listing_a_phrase() -> Press:
    data = {"words": "cheap watches", "action": "hold", "note": ""}
    rows = Phrase.objects.filter(words="cheap watches")
    return Press(f"{COMMENTS}phrase/add/", data, MODERATORS, rows.exists)


def saving_an_answer() -> Press:
    data = {"title": "Fold it", "text": "Spoilers are folded."}
    rows = SavedAnswer.objects.filter(title="Fold it")
    return Press(f"{COMMENTS}savedanswer/add/", data, MODERATORS, rows.exists)


def listing_a_sender() -> Press:
    data = {"who": "spam@example.org", "action": "hold", "note": ""}
    rows = Sender.objects.filter(who="spam@example.org")
    return Press(f"{COMMENTS}sender/add/", data, MODERATORS, rows.exists)


def taking_a_phrase_off_the_list() -> Press:
    phrase = Phrase.objects.create(words="cheap watches", listed_by=make_user())
    path, rows = f"{COMMENTS}phrase/{phrase.pk}/delete/", Phrase.objects.filter(pk=phrase.pk)
    return Press(path, {"post": "yes"}, MODERATORS, lambda: not rows.exists())


def changing_the_limits() -> Press:
    Limits.objects.get_or_create(pk=Limits.THE_ONE)
    path = f"{COMMENTS}limits/1/change/"
    data = {"links_for_newcomers": "7", "honest_lost_at_most": "0.5"} | just_opened(path)
    rows = Limits.objects.filter(links_for_newcomers=7)
    return Press(path, data, PUBLISHERS, rows.exists)


def making_the_classifier_forget() -> Press:
    data = {"do": "forget", "sure": "on"}
    rows = Learnt.objects.filter(forgotten_at__isnull=False)
    return Press(f"{COMMENTS}learnt/", data, ("administrator",), rows.exists)


def withdrawing_ones_own_comment() -> Press:
    """The signed address says whose comment it is, whoever is logged in."""
    comment = make_comment()
    path = f"/comments/yours/{writers.token(comment)}/"
    return Press(path, {"withdraw": "x"}, PEOPLE, is_now(Comment, comment, "withdrawn"))


def withdrawing_somebody_elses_comment() -> Press:
    comment, other = make_comment(), make_comment()
    token = writers.token(comment).replace(str(comment.pk), str(other.pk), 1)
    path = f"/comments/yours/{token}/"
    return Press(path, {"withdraw": "x"}, (), is_now(Comment, other, "withdrawn"))


def asking_for_new_pieces_by_mail() -> Press:
    """Anybody may, for any address: its owner is asked."""
    data = {"email": "mina@example.org", "rhythm": "daily", "subject": ""}
    return Press("/by-mail/", data, PEOPLE, Follower.objects.filter(confirmed_at=None).exists)


def following_by_the_mailed_link() -> Press:
    return _following(links.page(asked_to_follow()), PEOPLE)


def following_by_a_link_that_stops() -> Press:
    """Mail providers know that one: it is no proof of the mailbox."""
    follower = asked_to_follow()
    stop = links.stop(follower).rstrip("/").rpartition("/")[2]
    return _following(links.page(follower).rsplit("/", 2)[0] + f"/{stop}/", ())


def following_from_another_site() -> Press:
    return _following(links.page(asked_to_follow()), (), from_site="cross-site")


def _following(path: str, may: tuple[str, ...], from_site: str = "same-origin") -> Press:
    confirmed = Follower.objects.exclude(confirmed_at=None)
    headers = {"sec-fetch-site": from_site}
    return Press(path, {"rhythm": "weekly"}, may, confirmed.exists, headers)


def stopping_ones_own_mails() -> Press:
    path = links.stop(make_follower())
    return Press(path, {}, PEOPLE, lambda: not Follower.objects.exists())


def stopping_somebody_elses_mails() -> Press:
    mine, other = make_follower(), make_follower("jun@example.org")
    path = links.stop(mine).replace(f"/{mine.pk}:", f"/{other.pk}:")
    return Press(path, {}, (), lambda: not Follower.objects.filter(pk=other.pk).exists())


def erasing_by_the_mailed_link() -> Press:
    return _erasing(PEOPLE)


def erasing_by_a_link_for_another_purpose() -> Press:
    """The writer's own page of one comment is no proof of the mailbox."""
    comment = make_comment()
    path = f"/privacy/comments/yours/{writers.token(comment)}/"
    return Press(path, {}, (), lambda: not Comment.objects.get(pk=comment.pk).author_email)


def erasing_from_another_site() -> Press:
    return _erasing((), from_site="cross-site")


def _erasing(may: tuple[str, ...], from_site: str = "same-origin") -> Press:
    comment = make_comment()
    token = signing.dumps([comment.pk, letters._address_digest(comment)], salt=letters._KEPT)
    kept = Comment.objects.filter(pk=comment.pk, author_email=comment.author_email)
    done, headers = (lambda: not kept.exists()), {"sec-fetch-site": from_site}
    return Press(f"/privacy/comments/yours/{token}/", {}, may, done, headers)
