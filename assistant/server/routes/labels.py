"""The closed lists of labels: categories as a tree, purposes, persons; and labels for all items of a filter."""

from assistant.domain.pairing import Scope
from assistant.server.listing import FILTERS, PART, filter_of, flag, whole
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.labels import CategoryBody, CategoryJson, LabelBody, LabelChangeJson, MoveBody, WordBody
from assistant.wire.shape import PageJson

_PREVIEW = Parameter(
    name="preview",
    about="1: return what would change, and store nothing.",
    schema={"type": "string", "enum": ["0", "1"]},
)


def categories(call: Call) -> PageJson[CategoryJson]:
    """List every category, each after the one that it is under."""
    return whole(call, [CategoryJson.of(entry) for entry in call.services.word_lists.category_places()])


def add_category(call: Call) -> CategoryJson:
    """Add a category."""
    body: CategoryBody = call.body
    word = call.services.word_lists.add("category", body.word, under=body.under or "")
    return _category(call, word)


def move_category(call: Call) -> CategoryJson:
    """Move a category."""
    body: MoveBody = call.body
    word = call.services.word_lists.move_category(call.path["word"], body.under or "")
    return _category(call, word)


def remove_category(call: Call) -> None:
    """Remove a category."""
    call.services.word_lists.remove("category", call.path["word"])


def purposes(call: Call) -> PageJson[str]:
    """List every purpose that exists."""
    return whole(call, call.services.word_lists.words("purpose"))


def add_purpose(call: Call) -> PageJson[str]:
    """Add a purpose; return all."""
    return _added(call, "purpose")


def remove_purpose(call: Call) -> None:
    """Remove a purpose."""
    call.services.word_lists.remove("purpose", call.path["word"])


def persons(call: Call) -> PageJson[str]:
    """List every person."""
    return whole(call, call.services.word_lists.words("person"))


def add_person(call: Call) -> PageJson[str]:
    """Add a person; return all."""
    return _added(call, "person")


def remove_person(call: Call) -> None:
    """Remove a person."""
    call.services.word_lists.remove("person", call.path["word"])


def label(call: Call) -> PageJson[LabelChangeJson]:
    """Label all items of a filter, or return what that would change."""
    body: LabelBody = call.body
    found, labels = filter_of(call), body.labels()
    change = call.services.bulk_labels.preview if flag(call, "preview") else call.services.bulk_labels.label
    return whole(call, [LabelChangeJson.of(entry) for entry in change(found, labels, new=body.new)])


def _category(call: Call, word: str) -> CategoryJson:
    return CategoryJson.of(next(entry for entry in call.services.word_lists.category_places() if entry.category == word))


def _added(call: Call, kind: str) -> PageJson[str]:
    body: WordBody = call.body
    call.services.word_lists.add(kind, body.word)
    return whole(call, call.services.word_lists.words(kind))


ROUTES = (
    Route(
        method="GET",
        path="/categories",
        about="Every category, each after the one that it is under. A filter for a category means everything under it, too.",
        scope=Scope.FULL,
        run=categories,
        query=PART,
    ),
    Route(
        method="POST",
        path="/categories",
        about="Add a category.",
        scope=Scope.FULL,
        run=add_category,
        body=CategoryBody,
        status=201,
    ),
    Route(
        method="PUT",
        path="/categories/{word}",
        about="Move a category under another one, or to the top.",
        scope=Scope.FULL,
        run=move_category,
        body=MoveBody,
    ),
    Route(
        method="DELETE",
        path="/categories/{word}",
        about="Remove a category that the user added and no item has.",
        scope=Scope.FULL,
        run=remove_category,
    ),
    Route(method="GET", path="/purposes", about="Every purpose that exists.", scope=Scope.FULL, run=purposes, query=PART),
    Route(method="POST", path="/purposes", about="Add a purpose.", scope=Scope.FULL, run=add_purpose, body=WordBody, status=201),
    Route(
        method="DELETE",
        path="/purposes/{word}",
        about="Remove a purpose that the user added and nothing has.",
        scope=Scope.FULL,
        run=remove_purpose,
    ),
    Route(
        method="GET",
        path="/persons",
        about="Every person that items can be for: owners of accounts, and others whom the user added.",
        scope=Scope.FULL,
        run=persons,
        query=PART,
    ),
    Route(method="POST", path="/persons", about="Add a person.", scope=Scope.FULL, run=add_person, body=WordBody, status=201),
    Route(
        method="DELETE",
        path="/persons/{word}",
        about="Remove a person whom the user added and who has no item.",
        scope=Scope.FULL,
        run=remove_person,
    ),
    Route(
        method="POST",
        path="/labels",
        about="Give all items of a filter a category, purpose or person in one step; return what changes.",
        scope=Scope.FULL,
        run=label,
        body=LabelBody,
        query=(*FILTERS, *PART, _PREVIEW),
    ),
)
