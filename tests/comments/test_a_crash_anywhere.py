"""A process may die at any statement, whatever it is at: what is left is as before or as after, the
same press again finds its way, and what was decided is learnt all the same.

Who dies at a question leaves what is left by who dies at what is written next, so those are tried.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from comments import intake, moderation, privacy, reports, writers
from comments.desk import acts, picks, writing
from comments.desk.acts import Choice
from comments.learning import lessons, rebuilding
from comments.models import Act, Comment, Decision, Mark, Report
from comments.spam.classifier import Classifier
from reviews.models import Article
from tests.factories import make_article

from .teaching import of_the_log, saved

pytestmark = pytest.mark.django_db(transaction=True)


class Death(BaseException):
    """Nothing is to take it for an error that it can do something about."""


def submitted(article: Article, status: str, by: User) -> Comment:
    number = Comment.objects.count()
    email = f"mina{number}@example.org"
    said = {"author_name": "Mina", "author_email": email, "text": f"Thought {number}."}
    comment = intake.submit(article, **said)
    if status == "approved":
        moderation.approve([comment], by=by)
    elif status == "spam":
        moderation.mark_spam([comment], by=by)
    return Comment.objects.select_related("article").get(pk=comment.pk)


def _act(verb: str) -> Callable[[Comment, User], object]:
    return lambda comment, by: acts.carry_out([Choice(comment, verb)], by=by)


VERBS: dict[str, tuple[str, Callable[[Comment, User], object]]] = {
    "approving": ("pending", _act("approve")),
    "calling it spam": ("pending", _act("spam")),
    "saying that it was none": ("spam", _act("approve")),
    "saying that it was": ("approved", _act("spam")),
    "undoing": ("spam", lambda comment, by: moderation.undo(comment.decisions.last(), by=by)),
    "editing": ("pending", lambda comment, by: writing.edit(comment, text="Shorter.", by=by)),
    "editing and approving": (
        "pending",
        lambda comment, by: writing.edit_and_approve(comment, text="Shorter.", by=by),
    ),
    "answering": ("pending", lambda comment, by: writing.answer(comment, text="Thanks.", by=by)),
    "picking": ("approved", lambda comment, by: picks.pick(comment, by=by)),
    "its writer's edit": ("approved", lambda comment, by: writers.edit(comment, text="Otherwise.")),
    "its writer's withdrawal": ("pending", lambda comment, by: writers.withdraw(comment)),
    "a report": ("approved", lambda comment, by: reports.take(comment, reason="abuse")),
    "erasing": ("approved", lambda comment, by: privacy.erase(comment.author_email)),
}


WRITES_NOTHING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def dying(at: int, do: Callable[[], object]) -> bool:
    """Whether the process died before it wrote so many times."""
    writes = count(1)

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip(" (").startswith(WRITES_NOTHING) and next(writes) >= at:
            raise Death
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(look):
            do()
    except Death:
        connection.close()  # and with it whatever was not committed
        return True
    return False


def whole(comment: Comment) -> tuple[object, ...]:
    """What was done to it; every part of that tells the same."""
    now = Comment.objects.get(pk=comment.pk)
    log = list(Decision.objects.filter(comment=now).order_by("version"))
    assert [one.from_status for one in log[1:]] == [one.to_status for one in log[:-1]]
    assert log[-1].to_status == now.status
    assert len(log) + now.edits.count() == now.version
    assert now.score == sum(one.points for one in now.findings.all() if one.counted)
    marks, answers = Mark.objects.filter(comment=now), Comment.objects.filter(parent=now)
    assert marks.filter(what="picked").exists() is (now.picked_at is not None)
    told = Report.objects.filter(comment=now).count()
    return now.status, now.version, now.text[:7], marks.count(), answers.count(), told


@pytest.mark.parametrize("name", VERBS)
def test_what_is_left_is_as_before_or_as_after(moderator: User, name: str) -> None:
    status, verb = VERBS[name]
    article = make_article()
    done = submitted(article, status, moderator)
    before = whole(done)
    verb(done, moderator)
    after = whole(done)
    assert before != after
    for at in count(1):
        comment = submitted(article, status, moderator)
        died = dying(at, lambda one=comment: verb(one, moderator))  # type: ignore[misc]
        assert whole(comment) in (before, after), f"before write {at}"
        assert not Act.objects.filter(decisions=None).exists()
        if not died:
            break
        if whole(comment) == before:
            verb(Comment.objects.select_related("article").get(pk=comment.pk), moderator)
        assert whole(comment) == after
    lessons.catch_up()
    rebuilding.rebuild_next()
    assert (saved().weights or Classifier().to_bytes()) == of_the_log()
