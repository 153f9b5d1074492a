"""`shopper history` and `shopper undo`: what was done, by whom, when and why; and undoing it."""

from typing import Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, say_rest, shown_moment
from assistant.cli.filter_flags import CursorFlag, JsonFlag, LimitFlag, SearchFlags, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word


@with_flags
def history(
    context: typer.Context, flags: SearchFlags, limit: LimitFlag = 50, cursor: CursorFlag = None, as_json: JsonFlag = False
) -> None:
    """List edits, imports, links, merges and removals, newest first."""
    with services_of(context) as services:
        if flags.filter is None:
            page = services.journal.steps(cursor=cursor, limit=limit)
        else:
            from assistant.domain.rows.row_facts import step_facts
            from assistant.services.row_search import every, part_of, search

            steps = every(lambda after: services.journal.steps(cursor=after))
            found = search(steps, step_facts, flags.filter, what="the history", accounts=services.accounts)
            page = part_of(found, cursor, limit)
    if as_json:
        from assistant.wire.events import StepJson
        from assistant.wire.shape import PageJson

        print_json(PageJson.of(page, StepJson))
        return
    if not page.items:
        print_text(translated("The history is empty.") if flags.filter is None else translated("Nothing in the history matches."))
        return
    rows = [
        (
            str(step.id),
            shown_moment(step.at),
            shown_word(step.who),
            translated("{what} (undone)", what=step.what) if step.undone else step.what,
            step.why,
        )
        for step in page.items
    ]
    print_table(("", "when", "who", "what", "why"), rows, right=(0,))
    say_rest(len(page.items), page.total, page.next)


def undo(
    context: typer.Context,
    step: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="The number of the step in 'shopper history'; default: the newest.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Undo a step; undoing an undo redoes the step."""
    with services_of(context) as services:
        done = services.journal.undo(step)
    if as_json:
        from assistant.wire.events import StepJson

        print_json(StepJson.of(done))
        return
    print_text(translated("{what}. To reverse this: shopper undo {step}", what=done.what, step=done.id))
