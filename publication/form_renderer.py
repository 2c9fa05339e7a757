"""How every form of the house is rendered."""

from typing import Any

from django.forms import BoundField, Widget
from django.forms.renderers import DjangoTemplates


class HeardField(BoundField):
    """Says of a field that must be filled in that nothing is wrong with it yet: Firefox tells screen
    readers of every such field that its entry is invalid, while it is still empty."""

    def build_widget_attrs(self, attrs: Any, widget: Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if built.get("required"):
            built.setdefault("aria-invalid", "false")
        return built


class Renderer(DjangoTemplates):
    bound_field_class = HeardField
