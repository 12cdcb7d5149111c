"""Pages for whoever runs the server, followed to the letter: with real parts, or stand-ins that note what is asked."""

import shutil
import subprocess
from pathlib import Path

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer

from flows.installation.server import free_port
from rehearsal.staging.shared_prefect import prefect_server
from tests.conftest import begin_with
from tests.docs.as_written import ROOT, blocks, run
from tests.docs.stand_ins import somebody_elses_system, stand_in
from tests.docs.understood import commands_in, not_understood
from tests.postgres import new_database, plain, postgres_server

pytestmark = [pytest.mark.proof, pytest.mark.prefect, pytest.mark.timeout(600)]


def test_what_readme_has_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line by make itself, which tells what it would run: that is understood. Other tests play them."""
    monkeypatch.setenv("MAKEFLAGS", "n")
    told = [run(block, ROOT) for block in blocks("README.md")]
    ran = [words for block in told for words in commands_in(block) if words[0].startswith(".venv/")]

    assert 3 == len(told)
    assert 10 == len(ran)
    assert ["rehearsal", "--formats", "html pdf docx pptx"] == ran[5][2:]
    assert [] == [wrong for words in ran for wrong in not_understood(words)]


def test_installing_on_one_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the packages to doctor: what root types is noted, the rest is real; the unit is one that systemd takes."""
    page = "docs/how-to/install-on-one-server.md"
    called = stand_in(monkeypatch, tmp_path / "path", "apt-get", "useradd", "pip", "systemctl", "journalctl")
    (tmp_path / "quarterday-1-py3-none-any.whl").touch()
    stands_for = {"/opt/quarterday/bin/pip": "pip", "python3 -m venv": "mkdir -p", "/opt": str(tmp_path / "opt")}
    as_root, begin, settings, service, look = blocks("docs/how-to/install-on-one-server.md")
    run(as_root, tmp_path, stands_for)
    begun, set_up = run(begin, tmp_path), run(settings, tmp_path)
    run(service, tmp_path)
    looked = run(look, tmp_path, {"quarterday doctor": "quarterday doctor || true"})
    unit = (ROOT / page).read_text(encoding="utf-8").partition("```ini\n")[2].partition("```")[0]

    assert ["apt-get", "useradd", "pip", "pip", "systemctl", "journalctl"] == [
        line.split()[0] for line in called.read_text().splitlines()
    ]
    assert "--force-reinstall quarterday-1-py3-none-any.whl" in called.read_text()
    assert "is in order" in begun
    assert "QUARTERDAY_SMTP_PASSWORD" in set_up
    assert "the-mail-servers-password" not in set_up + looked
    assert "smtp.council.example" in looked
    if shutil.which("systemd-analyze"):
        (tmp_path / "quarterday.service").write_text(unit.replace("/opt/quarterday/bin/quarterday", "/bin/true"))
        done = subprocess.run(
            ["systemd-analyze", "verify", str(tmp_path / "quarterday.service")], capture_output=True, check=False
        )
        assert b"" == done.stderr


def test_parts_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What installs the part for Redis and starts containers is called as written; `make containers` runs it."""
    called = stand_in(monkeypatch, tmp_path / "path", "uv", "podman", "docker")
    for block in blocks("docs/how-to/when-to-move.md")[1:]:  # the first moves the register: with the pages on a home
        run(block, tmp_path)

    synced, ran, up = called.read_text().splitlines()
    assert "uv sync --locked --extra redis" == synced
    assert ran.startswith("podman run --read-only --tmpfs /tmp --volume ./config:/config:ro")
    assert "docker compose up" == up


def test_moving_the_files_to_s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lay in the folder is in the buckets, and doctor finds every file there; the gateway's trial is called."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    run("quarterday init ours && quarterday migrate", tmp_path)
    raw = tmp_path / "var" / "store" / "raw" / "uploads"
    raw.mkdir(parents=True)
    (raw / "u1").write_bytes(b"abc")
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    client = boto3.client("s3", endpoint_url=address, region_name="eu-west-2")
    for kind in ("raw", "published"):
        name = f"our-{kind}-bucket"
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    try:
        move, trial, ceph = blocks("docs/how-to/keep-files-in-s3.md")
        (tmp_path / ".env").write_text(f"{(tmp_path / '.env').read_text()}\nQUARTERDAY_S3_ENDPOINT={address}\n")
        moved = run(move, tmp_path, {"quarterday doctor --deep": "quarterday doctor --deep || true"})
        found = client.get_object(Bucket="our-raw-bucket", Key="uploads/u1")["Body"].read()
    finally:
        server.stop()
    called = stand_in(monkeypatch, tmp_path / "path", "make")
    run(trial.replace("…", "x"), tmp_path)
    run(ceph, tmp_path)

    assert "1 stored file(s) are back" in moved
    assert "well  store" in moved
    assert b"abc" == found
    assert ["make s3-test ENDPOINT=http://gateway.internal:8000", "make ceph"] == called.read_text().splitlines()


def test_figures_for_another_system(tmp_path: Path) -> None:
    """The file goes whole, with a name and a password, to the address that tries and does not write."""
    (tmp_path / "dhis2-public-health.json").write_text('{"dataValues": []}')
    (send,) = blocks("docs/how-to/load-the-figures.md")
    with somebody_elses_system() as (address, came):
        run(send, tmp_path, {"-u NAME": "-u jo:secret", "https://HEALTH.EXAMPLE": address})

    assert [
        '/api/dataValueSets?dryRun=true&importStrategy=CREATE_AND_UPDATE Basic am86c2VjcmV0 {"dataValues": []}'
    ] == came


def test_one_of_many_partnerships(tmp_path: Path, prefect_template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder, its register among others', and its deployments in a real Prefect, which its worker finds."""
    begin_with(tmp_path / "prefect-home", prefect_template)
    port = free_port()
    stands_for = {
        "/srv/quarterday": str(tmp_path / "srv"),
        "127.0.0.1:4200": f"127.0.0.1:{port}",
        "type process &": "type process --run-once",
        "quarterday.web --port 8401 &": "quarterday.web --port 8401 --help",
    }
    begin, check, deploy, start = blocks("docs/how-to/many-partnerships.md")
    for name in ("PREFECT_API_URL", "PREFECT_LOGGING_LEVEL", "QUARTERDAY_PREFECT_DATABASE_URL"):
        monkeypatch.setenv(name, "")  # put back afterwards, whatever the server's start sets
    with postgres_server() as database, prefect_server(tmp_path / "prefect-home", port):
        stands_for["postgresql://quarterday@db.internal/quarterday"] = f"'{plain(new_database(database))}'"
        begun, checked, deployed, started = (run(each, tmp_path, stands_for) for each in (begin, check, deploy, start))
        chases = httpx.get(f"http://127.0.0.1:{port}/api/deployments/name/chase-returns/chase-returns-ashford").json()

    assert "config holds a new partnership" in begun
    assert "The register is at version" in checked
    assert "knows what runs, and when" in deployed
    assert ("quarterday-ashford", ["collection", "ashford"]) == (chases["work_pool_name"], chases["tags"])
    assert "--port" in started


def test_changing_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout of its own: the test fails, the change is made, the test passes, an officer sees it, days pass."""
    checkout = tmp_path / "checkout"
    left = shutil.ignore_patterns(".*", "build", "var", "node_modules", "docs", "__pycache__")
    shutil.copytree(ROOT, checkout, ignore=left)
    monkeypatch.setenv("PYTHONPATH", str(checkout))
    called = stand_in(monkeypatch, tmp_path / "path", "make")
    stands_for = {"source .venv/bin/activate": "true"}  # this test's environment stands for the one that make sets up
    _, failed, passed, noticed, _, days = [
        run(each, checkout, stands_for) for each in blocks("docs/how-to/change-the-code.md")
    ]

    assert "It fails, as it should." in failed
    assert "has no deputy" not in passed
    assert "notice: The fire and rescue service has no deputy." in noticed
    assert [
        "make setup",
        "make lint",
        "make test ARGS=tests/config",
        "make reference",
    ] == called.read_text().splitlines()
    assert "is asked for its figures, due" in days
    assert "The clock is simulated" in days
