"""The moderators' desk: the queue with everything in sight, and one press for a decision."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from reviews.admin.unsaved import forget_copy
from reviews.numbers import key

from .. import moderation
from ..desk import acts, seen, writing
from ..models import (
    REASON_LIMIT,
    UNDO_OFFERED,
    Act,
    Comment,
    CommentQuerySet,
    Decision,
    SavedAnswer,
)
from ..moderation import Outcome
from . import kept, likes, looks, presses, records, searching, threads
from .filters import (
    ArticleFilter,
    ColleaguesFilter,
    LanguageFilter,
    ReadingFilter,
    ReportedFilter,
    SectionFilter,
    StatusFilter,
    WriterFilter,
    reported,
)
from .marks import mark
from .pages import InPages, Pages, PastTheEnd
from .presses import may_moderate, moderator

MOST_RECENT = 5
PREFILLS = {"approve": "Approve", "reject": "Reject", "spam": "Spam"}
WRITES = {
    "answer": (writing.answer, "Your words are on the page."),
    "edit": (writing.edit, "The edit is saved."),
    "publish": (writing.edit_and_approve, "The edit is saved, and readers see the comment."),
}
UNSEEN = "It is saved. Readers do not see its article now; with it they will see what you wrote."


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Comments are decided about here, never added by hand or deleted."""

    list_per_page = list_max_show_all = 25
    list_filter = (
        *(StatusFilter, WriterFilter, ReadingFilter, ArticleFilter, SectionFilter),
        *(LanguageFilter, ReportedFilter, ColleaguesFilter),
    )
    search_fields = searching.COLUMNS
    search_help_text = (
        "Words in the comment, its author, their e-mail or website, the headline; "
        "or the address of a comment."
    )
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    fields = readonly_fields = ("text",)  # no form: its own template shows a comment

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> CommentQuerySet:
        return records.with_record(Comment.objects.for_desk())

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Comment | None:
        comment = self.get_queryset(request).with_log().filter(pk=key(object_id)).first()
        records.attach([comment] if comment else [])
        return comment

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[InPages]:
        return InPages

    def get_paginator(
        self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any
    ) -> Paginator:  # type: ignore[type-arg]
        """Of the desk; a comment's history is paged by Django's own."""
        if queryset.model is not Comment:
            return super().get_paginator(request, queryset, per_page, *args, **kwargs)
        return Pages(queryset, per_page, wanted=request.GET.get("p", ""))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """What went with a deleted piece is in no list until that is back: this is asked last,
        since a search that does so of a million comments first takes twice as long."""
        return searching.having(queryset, search_term).not_deleted(), False

    def get_ordering(self, request: HttpRequest) -> tuple[str, str]:
        """Who waits longest comes first; what is decided is looked up newest first."""
        queue = request.GET.get(StatusFilter.parameter_name, "pending") == "pending"
        return ("submitted_at", "pk") if queue else ("-submitted_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        posts = {"decide": self.decide, "undo": self.undo, "look": self.look, "write": self.write}
        return [
            *(
                path(f"{name}/", wrap(require_POST(view)), name=f"comments_comment_{name}")
                for name, view in posts.items()
            ),
            path("mark/", wrap(require_POST(mark)), name="comments_comment_mark"),
            path("replies/", wrap(require_POST(threads.say)), name="comments_comment_replies"),
            path("alike/", wrap(self.alike), name="comments_comment_alike"),
            path("kept/", wrap(self.kept), name="comments_comment_kept"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # “Approve all” is a link that fills the choices in, so that it works without script; the
        # list itself does not know it.
        query = request.GET.copy()
        prefill = (query.pop("choose", [""]) or [""])[-1]
        if one := searching.number_in(query.get(SEARCH_VAR, "")):
            return redirect("admin:comments_comment_change", one)
        request.GET = query  # type: ignore[assignment]
        context = {"title": "Comments", "prefill": prefill if prefill in PREFILLS else ""}
        context |= {"prefills": PREFILLS, "mine": _undoable(request)} | _desk_context(request)
        context |= threads.facts(request)
        try:
            answer = super().changelist_view(request, context | (extra_context or {}))
        except PastTheEnd as past:
            query[PAGE_VAR] = str(past.last)
            return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
        if isinstance(answer, TemplateResponse) and answer.context_data:
            _complete(request, answer.context_data)
        return answer

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"stay": object_id, "title": "Comment"} | _desk_context(request)
        context["query"] = presses.asked(request.GET.get("from", ""))  # the list it is opened from
        context["saved_answers"] = SavedAnswer.objects.all()  # asked for where it can be answered
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def decide(self, request: HttpRequest) -> HttpResponse:
        """What was chosen for each comment, as it was when the page was made: one act."""
        user = moderator(request)
        chosen = presses.choices(request.POST)
        if chosen:
            return presses.answer(request, acts.carry_out(chosen, by=user))
        messages.warning(request, "Choose at least one comment, and what to do with it.")
        return presses.back(request)

    def undo(self, request: HttpRequest) -> HttpResponse:
        """Take an act or one decision back, where nothing happened to the comment since."""
        user = moderator(request)
        decisions = Decision.objects.select_related("comment__article")
        outcome = Outcome()
        if act := seen.one(Act.objects.all(), request.POST.get("act", "")):
            outcome = acts.undo(act, by=user)
        elif decision := seen.one(decisions, request.POST.get("decision", "")):
            decision.comment.reports_seen = _key(request, "reports")
            outcome = moderation.undo(decision, by=user)
        return presses.answer(request, outcome)

    def look(self, request: HttpRequest) -> HttpResponse:
        """The script of an open page says that it is still looked at; it is told who else looks,
        and what became of its comments meanwhile."""
        user = moderator(request)
        pages = list(seen.read(request.POST.getlist("comment")).items())[: self.list_per_page]
        others = looks.look(user, (pk for pk, _ in pages))
        since = moderation.since({pk: page.version for pk, page in pages})
        return JsonResponse({"others": others, "since": since})

    def write(self, request: HttpRequest) -> HttpResponse:
        """An answer to a comment, or an edit of it, as it was when the page was made."""
        user = moderator(request)
        verb, done = WRITES.get(request.POST.get("verb", ""), (None, ""))
        comments = seen.comments(seen.read(request.POST.getlist("comment")[:1]))
        if request.POST.get("verb") == "put_in" and comments and comments[0].version != seen.GONE:
            return self._put_in(request, comments[0])
        if verb is None or not comments:
            messages.warning(request, "Choose a comment to answer or to edit.")
            return presses.back(request)
        if comments[0].version == seen.GONE:
            return self._not_there(request, comments[0])
        comments[0].answer_seen = _key(request, "answer")
        try:
            outcome = verb(comments[0], text=request.POST.get("text", ""), by=user)
        except ValidationError as error:
            return self._not_written(request, comments[0], error)
        if outcome.conflicts:
            return self._not_written(request, comments[0], outcome.conflicts[0].sentence)
        messages.success(request, done if comments[0].article.is_live() else UNSEEN)
        return forget_copy(request, presses.back(request))

    def _put_in(self, request: HttpRequest, comment: Comment) -> HttpResponse:
        """The comment's page again, with a saved answer in the field, below what was typed there:
        it is sent by the press of somebody who has seen it."""
        saved = SavedAnswer.objects.filter(pk=_key(request, "saved")).first()
        parts = (request.POST.get("text", "").strip(), saved.text if saved else "")
        if saved is None:
            messages.warning(request, "Choose one of the saved answers first.")
        return self._once_more(request, comment, typed="\n\n".join(filter(None, parts)))

    def _not_written(
        self, request: HttpRequest, comment: Comment, problem: ValidationError | str
    ) -> HttpResponse:
        """The comment's page again, with what was typed, and why it was not kept."""
        said = problem.messages[0] if isinstance(problem, ValidationError) else problem
        if not Comment.objects.filter(pk=comment.pk).exists():
            return self._not_there(request, comment)
        kept = {"problem": said, "typed": request.POST.get("text", "")}
        answer = self._once_more(request, comment, **kept, typed_verb=request.POST["verb"])
        answer.status_code = 422
        return answer

    def _once_more(self, request: HttpRequest, comment: Comment, **written: str) -> HttpResponse:
        """The comment's page, with what is `typed` into the form of `typed_verb`."""
        query = presses.asked(request.POST.get("query", ""))
        request.method = "GET"  # Django's own view takes a POST for its form, which there is not
        context = {"typed_verb": "answer"} | written | {"query": query}
        return self.change_view(request, str(comment.pk), extra_context=context)

    def _not_there(self, request: HttpRequest, comment: Comment) -> HttpResponse:
        """What was typed about a comment that is deleted, to be copied."""
        said = moderation.conflict(comment).sentence
        typed = [("What you wrote", request.POST.get("text", ""))]
        context = self.admin_site.each_context(request) | {"opts": self.opts}
        context |= {"title": "This comment was deleted", "said": said, "typed": typed}
        return render(request, "admin/reviews/not_saved_but_typed.html", context, status=409)

    def alike(self, request: HttpRequest) -> HttpResponse:
        """All that are from one address or have one link: how many, some of them, one press."""
        return likes.page(request, self.admin_site)

    def kept(self, request: HttpRequest) -> HttpResponse:
        """What is kept of a writer, and erasing it for them."""
        return kept.page(request, self.admin_site)


def _complete(request: HttpRequest, context: dict[str, Any]) -> None:
    """How many of a page wait, who else looks at its comments and how many write from their
    networks; and how many that readers see were reported, where the page is not about them. Three
    queries."""
    comments = context["cl"].result_list
    context["waiting"] = sum(comment.is_pending() for comment in comments)
    records.attach(comments)
    context["theirs"] = not comments and _is_left_to_others(request, context["cl"])
    context["reported"] = 0 if ReportedFilter.parameter_name in request.GET else reported(request)
    if may_moderate(request) and isinstance(request.user, User):
        context["others"] = looks.attach(request.user, comments)


def _is_left_to_others(request: HttpRequest, listed: InPages) -> bool:
    """Whether an empty list would not be empty with what colleagues look at. One query, if that is
    left to them."""
    narrowed = ColleaguesFilter.parameter_name
    if narrowed not in listed.params:
        return False
    return bool(listed.get_queryset(request, exclude_parameters=[narrowed]).exists())


def _desk_context(request: HttpRequest) -> dict[str, Any]:
    return {
        "may_moderate": may_moderate(request),
        "reason_limit": REASON_LIMIT,
        "query": request.GET.urlencode(),
    }


def _key(request: HttpRequest, name: str) -> int:
    return key(request.POST.get(name, ""))


def _undoable(request: HttpRequest) -> list[Act]:
    """The moderator's own last acts that something is left of. One query."""
    if not may_moderate(request) or request.user.pk is None:
        return []
    return list(Act.objects.undoable(request.user.pk, timezone.now() - UNDO_OFFERED)[:MOST_RECENT])
