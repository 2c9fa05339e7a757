"""The desk's forms, filled in: state only what matters."""

from typing import Any

from django.urls import reverse

from reviews.models import Article, Reviewer
from tests.factories import make_section

ADD = "/admin/reviews/review/add/"


def change_url(article: Article) -> str:
    model = "review" if article.kind == "review" else "article"
    return reverse(f"admin:reviews_{model}_change", args=[article.pk])


def form_data(article: Article | None = None, *, by: Reviewer | None = None, **said: Any) -> Any:
    """What the browser would send: of a new piece, or of an article as it stands."""
    data: dict[str, Any] = {"headline": "“Aloners” Review", "slug": "", "comment_policy": "open"}
    data |= {"language": "en-GB", "_continue": "Save"}
    if article is None:
        data["section"] = make_section().pk
    else:
        fields = ["headline", "slug", "standfirst", "body", "verdict", "language"]
        data |= {name: getattr(article, name) for name in fields}
        data |= {"section": article.section_id, "as_opened": article.version}
        data |= {"film": article.film_id or "", "lead_image": article.lead_image_id or ""}
        data |= {"rating": "unrated" if article.unrated else article.rating or ""}
        data |= {"kind": article.kind} if article.kind != "review" else {}
    return data | _bylines(article, by) | said


def _bylines(article: Article | None, by: Reviewer | None) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    if article:
        rows = [
            {"id": b.pk, "article": article.pk, "reviewer": b.reviewer_id, "role": b.role}
            for b in article.bylines.all()
        ]
    counts = {"bylines-INITIAL_FORMS": len(rows), "bylines-TOTAL_FORMS": len(rows) + bool(by)}
    others = ("related_choices", "covered_films")
    counts |= {f"{of}-{count}_FORMS": 0 for of in others for count in ("INITIAL", "TOTAL")}
    if by:
        rows.append({"reviewer": by.pk, "role": "words"})
    said = {
        f"bylines-{n}-{name}": value
        for n, row in enumerate(rows)
        for name, value in (row | {"position": n}).items()
    }
    return counts | said


def errors(response: Any) -> dict[str, list[str]]:
    """The form's errors by field; empty when it was saved."""
    if response.status_code != 200:
        return {}
    found: dict[str, list[str]] = dict(response.context["adminform"].form.errors)
    return found


def said(response: Any) -> str:
    """The messages the user is shown."""
    return " ".join(str(message) for message in response.context["messages"])
