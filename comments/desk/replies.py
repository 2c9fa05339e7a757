"""Whether a piece takes replies, as moderators say it: the setting that editors have in its form.
What they did stands in its history."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F

from reviews.models import Article, Review

Policy = Article.CommentPolicy
SAID = "At the moderators’ desk, replies: "  # with this such an entry of the history begins


def possible(article: Article) -> list[Policy]:
    """What may be said of it now: that it is closed, or what opens it again."""
    if article.comment_policy != Policy.CLOSED:
        return [Policy.CLOSED]
    dated = [Policy.CLOSES_AFTER] if article.comments_close_after_days else []
    return [Policy.USUAL, *dated, Policy.OPEN]


def say(article: Article, policy: Policy, *, by: User) -> bool:
    """Give it this setting, if it has the one that `by` saw; with an entry in its history."""
    was = Policy(article.comment_policy)
    with transaction.atomic():
        seen = Article.objects.not_deleted().filter(pk=article.pk, comment_policy=was)
        if policy == was or not seen.update(comment_policy=policy, version=F("version") + 1):
            return False
        article.comment_policy = policy
        said = f"{SAID}{policy.label.lower()}; before: {was.label.lower()}."
        # Under the form of its kind, whose history it is.
        there = Review.objects.filter(pk=article.pk).first() or article
        LogEntry.objects.log_actions(by.pk, [there], CHANGE, said)
    return True


def last(article: Article) -> LogEntry | None:
    """When moderators last said something of it, and who. One query."""
    rooms = ContentType.objects.get_for_models(Article, Review, for_concrete_models=False)
    theirs = LogEntry.objects.filter(content_type__in=rooms.values(), object_id=str(article.pk))
    said = theirs.filter(change_message__startswith=SAID).select_related("user")
    return said.order_by("-action_time", "-pk").first()
