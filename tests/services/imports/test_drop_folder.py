"""The watched drop folder: what is put into an account's folder is imported once, and nothing is lost."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.documents import WaitingFile
from assistant.domain.errors import NotFound
from assistant.domain.filters import Filter
from assistant.settings.user_settings import save_setting
from tests.purchases import LAMP, TONER, bought, export_of


def purchase(number, *products):
    return bought(number, date(2025, 3, number), *(products or (LAMP,)))


@pytest.fixture
def drop(services) -> Path:
    services.accounts.add("Personal", "personal", key="per")
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.drop_folder.look()
    return services.home / "drop"


def settle(services) -> None:
    """Look until nothing is on its way any more: a file must look the same twice."""
    services.drop_folder.look()
    services.drop_folder.look()


def numbers(services, account: str) -> list[str]:
    return sorted(order.order.number for order in services.ledger.each_order(Filter(accounts=(account,))))


def test_a_file_in_each_of_two_folders_is_imported_for_its_account_and_moved_to_done(services, drop):
    export_of(drop / "per" / "a.zip", purchase(1), purchase(2))
    export_of(drop / "biz" / "b.zip", purchase(3, TONER))
    settle(services)
    assert (len(numbers(services, "per")), len(numbers(services, "biz"))) == (2, 1)
    assert sorted(path.relative_to(drop).as_posix() for path in drop.rglob("*.zip")) == ["biz/done/b.zip", "per/done/a.zip"]
    assert services.drop_folder.found().waiting == ()
    assert {(step.who, step.what) for step in services.journal.steps().items if step.what.startswith("Imported")} == {
        ("drop folder", "Imported 'a.zip' to per"),
        ("drop folder", "Imported 'b.zip' to biz"),
    }


def test_an_import_from_the_folder_can_be_undone_and_does_not_come_back(services, drop):
    export_of(drop / "per" / "a.zip", purchase(1))
    export_of(drop / "biz" / "b.zip", purchase(2))
    settle(services)
    services.journal.undo()
    settle(services)
    assert (len(numbers(services, "per")), len(numbers(services, "biz"))) == (0, 1)


def test_a_file_that_is_still_being_copied_waits_until_it_is_complete(services, drop, tmp_path):
    whole = export_of(tmp_path / "a.zip", purchase(1), purchase(2)).read_bytes()
    growing = drop / "per" / "a.zip"
    for size in (0, 100, 200, len(whole)):
        growing.write_bytes(whole[:size])
        services.drop_folder.look()
        assert (numbers(services, "per"), growing.exists()) == ([], True)
    (drop / "per" / "b.zip.crdownload").write_bytes(whole)
    services.drop_folder.look()
    assert len(numbers(services, "per")) == 2
    settle(services)
    assert (drop / "per" / "b.zip.crdownload").exists()


def test_a_file_that_stopped_halfway_is_tried_again_when_the_rest_has_come(services, drop, tmp_path):
    whole = export_of(tmp_path / "a.zip", purchase(1)).read_bytes()
    half = drop / "per" / "a.zip"
    half.write_bytes(whole[:200])
    settle(services)
    (waiting,) = services.drop_folder.found().waiting
    assert (waiting.name, waiting.account) == ("per/a.zip", "per")
    assert waiting.reason
    half.write_bytes(whole)
    settle(services)
    assert (len(numbers(services, "per")), services.drop_folder.found().waiting) == (1, ())
    assert [result.state for result in services.imports.imports().items] == ["read"]


def test_a_file_beside_the_folders_waits_until_somebody_says_whose_it_is(services, drop):
    export_of(drop / "a.zip", purchase(1))
    export_of(drop / "b.zip", purchase(2))
    settle(services)
    assert services.drop_folder.found().waiting == (WaitingFile(name="a.zip"), WaitingFile(name="b.zip"))
    assert services.drop_folder.take("b.zip", "biz").new == 1
    settle(services)
    assert (numbers(services, "per"), len(numbers(services, "biz"))) == ([], 1)
    assert services.drop_folder.found().waiting == (WaitingFile(name="a.zip"),)
    assert (drop / "biz" / "done" / "b.zip").is_file()
    for name in ("b.zip", "../ledger.sqlite"):
        with pytest.raises(NotFound):
            services.drop_folder.take(name, "per")


def test_orders_that_another_account_has_are_asked_about_first(services, drop):
    export_of(drop / "per" / "a.zip", purchase(1))
    settle(services)
    export_of(drop / "biz" / "a.zip", purchase(1), purchase(2))
    settle(services)
    (waiting,) = services.drop_folder.found().waiting
    assert (waiting.name, numbers(services, "biz")) == ("biz/a.zip", [])
    assert "already known under per" in waiting.reason
    services.drop_folder.take("biz/a.zip", "biz")
    assert len(numbers(services, "biz")) == 2


def test_the_same_file_again_brings_nothing_and_replaces_nothing(services, drop, tmp_path):
    made = export_of(tmp_path / "a.zip", purchase(1))
    for _ in range(2):
        shutil.copy(made, drop / "per" / "a.zip")
        settle(services)
    assert sorted(path.name for path in (drop / "per" / "done").iterdir()) == ["a (2).zip", "a.zip"]
    assert (len(services.imports.imports().items), len(numbers(services, "per"))) == (1, 1)


def test_a_crash_between_import_and_move_imports_nothing_twice(services, drop):
    left = export_of(drop / "per" / "a.zip", purchase(1))
    services.imports.take_paths([left], account="per")
    settle(services)
    assert (len(services.imports.imports().items), (drop / "per" / "done" / "a.zip").is_file()) == (1, True)


def test_a_file_that_is_no_export_stays_with_the_reason_and_is_read_once(services, drop, monkeypatch):
    (drop / "per" / "notes.txt").write_bytes(b"milk, bread")
    (drop / "biz" / "letter.txt").write_bytes(b"Dear Ms Ortiz")
    settle(services)
    waiting = services.drop_folder.found().waiting
    assert [entry.name for entry in waiting] == ["biz/letter.txt", "per/notes.txt"]
    assert all(entry.reason for entry in waiting)
    monkeypatch.setattr(services.imports, "take_paths", lambda *_, **__: pytest.fail("read again"))
    settle(services)
    (drop / "per" / "notes.txt").unlink()
    settle(services)
    assert [entry.name for entry in services.drop_folder.found().waiting] == ["biz/letter.txt"]
    assert services.imports.imports().items == ()


def test_an_unpacked_export_in_a_folder_is_one_import(services, drop, tmp_path):
    with zipfile.ZipFile(export_of(tmp_path / "a.zip", purchase(1), purchase(2))) as packed:
        packed.extractall(drop / "per" / "Your Orders")
    settle(services)
    assert (len(numbers(services, "per")), len(services.imports.imports().items)) == (2, 1)
    assert (drop / "per" / "done" / "Your Orders").is_dir()


def test_the_folder_of_a_removed_account_asks_for_each_file_and_leaves_what_is_done(services, drop):
    export_of(drop / "biz" / "a.zip", purchase(1))
    settle(services)
    services.account_moves.merge("biz", "per")
    export_of(drop / "biz" / "b.zip", purchase(2))
    settle(services)
    assert services.drop_folder.found().waiting == (WaitingFile(name="biz/b.zip"),)


@pytest.mark.usefixtures("drop")
def test_the_user_can_choose_another_folder(services, tmp_path):
    chosen = tmp_path / "elsewhere"
    save_setting(services.home, "drop_folder", str(chosen))
    services.drop_folder.look()
    export_of(chosen / "biz" / "a.zip", purchase(1))
    settle(services)
    assert (len(numbers(services, "biz")), services.drop_folder.found().folder) == (1, str(chosen))


@pytest.mark.usefixtures("drop")
def test_a_folder_that_cannot_be_used_is_named_and_found_again(services, tmp_path):
    (tmp_path / "in the way").write_text("a file")
    save_setting(services.home, "drop_folder", str(tmp_path / "in the way"))
    services.drop_folder.look()
    assert "cannot be used" in services.drop_folder.found().problem
    save_setting(services.home, "drop_folder", None)
    services.drop_folder.look()
    assert services.drop_folder.found().problem == ""


def test_a_look_from_outside_names_what_lies_there_and_why_it_waits_and_imports_nothing(services, drop):
    export_of(drop / "per" / "a.zip", purchase(1))
    settle(services)
    export_of(drop / "biz" / "again.zip", purchase(1))
    export_of(drop / "biz" / "new.zip", purchase(2))
    (drop / "per" / "bill.pdf").write_bytes(b"%PDF-1.7")
    export_of(drop / "whose.zip", purchase(3))
    found = {entry.name: entry for entry in services.drop_folder.waiting().waiting}
    assert {name: entry.account for name, entry in found.items()} == {
        "biz/again.zip": "biz",
        "biz/new.zip": "biz",
        "per/bill.pdf": "per",
        "whose.zip": None,
    }
    assert "already known under per" in found["biz/again.zip"].reason
    assert "This is a PDF" in found["per/bill.pdf"].reason
    assert (found["biz/new.zip"].reason, found["whose.zip"].reason) == ("", "")
    assert (numbers(services, "biz"), [entry.state for entry in services.imports.imports().items]) == ([], ["read"])
