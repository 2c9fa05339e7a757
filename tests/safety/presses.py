"""The presses that matter most, each with the whole form, who may press it, and what it does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from comments import letters, moderation, writers
from comments.models import (
    Comment,
    CommentEdit,
    Learnt,
    Limits,
    Mark,
    Phrase,
    RuleSetting,
    Sender,
)
from publication.models import Masthead
from reviews import library
from reviews.models import Article, Film, Image, Person
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_film,
    make_image,
    make_person,
    make_user,
    picture_bytes,
)
from tests.opened import just_opened
from tests.reviews.desk import form_data

from .people import PEOPLE

PUBLISHERS = ("editor", "administrator")
WRITERS = ("contributor", *PUBLISHERS)
MODERATORS = ("editor", "moderator", "administrator")
DESK, COMMENTS, REVIEWS = "/admin/comments/comment/", "/admin/comments/", "/admin/reviews/"


@dataclass(frozen=True)
class Press:
    """Posted to `path` with `data`; `done` asks the database whether it was done."""

    path: str
    data: dict[str, Any]
    may: tuple[str, ...]
    done: Callable[[], bool]
    headers: dict[str, str] = field(default_factory=lambda: {"sec-fetch-site": "same-origin"})


def publishing_in_the_form() -> Press:
    draft = make_draft()
    path = f"{REVIEWS}review/{draft.pk}/change/"
    return Press(path, form_data(draft, _publish="x"), PUBLISHERS, _is(Article, draft, "published"))


def publishing_in_the_list() -> Press:
    draft = make_draft()
    data = {"action": "publish", "_selected_action": [draft.pk]}
    return Press(f"{REVIEWS}review/", data, PUBLISHERS, _is(Article, draft, "published"))


def withdrawing_an_article() -> Press:
    article = make_article()
    data = {"action": "withdraw", "_selected_action": [article.pk]}
    return Press(f"{REVIEWS}review/", data, PUBLISHERS, _is(Article, article, "withdrawn"))


def merging_people() -> Press:
    stays, other = make_person(), make_person()
    data = {"action": "merge", "_selected_action": [stays.pk, other.pk]}
    data |= {"stays": stays.pk, "merge": "Merge"}
    gone = Person.objects.filter(pk=other.pk)
    return Press(f"{REVIEWS}person/", data, PUBLISHERS, lambda: not gone.exists())


def merging_films() -> Press:
    stays, other = make_film(), make_film()
    data = {"action": "merge", "_selected_action": [stays.pk, other.pk]}
    data |= {"stays": stays.pk, "merge": "Merge"}
    gone = Film.objects.filter(pk=other.pk)
    return Press(f"{REVIEWS}film/", data, PUBLISHERS, lambda: not gone.exists())


def deleting_a_film() -> Press:
    film = make_film()
    path, rows = f"{REVIEWS}film/{film.pk}/delete/", Film.objects.filter(pk=film.pk)
    return Press(path, {"post": "yes"}, PUBLISHERS, lambda: not rows.exists())


def withdrawing_a_picture() -> Press:
    image = make_image()
    path = f"{REVIEWS}image/{image.pk}/withdraw/"
    rows = Image.objects.filter(pk=image.pk, rights_status="withdrawn")
    return Press(path, {"notice": "Taken down."}, PUBLISHERS, rows.exists)


def restoring_a_picture() -> Press:
    image = make_image()
    library.withdraw(image)
    rows = Image.objects.filter(pk=image.pk, withdrawn_at=None)
    return Press(f"{REVIEWS}image/{image.pk}/restore/", {}, PUBLISHERS, rows.exists)


def adding_a_picture() -> Press:
    data = {"files": [SimpleUploadedFile("still.jpg", picture_bytes())]}
    return Press(f"{REVIEWS}image/upload/", data, WRITERS, Image.objects.exists)


def _deciding(verb: str, status: str) -> Press:
    comment = make_comment()
    data = {"verb": verb, "comment": f"{comment.pk}:{comment.version}"}
    return Press(f"{DESK}decide/", data, MODERATORS, _is(Comment, comment, status))


def approving() -> Press:
    return _deciding("approve", "approved")


def rejecting() -> Press:
    return _deciding("reject", "rejected")


def calling_it_spam() -> Press:
    return _deciding("spam", "spam")


def undoing() -> Press:
    comment = make_comment()
    decision = moderation.approve([comment], by=make_user("Moderator")).decisions[0]
    data = {"decision": decision.pk}
    return Press(f"{DESK}undo/", data, MODERATORS, _is(Comment, comment, "pending"))


def answering_in_the_publications_name() -> Press:
    comment = make_comment(status="approved")
    seen = f"{comment.pk}:{comment.version}"
    data = {"verb": "answer", "comment": seen, "text": "Thank you."}
    answers = Comment.objects.filter(parent=comment, text="Thank you.")
    return Press(f"{DESK}write/", data, MODERATORS, answers.exists)


def editing_what_a_reader_wrote() -> Press:
    comment = make_comment()
    seen = f"{comment.pk}:{comment.version}"
    data = {"verb": "edit", "comment": seen, "text": "Put in its mouth."}
    edits = CommentEdit.objects.filter(comment=comment)
    return Press(f"{DESK}write/", data, MODERATORS, edits.exists)


def erasing_what_is_kept_of_a_writer() -> Press:
    comment = make_comment(author_email="mina@example.org")
    data = {"email": "mina@example.org", "do": "erase", "sure": "on"}
    rows = Comment.objects.filter(pk=comment.pk, text="")
    return Press(f"{DESK}kept/", data, ("administrator",), rows.exists)


def picking() -> Press:
    comment = make_comment(status="approved")
    data = {"mark": f"pick:{comment.pk}:{comment.version}"}
    marks = Mark.objects.filter(comment=comment)
    return Press(f"{DESK}mark/", data, MODERATORS, marks.exists)


def switching_a_rule_off() -> Press:
    data = {"mode-too_many_links": "off", "was-too_many_links": "on"}
    rows = RuleSetting.objects.filter(rule="too_many_links", mode="off")
    return Press(f"{COMMENTS}rulesetting/", data, PUBLISHERS, rows.exists)


def listing_a_phrase() -> Press:
    data = {"words": "cheap watches", "action": "hold", "note": ""}
    rows = Phrase.objects.filter(words="cheap watches")
    return Press(f"{COMMENTS}phrase/add/", data, PUBLISHERS, rows.exists)


def listing_a_sender() -> Press:
    data = {"who": "spam@example.org", "action": "hold", "note": ""}
    rows = Sender.objects.filter(who="spam@example.org")
    return Press(f"{COMMENTS}sender/add/", data, PUBLISHERS, rows.exists)


def taking_a_phrase_off_the_list() -> Press:
    phrase = Phrase.objects.create(words="cheap watches", listed_by=make_user())
    path, rows = f"{COMMENTS}phrase/{phrase.pk}/delete/", Phrase.objects.filter(pk=phrase.pk)
    return Press(path, {"post": "yes"}, PUBLISHERS, lambda: not rows.exists())


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


def renaming_the_publication() -> Press:
    Masthead.objects.create(pk=1, name="The Lantern", contact_email="desk@example.org")
    rows = Masthead.objects.filter(name="Night Bus")
    path = "/admin/publication/masthead/1/change/"
    data = {"name": "Night Bus", "comment_notice": "Comments are screened."} | just_opened(path)
    return Press(path, data, PUBLISHERS, rows.exists)


def deleting_a_login() -> Press:
    somebody = make_user("Editor")
    path, rows = f"/admin/auth/user/{somebody.pk}/delete/", User.objects.filter(pk=somebody.pk)
    return Press(path, {"post": "yes"}, ("administrator",), lambda: not rows.exists())


def giving_oneself_every_right() -> Press:
    """Whoever may change a group may do everything."""
    group = Group.objects.get(name="Moderator")
    data = {"name": "Moderator", "permissions": list(_everything_allowed())}
    path, rows = f"/admin/auth/group/{group.pk}/change/", group.permissions
    asked = len(data["permissions"])
    return Press(path, data | just_opened(path), ("administrator",), lambda: rows.count() == asked)


def making_a_group() -> Press:
    rows = Group.objects.filter(name="Friends")
    return Press("/admin/auth/group/add/", {"name": "Friends"}, ("administrator",), rows.exists)


def withdrawing_ones_own_comment() -> Press:
    """The signed address says whose comment it is, whoever is logged in."""
    comment = make_comment()
    path = f"/comments/yours/{writers.token(comment)}/"
    return Press(path, {"withdraw": "x"}, PEOPLE, _is(Comment, comment, "withdrawn"))


def withdrawing_somebody_elses_comment() -> Press:
    comment, other = make_comment(), make_comment()
    token = writers.token(comment).replace(str(comment.pk), str(other.pk), 1)
    path = f"/comments/yours/{token}/"
    return Press(path, {"withdraw": "x"}, (), _is(Comment, other, "withdrawn"))


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


def _everything_allowed() -> Iterable[int]:
    return Permission.objects.values_list("pk", flat=True)


def _is(model: type[Any], row: Any, status: str) -> Callable[[], bool]:
    return model.objects.filter(pk=row.pk, status=status).exists


PRESSES = (
    publishing_in_the_form,
    publishing_in_the_list,
    withdrawing_an_article,
    merging_people,
    merging_films,
    deleting_a_film,
    withdrawing_a_picture,
    restoring_a_picture,
    adding_a_picture,
    approving,
    rejecting,
    calling_it_spam,
    undoing,
    answering_in_the_publications_name,
    editing_what_a_reader_wrote,
    picking,
    switching_a_rule_off,
    listing_a_phrase,
    listing_a_sender,
    taking_a_phrase_off_the_list,
    changing_the_limits,
    making_the_classifier_forget,
    renaming_the_publication,
    deleting_a_login,
    giving_oneself_every_right,
    making_a_group,
    withdrawing_ones_own_comment,
    withdrawing_somebody_elses_comment,
    erasing_by_the_mailed_link,
    erasing_by_a_link_for_another_purpose,
    erasing_from_another_site,
)
