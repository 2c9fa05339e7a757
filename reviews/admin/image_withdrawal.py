"""The button for a rights complaint: a picture leaves every page at once, and may come back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from .. import library
from ..models import Image
from ..models.images import WITHDRAWN_NOTICE
from .image_list import address_of_small
from .image_panels import linked, uses
from .mixin import Mixin
from .readable import UncutForm

GONE = "A colleague deleted this picture a moment ago: it is on no page any more."


class NoticeForm(UncutForm, forms.Form):
    notice = forms.CharField(
        label="What readers see in its place",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Leave it empty to keep the sentence that is there now.",
    )


class WithdrawsPictures(Mixin):
    """Adds the pages “Withdraw everywhere” and “Restore”, and the button “Make again”."""

    def withdrawal_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        make_again = require_POST(self.make_again)
        return [
            path("<int:pk>/withdraw/", view(self.withdraw), name="reviews_image_withdraw"),
            path("<int:pk>/restore/", view(self.restore), name="reviews_image_restore"),
            path("<int:pk>/make-again/", view(make_again), name="reviews_image_make_again"),
        ]

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reviews.withdraw_image")

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once, showing every place; then it is gone from all of them."""
        image = self._to_move(request, pk)
        form = NoticeForm(request.POST or None, initial={"notice": WITHDRAWN_NOTICE})
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, image, "withdraw", form)
        notice = form.cleaned_data["notice"].strip()
        try:
            with transaction.atomic():  # not without a line in the history
                withdrawn = library.withdraw(image, "" if notice == WITHDRAWN_NOTICE else notice)
                if withdrawn:
                    told = f"Withdrawn everywhere. Readers see: {image.notice()}"
                    self.log_change(request, image, told)
        except Image.DoesNotExist:
            messages.warning(request, GONE)
            return redirect("admin:reviews_image_changelist")
        if withdrawn:
            messages.success(request, f"“{image}” is withdrawn: no page, feed or card shows it.")
        else:
            messages.warning(request, f"“{image}” had been withdrawn already.")
        return redirect("admin:reviews_image_change", pk)

    def restore(self, request: HttpRequest, pk: int) -> HttpResponse:
        image = self._to_move(request, pk)
        if request.method != "POST":
            return self._ask(request, image, "restore")
        with transaction.atomic():  # as above
            if restored := library.restore(image):
                self.log_change(request, image, "Restored, as not yet verified.")
        if restored:
            messages.success(
                request, f"“{image}” is restored. Readers see it as soon as its sizes are made."
            )
        else:
            messages.warning(request, f"“{image}” was not withdrawn.")
        return redirect("admin:reviews_image_change", pk)

    def make_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        image = get_object_or_404(Image, pk=pk)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        if image.is_withdrawn():
            messages.warning(request, f"“{image}” is withdrawn, so it has no sizes for readers.")
        else:
            library.ask_for_renditions(image)
            messages.success(request, f"The sizes of “{image}” will be made again.")
        return redirect("admin:reviews_image_change", pk)

    def _to_move(self, request: HttpRequest, pk: int) -> Image:
        if not self.has_withdraw_permission(request):
            raise PermissionDenied
        return get_object_or_404(Image, pk=pk)

    def _ask(
        self, request: HttpRequest, image: Image, verb: str, form: forms.Form | None = None
    ) -> HttpResponse:
        titles = {"withdraw": "Withdraw this picture everywhere?", "restore": "Restore it?"}
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": titles[verb],
            "image": image,
            "small": address_of_small(image),
            "uses": linked(uses(image)),
            "form": form,
        }
        status = 422 if form and form.errors else 200
        return render(request, f"admin/reviews/{verb}_image.html", context, status=status)
