"""A real S3 gateway on this machine: Ceph on one node, in memory, in a folder that goes when it ends. `make ceph`.

It starts a monitor, an object store and the gateway on loopback, runs the store's tests against it, and stops all of
it. Needs Debian's `radosgw ceph-mon ceph-osd ceph-common`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flows.installation.server import free_port, wait_until_up

PROGRAMS = ("monmaptool", "ceph-mon", "ceph", "ceph-osd", "radosgw", "radosgw-admin")
KEYS = {"AWS_ACCESS_KEY_ID": "a-tester", "AWS_SECRET_ACCESS_KEY": "a-tester-s-secret"}
CONFIGURATION = """
[global]
fsid = {cluster}
mon host = [v1:127.0.0.1:{port}]
public addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
run dir = {folder}
admin socket = {folder}/$name.asok
log file = {folder}/$name.log
mon data = {folder}/mon
mon cluster log file = {folder}/cluster.log
mon allow pool size one = true
mon warn on pool no redundancy = false
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 4294967296
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd crush chooseleaf type = 0
osd class dir = {classes}
rgw data = {folder}/rgw
"""


@contextmanager
def gateway() -> Iterator[str]:
    """The address of a gateway that knows `KEYS`, until the block ends. Raises `LookupError` where Ceph is missing."""
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        raise LookupError(f"There is no {', '.join(missing)}: apt-get install radosgw ceph-mon ceph-osd ceph-common")
    with tempfile.TemporaryDirectory(prefix="quarterday-ceph-") as name, ExitStack() as ending:
        folder, cluster, port = Path(name), str(uuid.uuid4()), free_port()
        configuration = folder / "ceph.conf"
        classes = next(Path("/usr/lib").glob("*/rados-classes"), Path("/usr/lib/rados-classes"))
        configuration.write_text(
            CONFIGURATION.format(cluster=cluster, port=port, folder=folder, classes=classes), encoding="utf-8"
        )

        def run(*command: str) -> str:
            done = subprocess.run([*command], capture_output=True, text=True, timeout=120, check=False)
            if done.returncode != 0:
                raise RuntimeError(f"{' '.join(command)}:\n{done.stdout}\n{done.stderr}")
            return done.stdout

        def start(program: str, *given: str) -> "subprocess.Popen[bytes]":
            command = [program, "-c", str(configuration), "-f", *given]
            with (folder / f"{program}.out").open("wb") as sink:
                started = subprocess.Popen(command, stdout=sink, stderr=subprocess.STDOUT)
            ending.callback(_end, started)
            return started

        asking = ("-c", str(configuration))
        run("monmaptool", "--create", "--fsid", cluster, "--addv", "a", f"[v1:127.0.0.1:{port}]", f"{folder}/monmap")
        run("ceph-mon", *asking, "--mkfs", "-i", "a", "--monmap", f"{folder}/monmap")
        start("ceph-mon", "-i", "a")
        disk = str(uuid.uuid4())
        number = run("ceph", *asking, "--connect-timeout", "60", "osd", "new", disk).strip()
        (folder / "osd").mkdir()
        run("ceph-osd", *asking, "-i", number, "--mkfs", "--osd-uuid", disk)
        start("ceph-osd", "-i", number)
        run("radosgw-admin", *asking, "user", "create", "--uid", "tester", "--display-name", "A tester",
            "--access-key", KEYS["AWS_ACCESS_KEY_ID"], "--secret-key", KEYS["AWS_SECRET_ACCESS_KEY"])  # fmt: skip
        answering = free_port()
        serving = start("radosgw", "-n", "client.rgw", "--rgw-frontends", f"beast endpoint=127.0.0.1:{answering}")
        address = f"http://127.0.0.1:{answering}"
        wait_until_up(address, serving, folder / "radosgw.out")
        yield address


def _end(started: "subprocess.Popen[bytes]") -> None:
    started.terminate()
    try:
        started.wait(10)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()


def main() -> int:
    """Run the store's tests against the gateway, or what the command line names."""
    began = time.monotonic()
    with gateway() as address:
        print(f"Ceph's gateway answers at {address} after {time.monotonic() - began:.0f} s", flush=True)
        command = sys.argv[1:] or [sys.executable, "-m", "pytest", "tests/adapters/store"]
        return subprocess.run(command, env={**os.environ, **KEYS, "TEST_S3_ENDPOINT": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
