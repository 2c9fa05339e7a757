"""For tests of what moderators teach: comments to decide about, and the weights the log gives."""

from django.contrib.auth.models import User

from comments import moderation
from comments.learning import labels, lessons
from comments.models import Comment, Decision, Learnt
from comments.spam.classifier import Classifier
from tests.factories import make_comment

HONEST = "A quiet film about grief, and the best thing she has done since her first."
ADVERT = "Work from home and earn 500 dollars a day, see http://cash.example now"


def judged(text: str, *, by: User, spam: bool) -> Comment:
    """A comment that a person decided about."""
    comment = make_comment(text=text)
    verb = moderation.mark_spam if spam else moderation.approve
    assert verb([comment], by=by).done
    return comment


def of_the_log(begins_after: int = 0) -> bytes:
    """The weights that the log gives when it is read from its beginning."""
    found = labels.read(labels.in_force(begins_after))
    return Classifier.of((label.text, label.is_spam) for label in found).to_bytes()


def saved() -> Learnt:
    return Learnt.objects.get()


def follow_all() -> None:
    """What happens after the commits that a test without real transactions does not make."""
    for key in Decision.objects.filter(by__isnull=False).values_list("pk", flat=True):
        lessons.follow(key)
