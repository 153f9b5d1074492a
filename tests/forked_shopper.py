"""Runs `shopper` commands in forks of one process that has loaded everything, because the scorers start thousands of them.

python tests/forked_shopper.py serve SOCKET &
python -S tests/forked_shopper.py run SOCKET accounts list
"""

import json
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from importlib import import_module

MODULES = ("assistant.cli.app", "assistant.bootstrap", "assistant.storage.migrating", "assistant.services.imports.import_files")
"""What takes long to load."""
LONGEST = 1_000_000
SIZE = 8


def serve(path: str) -> None:
    """Run a command for every connection, until the process is stopped."""
    for module in MODULES:
        import_module(module)
    sys.modules["assistant.cli.app"].commands("en")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(64)
        while True:
            caller, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                watch(caller)
            caller.close()


def watch(caller: socket.socket) -> None:
    """Run the command in a child of its own, and tell the caller how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    raw, files, _, _ = socket.recv_fds(caller, LONGEST, 3)
    while not raw.endswith(b"\n"):
        raw += caller.recv(LONGEST)
    child = os.fork()
    if child == 0:
        caller.close()
        command(json.loads(raw), files)
    caller.sendall(child.to_bytes(SIZE, "big"))
    _, status = os.waitpid(child, 0)
    caller.sendall(abs(os.waitstatus_to_exitcode(status)).to_bytes(SIZE, "big"))
    os._exit(0)


def command(asked: dict[str, object], files: list[int]) -> None:
    """Become the command: its folder, environment, files and arguments."""
    code = 1
    try:
        for target, file in enumerate(files):
            os.dup2(file, target)
            os.close(file)
        # Streams remember what kind of file they were made for.
        sys.stdout, sys.stderr = (open(file, "w", encoding="utf-8", closefd=False) for file in (1, 2))  # noqa: SIM115  # open until the end
        os.chdir(str(asked["folder"]))
        os.environ.clear()
        os.environ.update(asked["environment"])  # type: ignore[call-overload]  # the client's own os.environ
        arguments = asked["arguments"]
        code = sys.modules["assistant.cli.app"].run(arguments)
    except BaseException:  # noqa: BLE001  # as the interpreter itself reports it
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def run(path: str, arguments: list[str]) -> int:
    """Ask for a command and return its exit code; signals are passed on to it."""
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(path)
        asked = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109  # pathlib takes long to load
        raw = json.dumps(asked).encode() + b"\n"
        sent = socket.send_fds(server, [raw], [0, 1, 2])
        server.sendall(raw[sent:])
        child = int.from_bytes(server.recv(SIZE), "big")
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda sent_to_us, _: os.kill(child, sent_to_us))
        return int.from_bytes(server.recv(SIZE) or b"\1", "big")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    sys.exit(run(sys.argv[2], sys.argv[3:]))
