"""The list's action for people who are one: asks which one stays, and says what will happen."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from ..merging import merge
from ..models import Person

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

MOST_AT_ONCE = 10  # as many as anybody compares by eye


class StaysField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, person: Any) -> str:
        credited, shown = person.credited, person.shown
        return format_html(
            "{} · <code>{}</code> · {} credit{}, {} picture{}",
            *(person, person.get_absolute_url()),
            *(credited, "" if credited == 1 else "s", shown, "" if shown == 1 else "s"),
        )


class WhichStays(forms.Form):
    stays = StaysField(
        Person.objects.none(),
        label="Who stays?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose who stays."},
    )

    def __init__(self, people: QuerySet[Person], data: Any = None) -> None:
        super().__init__(data)
        stays: Any = self.fields["stays"]
        stays.queryset = people


class MergesPeople(Base):
    actions = ["merge"]

    @admin.action(description="Merge into one person", permissions=["delete"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Person]) -> HttpResponse | None:
        people = queryset.annotate(
            credited=Count("credits", distinct=True), shown=Count("pictures", distinct=True)
        ).order_by("pk")
        if not 2 <= len(people) <= MOST_AT_ONCE:
            messages.error(request, f"Tick two people or more, {MOST_AT_ONCE} at most.")
            return None
        form = WhichStays(people, request.POST if "merge" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, people, form)
        stays: Person = form.cleaned_data["stays"]
        for person in people:
            if person.pk != stays.pk:
                self._merge(request, person, stays)
        return None

    def _merge(self, request: HttpRequest, person: Person, stays: Person) -> None:
        address = person.get_absolute_url()
        try:
            merge(person, into=stays)
        except Person.DoesNotExist:
            messages.warning(request, f"{person} was gone already: a colleague was first.")
            return
        self.log_change(
            request, stays, f"Merged with {person}, whose address {address} leads here."
        )
        messages.success(request, f"{person} ({address}) is merged into {stays}.")

    def _ask(self, request: HttpRequest, people: Any, form: forms.Form) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Merge into one person?",
            "people": people,
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/reviews/merge_people.html", context, status=status)
