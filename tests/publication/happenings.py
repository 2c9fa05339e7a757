"""What may happen to what editors publish, and to the whole program, by every door."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, models
from django.db.models import F

from comments.models import Comment, Limits
from publication import worker
from publication.models import Masthead
from publication.pagecache import changes, watched
from reviews import library, merging, pictures, publishing, replacing
from reviews.models import (
    Article,
    Credit,
    FestivalEdition,
    Film,
    Image,
    Person,
    RelatedChoice,
    Reviewer,
    Screening,
    Section,
    Tag,
)
from tests.factories import (
    make_article,
    make_draft,
    make_film,
    make_image,
    make_person,
    make_reviewer,
    make_user,
    picture_bytes,
)
from tests.opened import opened
from tests.safety.people import client_of

from .other_values import changes_of
from .world import Nothing, World, happening, unseen

EDITED = (Article, Film, FestivalEdition, Image, Person, Reviewer, Section, Tag, Masthead, Limits)


@unseen
def a_draft_is_written(world: World) -> None:
    kind = world.any_of(("feature", "news", "festival_report"))
    facts = {"lead_image": world.row(Image.objects)} if world.any_of((True, False)) else {}
    draft = make_draft(
        kind=kind,
        headline=world.words(),
        by=world.row(Reviewer.objects),
        section=world.row(Section.objects),
        **facts,
    )
    draft.tags.set(Tag.objects.all()[:1])


@happening
def a_piece_moves(world: World) -> None:
    article, by = world.row(Article.objects), make_user("Editor")
    verbs = ("publish", "withdraw", "submit", "return_to_draft", "delete", "bring_back", "schedule")
    verb = world.any_of(verbs)
    world.said.append(verb)
    if verb == "schedule":
        publishing.schedule(article, world.now + timedelta(minutes=world.any_of((1, 90))), by=by)
    else:
        getattr(publishing, verb)(article, by=by)


@happening
def a_piece_is_published(world: World) -> None:
    publishing.publish(world.row(Article.objects.exclude(status="published")), by=None)


@happening
def a_piece_is_corrected(world: World) -> None:
    article = world.row(Article.objects)
    publishing.record_edit(article, by=None, substantive=world.any_of((True, False)), note="So.")


@happening
def a_form_of_the_newsroom_is_saved(world: World) -> None:
    row = world.row(world.any_of(EDITED).objects)
    name = "review" if getattr(row, "kind", "") == "review" else row._meta.model_name
    address = f"/admin/{row._meta.app_label}/{name}/{row.pk}/change/"
    client = client_of("administrator")
    if client.get(address).status_code != 200:
        raise Nothing
    form = opened(client, address)
    texts = [
        key
        for key, value in form.items()
        if isinstance(value, str) and isinstance(_field(row, key), models.CharField)
    ]
    form |= {world.any_of(texts): world.words(), "_continue": "Save"}
    assert client.post(address, form).status_code in (200, 302)


def _field(row: models.Model, name: str) -> Any:
    return next((each for each in row._meta.local_concrete_fields if each.name == name), None)


@happening
def a_row_is_deleted_in_the_newsroom(world: World) -> None:
    row = world.row(world.any_of((Film, Image, Person, Tag, Section, Screening)).objects)
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/delete/"
    client_of("administrator").post(address, {"post": "yes"})


@happening
def a_field_changes_behind_everybodys_back(world: World) -> None:
    model = world.any_of([each for each in watched.models() if not each._meta.auto_created])
    row = world.row(model._default_manager)
    change = world.any_of(list(changes_of(row)))
    world.said.append(str(change))
    model._default_manager.filter(pk=row.pk).update(**change)


@happening
def a_row_is_deleted_behind_everybodys_back(world: World) -> None:
    model = world.any_of(list(watched.models()))
    row = world.row(model._default_manager)
    row.delete()


@happening
def what_belongs_to_a_piece_changes(world: World) -> None:
    article = world.row(Article.objects)
    match world.any_of(range(6)):
        case 0:
            article.tags.set(Tag.objects.all()[: world.any_of((0, 1, 2))])
        case 5:
            article.people.set(Person.objects.all()[: world.any_of((0, 1, 2))])
        case 1:
            article.related_films.set(Film.objects.all()[: world.any_of((0, 1, 2))])
        case 2:
            other = world.row(Article.objects.exclude(pk=article.pk))
            RelatedChoice.objects.update_or_create(article=article, other=other)
        case 3:
            article.bylines.update(reviewer=world.row(Reviewer.objects))
        case _:
            picture = world.row(Image.objects)
            article.body += f'<figure data-image="{picture.pk}"></figure>'
            article.save()
            publishing.place_pictures(article)


@happening
def what_belongs_to_a_film_changes(world: World) -> None:
    film = world.row(Film.objects)
    match world.any_of(range(4)):
        case 0:
            film.countries.set(world.any_of((["KR"], ["FR", "JP"], [])))
        case 1:
            person = world.row(Person.objects)
            Credit.objects.get_or_create(film=film, person=person, role="writer")
        case 2:
            edition = world.row(FestivalEdition.objects)
            Screening.objects.create(film=film, edition=edition, strand=world.words())
        case _:
            film.poster = world.row(Image.objects)
            film.save()


@happening
def something_new_comes(world: World) -> None:
    make = (make_film, make_person, make_reviewer, make_image, make_article, make_draft)
    world.any_of(make)()


@happening
def two_become_one(world: World) -> None:
    model = world.any_of((Film, Person, Tag, Reviewer))
    stays = world.row(model.objects)
    merging.merge(world.row(model.objects.exclude(pk=stays.pk)), into=stays)


@happening
def a_picture_is_withdrawn(world: World) -> None:
    library.withdraw(world.row(Image.objects), notice=world.words())


@happening
def a_picture_is_restored(world: World) -> None:
    library.restore(world.row(Image.objects.withdrawn()))


@happening
def a_picture_is_seen_for_a_while(world: World) -> None:
    name = world.any_of(("embargo_until", "expires_at"))
    picture = world.row(Image.objects)
    Image.objects.filter(pk=picture.pk).update(**{name: world.moment()})


@happening
def a_picture_is_replaced(world: World) -> None:
    picture = world.row(Image.objects)
    file = ContentFile(picture_bytes(80, 45), name="better.jpg")
    replacing.replace(picture, file, pictures.inspect(file))


@happening
def a_picture_is_cleared(world: World) -> None:
    picture = world.row(Image.objects)
    Image.objects.filter(pk=picture.pk, withdrawn_at=None).update(rights_status="cleared")


@happening
def the_masthead_is_written(world: World) -> None:
    Masthead.objects.update_or_create(pk=1, defaults={"about": world.words()})


@happening
def somebody_works_at_the_prompt(world: World) -> None:
    table, column = world.any_of(
        (
            ("reviews_article", "headline"),
            ("comments_comment", "text"),
            ("reviews_image", "credit_line"),
            ("reviews_section", "description"),
        )
    )
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column} || %s", [world.words()])


@unseen
def versions_are_counted(world: World) -> None:
    Article.objects.update(version=F("version") + 1)
    Comment.objects.update(score=F("score"), spam_probability=0.5)


@happening
def the_worker_works(world: World) -> None:
    assert worker.work_once().failed == []


@unseen
def what_pages_were_told_is_forgotten(world: World) -> None:
    changes.forget_old()


@happening
def time_goes_by(world: World) -> None:
    """Its minute comes for what was scheduled, embargoed or is to close; and the day ends."""
    seconds = world.any_of((0.001, 1, 59, 60, 600, 3_600, 86_400, 32 * 86_400))
    world.now += timedelta(seconds=seconds)
