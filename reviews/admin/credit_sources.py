"""Credit sources: the words that festivals and distributors ask for, kept once."""

from django.contrib import admin
from django.db import models

from ..models import CreditSource
from .meanwhile import NothingOverwritten
from .readable import ReadableForm


@admin.register(CreditSource)
class CreditSourceAdmin(NothingOverwritten, admin.ModelAdmin):  # type: ignore[type-arg]
    form = ReadableForm
    list_display = ["name", "credit_line", "creator", "copyright_notice"]
    search_fields = ["name", "credit_line"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = [
        (None, {"fields": ["name", "credit_line", "creator", "copyright_notice"]}),
        (
            "What may be done with their pictures",
            {"fields": ["licence_name", "licence_url", "web_statement", "licensor_url"]},
        ),
    ]
