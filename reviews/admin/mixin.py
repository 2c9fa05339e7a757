"""What a part of an admin stands on: to the types the ModelAdmin that it is mixed into, and nothing
while it runs, so that it can stand before any."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

if TYPE_CHECKING:
    Mixin = admin.ModelAdmin[Any]
else:
    Mixin = object
