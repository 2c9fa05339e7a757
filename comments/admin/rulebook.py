"""The lists that editors and moderators fill, each entry tried on comments before it is saved."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from reviews.admin.meanwhile import NothingOverwritten

from ..models import Limits, Phrase, Sender
from ..models.rulebook import Action
from ..spam.rulebook import MOST_SHOWN, TRIED_ON, tried
from .one_page import OneRow

MOST_LISTED = {Phrase: 500, Sender: 2000}  # all are read for every post; these take milliseconds
QUICKER = "A colleague listed the same a moment ago. Nothing was saved."
SURE = (
    "Others like those approved would be set aside as spam from now on. "
    "If you want that, press Save again; or hold them for a moderator instead."
)


class ListedForm(ModelForm):  # type: ignore[type-arg]
    """A list that is full says so; and what would set aside comments like those that were approved
    is saved by a second press, which sends `sure`."""

    sure = ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        model = type(self.instance)
        if self.instance.pk is None and model.objects.count() >= MOST_LISTED[model]:
            raise ValidationError(
                f"The list is full: {MOST_LISTED[model]} entries. Delete some that nobody needs."
            )
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        is_new = {*self.changed_data} - {"note", "last_day"}
        if self.errors or not is_new or self.instance.action != Action.SET_ASIDE:
            return
        trial = tried(self.instance)
        if not trial.approved:
            return
        self.sure = str(self.instance)
        if "_try" not in self.data and self.data.get("sure") != self.sure:
            self.add_error(None, f"{trial} {SURE}")


class SenderForm(ListedForm):
    """What its owner had erased stays as it is; everything else about the entry can be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "who" in self.fields and self.instance.is_erased():
            self.fields["who"].disabled = True


class ListedAdmin(NothingOverwritten, admin.ModelAdmin):  # type: ignore[type-arg]
    """What the two lists share: a trial, on the form and again in what is said after saving."""

    form = ListedForm
    change_form_template = "admin/comments/rulebook/change_form.html"
    list_filter = ["action"]
    list_select_related = ["listed_by"]
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        extra = {"may_try": self._may_write(request), "tried_on": TRIED_ON} | (extra_context or {})
        if request.method == "POST" and "_try" in request.POST:
            return self._try(request, object_id, extra)
        try:
            return super().changeform_view(request, object_id, form_url, extra)
        except IntegrityError:  # what the form saw was true until a moment ago
            messages.warning(request, QUICKER)
            return self._try(request, object_id, extra)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.listed_by = request.user
        super().save_model(request, obj, form, change)
        messages.info(request, f"“{obj}”: {tried(obj)}")

    def _may_write(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) or self.has_change_permission(request)

    def _try(
        self, request: HttpRequest, object_id: str | None, extra: dict[str, Any]
    ) -> HttpResponse:
        """The form as it was sent, nothing saved, and where the entry was found.

        An entry that a colleague deleted meanwhile is shown as a new one, with what was typed.
        """
        kept = self.get_object(request, object_id) if object_id else None
        may = self.has_change_permission(request, kept) if kept else None
        if not (may or (kept is None and self.has_add_permission(request))):
            raise PermissionDenied
        if kept:
            self.compare(request, kept)
        shape: Any = self.get_fieldsets(request, kept)
        form = self.get_form(request, kept, change=bool(kept))(request.POST, instance=kept)
        trial = tried(form.instance) if form.is_valid() else None
        page = AdminForm(form, list(shape), {}, (), model_admin=self)
        context = self._page(request, page) | extra | {"trial": trial, "original": kept}
        return self.render_change_form(
            request, context, add=kept is None, change=bool(kept), obj=kept
        )

    def _page(self, request: HttpRequest, page: AdminForm) -> dict[str, Any]:
        """What the admin's template wants to know."""
        return self.admin_site.each_context(request) | {
            "title": f"Try a {self.opts.verbose_name}",
            "adminform": page,
            "errors": AdminErrorList(page.form, []),
            "inline_admin_formsets": [],
            "media": self.media + page.media,
            "is_popup": False,
            "to_field": None,
            "most_shown": MOST_SHOWN,
        }


@admin.register(Phrase)
class PhraseAdmin(ListedAdmin):
    fields = ["words", "action", "note"]
    list_display = ["words", "action", "note", "listed_by", "listed_at"]
    search_fields = ["words", "note"]


@admin.register(Sender)
class SenderAdmin(ListedAdmin):
    fields = ["who", "action", "last_day", "note"]
    form = SenderForm
    list_display = ["__str__", "action", "last_day", "note", "listed_by", "listed_at"]
    search_fields = ["who", "note"]


@admin.register(Limits)
class LimitsAdmin(OneRow):
    pass
