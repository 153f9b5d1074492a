"""`shopper categories`, `purposes`, `persons`: the closed lists; `shopper categorize`: label many items at once."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import is_confirmed, print_json, print_table, print_text, with_undo
from assistant.cli.filter_flags import FilterFlags, JsonFlag, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.labels import shown_category, shown_label
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.categories import LabelChange

_SHOWN = 20
WordArgument = Annotated[str, typer.Argument(metavar="WORD")]
UnderFlag = Annotated[str | None, typer.Option("--under", help="The category that it belongs to.")]

categories = typer.Typer(help="The tree of categories.", invoke_without_command=True)
purposes = typer.Typer(help="What money is spent for.", invoke_without_command=True)
persons = typer.Typer(help="Whom purchases are for: owners of accounts, and others.", invoke_without_command=True)


@categories.callback()
def list_categories(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List all categories; 'cat:living' in a filter means everything below it, too."""
    if context.invoked_subcommand is not None:
        return
    with services_of(context) as services:
        tree, found = services.word_lists.tree(), services.word_lists.category_places()
    if as_json:
        from assistant.wire.labels import CategoryJson

        print_json([CategoryJson.of(entry) for entry in found])
        return
    for entry in found:
        print_text(f"{'  ' * tree.depth(entry.category)}{shown_category(entry.category)}")


@categories.command("add")
def add_category(context: typer.Context, word: WordArgument, under: UnderFlag = None) -> None:
    """Add a category."""
    with services_of(context) as services:
        _say_added("category", services.word_lists.add("category", word, under=under or ""))


@categories.command("move")
def move_category(context: typer.Context, word: WordArgument, under: UnderFlag = None) -> None:
    """Move a category under another one; without --under to the top."""
    with services_of(context) as services:
        moved = shown_category(services.word_lists.move_category(word, under or ""))
    said = (
        translated("Moved '{word}' under {under}.", word=moved, under=under)
        if under
        else translated("Moved '{word}' to the top.", word=moved)
    )
    print_text(with_undo(said))


@categories.command("remove")
def remove_category(context: typer.Context, word: WordArgument) -> None:
    """Remove a category that you added and that no item has."""
    _remove(context, "category", word)


@purposes.callback()
def list_purposes(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List all purposes."""
    _list(context, "purpose", as_json=as_json)


@purposes.command("add")
def add_purpose(context: typer.Context, word: WordArgument) -> None:
    """Add a purpose."""
    with services_of(context) as services:
        _say_added("purpose", services.word_lists.add("purpose", word))


@purposes.command("remove")
def remove_purpose(context: typer.Context, word: WordArgument) -> None:
    """Remove a purpose that you added and that nothing has."""
    _remove(context, "purpose", word)


@persons.callback()
def list_persons(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List all persons."""
    _list(context, "person", as_json=as_json)


@persons.command("add")
def add_person(context: typer.Context, word: WordArgument) -> None:
    """Add a person."""
    with services_of(context) as services:
        _say_added("person", services.word_lists.add("person", word))


@persons.command("remove")
def remove_person(context: typer.Context, word: WordArgument) -> None:
    """Remove a person whom you added and who has no item."""
    _remove(context, "person", word)


def _list(context: typer.Context, kind: str, *, as_json: bool) -> None:
    if context.invoked_subcommand is not None:
        return
    with services_of(context) as services:
        words = services.word_lists.words(kind)
    if as_json:
        print_json(words)
    else:
        for word in words:
            print_text(shown_label(kind, word))


def _say_added(kind: str, word: str) -> None:
    print_text(with_undo(translated("Added the {kind} '{word}'.", kind=shown_word(kind), word=word)))


def _remove(context: typer.Context, kind: str, word: str) -> None:
    with services_of(context) as services:
        services.word_lists.remove(kind, word)
    print_text(with_undo(translated("Removed the {kind} '{word}'.", kind=shown_word(kind), word=word)))


@with_flags
def categorize(
    context: typer.Context,
    flags: FilterFlags,
    category: Annotated[str | None, typer.Option("--as", metavar="CATEGORY", help="The category for all of them.")] = None,
    aim: Annotated[str | None, typer.Option("--for", metavar="PURPOSE", help="What all of them are for.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="Whom all of them are for.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Add the category, purpose or person if it does not exist.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Make the changes; without this they are only shown.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Give all items of a filter a category, purpose or person. Shows the changes first; nothing changes without --yes."""
    labels = {kind: word for kind, word in (("category", category), ("purpose", aim), ("person", person)) if word}
    found = flags.filter
    if not labels:
        raise InvalidInput(translated("Say what they are: --as CATEGORY, --for PURPOSE or --person NAME."))
    with services_of(context) as services:
        changes = services.bulk_labels.preview(found, labels, new=new)
        if changes and not yes and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            _show(changes)
            yes = is_confirmed(translated_count("Change {count} item?", "Change {count} items?", len(changes)))
        elif not as_json:
            _show(changes)
        if yes and changes:
            services.bulk_labels.label(found, labels, new=new)
    if as_json:
        from assistant.wire.labels import LabelChangeJson

        print_json({"changed": yes, "items": [LabelChangeJson.of(change) for change in changes], "total": len(changes)})
    elif not changes:
        print_text(translated("Nothing to change: no item of this filter is labelled otherwise."))
    elif yes:
        print_text(with_undo(translated_count("{count} item changed.", "{count} items changed.", len(changes))))
    else:
        print_text(
            translated_count(
                "{count} item would change. Nothing is changed yet: add --yes.",
                "{count} items would change. Nothing is changed yet: add --yes.",
                len(changes),
            )
        )


def _show(changes: "list[LabelChange]") -> None:
    rows = [
        (change.account, change.number, str(change.item), change.title[:50], _words(change.before), _words(change.after))
        for change in changes[:_SHOWN]
    ]
    if rows:
        print_table(("account", "order", "item", "what", "now", "then"), rows)
    if len(changes) > _SHOWN:
        print_text(translated("… and {count} more", count=len(changes) - _SHOWN))


def _words(labels: "Mapping[str, str | None]") -> str:
    return ", ".join(shown_label(kind, word) if word else "-" for kind, word in labels.items())
