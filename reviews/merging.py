"""One person who was added twice becomes one again, with every credit and picture."""

from django.db import transaction

from .models import Credit, FormerPerson, Image, Person


def merge(doubled: Person, into: Person) -> None:
    """Gives all that `doubled` has to `into`, leads its address there, and deletes it.

    A credit that both have on a film is kept once, with the character if either names one. What
    `into` does not say of its native name is taken over. Raises `Person.DoesNotExist`, and changes
    nothing, when one of them is gone meanwhile.
    """
    if doubled.pk == into.pk:
        raise ValueError("A person cannot be merged with itself.")
    with transaction.atomic():
        locked = Person.objects.select_for_update().order_by("pk")
        both = {person.pk: person for person in locked.filter(pk__in=[doubled.pk, into.pk])}
        if len(both) != 2:
            raise Person.DoesNotExist
        _merge(both[doubled.pk], both[into.pk])


def _merge(doubled: Person, into: Person) -> None:
    for credit in doubled.credits.all():
        _move(credit, into)
    for image in Image.objects.filter(people=doubled):
        image.people.add(into)
        image.people.remove(doubled)
    if doubled.native_name and not into.native_name:
        into.native_name, into.native_language = doubled.native_name, doubled.native_language
        into.save(update_fields=["native_name", "native_language"])
    doubled.former_addresses.update(person=into)
    doubled.delete()
    FormerPerson.objects.update_or_create(slug=doubled.slug, defaults={"person": into})


def _move(credit: Credit, into: Person) -> None:
    theirs = into.credits.filter(film=credit.film_id, role=credit.role)
    said = theirs.filter(character=credit.character).first()
    twin = said or (theirs.filter(character="") if credit.character else theirs).first()
    if twin is None:
        Credit.objects.filter(pk=credit.pk).update(person=into)
        return
    credit.delete()
    Credit.objects.filter(pk=twin.pk).update(character=credit.character or twin.character)
