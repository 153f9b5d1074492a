"""`shopper tax`: data for tax forms, from setting up a year to locking it. Data for a form filler, never advice."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.books.output import whole_file
from assistant.cli.console import print_json, print_table, print_text, say, shown_amount, shown_day, shown_moment, with_undo
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.formats import decimal_text
from assistant.domain.languages.labels import label_named, shown_category
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.taxes.line_names import explained

if TYPE_CHECKING:
    from datetime import date

    from assistant.domain.taxes.evidence import ItemEvidence
    from assistant.domain.taxes.forms import TaxForm
    from assistant.domain.taxes.questions import TaxQuestion
    from assistant.domain.taxes.returns import NumberedExport, TaxReturn
    from assistant.services.taxes.packs import PackFile

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
        rows = [(f.name, f.year, _first_to_last(f.first, f.last), f.currency, shown_word(f.grade.value), f.title) for f in found]
        print_table(("form", "year", "days", "currency", "data", "title"), rows)


def _print_lines_of(name: str, found: "list[TaxForm]") -> None:
    years = [form for form in found if form.name == name]
    if not years:
        names = ", ".join(sorted({form.name for form in found}))
        raise InvalidInput(translated("There is no form '{name}'. There are: {names}.", name=name[:40], names=names))
    form = years[-1]
    words: dict[str, list[str]] = {}
    for category, placement in form.categories.items():
        words.setdefault(placement.key, []).append(category)
    rows = [
        (line.line, line.key, explained(line.name), ", ".join(map(shown_category, words.get(line.key, ()))), shown_word(line.grade.value))
        for line in form.lines
    ]
    print_table(("line", "key", "name", "categories", "data"), rows)
    for source in form.sources:
        say(
            translated(
                "{grade}, checked {day}: {text}", grade=shown_word(source.grade.value), day=shown_day(source.verified_on), text=source.text
            )
        )


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
    print_text(with_undo(f"{ref} {found.year}: {found.title}, {_first_to_last(found.first, found.last)}."))


def _settings(words: "list[str] | tuple[()]") -> dict[str, str]:
    found = {}
    for word in words:
        name, mark, value = word.partition("=")
        if not mark or not value.strip():
            raise InvalidInput(translated("'{word}' is not a setting. Write it like vat=none.", word=word[:40]))
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
    said = translated("'{category}' is in line {line}, {name}.", category=_label(category), line=chosen.line, name=explained(chosen.name))
    print_text(with_undo(f"{ref}: {said}"))


def _label(word: str) -> str:
    return shown_category(label_named("category", word) or word)


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
        print_text(translated("No business entries in this year."))
    if filled.questions:
        _say_open(filled.questions, filled.form, filled.year)


def _heading(filled: "TaxReturn") -> Iterator[str]:
    status = shown_word(filled.status.value)
    yield f"{filled.title}, {filled.year} ({_first_to_last(filled.first, filled.last)}), {filled.currency}, {status}"
    grade = shown_word(filled.grade.value)
    yield translated("{notice} The data of this form is {grade}.", notice=translated(filled.notice), grade=grade)
    if filled.export:
        yield translated("Last export or correction: {number}", number=filled.export)


def _first_to_last(first: "date", last: "date") -> str:
    return translated("{first} to {last}", first=shown_day(first), last=shown_day(last))


def _say_open(count: int, form: object, year: str) -> None:
    said = translated_count("{count} question is open:", "{count} questions are open:", count)
    command = f"shopper tax questions {form} {year}"
    say(f"{said} {command}")


def _line_rows(filled: "TaxReturn") -> Iterator[tuple[str, ...]]:
    for line in filled.lines:
        doubt = translated("[{grade}: check the number of this line]", grade=shown_word(line.grade.value))
        name = explained(line.name) if line.grade is filled.grade else f"{explained(line.name)} {doubt}"
        yield line.line, decimal_text(line.amount.decimal), name, str(len(line.entries))
        for part in line.parts:
            yield "", decimal_text(part.amount.decimal), f"  {shown_category(part.name)}", ""


def _other_rows(filled: "TaxReturn") -> Iterator[tuple[str, ...]]:
    for line in filled.income:
        name = translated("Income: {name}, refunds of earlier years", name=explained(line.name))
        yield line.line, decimal_text(line.amount.decimal), name, str(len(line.entries))
    for asset in filled.assets:
        yield asset.line, decimal_text(asset.amount.decimal), f"{shown_word(asset.treatment.value)}: {asset.why}", asset.entry
    for left in filled.left_out:
        yield "-", decimal_text(left.amount.decimal), translated("Not counted: {reason}", reason=left.why), left.entry


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
        print_text(translated("No questions: the form is complete."))


def _question_row(question: "TaxQuestion") -> tuple[str, ...]:
    return shown_word(question.code.value), question.number or "", shown_amount(question.amount), question.text, question.fix


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
        print_text(translated("No items in this year."))


def _evidence_row(each: "ItemEvidence") -> tuple[str, ...]:
    missing = ", ".join(map(shown_word, each.missing))
    return f"{each.score}/7", shown_amount(each.amount), each.item.number, each.item.title or "", missing, each.fix


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
    days = _first_to_last(found.quarter.first, found.quarter.last)
    due = translated("{title}, {days}, due {day}.", title=found.filled.title, days=days, day=shown_day(found.quarter.due))
    print_text(f"{due} {translated(found.filled.notice)}")
    sections = (("income", found.income), ("expense", found.expenses), ("disallowable", found.disallowable))
    rows = [(shown_word(what), name, decimal_text(amount)) for what, sums in sections for name, amount in sums.items()]
    if rows:
        print_table(("what", "name", "amount"), rows, right=(2,))
    else:
        print_text(translated("No business entries in these days."))


@app.command("export")
def export(
    context: typer.Context,
    form: Form,
    year: Year,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PACK.zip",
            help="Default: a name with the number, here. One that ends in .pdf writes the PDF alone; - is standard output.",
        ),
    ] = None,
    number: Annotated[int | None, typer.Option("--number", min=1, help="Write an earlier export again, byte for byte.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Write the pack of a year under the next number: form, entries, questions, receipts, PDF. Exit 1 if something is open, 3 if empty."""
    from assistant.domain.taxes.forms import FormRef
    from assistant.domain.taxes.returns import next_number, pack_name

    ref = FormRef.of(form)
    with services_of(context) as services:
        if output is None:
            output = Path(pack_name(str(ref), year, number or next_number(services.taxes.exports(ref, year))))
        kind = _kind_of(output)
        if output.is_file() and not force:
            raise InvalidInput(
                translated("{file} exists, and a pack may be what you filed. Choose another name, or replace it with --force.", file=output)
            )
        with whole_file(output) as stream:
            if number is None:
                written = services.tax_packs.export(ref, year, stream, kind=kind, progress=_say_progress)
            else:
                written = services.tax_packs.export_again(ref, year, number, stream, kind=kind, progress=_say_progress)
    if str(output) != "-":
        facts = {"output": output, "form": ref, "year": year, "number": written.number}
        print_text(
            translated_count(
                "{output}: {form} {year}, number {number}, {count} file.",
                "{output}: {form} {year}, number {number}, {count} files.",
                written.files,
                **facts,
            )
        )
    if written.questions:
        _say_open(written.questions, ref, year)
        raise typer.Exit(1)


def _kind_of(output: Path) -> "PackFile":
    from assistant.services.taxes.packs import PackFile

    ending = output.suffix.lower()
    if ending not in ("", ".zip", ".pdf"):
        raise InvalidInput(translated("A pack is a .zip, or a .pdf of its pages alone. {file} is neither.", file=output.name[:60]))
    return PackFile.PDF if ending == ".pdf" else PackFile.ZIP


@app.command("exports")
def exports(context: typer.Context, form: Form, year: Year, as_json: JsonFlag = False) -> None:
    """List the numbered exports and corrections of a year, and what each correction changed."""
    from assistant.domain.taxes.forms import FormRef

    with services_of(context) as services:
        found = services.taxes.exports(FormRef.of(form), year)
    if as_json:
        from assistant.wire.taxes import NumberedExportJson

        print_json([NumberedExportJson.of(each) for each in found])
    elif found:
        rows = [row for each in found for row in _export_rows(each)]
        print_table(("number", "when", "what", "why"), rows, right=(0,))
    else:
        print_text(translated("No exports yet: shopper tax export {form} {year}", form=form, year=year))


def _export_rows(each: "NumberedExport") -> Iterator[tuple[str, ...]]:
    is_export = each.kind.value == "export"
    what = translated("pack") if is_export else translated("correction") if each.written else translated("correction, no pack yet")
    yield str(each.number), shown_moment(each.at), what, each.why
    for change in each.differences:
        amounts = f"{decimal_text(change.before)} \u2192 {decimal_text(change.after)}"
        yield "", "", f"  {change.what}: {amounts}", ""


def _say_progress(done: int, total: int) -> None:
    if total > _FEW_RECEIPTS and done % _FEW_RECEIPTS == 0:
        say(translated("Receipts: {done} of {total}. Ctrl+C stops; then nothing is written.", done=done, total=total))


@app.command("lock")
def lock(context: typer.Context, form: Form, year: Year) -> None:
    """Lock a year that was filed; needs --reason TEXT. Later changes need a reason too, and make a numbered correction."""
    from assistant.domain.taxes.forms import FormRef

    with services_of(context) as services:
        filled = services.taxes.lock(FormRef.of(form), year)
    print_text(
        translated(
            "{form} {year} is locked. To unlock it: shopper tax unlock {form} {year} --reason TEXT", form=filled.form, year=filled.year
        )
    )


@app.command("unlock")
def unlock(context: typer.Context, form: Form, year: Year) -> None:
    """Unlock a year; needs --reason TEXT."""
    from assistant.domain.taxes.forms import FormRef

    ref = FormRef.of(form)
    with services_of(context) as services:
        services.taxes.unlock(ref, year)
    print_text(translated("{form} {year} is open again.", form=ref, year=year))
