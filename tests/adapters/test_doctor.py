"""`quarterday doctor`: each thing that may be wrong is told with what to do; a sound installation is called sound."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.doctor import examine
from quarterday.adapters.doctor.deep import look_at_every_file
from quarterday.adapters.doctor.facts import look_at_facts
from quarterday.adapters.doctor.keeping import look_at_backups, look_at_home, look_at_register, look_at_store
from quarterday.adapters.doctor.running import deployments_wanted, look_at_portal, look_at_prefect
from quarterday.adapters.doctor.words import look_at_configuration, look_at_mail, look_at_quarter
from quarterday.adapters.nightly import back_up_tonight
from quarterday.adapters.register import open_register
from quarterday.adapters.register.heads import record_head
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import (
    GoingOnConfirmed,
    MessageReserved,
    MessageSettled,
    Outcome,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    Step,
    UploadKept,
)
from quarterday.domain.framework.partners import PreRelease

CONFIG = Path(__file__).parents[2] / "config"
NOW = datetime.now(UTC)
WHO: dict[str, Any] = {"by": "quarterday", "partnership": "safer-lewisham"}


def settings(home: Path, **more: Any) -> Settings:
    """An installation of the worked example."""
    return Settings(home=home, config=CONFIG, **more)


SCHEDULES = {
    each["name"]: [{"active": True, "schedule": schedule} for schedule in each.get("schedules", ())]
    for each in deployments_wanted()
}
ELSEWHERE = {"schedules": [{"active": True, "schedule": {"cron": "0 9 * * 1-5", "timezone": "UTC"}}]}


class Answering(BaseHTTPRequestHandler):
    """A Prefect server and a portal in one, which say what the test lets them say."""

    answers: dict[str, Any]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        found = self.answers.get(path)
        name = path.rpartition("/")[2]
        if found is None and path.startswith("/api/deployments/name/") and name in SCHEDULES:
            found = {"paused": False, "schedules": SCHEDULES[name]}
        self.send_response(200 if found not in (None, False) else 404)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def served() -> Iterator[tuple[str, dict[str, Any]]]:
    """Its address, and its answers, which a test may change."""
    answers = {
        "/api/admin/version": "3.8.8",
        "/api/admin/settings": {"server": {"analytics_enabled": False, "api": {"csrf_protection_enabled": True}}},
        "/api/work_pools/quarterday": {"status": "READY"},
        "/readyz": {"ready": True},
    }
    handler = type("Handler", (Answering,), {"answers": answers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()


def said(complaints: Any) -> str:
    """The serious complaints, in one text."""
    return "\n".join(str(each) for each in complaints if each.serious)


def test_a_sound_installation(tmp_path, served):
    """Nothing serious is said of any part."""
    there = settings(tmp_path, prefect_ui_url=served[0], portal_url=served[0])
    open_register(there).close()

    assert {} == {part: said(found) for part, found in examine(there) if said(found)}


def test_where_nothing_has_begun(tmp_path):
    """Each part that is missing is named with what to do, and nothing is made by looking."""
    absent = tmp_path / "home"
    there = settings(absent, prefect_ui_url="http://127.0.0.1:9", portal_url="http://127.0.0.1:9")
    told = {part: said(found) for part, found in examine(there)}

    assert "quarterday up" in told["home"]
    assert "no register" in told["register"]
    assert "Nothing answers" in told["Prefect"]
    assert "does not answer" in told["portal"]
    assert not absent.exists()


def test_what_is_wrong_in_config_is_told_with_its_line(tmp_path):
    """As `quarterday check` tells it."""
    (tmp_path / "partnership.yaml").write_text("code: Not A Code\n")

    assert "partnership.yaml:1" in said(look_at_configuration(Settings(home=tmp_path, config=tmp_path)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"/api/work_pools/quarterday": {"status": "NOT_READY"}}, "No worker looks after"),
        ({"/api/work_pools/quarterday": {"status": "PAUSED"}}, "is paused"),
        ({"/api/work_pools/quarterday": None}, "no work pool"),
        ({"/api/deployments/name/chase-returns/chase-returns": {"schedules": [{"active": False}]}}, "no schedule"),
        ({"/api/deployments/name/chase-returns/chase-returns": {"paused": True}}, "“chase-returns” is paused"),
        ({"/api/deployments/name/chase-returns/chase-returns": ELSEWHERE}, "in Europe/London: “0 9 * * 1-5” in UTC"),
        ({"/api/admin/settings": {"server": {"analytics_enabled": True}}}, "tells its makers"),
        ({"/api/admin/settings": {"server": {"api": {"csrf_protection_enabled": False}}}}, "could start a run"),
    ],
)
def test_what_may_be_wrong_with_prefect(tmp_path, served, change, sentence):
    """One sentence for each."""
    served[1].update(change)

    assert sentence in said(look_at_prefect(settings(tmp_path, prefect_ui_url=served[0])))


def test_deployments_are_those_of_prefect_yaml():
    """With and without schedules."""
    names = {each["name"] for each in deployments_wanted()}

    assert {"chase-returns", "sweep-returns", "approve-release"} <= names


def test_access_before_publication_is_counted_to_the_hour_of_publication():
    """What `release_hour` is where `config/` does not say: the first hour at which `publish-collection` runs."""
    publishes = next(each for each in deployments_wanted() if each["name"] == "publish-collection")
    first = publishes["schedules"][0]["cron"].split()[1].split(",")[0]

    assert PreRelease.model_fields["release_hour"].default == int(first)


def test_several_partnerships_under_one_prefect(tmp_path, served):
    """The deployments and the pool that are looked for are this partnership's own."""
    told = said(look_at_prefect(settings(tmp_path, prefect_ui_url=served[0], deployment_suffix="-ashford")))

    assert "“chase-returns-ashford” is missing" in told
    assert "no work pool “quarterday-ashford”" in told


def test_a_portal_without_its_register(tmp_path, served):
    """It answers and is not ready."""
    served[1].pop("/readyz")

    assert "not ready" in said(look_at_portal(settings(tmp_path, portal_url=served[0])))


def test_a_deployment_that_was_lost(tmp_path, served):
    """It is named, with what makes it again."""
    served[1]["/api/deployments/name/housekeeping/housekeeping"] = False

    assert "“housekeeping” is missing. Run `quarterday up` again" in said(
        look_at_prefect(settings(tmp_path, prefect_ui_url=served[0]))
    )


def test_a_mail_server_that_is_not_there(tmp_path):
    """Nothing is sent to find out."""
    there = settings(tmp_path, mail="smtp", smtp_host="127.0.0.1", smtp_port=9)

    assert "No email can go by 127.0.0.1:9: the mail server could not be reached" in said(look_at_mail(there))


def test_no_room(tmp_path):
    """By the setting that housekeeping goes by."""
    assert "GB are free" in said(look_at_home(settings(tmp_path, least_disk_gb=10**9)))


def test_a_secret_that_is_not_whole(tmp_path):
    """Whoever guessed it could sign forms."""
    (tmp_path / "portal-secret").write_bytes(b"")

    assert "Delete it and start the portal again" in said(look_at_home(settings(tmp_path)))
    assert "" == said(look_at_home(settings(tmp_path, secret="from the settings")))


def test_a_store_that_is_none(tmp_path):
    """A file lies where the folder should be."""
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "raw").write_text("not a folder")

    assert "is no folder" in said(look_at_store(settings(tmp_path)))


def test_a_register_of_an_earlier_version(tmp_path):
    """What to do comes with it, a backup first; a later one's needs a later quarterday."""
    there = settings(tmp_path)
    open_register(there).close()
    for version, remedy in (("0001", "Make a backup, then run `quarterday migrate`"), ("9999", "later quarterday")):
        with closing(sqlite3.connect(tmp_path / "register.db")) as database:
            database.execute("UPDATE alembic_version SET version_num = ?", (version,))
            database.commit()

        assert remedy in said(look_at_register(there))


def test_a_calendar_that_has_ended(tmp_path):
    """Working days cannot be counted any more; before that comes it is said, and is no reason to act at once."""
    clock, last = tmp_path / "clock", max(load_framework(CONFIG).calendar.years)
    for day, serious in ((f"{last + 1}-07-01", True), (f"{last}-10-01", False)):
        clock.write_text(f"{day}T09:00:00+01:00")
        found = look_at_configuration(settings(tmp_path, clock_file=clock))
        (told,) = [each for each in found if "bank holidays" in str(each)]

        assert serious is told.serious
        assert "Bring the shipped list up to date" in told.remedy


def test_meetings_that_run_out(tmp_path):
    """The example's consider what ends on 31 March 2027: from 1 December on it is said, and nothing is wrong yet."""
    there = settings(tmp_path, clock_file=tmp_path / "clock")
    open_register(there).close()
    for day, times in (("2026-11-30", 0), ("2026-12-01", 1)):
        there.clock_file.write_text(f"{day}T09:00:00+00:00")
        told = [each for each in look_at_quarter(there) if "No meeting considers a period after" in str(each)]

        assert times == len(told)
        assert not any(each.serious for each in told)


def test_files_that_the_store_has_lost(tmp_path):
    """The register knows them, and the store does not."""
    there = settings(tmp_path)
    kept = {"request": "r", "upload": "u", "sha256": "0", "size": 1, "suffix": ".csv", "said_name": "f.csv"}
    with open_register(there) as register:
        register.append(UploadKept(at=NOW, stored_as="uploads/r/u.csv", **kept, **WHO))

    assert "1 of the last 1 files" in said(look_at_quarter(there))


def test_backups(tmp_path):
    """Without a folder for them it is said; with one, there must be a fresh one; only our own are counted."""
    there = settings(tmp_path, backups=tmp_path / "backups", backups_kept=2)
    open_register(there).close()
    (nowhere,) = look_at_backups(settings(tmp_path))
    none = said(look_at_backups(there))
    for day in (10, 11, 12):
        back_up_tonight(there, datetime(2025, 7, day, 3, tzinfo=UTC))
    (tmp_path / "backups" / "zzz.txt").write_text("somebody's")
    again = back_up_tonight(there, datetime(2025, 7, 12, 4, tzinfo=UTC))
    whole = said(look_at_backups(there))
    (tmp_path / "backups" / "quarterday-2025-07-01.tar.gz").touch()
    too_many = said(look_at_backups(there))
    (tmp_path / "backups" / "quarterday-2025-07-01.tar.gz").unlink()
    old = (NOW - timedelta(days=3)).timestamp()
    os.utime(tmp_path / "backups" / "quarterday-2025-07-12.tar.gz", (old, old))

    assert not nowhere.serious
    assert "no backup in" in none
    assert ("", None) == (whole, again)
    assert "1 backup(s) are kept for longer than 2 nights, such as quarterday-2025-07-01.tar.gz" in too_many
    assert ["quarterday-2025-07-11.tar.gz", "quarterday-2025-07-12.tar.gz", "zzz.txt"] == sorted(
        each.name for each in (tmp_path / "backups").iterdir()
    )
    assert "since" in said(look_at_backups(there))


def test_a_clock_behind_the_newest_fact(tmp_path):
    """What is due is told by the clock: one that stands before what is on record is told first."""
    there = settings(tmp_path)
    with open_register(there) as register:
        register.append(GoingOnConfirmed(at=NOW + timedelta(hours=3), **WHO))

    assert "Put this machine's clock right" in said(look_at_facts(there))


@pytest.mark.parametrize(
    "row",
    ["('k', 'yesterday', 'x', '', 'safer-lewisham')", "('k', 7, 'x', '', 'safer-lewisham')"],
)
def test_a_fact_that_cannot_be_read(tmp_path, row):
    """Of a later quarterday, or of nobody: where it stands is named, and no part leads to a log instead."""
    there = settings(tmp_path)
    open_register(there).close()
    with closing(sqlite3.connect(tmp_path / "register.db")) as database:
        database.execute(f"INSERT INTO going_on_confirmed VALUES {row}")
        database.commit()

    assert "Facts in going_on_confirmed cannot be read" in said(look_at_facts(there))
    told = {part: said(found) for part, found in examine(there)}
    assert "for what is told of “facts”" in told["what is kept"]
    assert "for what is told of “facts”" in told["the quarter"]


def test_what_keeps_several_parts_from_being_looked_at_is_told_once(tmp_path):
    """Where a fact is past reading, or the clock tells nothing, the parts that need it lead to where it is told."""
    open_register(settings(tmp_path)).close()
    clock_file = tmp_path / "clock"
    clock_file.write_text("nonsense")
    timeless = examine(settings(tmp_path, clock_file=clock_file), deep=True)
    of_the_clock = [str(each) for _, found in timeless for each in found if each.serious and each.counts]
    with closing(sqlite3.connect(tmp_path / "register.db")) as database, database:
        database.execute("DROP TABLE message_reserved")
    unread = {part: said(found) for part, found in examine(settings(tmp_path), deep=True)}

    assert 1 == sum("does not tell the time" in each for each in of_the_clock)
    assert "Facts in message_reserved cannot be read" in unread["facts"]
    assert "" == unread["configuration"]
    for part in ("what is kept", "the quarter", "every file"):
        assert "It could not be looked at either, for what is told of “facts”." == unread[part]


def test_a_value_of_another_kind_than_its_column(tmp_path):
    """SQLite keeps bytes among words: whoever read them would break, so they are named."""
    there = settings(tmp_path)
    open_register(there).close()
    with closing(sqlite3.connect(tmp_path / "register.db")) as database:
        database.execute(
            "INSERT INTO going_on_confirmed VALUES ('k', '2025-07-10 08:00:00', x'ff00', '', 'safer-lewisham')"
        )
        database.commit()

    assert "Facts in going_on_confirmed cannot be read (b'\\xff\\x00' is of another kind" in said(look_at_facts(there))


def test_a_fact_that_was_changed(tmp_path):
    """It does not fit the last head; nor, once that was rewritten too, the head in the last backup."""
    there = settings(tmp_path, backups=tmp_path / "backups")
    with open_register(there) as register:
        register.append(GoingOnConfirmed(at=NOW - timedelta(days=1), **WHO))
        record_head(register, "safer-lewisham", NOW)
    back_up_tonight(there, NOW)
    sound = said(look_at_facts(there)) + said(look_at_every_file(there))
    with closing(sqlite3.connect(tmp_path / "register.db")) as database:
        for table in ("going_on_confirmed", "head_recorded"):
            database.execute(f"DROP TRIGGER {table}_refuses_update")
        database.execute("UPDATE going_on_confirmed SET by = 'somebody'")
        database.commit()
        changed = said(look_at_facts(there))
        database.execute("UPDATE head_recorded SET head = '0'")
        database.commit()

    assert "" == sound
    assert "what at least one of them says was changed" in changed
    assert "is not the register's: facts and heads were rewritten" in said(look_at_every_file(there))


def test_a_wrecked_database(tmp_path):
    """SQLite's own check of itself is asked, and whatever else could be said of a wreck is not."""
    there = settings(tmp_path)
    open_register(there).close()
    file = tmp_path / "register.db"
    data = bytearray(file.read_bytes())
    data[3 * 4096 : 5 * 4096] = bytes(2 * 4096)
    file.write_bytes(data)
    told = {part: said(found) for part, found in examine(there)}

    assert any("damaged" in each or "malformed" in each for each in told.values())


def test_mail_without_its_settings(tmp_path):
    """The missing setting is named."""
    assert "QUARTERDAY_SENDGRID_KEY" in said(look_at_mail(settings(tmp_path, mail="sendgrid")))


def test_unconfirmed_emails_and_forgotten_returns(tmp_path):
    """Named by code and reference; no address stands there."""
    there = settings(tmp_path)
    request = "safer-lewisham.2025-26-q1.somebody"
    with open_register(there) as register:
        register.append(
            RequestMade(
                at=NOW - timedelta(days=3),
                collection="safer-lewisham.2025-26-q1",
                request=request,
                partner="somebody",
                asked=(),
                withheld=(),
                due=NOW.date(),
                closes=NOW.date(),
                **WHO,
            ),
            MessageReserved(
                at=NOW - timedelta(days=2),
                collection="",
                request=request,
                message="m1",
                occasion="request",
                email="request",
                recipient="somebody/contact",
                subject="",
                outbox_id="1",
                **WHO,
            ),
            MessageSettled(
                at=NOW - timedelta(days=2), message="m1", outcome=Outcome.UNCONFIRMED, step=Step.INTERRUPTED, **WHO
            ),
            *(
                ReturnReceived(at=NOW - age, request=request, partner_return=reference, kind=ReturnKind.NIL, **WHO)
                for reference, age in (("R-OLD", timedelta(hours=2)), ("R-NEW", timedelta(minutes=5)))
            ),
        )
    told = said(look_at_quarter(there))

    assert "request to somebody/contact" in told
    assert "R-OLD" in told
    assert "R-NEW" not in told
