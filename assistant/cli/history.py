"""`shopper history` and `shopper undo`: what was done, by whom, when and why; and undoing it."""

from typing import Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, say
from assistant.cli.filter_flags import CursorFlag, JsonFlag, LimitFlag, SearchFlags, with_flags
from assistant.cli.open_services import services_of


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
        print_text("The history is empty." if flags.filter is None else "Nothing in the history matches.")
        return
    rows = [
        (
            str(step.id),
            step.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            step.who,
            f"{step.what}{' (undone)' if step.undone else ''}",
            step.why,
        )
        for step in page.items
    ]
    print_table(("", "when", "who", "what", "why"), rows, right=(0,))
    if page.next:
        say(f"{len(page.items)} of {page.total}. More: --cursor '{page.next}'")


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
    print_text(f"{done.what}. To reverse this: shopper undo {done.id}")
