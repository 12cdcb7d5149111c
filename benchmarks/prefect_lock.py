"""How long Prefect's database keeps writers waiting while ten decisions and a sweep run at once.

    python benchmarks/prefect_lock.py API_URL LOG     of an installation made for this: `quarterday up` in an empty home

Ten decisions (each refused: nothing is recorded) and a sweep are asked for in one go. Until all have ended, an artifact
is written four times a second through the server, as an officer's overview is. Prints how long such writes took, how
many failed, and how often the server's log says that the database is locked.
"""

import statistics
import sys
import time
from pathlib import Path

import httpx

DECISIONS = 10
PARAMETERS = {"quarter": "1999-00 Q1", "partner": "nobody", "who": "nobody", "why": "to measure"}
ENDED = {"COMPLETED", "CANCELLED", "FAILED", "CRASHED"}
PAUSE = 0.25
LIMIT = 300.0  # seconds


def asked(client: httpx.Client, refused: list[float]) -> list[str]:
    """Ask for the runs, again where the server is too busy; `refused` notes after how many seconds it said so."""
    ids = []
    for name, parameters in (*[("waive-request", PARAMETERS)] * DECISIONS, ("sweep-returns", {})):
        deployment = client.get(f"/deployments/name/{name}/{name}").raise_for_status().json()["id"]
        body = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        for _ in range(20):
            start = time.monotonic()
            made = client.post(f"/deployments/{deployment}/create_flow_run", json=body)
            if made.is_success:
                break
            refused.append(time.monotonic() - start)
        ids.append(made.raise_for_status().json()["id"])
    return ids


def measured(client: httpx.Client, ids: list[str]) -> tuple[list[float], int, float]:
    """The seconds that each write took, how many failed, and how long the runs took altogether."""
    took, failed, began = [], 0, time.monotonic()
    while time.monotonic() - began < LIMIT:
        start = time.monotonic()
        body = {"key": "measured", "type": "markdown", "data": "A line.", "description": "measured"}
        failed += client.post("/artifacts/", json=body).is_error
        took.append(time.monotonic() - start)
        found = client.post("/flow_runs/filter", json={"flow_runs": {"id": {"any_": ids}}}).json()
        if all(each["state_type"] in ENDED for each in found):
            break
        time.sleep(PAUSE)
    return took, failed, time.monotonic() - began


def locked(log: Path, since: int) -> int:
    """How often the log says so beyond a place in it."""
    with log.open(errors="replace") as file:
        file.seek(since)
        return file.read().count("database is locked")


def main(api: str, log: Path) -> None:
    """Measure and print."""
    with httpx.Client(base_url=api, timeout=120) as client:
        me = {"Prefect-Csrf-Client": "measuring"}
        token = client.get("/csrf-token", params={"client": "measuring"}).json()["token"]
        client.headers.update(me | {"Prefect-Csrf-Token": token})
        size = log.stat().st_size
        refused: list[float] = []
        took, failed, seconds = measured(client, asked(client, refused))
    slowest = sorted(took)[-1]
    print(f"{DECISIONS} decisions and a sweep: {seconds:.0f} s; {len(took)} writes beside them, {failed} failed")
    print(f"a write: median {statistics.median(took) * 1000:.0f} ms, slowest {slowest * 1000:.0f} ms")
    print(f"a run asked for was refused {len(refused)} times, after {max(refused, default=0):.1f} s at most")
    print(f"“database is locked” in the log: {locked(log, size)}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
