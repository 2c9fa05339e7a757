"""What can be done to an article by a button, and to many at once: one line a verb."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as ask_and_delete
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from .. import publishing
from ..models import Article
from . import verbs
from .deleting import shortened
from .deleting_pieces import WITHDRAWN_FIRST, way_back
from .moments import MomentField
from .readable import on_a_day_everywhere
from .released import EditorsChangeWhatIsSeen
from .said_of_many import said_first

TYPED_MOMENT = "publish_at"  # in an address


class WhenForm(ActionForm):
    """The list's action form, with the moment that scheduling asks for."""

    # Read by `MOMENT`: where this form is not valid, Django says that no action was chosen.
    at = forms.CharField(
        label="Schedule for",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}),
    )


MOMENT = MomentField(
    required=False,
    error_messages={
        "invalid": "“Schedule for” is not a date and time. Write it as 2026-03-01 10:00, and try "
        "again."
    },
)


class ArticleActions(EditorsChangeWhatIsSeen):
    actions = [
        *("delete_selected", "publish", "schedule", "withdraw", "submit", "return_to_draft"),
        "say_the_same",  # same_of_many.py
    ]
    action_form = WhenForm

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The moment is asked for where something can be scheduled."""
        response = super().changelist_view(request, *args, **kwargs)
        form = getattr(response, "context_data", {}).get("action_form")
        if form and "schedule" not in dict(form.fields["action"].choices):
            del form.fields["at"]
        return response

    @admin.action(description="Delete selected %(verbose_name_plural)s", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        seen = [article.headline for article in queryset if article.is_released()]
        if seen:
            messages.error(request, WITHDRAWN_FIRST.format(", ".join(shortened(seen))))
            return None
        try:
            with transaction.atomic():  # all of them or none
                asks = ask_and_delete(self, request, queryset)
        except publishing.Conflict as conflict:
            messages.error(request, f"Nothing was deleted. {conflict}")
            return None
        if asks is None and "post" in request.POST:
            messages.info(request, way_back())
        return asks

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.each(request, "publish", queryset)

    @admin.action(description="Schedule for the date given", permissions=["publish"])
    def schedule(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        try:
            at = MOMENT.clean(request.POST.get("at", ""))
            if at is not None:
                on_a_day_everywhere(at)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return
        if at is None:
            messages.error(request, "Give the date and time in “Schedule for”, then try again.")
        else:
            self.each(request, "schedule", queryset, verbs.Said(at))

    @admin.action(description="Withdraw…", permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return said_first(self, request, "withdraw", queryset)

    @admin.action(description="Submit to the editors", permissions=["change"])
    def submit(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.each(request, "submit", queryset)

    @admin.action(description="Return to draft", permissions=["change"])
    def return_to_draft(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Whoever takes back what they handed in has nobody to tell why."""
        if self.has_publish_permission(request):
            return said_first(self, request, "return_to_draft", queryset)
        self.each(request, "return_to_draft", queryset)
        return None

    def response_add(self, request: HttpRequest, obj: Article, *args: Any) -> HttpResponse:
        return self._stays(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._stays(request, obj) or super().response_change(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "GET" and (typed := request.GET.get(TYPED_MOMENT)):
            with suppress(ValidationError):
                context["adminform"].form["publish_at"].initial = MOMENT.clean(typed)
        return super().render_change_form(request, context, *args, **kwargs)

    def _stays(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Carries out the verb whose button was pressed, if one was; a save moves what is scheduled
        to the moment that stands in the form. Whoever pressed a verb, or “Save”, stays there."""
        pressed = [verb for verb in verbs.VERBS.values() if f"_{verb.name}" in request.POST]
        said: verbs.Said = request.said  # type: ignore[attr-defined]
        moved = (
            [verbs.VERBS["schedule"]]
            if not pressed and publishing.is_moved(article, said.at)
            else []
        )
        for verb in pressed or moved:
            if verb.editors_only and not self.has_publish_permission(request):
                raise PermissionDenied
            if self.do(request, verb, article, said):
                verbs.tell(request, verb, [article])
        if not pressed:
            if "_continue" not in request.POST or IS_POPUP_VAR in request.POST:
                return None
            if not moved or article.is_live():  # which is saved, and not moved any more
                messages.success(request, f"{article.headline} {verbs.saved(article, said)}")
        return redirect(self._form_of(request, article))

    def _form_of(self, request: HttpRequest, article: Article) -> str:
        """Its form's address, with the filters of the list that led there. A moment that was typed,
        and for which it is not scheduled yet, stands in the form again: something was missing, or
        only “Save” was pressed."""
        form = reverse(f"admin:reviews_{self.opts.model_name}_change", args=[article.pk])
        at = request.said.at  # type: ignore[attr-defined]
        if at and not article.is_released():
            form += "?" + urlencode({TYPED_MOMENT: f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"})
        filters = self.get_preserved_filters(request)
        return add_preserved_filters({"preserved_filters": filters, "opts": self.opts}, form)

    def do(
        self,
        request: HttpRequest,
        verb: verbs.Verb,
        article: Article,
        said: verbs.Said = verbs.NOTHING,
    ) -> bool:
        """One verb on one article, never without a line in its history; whether it was done. A
        press that saved nothing new before it is told in one line."""
        with transaction.atomic():
            done = verbs.carry_out(request, verb, article, said)
            if done:
                self.log_change(request, article, verbs.for_history(verb, article, said))
                if saved := getattr(request, "unchanged", None):
                    saved.delete()
        return done

    def each(
        self,
        request: HttpRequest,
        name: str,
        queryset: QuerySet[Any],
        said: verbs.Said = verbs.NOTHING,
    ) -> None:
        """One verb on many; those that somebody else has in hand, or that lack something, stay."""
        verb, done = verbs.VERBS[name], []
        for article in queryset:
            if not self.has_change_permission(request, article):
                messages.error(request, f"{article.headline}: only an editor may change it now.")
            elif self.do(request, verb, article, said):
                done.append(article)
        verbs.tell(request, verb, done)
