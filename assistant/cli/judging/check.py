"""`shopper check`: judge a described situation with the server's rules, without the ledger."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.console import print_json, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.warnings.explain import tell_trials
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import to_translate, translated

if TYPE_CHECKING:
    from assistant.domain.judging.verdict import Verdict

_LARGEST = 16 << 20
_WORDS = {"notice": to_translate("i Note"), "warn": to_translate("▲ Check"), "block-confirm": to_translate("‼ Stop and confirm")}


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="YAML or JSON: one situation, or {scenarios: [...]}.")],
    as_json: JsonFlag = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show every rule that was tried, and why it warned or not.")] = False,
    redact: Annotated[
        bool, typer.Option("--redact", help="Replace names, addresses, titles and numbers, so that the output is safe to share.")
    ] = False,
) -> None:
    """Judge what a file describes. Exit 1 if a situation could not be judged."""
    document = _document(file)
    scenarios = document.get("scenarios", [document])
    if not isinstance(scenarios, list):
        raise InvalidInput(
            translated(
                "'scenarios' in {file} is not a list. Write it like {example}.",
                file=file.name,
                example="scenarios: [{id: A1, accounts: [...], event: {...}}]",
            )
        )
    common = document.get("defaults")
    defaults = common if isinstance(common, Mapping) else {}
    answers = [_answer(name, scenario, defaults, explain=explain) for name, scenario in zip(_names(scenarios), scenarios, strict=True)]
    problems = any("problem" in answer for answer in answers)
    if redact:
        answers = _redacted(scenarios, answers)
    if as_json:
        print_json(answers)
    else:
        for answer in answers:
            _print_answer(answer)
    raise typer.Exit(1 if problems else 0)


def _document(file: Path) -> Mapping[str, Any]:
    from assistant.cli.judging.described_files import parsed

    try:
        if file.stat().st_size > _LARGEST:
            raise InvalidInput(
                translated("{file} is larger than {size} MB. Split it into several files.", file=file.name, size=_LARGEST >> 20)
            )
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidInput(translated("{file} cannot be opened: {reason}.", file=file, reason=reason_of(error))) from error
    except UnicodeDecodeError as error:
        raise InvalidInput(translated("{file} is not UTF-8 text. Save it as UTF-8.", file=file.name)) from error
    document = parsed(text, file.name)
    if isinstance(document, list):
        return {"scenarios": document}
    if not isinstance(document, Mapping):
        raise InvalidInput(
            translated("{file} does not describe a situation. It needs 'accounts' and 'event', or 'scenarios'.", file=file.name)
        )
    return document


def _names(scenarios: Iterable[Any]) -> list[str | int]:
    """Return a unique id per scenario: its own, else its position in the file."""
    found: dict[str, str | int] = {}
    for number, scenario in enumerate(scenarios, 1):
        said = scenario.get("id") if isinstance(scenario, Mapping) else None
        name: str | int = said if isinstance(said, str | int) and not isinstance(said, bool) else number
        while str(name) in found:
            name = f"{name} ({number})"
        found[str(name)] = name
    return list(found.values())


def _answer(name: str | int, scenario: Any, defaults: Mapping[str, Any], *, explain: bool) -> dict[str, Any]:
    from assistant.rules import judge, trials
    from assistant.rules.described.reading import read_situation
    from assistant.wire.verdicts import trial_json

    if not isinstance(scenario, Mapping) or not isinstance(scenario.get("event"), Mapping):
        return _unjudged(name)
    try:
        situation = read_situation(scenario, defaults)
        answer = _judged(name, judge(situation))
        return answer | {"trials": [trial_json(trial) for trial in trials(situation)]} if explain else answer
    except Exception:  # noqa: BLE001  # one situation that breaks a rule must not cost the answers of all others
        return _unjudged(name)


def _unjudged(name: str | int) -> dict[str, Any]:
    problem = translated("This could not be judged: it needs an 'event'.")
    return {"id": name, "verdict": "allow", "suggest": None, "reasons": [], "problem": problem}


def _judged(name: str | int, verdict: "Verdict") -> dict[str, Any]:
    from assistant.wire.verdicts import reason_json

    return {
        "id": name,
        "verdict": verdict.level.value,
        "suggest": verdict.suggest,
        "reasons": [reason_json(reason) for reason in verdict.reasons],
    }


def _redacted(scenarios: list[Any], answers: list[dict[str, Any]]) -> list[Any]:
    from assistant.rules.redaction import Redaction

    redaction = Redaction()
    redaction.learn(scenarios)
    return [redaction.redacted(answer) for answer in answers]


def _print_answer(answer: dict[str, Any]) -> None:
    better = f" {translated('(better on {account})', account=answer['suggest'])}" if answer["suggest"] else ""
    said = translated(_WORDS.get(answer["verdict"], to_translate("nothing to say")))
    print_text(f"{answer['id']}: {said}{better}" if "problem" not in answer else f"{answer['id']}: ?")
    for reason in answer["reasons"]:
        print_text(f"  {translated(_WORDS[reason['level']])}: {reason['text']} {reason['advice']}".rstrip())
        why = [*reason["evidence"], reason["source"]]
        print_text(f"      {translated('because: {reasons}', reasons='; '.join(why))} ({reason['code']})")
    if "problem" in answer:
        print_text(f"  {answer['problem']}")
    tell_trials(answer.get("trials", ()))
