"""What was found in comments in bulk, and what was decided about them: as intake and moderators
would have left it, in a statement for each kind of row.

Every comment was screened. One of three spam comments waited until a person called it so, and of
what is approved half was earned by proven writers.
"""

import random
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Least, Mod

from comments.evidence import kept, said
from comments.models import SCREENING, TRUST, Comment, Decision, Finding
from comments.spam.screening import NOTHING_FOUND

MODERATORS = 3
READ_AFTER = timedelta(minutes=30)
Status = Comment.Status
STATES = {Status.APPROVED: 80, Status.SPAM: 15, Status.PENDING: 3, Status.REJECTED: 2}  # of 100
TWO_MOVES = Q(version=2)
EARNED = Q(status=Status.APPROVED, even=0)
FOUND = [  # in which comments, by which rule, what it said and its points
    (Q(status=Status.SPAM), "same_text_again", said("posted_before", times=3), 4),
    (Q(status=Status.SPAM), "too_many_links", said("links", links=4), 6),
    (~Q(status=Status.SPAM) & Q(tenth=0), "too_many_links", said("links", links=3), 2),
    (~Q(status=Status.SPAM) & ~Q(tenth=0), NOTHING_FOUND.rule, NOTHING_FOUND.evidence, 0),
]


def state(dice: random.Random, number: int) -> dict[str, object]:
    """How the `number`th comment stands, and after how many decisions."""
    status = dice.choices([*STATES], [*STATES.values()])[0]
    by_people = status in (Status.APPROVED, Status.REJECTED)
    moved = by_people or (status == Status.SPAM and number % 3 == 0)
    return {"status": status.value, "version": 2 if moved else 1}


def moderators() -> list[User]:
    """Logins that nobody can log in with."""
    names = [f"bulk-{n}" for n in range(MODERATORS)]
    return [
        User.objects.get_or_create(username=name, defaults={"is_active": False})[0]
        for name in names
    ]


def follow(comments: models.QuerySet[Comment], people: list[User], now: datetime) -> None:
    """Adds the findings and decisions of these comments, which have none."""
    known = comments.order_by().annotate(
        even=Mod("pk", 2), tenth=Mod("pk", 10), whose=Mod("pk", len(people))
    )
    first = Case(When(TWO_MOVES, then=Value(Status.PENDING)), default=F("status"))
    _insert(
        Decision,
        known,
        {"to_status": first, "rule": SCREENING, "version": 1, "made_at": F("submitted_at")},
    )
    mine = [When(whose=n, then=Value(person.pk)) for n, person in enumerate(people)]
    read = models.ExpressionWrapper(F("submitted_at") + READ_AFTER, models.DateTimeField())
    _insert(
        Decision,
        known.filter(TWO_MOVES),
        {
            "from_status": Status.PENDING,
            "to_status": F("status"),
            "by": Case(When(EARNED, then=None), *mine, output_field=models.IntegerField()),
            "rule": Case(When(EARNED, then=Value(TRUST)), default=Value("")),
            "version": 2,
            "made_at": Least(read, Value(now)),
        },
    )
    for which, rule, evidence, points in FOUND:
        said_then = {"rule": rule, "points": points, "evidence": kept(evidence)}
        _insert(Finding, known.filter(which), said_then | {"found_at": F("submitted_at")})


def _insert(
    model: type[models.Model], of: models.QuerySet[Comment], values: dict[str, Any]
) -> None:
    """A row for each of these comments; what is not said is as a new row has it."""
    values = {"comment": F("pk")} | values
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    chosen = {}
    for field in fields:
        value = values.get(field.name, field.get_default())
        is_asked = hasattr(value, "resolve_expression")
        chosen[f"of_{field.column}"] = value if is_asked else Value(value, output_field=field)
    rows = of.annotate(**chosen).values_list(*chosen)
    asked, said = rows.query.get_compiler(connection=connection).as_sql()
    name = connection.ops.quote_name
    columns = ", ".join(name(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {name(model._meta.db_table)} ({columns}) {asked}", said)
