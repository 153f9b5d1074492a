"""S3 with schemathesis: every route answers valid and invalid input in the documented form and never fails."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import Services
from assistant.server import handlers
from assistant.server.routing import PREFIX, Call, Route
from assistant.server.threaded_server import Server
from tests.proof.by_other_tools.conftest import PROOF_TOOLS
from tests.proof.conftest import Scale
from tests.proof.writers import LIMITS, take

LEFT_OUT = {
    "/clients/{id}": "revokes the client that calls",
    "/events": "an answer without an end",
    "/windows": "opens a browser where there is a screen",
}
CHECKS = "not_a_server_error,response_schema_conformance,content_type_conformance"


@pytest.fixture
def server(services: Services) -> Iterator[Server]:
    for number in range(3):
        take(services, number)
    with Server(services, 0, LIMITS) as started:
        yield started


def called(server: Server, token: str, examples: int, folder: Path) -> subprocess.CompletedProcess[str]:
    """Call every route in many ways; an exit code other than 0 means that an answer did not match the document."""
    left_out = [option for path in LEFT_OUT for option in ("--exclude-path", PREFIX + path)]
    return subprocess.run(
        [
            *(str(PROOF_TOOLS / "bin" / "schemathesis"), "run", f"http://127.0.0.1:{server.port}{PREFIX}/openapi.json"),
            *("--header", f"Authorization: Bearer {token}", "--checks", CHECKS, "--phases", "coverage,fuzzing", "--seed", "3"),
            *("--max-examples", str(examples), "--continue-on-failure", "--request-timeout", "5", "--suppress-health-check", "all"),
            *left_out,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_answer_has_the_documented_form(server: Server, services: Services, tmp_path: Path, scale: Scale) -> None:
    done = called(server, services.pairing.mint("proof"), 150, tmp_path)
    assert done.returncode == 0, done.stdout[-6000:]
    calls = next(line.strip() for line in done.stdout.splitlines() if " generated, " in line)
    scale.report(f"S3 schemathesis: {calls}")


def test_it_notices_a_route_that_fails(server: Server, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = handlers._encoded

    def broken(route: Route, asked: Call) -> bytes | None:
        if route.path == "/terms":
            raise KeyError(route.path)
        return real(route, asked)

    monkeypatch.setattr(handlers, "_encoded", broken)
    done = called(server, services.pairing.mint("proof"), 1, tmp_path)
    assert done.returncode == 1
    assert "/terms" in done.stdout
