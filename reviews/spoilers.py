"""A spoiler as readers are shown it, in an article and under it: folded, to be opened by itself."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, to_locale

from .fast_html import filled


def folded(words: SafeString, *, opened: bool = False) -> SafeString:
    """What it hides, behind a sentence in the publication's language; needs no script."""
    said = gettext("Spoiler: press to read")
    summary = filled('<summary lang="{}">{}</summary>', _tongue(), said)
    how = " open" if opened else ""
    return filled('<details class="spoiler"{}>{}{}</details>', how, summary, words)


def left_out(address: str) -> SafeString:
    """The sentence that leads to the page, where it cannot be folded and is left out."""
    context = {"address": address, "tongue": _tongue()}
    return render_to_string("reviews/_spoiler_left_out.html", context)


def _tongue() -> str:
    """The language of the sentence, which need not be that of what is around it."""
    return to_locale(get_language() or "en").replace("_", "-")
