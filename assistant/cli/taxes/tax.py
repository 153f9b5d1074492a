"""`shopper tax`: data for tax forms, from setting up a year to locking it. Data for a form filler, never advice."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.books.output import whole_file
from assistant.cli.console import print_json, print_table, print_text, say
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput

if TYPE_CHECKING:
    from assistant.domain.taxes.evidence import ItemEvidence
    from assistant.domain.taxes.forms import TaxForm
    from assistant.domain.taxes.questions import TaxQuestion
    from assistant.domain.taxes.returns import TaxReturn

app = typer.Typer(
    name="tax", help="Fill in tax forms: schedule-c, sa103f, sa103s, euer, t2125. Data for a form, not tax advice.", no_args_is_help=True
)
Form = Annotated[
    str, typer.Argument(metavar="FORM", help="schedule-c, sa103f, sa103s, euer, t2125; schedule-c:design for one of several businesses.")
]
_FEW_RECEIPTS = 25
Year = Annotated[str, typer.Argument(metavar="YEAR", help="A tax year: 2025; in the United Kingdom 2024-25.")]


@app.command("forms")
def forms(
    context: typer.Context,
    form: Annotated[str | None, typer.Argument(metavar="[FORM]", help="List the lines of this form in its newest year.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """List the forms and years for which there is data, with how well it is known."""
    with services_of(context) as services:
        found = services.taxes.forms()
    if form is not None:
        _print_lines_of(form, found)
    elif as_json:
        from assistant.wire.taxes import TaxFormJson

        print_json([TaxFormJson.of(each) for each in found])
    else:
        rows = [(f.name, f.year, f"{f.first} to {f.last}", f.currency, f.grade.value, f.title) for f in found]
        print_table(("form", "year", "days", "currency", "data", "title"), rows)


def _print_lines_of(name: str, found: "list[TaxForm]") -> None:
    years = [form for form in found if form.name == name]
    if not years:
        raise InvalidInput(f"There is no form '{name[:40]}'. There are: {', '.join(sorted({form.name for form in found}))}.")
    form = years[-1]
    words: dict[str, list[str]] = {}
    for category, placement in form.categories.items():
        words.setdefault(placement.key, []).append(category)
    rows = [(line.line, line.key, line.name, ", ".join(words.get(line.key, ())), line.grade.value) for line in form.lines]
    print_table(("line", "key", "name", "categories", "data"), rows)
    for source in form.sources:
        say(f"{source.grade.value}, checked {source.verified_on}: {source.text}")


@app.command("setup")
def setup(
    context: typer.Context,
    form: Form,
    year: Year,
    account: Annotated[
        list[str] | None, typer.Option("--account", help="An account of this business; may be repeated. Default: all.")
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="safe-harbor, vat, gst, rounding; 'tax forms --json' lists them.")
    ] = None,
) -> None:
    """Choose the accounts and settings of a form and year; settings that you leave out stay unchanged."""
    from assistant.domain.taxes.forms import FormRef

    ref = FormRef.of(form)
    with services_of(context) as services:
        found = services.taxes.setup(ref, year, account or (), _settings(settings or ()))
    print_text(f"{ref} {found.year}: {found.title}, {found.first} to {found.last}. To reverse this: shopper undo")


def _settings(words: "list[str] | tuple[()]") -> dict[str, str]:
    found = {}
    for word in words:
        name, mark, value = word.partition("=")
        if not mark or not value.strip():
            raise InvalidInput(f"'{word[:40]}' is not a setting. Write it like vat=none.")
        found[name.strip()] = value.strip()
    return found


@app.command("map")
def map_category(
    context: typer.Context,
    form: Form,
    category: Annotated[str, typer.Argument(metavar="CATEGORY", help="A category of items, like office.")],
    line: Annotated[str, typer.Argument(metavar="LINE", help="The number of a line, or its key that stays the same over the years.")],
    why: Annotated[str, typer.Option("--why", help="Why: kept with the choice.")] = "",
) -> None:
    """Put a category into another line of a form, in all years."""
    from assistant.domain.taxes.forms import FormRef

    ref = FormRef.of(form)
    with services_of(context) as services:
        chosen = services.taxes.map_category(ref, category, line, why)
    print_text(f"{ref}: '{category}' is in line {chosen.line}, {chosen.name}. To reverse this: shopper undo")


@app.command("show")
def show(context: typer.Context, form: Form, year: Year, as_json: JsonFlag = False) -> None:
    """Show a filled form: its lines, income from refunds, equipment, and excluded amounts."""
    from assistant.domain.taxes.forms import FormRef

    with services_of(context) as services:
        filled = services.taxes.show(FormRef.of(form), year)
    if as_json:
        from assistant.wire.taxes import TaxReturnJson

        print_json(TaxReturnJson.of(filled))
        return
    for line in _heading(filled):
        print_text(line)
    if filled.lines or filled.income or filled.assets or filled.left_out:
        rows = [*_line_rows(filled), *_other_rows(filled)]
        print_table(("line", "amount", "what", "entries"), rows, right=(1,))
    else:
        print_text("No business entries in this year.")
    if filled.questions:
        say(f"{filled.questions} questions are open: shopper tax questions {filled.form} {filled.year}")


def _heading(filled: "TaxReturn") -> Iterator[str]:
    yield f"{filled.title}, {filled.year} ({filled.first} to {filled.last}), {filled.currency}, {filled.status.value}"
    yield f"{filled.notice} The data of this form is {filled.grade.value}."
    if filled.export:
        yield f"Last export or correction: {filled.export}"


def _line_rows(filled: "TaxReturn") -> Iterator[tuple[str, ...]]:
    for line in filled.lines:
        doubt = "" if line.grade is filled.grade else f" [{line.grade.value}: check the number of this line]"
        yield line.line, line.amount.decimal, f"{line.name}{doubt}", str(len(line.entries))
        for part in line.parts:
            yield "", part.amount.decimal, f"  {part.name}", ""


def _other_rows(filled: "TaxReturn") -> Iterator[tuple[str, ...]]:
    for line in filled.income:
        yield line.line, line.amount.decimal, f"Income: {line.name}, refunds of earlier years", str(len(line.entries))
    for asset in filled.assets:
        yield asset.line, asset.amount.decimal, f"{asset.treatment.value}: {asset.why}", asset.entry
    for left in filled.left_out:
        yield "-", left.amount.decimal, f"Not counted: {left.why}", left.entry


@app.command("questions")
def questions(context: typer.Context, form: Form, year: Year, as_json: JsonFlag = False) -> None:
    """List the open questions about a form, largest amounts first, each with the command that answers it."""
    from assistant.domain.taxes.forms import FormRef

    with services_of(context) as services:
        found = services.taxes.questions(FormRef.of(form), year)
    if as_json:
        from assistant.wire.taxes import TaxQuestionJson

        print_json([TaxQuestionJson.of(question) for question in found])
    elif found:
        print_table(("question", "order", "amount", "what", "answer it with"), [_question_row(question) for question in found], right=(2,))
    else:
        print_text("No questions: the form is complete.")


def _question_row(question: "TaxQuestion") -> tuple[str, ...]:
    amount = f"{question.amount.decimal} {question.amount.currency}" if question.amount else ""
    return question.code.value, question.number or "", amount, question.text, question.fix


@app.command("worklist")
def worklist(context: typer.Context, form: Form, year: Year, as_json: JsonFlag = False) -> None:
    """List the evidence for each item, incomplete ones with the largest amounts first: payee, payment, purpose, receipt and so on."""
    from assistant.domain.taxes.forms import FormRef

    with services_of(context) as services:
        found = services.taxes.worklist(FormRef.of(form), year)
    if as_json:
        from assistant.wire.taxes import ItemEvidenceJson

        print_json([ItemEvidenceJson.of(each) for each in found])
    elif found:
        rows = [_evidence_row(each) for each in found]
        print_table(("evidence", "amount", "order", "item", "missing", "add it with"), rows, right=(1,))
    else:
        print_text("No items in this year.")


def _evidence_row(each: "ItemEvidence") -> tuple[str, ...]:
    amount = f"{each.amount.decimal} {each.amount.currency}"
    return f"{each.score}/7", amount, each.number, each.title or "", ", ".join(each.missing), each.fix


@app.command("update")
def update(
    context: typer.Context,
    form: Form,
    year: Year,
    quarter: Annotated[int, typer.Argument(metavar="QUARTER", help="1, 2, 3 or 4.")],
    calendar: Annotated[bool, typer.Option("--calendar", help="Calendar quarters instead of those of the tax year.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show the update of a quarter for Making Tax Digital (United Kingdom): sums from the start of the tax year, with HMRC's names."""
    from assistant.domain.taxes.forms import FormRef

    with services_of(context) as services:
        found = services.taxes.quarterly(FormRef.of(form), year, quarter, calendar=calendar)
    if as_json:
        from assistant.wire.taxes import QuarterlyUpdateJson

        print_json(QuarterlyUpdateJson.of(found))
        return
    print_text(f"{found.filled.title}, {found.quarter.first} to {found.quarter.last}, due {found.quarter.due}. {found.filled.notice}")
    sections = (("income", found.income), ("expense", found.expenses), ("disallowable", found.disallowable))
    rows = [(what, name, amount) for what, sums in sections for name, amount in sums.items()]
    if rows:
        print_table(("what", "name", "amount"), rows, right=(2,))
    else:
        print_text("No business entries in these days.")


@app.command("export")
def export(
    context: typer.Context,
    form: Form,
    year: Year,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="PACK.zip", help="A name that ends in .pdf writes the PDF alone; - is standard output."),
    ],
    number: Annotated[int | None, typer.Option("--number", min=1, help="Write an earlier export again, byte for byte.")] = None,
) -> None:
    """Write the pack of a year under the next number: form, entries, questions, receipts, PDF. Exit 1 if something is open."""
    from assistant.domain.taxes.forms import FormRef
    from assistant.services.taxes.packs import PackFile

    ref, ending = FormRef.of(form), output.suffix.lower()
    if ending not in ("", ".zip", ".pdf"):
        raise InvalidInput(f"A pack is a .zip, or a .pdf of its pages alone. {output.name[:60]} is neither.")
    kind = PackFile.PDF if ending == ".pdf" else PackFile.ZIP
    with services_of(context) as services, whole_file(output) as stream:
        if number is None:
            written = services.tax_packs.export(ref, year, stream, kind=kind, progress=_say_progress)
        else:
            written = services.tax_packs.export_again(ref, year, number, stream, kind=kind, progress=_say_progress)
    if str(output) != "-":
        print_text(f"{output}: {ref} {year}, number {written.number}, {written.files} files.")
    if written.questions:
        say(f"{written.questions} questions are open: shopper tax questions {ref} {year}")
        raise typer.Exit(1)


def _say_progress(done: int, total: int) -> None:
    if total > _FEW_RECEIPTS and done % _FEW_RECEIPTS == 0:
        say(f"Receipts: {done} of {total}. Ctrl+C stops; then nothing is written.")


@app.command("lock")
def lock(context: typer.Context, form: Form, year: Year) -> None:
    """Lock a year that was filed; needs --reason TEXT. Later changes need a reason too, and make a numbered correction."""
    from assistant.domain.taxes.forms import FormRef

    with services_of(context) as services:
        filled = services.taxes.lock(FormRef.of(form), year)
    print_text(f"{filled.form} {filled.year} is locked. To unlock it: shopper tax unlock {filled.form} {filled.year} --reason TEXT")


@app.command("unlock")
def unlock(context: typer.Context, form: Form, year: Year) -> None:
    """Unlock a year; needs --reason TEXT."""
    from assistant.domain.taxes.forms import FormRef

    ref = FormRef.of(form)
    with services_of(context) as services:
        services.taxes.unlock(ref, year)
    print_text(f"{ref} {year} is open again.")
