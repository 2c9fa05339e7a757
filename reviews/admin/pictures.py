"""Pictures in other things' forms: the field that holds one, and the body that places some."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.db.models import ForeignKey
from django.forms import Media, Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django_prose_editor.widgets import AdminProseEditorWidget

from ..models import Image

DESK = Media(css={"all": ["css/admin/editors.css"]})
PICTURE_FIELD: Any = Script("js/admin/picture_field.js", type="module")
FOCAL_POINT: Any = Script("js/admin/focal_point.js", type="module")
CREDIT_SOURCE: Any = Script("js/admin/credit_source.js", type="module")
LIBRARY = Media(js=[FOCAL_POINT, CREDIT_SOURCE])
BODY: Any = Script("js/admin/body.js", type="module")
LENGTH: Any = Script("js/admin/length.js", type="module")
GONE = "This picture is not in the library any more: a colleague deleted it. Choose again."
NO_PICTURE = 0  # stands in addresses where the browser puts an id


class PictureWidget(ForeignKeyRawIdWidget):
    """A picture of the library, shown; chosen in Django's window for related rows."""

    template_name = "admin/reviews/picture_field.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for said in ("thumbnail", "facts"):
            context[said] = reverse(f"admin:reviews_image_{said}", args=[NO_PICTURE])
        return context

    def label_and_url_for_value(self, value: Any) -> tuple[str, str]:
        """Nothing: the picture itself is shown."""
        return "", ""

    def _render(self, template_name: str, context: Any, renderer: Any = None) -> SafeString:
        # From the project's templates; form renderers look into installed apps alone.
        return render_to_string(template_name, context)

    @property
    def media(self) -> Media:
        return Media(js=[PICTURE_FIELD])


class HasPictures:
    """For admins whose forms hold pictures: those fields are `PictureWidget`s."""

    admin_site: AdminSite

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest | None, **kwargs: Any
    ) -> Any:
        if db_field.remote_field.model is Image:
            kwargs["widget"] = PictureWidget(db_field.remote_field, self.admin_site)
            kwargs["error_messages"] = {"invalid_choice": GONE}
        return super().formfield_for_foreignkey(  # type: ignore[misc]
            db_field, request, **kwargs
        )

    @property
    def media(self) -> Media:
        return super().media + DESK  # type: ignore[misc,no-any-return]


class BodyWidget(AdminProseEditorWidget):  # type: ignore[misc]
    """The prose editor, told where the library is."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "rows": 30,
            "data-library": reverse("admin:reviews_image_changelist"),
            "data-facts": reverse("admin:reviews_image_facts", args=[NO_PICTURE]),
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """With the ends of its lines as they are kept: sent in a form, each has become two."""
        sent = super().value_from_datadict(data, files, name)
        return sent and sent.replace("\r\n", "\n")

    @property
    def media(self) -> Media:
        media: Media = super().media + Media(js=[BODY, LENGTH])
        return media
