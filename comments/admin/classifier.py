"""What the spam classifier learnt here, what it would have cost, and starting it over."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..learning import learnt, lessons
from ..learning.zones import ENOUGH, of_100, percent
from ..models import Learnt, Limits


@admin.register(Learnt)
class LearntAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """One page. Nothing is typed in: the weights follow from the log of decisions."""

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Learnt | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._press(request)
        now = learnt.in_force()
        rows = Learnt.objects.defer("weights").select_related("forgotten_by")
        context = self.admin_site.each_context(request) | {
            "title": _("Spam classifier"),
            "opts": self.opts,
            "media": self.media,
            "row": rows.first() or Learnt(),
            "zones": now.zones,
            "limit": now.zones.limit and of_100(now.zones.limit, 1),
            "allowed": percent(now.allowed),
            "enough": ENOUGH,
            "limits": Limits.THE_ONE,
            "may_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/comments/learnt/classifier.html", context)

    def change_view(self, request: HttpRequest, object_id: str, *_: Any, **__: Any) -> HttpResponse:
        return HttpResponseRedirect("../../")

    def _press(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not self.has_change_permission(request) or not isinstance(user, User):
            raise PermissionDenied
        match request.POST.get("do"):
            case "rebuild":
                lessons.want()
                messages.success(request, _("The worker builds it again from the log."))
            case "forget" if request.POST.get("sure"):
                lessons.forget(by=user)
                messages.success(request, _("It begins anew. You can take that back below."))
            case "forget":
                messages.warning(request, _("Nothing was forgotten: tick the box beside it first."))
            case "recall":
                lessons.recall()
                messages.success(request, _("The worker builds it again from the whole log."))
            case _unknown:
                messages.warning(request, _("Press one of the buttons."))
        return HttpResponseRedirect(request.path)
