"""Every row of a list that is kept, once in what its formset is sent.

A formset tells twins apart among the rows that it has, and Django's inlines do not ask the table:
a row that was not sent, or was sent under another key, would meet its twin only there.
"""

from collections.abc import Callable, Sequence

from django.http import QueryDict

from .as_sent import Rows, Sent, is_counted, key_in, rows_in, with_rows


def each_once(
    data: QueryDict,
    prefix: str,
    keys: tuple[str, str],
    there: Sequence[str],
    listed: Callable[[], Rows],
) -> QueryDict:
    """A formset's data: the rows that were sent, and those that are `there` and were not, as they
    are `listed`. Behind them, as new ones, stands what was sent under a key that is none of theirs,
    or a second time: Django's admin draws as many old rows as there are. `keys` are that of a row
    and that of its parent.
    """
    if not is_counted(data, prefix):
        return data
    old: dict[str, Sent] = {}
    new = []
    for sent in rows_in(data, prefix).values():
        key = key_in(sent, keys[0])
        if key in there and key not in old:
            old[key] = sent
        else:
            new.append(sent)
    left = [key for key in there if key not in old]
    parts = listed().parts if left else {}
    unsent = [parts[key].sent | {keys[0]: [key]} for key in left]
    return with_rows(data, prefix, keys, [*old.values(), *unsent], new)
