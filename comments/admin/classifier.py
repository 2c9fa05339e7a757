"""What the spam classifier learnt here, what it would have cost, and starting it over."""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..learning import learnt, lessons
from ..learning.zones import ENOUGH, of_100, percent
from ..models import Learnt, Limits
from .one_page import OnePage


@admin.register(Learnt)
class LearntAdmin(OnePage):
    """Nothing is typed in: the weights follow from the log of decisions."""

    page_title = gettext_lazy("Spam classifier")
    page_template = "admin/comments/learnt/classifier.html"

    def facts(self, request: HttpRequest) -> dict[str, object]:
        now = learnt.in_force()
        rows = Learnt.objects.defer("weights").select_related("forgotten_by")
        return {
            "row": rows.first() or Learnt(),
            "zones": now.zones,
            "limit": now.zones.limit and of_100(now.zones.limit, 1),
            "allowed": percent(now.allowed),
            "enough": ENOUGH,
            "limits": Limits.THE_ONE,
        }

    def pressed(self, request: HttpRequest, user: User) -> HttpResponse:
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
