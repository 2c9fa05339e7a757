"""How every form of the house is rendered."""

from typing import Any

from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect, Widget
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html
from django.utils.safestring import SafeString


class HeardField(BoundField):
    """Says of a field that must be filled in that nothing is wrong with it yet: Firefox tells
    screen readers of every such field that its entry is invalid, while it is still empty."""

    def build_widget_attrs(self, attrs: Any, widget: Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if built.get("required"):
            built.setdefault("aria-invalid", "false")
        return built

    def as_widget(
        self, widget: Widget | None = None, attrs: Any = None, only_initial: bool = False
    ) -> SafeString:
        """A choice among several is a group that has the field's name: the admin's label names
        none of the buttons, and who comes to them by Tab would hear what is chosen, and not of
        what."""
        drawn = super().as_widget(widget, attrs, only_initial)
        drawn_by = widget or self.field.widget
        if not isinstance(drawn_by, RadioSelect) or drawn_by.is_hidden:
            return drawn
        role = "group" if isinstance(drawn_by, CheckboxSelectMultiple) else "radiogroup"
        return format_html('<div role="{}" aria-label="{}">{}</div>', role, self.label, drawn)


class Renderer(DjangoTemplates):
    bound_field_class = HeardField
