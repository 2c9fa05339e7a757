"""What was found, as people read it: a sentence for each code, in the language of the page."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..evidence import AS_WRITTEN, Evidence, Said, read, sentences
from ..models import Finding, Report
from . import wording

Values = dict[str, Any]


def of(finding: Finding) -> str:
    """What a finding says."""
    return in_words(read(finding.evidence))


def in_words(evidence: Evidence) -> str:
    """The sentences, one after the other."""
    return " ".join(filter(None, map(_sentence, sentences(evidence))))


def _sentence(one: Said) -> str:
    """One whose code or values nobody knows any more is said by its code; no row is unreadable."""
    try:
        if one.code in COUNTED:
            return COUNTED[one.code](one.values)
        return str(SAID[one.code]) % {name: _value(name, v) for name, v in one.values.items()}
    except (KeyError, TypeError, ValueError):
        return one.code.replace("_", " ").capitalize() + "."


def _value(name: str, value: Any) -> Any:
    """A value as it stands in a sentence."""
    return VALUES[name](value) if name in VALUES else value


def _time(value: str) -> str:
    at = timezone.localtime(datetime.fromisoformat(value))
    clock, day = date_format(at, "H:i"), date_format(at, "MONTH_DAY_FORMAT")
    if at.date() == timezone.localdate():
        return _("at %(time)s") % {"time": clock}
    return _("on %(day)s at %(time)s") % {"day": day, "time": clock}


def _problem(value: list[Any]) -> str:
    """What a service did, to follow its name; a plain text of earlier days as it is."""
    return value if isinstance(value, str) else in_words(read([value]))


def reason(kind: str, name: str, *words: str) -> str:
    """A word in quotation marks; of a sign beside words, what it is called: “links”, and which
    words it is if it is a kind of them."""
    if kind != "sign":
        return f"“{name}”"
    said = wording.in_words(name)
    return f"{said} ({', '.join(f'“{word}”' for word in words)})" if words else said


def _reasons(value: Iterable[Iterable[str]]) -> str:
    return ", ".join(reason(*each) for each in value)


def places(value: Iterable[str]) -> str:
    """Parts of a post, in words."""
    return ", ".join(str(PLACES[place]) for place in value)


VALUES: dict[str, Callable[[Any], str]] = {
    "again_at": _time,
    "problem": _problem,
    "reasons": _reasons,
    "where": places,
}
PLACES = {
    "text": gettext_lazy("the text"),
    "name": gettext_lazy("the author’s name"),
    "website": gettext_lazy("the website"),
    "email": gettext_lazy("the e-mail address"),
}


def _too_fast(values: Values) -> str:
    sentence = ngettext(
        "Sent %(seconds)d second after the form was made.",
        "Sent %(seconds)d seconds after the form was made.",
        values["seconds"],
    )
    return sentence % values


def _links(values: Values) -> str:
    return ngettext("Carries %(links)d link.", "Carries %(links)d links.", values["links"]) % values


def _among_spam(values: Values) -> str:
    if values["times"] == 1:
        return _("The same text is among the spam, once.")
    sentence = ngettext(
        "The same text is among the spam, %(times)d time.",
        "The same text is among the spam, %(times)d times.",
        values["times"],
    )
    return sentence % values


def _posted_before(values: Values) -> str:
    if values["times"] == 1:
        return _("The same text was posted before, once in 30 days.")
    sentence = ngettext(
        "The same text was posted before, %(times)d time in 30 days.",
        "The same text was posted before, %(times)d times in 30 days.",
        values["times"],
    )
    return sentence % values


def _more(values: Values) -> str:
    return ngettext("%(number)d more.", "%(number)d more.", values["number"]) % values


def _reported(values: Values) -> str:
    """Of one reader, as it is kept, or of several: then `notes` says how often each was given."""
    label = str(Report.Reason(values["reason"]).label)
    words = label[0].lower() + label[1:]
    notes = values["notes"] if "notes" in values else {values["note"]: 1}
    if noted := ", ".join(_noted(note, times) for note, times in notes.items() if note):
        words = _("%(reason)s, %(notes)s") % {"reason": words, "notes": noted}
    if not values["counts"]:
        words = _("%(reason)s (does not count)") % {"reason": words}
    if (readers := values.get("readers", 1)) == 1:
        return _("Reported by a reader: %(reason)s") % {"reason": words}
    sentence = ngettext(
        "Reported by %(readers)d reader: %(reason)s",
        "Reported by %(readers)d readers: %(reason)s",
        readers,
    )
    return sentence % {"readers": readers, "reason": words}


def _noted(note: str, times: int) -> str:
    return (
        f"“{note}”"
        if times == 1
        else _("“%(note)s” (%(times)d times)") % {"note": note, "times": times}
    )


COUNTED: dict[str, Callable[[Values], str]] = {
    AS_WRITTEN: lambda values: str(values["words"]),
    "written_too_fast": _too_fast,
    "links": _links,
    "among_spam": _among_spam,
    "posted_before": _posted_before,
    "more": _more,
    "reported": _reported,
}
SAID = {
    "nothing_found": gettext_lazy("No rule found anything against it; a person decides."),
    "rule_failed": gettext_lazy("Rule %(rule)s failed: not checked."),
    "honeypot": gettext_lazy("The field that people do not see was filled in."),
    "many_posts": gettext_lazy("Post number %(posts)d from one address within 10 minutes."),
    "near_spam": gettext_lazy(
        "Nearly a known spam comment: %(shared)d of its %(of)d four-word runs stand in that one "
        "too."
    ),
    "listed_phrase": gettext_lazy("The listed phrase “%(entry)s” is in %(where)s."),
    "listed_sender": gettext_lazy("The listed sender “%(entry)s” is in %(where)s."),
    "name_of_ours": gettext_lazy(
        "Somebody who writes or moderates here has this name; a reader signed with it."
    ),
    "name_of_a_regular": gettext_lazy(
        "A regular writer with a confirmed address has this name; this is another address, of "
        "which nothing is approved yet."
    ),
    "moved_here": gettext_lazy("It came with the publication from where that was before."),
    "written_here": gettext_lazy("Written at the moderators’ desk."),
    "edited": gettext_lazy("Its writer changed it after it was approved."),
    "erased": gettext_lazy("Erased at its writer’s wish."),
    # How it reads: comments/learning/zones.py.
    "clean_zone": gettext_lazy(
        "It reads like spam to %(score)s of 100, which is clean: from 50 on it would wait for that."
    ),
    "hold_zone": gettext_lazy("It reads like spam to %(score)s of 100."),
    "hold_zone_below": gettext_lazy(
        "It reads like spam to %(score)s of 100, so it waits. From %(limit)s on it would be set "
        "aside, which loses at most %(allowed)s %% of honest comments here."
    ),
    "spam_zone": gettext_lazy(
        "It reads like spam to %(score)s of 100. From %(limit)s on comments are set aside, which "
        "loses at most %(allowed)s %% of the honest ones here."
    ),
    "no_limit_wanted": gettext_lazy("Editors want none set aside for how it reads."),
    "no_limit_found": gettext_lazy("Honest comments here score as high, so it only waits."),
    "no_limit_yet": gettext_lazy(
        "Nothing is set aside for how it reads until people have decided about %(enough)d of each "
        "kind: %(honest)d honest and %(spam)d spam so far."
    ),
    "for_spam": gettext_lazy("For spam: %(reasons)s."),
    "against_spam": gettext_lazy("Against: %(reasons)s."),
    # What Akismet says: comments/spam/second_opinion.py.
    "akismet_is_asked": gettext_lazy("Not checked yet: Akismet has not answered."),
    "akismet_no_address": gettext_lazy(
        "Not checked by Akismet, which has to know a network address: there is none here."
    ),
    "akismet_imported": gettext_lazy("Not checked by Akismet: it was taken over from elsewhere."),
    "akismet_too_old": gettext_lazy(
        "Not checked by Akismet: what was to be sent is no longer kept."
    ),
    "akismet_never_finished": gettext_lazy(
        "Not checked by Akismet: asking was begun many times and never finished."
    ),
    "akismet_decided": gettext_lazy(
        "Not checked by Akismet: somebody decided before it was asked."
    ),
    "akismet_told": gettext_lazy(
        "Not checked: Akismet %(problem)s. Administrators have been told."
    ),
    "akismet_never": gettext_lazy(
        "Not checked: Akismet %(problem)s, whenever it was asked for three days."
    ),
    "akismet_again": gettext_lazy(
        "Not checked: Akismet %(problem)s. It is asked again %(again_at)s."
    ),
    "akismet_sure": gettext_lazy("Akismet says that it is spam beyond any doubt."),
    "akismet_spam": gettext_lazy("Akismet says that it is spam."),
    "akismet_honest": gettext_lazy("Akismet says that it is not spam."),
    "akismet_looks_on": gettext_lazy(
        "Akismet says that it is not spam so far and looks on; it is asked again %(again_at)s."
    ),
    # What the service did, to follow its name.
    "fault_here": gettext_lazy("could not be asked, by a fault of this program"),
    "http_status": gettext_lazy("answered with an error (HTTP %(status)d)"),
    "too_much": gettext_lazy("sent more than an answer can be"),
    "key_refused": gettext_lazy("does not accept the key or the site"),
    "key_refused_because": gettext_lazy("does not accept the key or the site (%(why)s)"),
    "refuses": gettext_lazy("refuses to answer (%(why)s)"),
    "no_verdict": gettext_lazy("sent no verdict"),
    "empty_answer": gettext_lazy("sent an empty answer"),
    "no_answer": gettext_lazy("did not answer within %(seconds)s seconds"),
    "not_safe": gettext_lazy(
        "could not be reached safely: TLS failed, perhaps over its certificate"
    ),
    "broke_off": gettext_lazy("broke off, or sent what is no HTTP answer"),
    "not_reached": gettext_lazy("could not be reached"),
    "address_refused": gettext_lazy("could not be asked: its address %(why)s"),
}
