"""A piece was returned by an editor: its writers are mailed that, with what they should do."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from comments import letters, notices, own_mails
from comments.models import Notice
from comments.own_mails import NEEDS, What
from reviews import names, publishing, revisions
from reviews.models import Article


@receiver(publishing.returned)
def tell_its_writers(article: Article, by: User, **_: Any) -> None:
    """Whoever handed it in, and those of its bylines who have a login; nobody where one of them
    takes it back. Called in the transaction that returns it. Two queries a mail, and one."""
    if not by.has_perm("reviews.publish_article"):
        return
    theirs = Q(pk=article.submitted_by_id) | Q(reviewer__bylines__article=article.pk)
    users = User.objects.filter(theirs).exclude(pk=by.pk).exclude(email="").distinct()
    for user in own_mails.who_want(users, What.RETURNED):
        about = f"{article.pk}:{article.version}"
        notices.tell(user, Notice.Kind.RETURNED, about=about, at=timezone.now())


@letters.writes(Notice.Kind.RETURNED)
def _letter(notice: Notice) -> letters.Letter | None:
    """With the editor's note as it is now, unless the piece was handed in again by then, or they
    may not write here any more."""
    user, article = notice.user, _returned(notice)
    if article is None or user is None or not user.is_staff:
        return None
    if not user.has_perm(NEEDS[What.RETURNED]) or not own_mails.want(user, What.RETURNED):
        return None
    note = revisions.notes_to_writers([article]).get(article.pk)
    facts: dict[str, object] = {"article": article}
    if note and note.made_by:
        facts |= {"by": names.of_colleague(note.made_by), "note": note.note}
    facts["page"] = reverse("admin:reviews_article_change", args=[article.pk])
    stop = own_mails.stop_address(user, "returned")
    facts |= {"stop": stop, "choose": reverse("admin:own_mails")}
    subject = letters.about("Returned to you: %(headline)s", article.headline)
    return letters.Letter(subject, "returned.txt", user.email, facts, letters.one_press(stop))


def _returned(notice: Notice) -> Article | None:
    pk, _, _ = notices.told_about(notice).partition(":")
    return Article.objects.drafts().filter(pk=pk).first()
