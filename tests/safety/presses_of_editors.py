"""What is pressed in the newsroom about articles, films, people, pictures and logins."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile

from publication.models import Masthead
from reviews import library, preview_links, publishing
from reviews.models import Article, DeletedArticle, Film, Image, Person
from tests.factories import (
    make_article,
    make_draft,
    make_film,
    make_image,
    make_person,
    make_user,
    picture_bytes,
)
from tests.opened import just_opened
from tests.reviews.desk import form_data

from .presses import PUBLISHERS, WRITERS, Press, is_now

REVIEWS = "/admin/reviews/"


def publishing_in_the_form() -> Press:
    draft = make_draft()
    path = f"{REVIEWS}review/{draft.pk}/change/"
    return Press(
        path, form_data(draft, _publish="x"), PUBLISHERS, is_now(Article, draft, "published")
    )


def publishing_in_the_list() -> Press:
    draft = make_draft()
    data = {"action": "publish", "_selected_action": [draft.pk]}
    return Press(f"{REVIEWS}review/", data, PUBLISHERS, is_now(Article, draft, "published"))


def withdrawing_an_article() -> Press:
    article = make_article()
    data = {"action": "withdraw", "_selected_action": [article.pk], "say": "x"}
    return Press(f"{REVIEWS}review/", data, PUBLISHERS, is_now(Article, article, "withdrawn"))


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


def bringing_back_a_piece() -> Press:
    draft = make_draft()
    publishing.delete(draft, by=make_user())
    rows = Article.objects.drafts().filter(pk=draft.pk)
    return Press(f"{REVIEWS}deletedarticle/{draft.pk}/bring-back/", {}, PUBLISHERS, rows.exists)


def ending_preview_addresses() -> Press:
    draft = make_draft()
    path, rows = f"{REVIEWS}review/{draft.pk}/end-previews/", Article.objects.filter(pk=draft.pk)
    done = rows.exclude(previews_ended_at=None).exists
    return Press(path, {"token": preview_links.token(draft)}, PUBLISHERS, done)


def deleting_a_piece_for_good() -> Press:
    draft = make_draft()
    publishing.delete(draft, by=make_user())
    path = f"{REVIEWS}deletedarticle/{draft.pk}/delete/"

    def done() -> bool:
        """Nobody brings it back: it goes after the commit."""
        return not DeletedArticle.objects.filter(pk=draft.pk).exists()

    return Press(path, {"post": "yes"}, PUBLISHERS, done)


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


def replacing_a_file() -> Press:
    image = make_image()
    make_article(lead_image=image)  # readers see it
    file = SimpleUploadedFile("better.jpg", picture_bytes(640, 360))
    data = {"file": file, "seen": image.sha256, "all_the_same": "on"}
    rows = Image.objects.filter(pk=image.pk, width=640)
    return Press(f"{REVIEWS}image/{image.pk}/replace/", data, PUBLISHERS, rows.exists)


def adding_a_picture() -> Press:
    data = {"files": [SimpleUploadedFile("still.jpg", picture_bytes())]}
    return Press(f"{REVIEWS}image/upload/", data, WRITERS, Image.objects.exists)


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


def _everything_allowed() -> Iterable[int]:
    return Permission.objects.values_list("pk", flat=True)
