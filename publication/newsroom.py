"""The admin site, called by the publication's own name."""

import logging
from functools import update_wrapper, wraps
from http import HTTPStatus
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from . import sessions
from .logs import route_of
from .lookups import require_comparisons
from .paths import at_the_door

log = logging.getLogger(__name__)

# Words of a search: each is looked for in every column that is searched, and SQLite takes no
# question of hundreds. Of a text that somebody pasted, its first words find it.
MOST_WORDS = 30
LONGEST_SEARCH = 3_000  # characters: it takes no pattern of 50,000 bytes either
ON_SITE = (
    "r/<path:content_type_id>/<path:object_id>/"  # Django's own address, which stands in links
)


class NewsroomAdminConfig(AdminConfig):
    default = False
    default_site = "publication.newsroom.NewsroomSite"


class NewsroomSite(AdminSite):
    index_title = "Newsroom"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is ticked is deleted as a whole, with its lines in the histories, or not at all.
        self.add_action(transaction.atomic(delete_selected), "delete_selected")

    def get_urls(self) -> list[Any]:
        from . import forgotten  # needs models, and the site is made before there are any

        ours = [
            path("mails/", self.admin_view(self.own_mails), name="own_mails"),
            path("alive/", self.admin_view(self.alive), name="alive"),
            path("password/", self.admin_view(self.give_password), name="give_password"),
            path(ON_SITE, self.admin_view(self.on_site), name="view_on_site"),
            *forgotten.urls,
        ]
        return ours + super().get_urls()

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Django's login, under a limit: 429 with Retry-After to who has to wait."""
        from . import logins
        from .login_forms import LoginForm

        self.login_form = LoginForm
        answer = saved_or_told(super().login)(request, extra_context)
        if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
            sessions.note_login(request)
            logins.remember_browser(answer, request.user)
        return _too_many(answer)

    def alive(self, request: HttpRequest) -> HttpResponse:
        """Asked by a page in which somebody is typing. `sessions` has already done the rest.

        Whoever logs in again has another token for forms: the page is given it, and can be sent.
        """
        token = {"X-CSRFToken": get_token(request)}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=token)

    def own_mails(self, request: HttpRequest) -> HttpResponse:
        from . import own_mails  # needs models, and the site is made before there are any

        return own_mails.page(request)

    def on_site(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponseBase:
        """On to a row's page, for who may look at the row: a draft's address says what it is of."""
        from django.contrib.contenttypes.models import ContentType
        from django.contrib.contenttypes.views import shortcut

        try:
            kind = ContentType.objects.filter(pk=content_type_id).first()
        except ValueError:
            kind = None
        model = kind.model_class() if kind else None
        if model is None:
            raise Http404("No such page.")
        if not (
            self.is_registered(model) and self.get_model_admin(model).has_view_permission(request)
        ):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def give_password(self, request: HttpRequest) -> HttpResponse:
        """Asks for the password once more, then goes on to where it was needed."""
        from .login_forms import PasswordForm

        form = PasswordForm(request.POST if request.method == "POST" else None, request=request)
        onward = _here(request, request.POST.get("next") or request.GET.get("next") or "")
        if form.is_valid():
            request.session.cycle_key()
            sessions.note_password(request)
            return HttpResponseRedirect(onward)
        context = self.each_context(request) | {"form": form, "next": onward}
        context["title"] = "Your password once more"
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        page = TemplateResponse(request, "admin/give_password.html", context, status=status)
        return _too_many(page)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        change = fresh(super().password_change)
        if request.method != "POST":  # who looks at the form keeps nobody from writing
            return change(request, extra_context)
        with transaction.atomic():  # with the mail that tells of it
            return change(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from .models import Masthead  # not while the apps are still being loaded

        name = Masthead.objects.current().name
        return super().each_context(request) | {"site_header": name, "site_title": name}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The day's work first, the rooms of the house below it."""
        from . import alerts
        from .today import today

        said = [*alerts.now(), *alerts.of_mails(request.user)]
        shown = {"today": today(request.user), "alerts": said}
        return super().index(request, (extra_context or {}) | shown)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A form sent by who may not come in is not answered by the login page."""
        guarded = saved_or_told(super().admin_view(view, cacheable))

        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "%00" in request.get_full_path():  # nothing here has it; PostgreSQL does not look
                raise Http404("No such page.")
            _shorten_search(request)
            leaves = request.path == reverse("admin:logout", current_app=self.name)
            if request.method == "POST" and not leaves and not self.has_permission(request):
                return sessions.not_logged_in(request)
            of = getattr(view, "__self__", None)
            if isinstance(of, ModelAdmin):
                require_comparisons(of.model, request.GET)
                _require_keys(request, of)
            try:
                answer: HttpResponse = guarded(request, *args, **kwargs)
            except (OverflowError, DataError):
                if request.method == "POST" or not request.GET:
                    raise
                raise BadRequest("No number or moment of a database.") from None
            return answer

        return update_wrapper(kept, guarded)


def saved_or_told(view: Any) -> Any:
    """A form that the database or a storage could not take, such as on a disk that is full, is
    answered 503; by the way back it is as it was sent, but for those at the door. 409 answers what
    the database refused for what a colleague did in that moment, and no form could settle."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from reviews import storing  # needs models, and the site is made before there are any
        from reviews.admin.once_more import forget_what_was_said

        try:
            answer: HttpResponse = view(request, *args, **kwargs)
        except (OperationalError, IntegrityError, storing.NotStored) as error:
            if request.method != "POST":
                raise
            log.exception("What was sent to %s could not be saved.", route_of(request))
            forget_what_was_said(request)
            if isinstance(error, IntegrityError):
                page, status = "admin/changed_meanwhile.html", HTTPStatus.CONFLICT
            else:
                page = (
                    "admin/not_done.html" if at_the_door(request.path) else "admin/not_saved.html"
                )
                status = HTTPStatus.SERVICE_UNAVAILABLE
            several = len(request.POST.getlist(ACTION_CHECKBOX_NAME)) > 1
            return render(request, page, {"several": several}, status=status)
        return answer

    return guarded


def fresh(view: Any) -> Any:
    """For what changes who may do what: asks for the password, if that was long ago.

    A form that was opened in time and is sent too late is kept by the browser, as after a login
    that ended.
    """

    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sessions.is_fresh(request):
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer
        if request.method == "POST":
            return render(request, "admin/not_fresh.html", status=HTTPStatus.FORBIDDEN)
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('admin:give_password')}?{query}")

    return guarded


def _require_keys(request: HttpRequest, of: "ModelAdmin[Any]") -> None:
    """The rows that an action of a list is for are named by what can be their keys, or else
    `BadRequest`: the database would refuse the question."""
    if request.method != "POST":
        return
    for named in request.POST.getlist(ACTION_CHECKBOX_NAME):
        try:
            of.opts.pk.clean(named, None)
        except ValidationError:
            raise BadRequest("No key of a row.") from None


def _shorten_search(request: HttpRequest) -> None:
    """In lists, whose search box then says what was looked for, and in choices (“term”)."""
    for name in (SEARCH_VAR, "term"):
        said = request.GET.get(name, "")
        words = said.split()
        if len(words) > MOST_WORDS or len(said) > LONGEST_SEARCH:
            query = request.GET.copy()
            query[name] = " ".join(words[:MOST_WORDS])[:LONGEST_SEARCH]
            request.GET = query  # type: ignore[assignment]


def _here(request: HttpRequest, address: str) -> str:
    """The address, if it is one of this site; else the newsroom's front page."""
    secure = request.is_secure()
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=secure):
        return address
    return reverse("admin:index")


def _too_many(answer: HttpResponse) -> HttpResponse:
    """429 (RFC 6585, 4) when the form had to send somebody away for a while."""
    context = getattr(answer, "context_data", None) or {}
    wait = getattr(context.get("form"), "wait", None)
    if wait is not None:
        wait.answered(answer)
    return answer
