"""`shopper check`: judges a described situation with the rules of the server; touches no ledger."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.choosing import JsonFlag
from assistant.cli.console import print_json, print_text
from assistant.domain.errors import InvalidInput

if TYPE_CHECKING:
    from assistant.domain.verdicts import Verdict

_LARGEST = 16 << 20


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML or JSON: one situation, or {scenarios: [...]}.")],
    as_json: JsonFlag = False,
) -> None:
    """Judge what a file describes. Exit 1 if a situation could not be judged."""
    document = _read(file)
    scenarios = document.get("scenarios", [document])
    if not isinstance(scenarios, list):
        raise InvalidInput(f"'scenarios' in {file.name} is not a list. See the first lines of an example.")
    defaults = document.get("defaults") if isinstance(document.get("defaults"), Mapping) else {}
    answers, failed = [], False
    for number, scenario in enumerate(scenarios, 1):
        verdict = _judged(scenario, defaults)
        failed = failed or verdict is None
        name = scenario.get("id", number) if isinstance(scenario, Mapping) else number
        answers.append(_answer(name, verdict))
    if as_json:
        print_json(answers)
    else:
        for answer in answers:
            _tell(answer)
    raise typer.Exit(1 if failed else 0)


def _read(file: Path) -> Mapping[str, Any]:
    import yaml

    try:
        if file.stat().st_size > _LARGEST:
            raise InvalidInput(f"{file.name} is larger than {_LARGEST >> 20} MB. Split it.")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{file} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file.name} is not UTF-8 text.") from error
    try:
        document = _json(text) if text.lstrip().startswith(("{", "[")) else yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InvalidInput(f"{file.name} is neither YAML nor JSON: {str(error).splitlines()[0][:120]}.") from error
    if isinstance(document, list):
        return {"scenarios": document}
    if not isinstance(document, Mapping):
        raise InvalidInput(f"{file.name} describes no situation. It needs 'accounts' and 'event', or 'scenarios'.")
    return document


def _json(text: str) -> Any:
    import json

    import yaml

    try:
        return json.loads(text)
    except ValueError:
        # YAML may begin with a brace too.
        return yaml.safe_load(text)


def _judged(scenario: Any, defaults: Any) -> "Verdict | None":
    from assistant.rules import judge
    from assistant.rules.situation import situation_from_mapping

    if not isinstance(scenario, Mapping) or not isinstance(scenario.get("event"), Mapping):
        return None
    try:
        return judge(situation_from_mapping(scenario, defaults))
    except (ArithmeticError, ValueError, TypeError):
        # One situation that breaks a rule must not cost the answers of all others.
        return None


def _answer(name: Any, verdict: "Verdict | None") -> dict[str, Any]:
    if verdict is None:
        return {"id": name, "verdict": "allow", "suggest": None, "reasons": [], "problem": "The situation could not be judged."}
    return {
        "id": name,
        "verdict": verdict.level.value,
        "suggest": verdict.suggest,
        "reasons": [
            {
                "code": reason.code,
                "level": reason.level.value,
                "text": reason.text,
                "advice": reason.advice,
                "evidence": list(reason.evidence),
                "source": reason.source,
            }
            for reason in verdict.reasons
        ],
    }


def _tell(answer: dict[str, Any]) -> None:
    print_text(f"{answer['id']}: {answer['verdict']}" + (f", better on {answer['suggest']}" if answer["suggest"] else ""))
    for reason in answer["reasons"]:
        print_text(f"  {reason['level']}: {reason['text']} {reason['advice']} ({reason['code']})")
    if "problem" in answer:
        print_text(f"  {answer['problem']}")
