"""What may happen to comments: readers, moderators and the rulebook."""

from comments import intake, privacy, reports, writers
from comments.desk import acts, picks, writing
from comments.models import Act, Comment, Limits, Phrase, RuleSetting
from reviews.models import Article
from tests.factories import make_user

from .world import World, happening, unseen

MINE = "mina@example.org"


@happening
def a_limit_is_set(world: World) -> None:
    Limits.objects.update_or_create(pk=1, defaults={"close_after_days": world.any_of((1, 30))})


@unseen
def a_rule_is_changed(world: World) -> None:
    by = make_user("Editor")
    Phrase.objects.get_or_create(words=world.words(), defaults={"listed_by": by})
    RuleSetting.objects.update_or_create(rule="too_many_links", defaults={"changed_by": by})


@unseen
def a_reader_writes(world: World) -> None:
    article = world.row(Article.objects.published())
    approved = Comment.objects.filter(article=article, status="approved")
    parent = world.row(approved) if approved and world.any_of((True, False)) else None
    said = {"author_name": "Mina", "author_email": MINE, "text": world.words()}
    intake.submit(article, parent=parent, **said)


@happening
def a_moderator_decides(world: World) -> None:
    verb = world.any_of(sorted(acts.VERBS))
    world.said.append(verb)
    acts.carry_out([acts.Choice(world.row(Comment.objects), verb)], by=make_user("Moderator"))


@happening
def an_act_is_undone(world: World) -> None:
    acts.undo(world.row(Act.objects), by=make_user("Moderator"))


@happening
def a_moderator_writes(world: World) -> None:
    comment, by = world.row(Comment.objects), make_user("Moderator")
    match world.any_of(range(6)):
        case 0:
            writing.answer(comment, text=world.words(), by=by)
        case 1:
            writing.edit_and_approve(comment, text=world.words(), by=by)
        case 2:
            writing.forget(comment, by=by)
        case 3:
            picks.pick(comment, by=by)
        case 4:
            picks.unpick(comment, by=by)
        case _:
            reports.keep(comment, by=by)


@happening
def its_writer_thinks_again(world: World) -> None:
    comment = world.row(Comment.objects)
    match world.any_of(range(3)):
        case 0:
            writers.edit(comment, text=world.words(), at=comment.submitted_at)
        case 1:
            writers.withdraw(comment, at=comment.submitted_at)
        case _:
            writers.confirm(comment, world.now)


@happening
def a_comment_is_reported(world: World) -> None:
    comment = world.row(Comment.objects.approved())
    for reader in range(3):
        reports.take(comment, reason="abuse", address=f"192.0.2.{reader}")


@happening
def a_reader_is_erased(world: World) -> None:
    privacy.erase(MINE, at=world.now)


@happening
def many_comments_come_at_once(world: World) -> None:
    article = world.row(Article.objects)
    facts = {"article": article, "author_name": "Many", "status": "approved"}
    Comment.objects.bulk_create([Comment(text=f"{n}", **facts) for n in range(60)])
