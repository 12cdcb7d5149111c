"""`python -m flows.installation.deploying POOL FILE`: makes the work pool and every deployment, and fills their forms.

With `--no-worker-runs` after it, what a worker had begun and not ended is marked as crashed first.

In one process and by one client: each of Prefect's own commands would load it anew, and make four clients a deployment.
"""

import asyncio
import sys

from cyclopts import App
from prefect.cli.deploy import deploy_app
from prefect.cli.work_pool import work_pool_app
from prefect.context import AsyncClientContext

from flows.installation.lost_runs import end_runs_of_workers
from flows.installation.running import NO_WORKER_RUNS
from flows.showing.form_choices import offer_anew
from quarterday.adapters.settings import get_settings


async def deploy(pool: str, file: str) -> None:
    """What `prefect work-pool create` and `prefect deploy --all` do. Raises `SystemExit` where Prefect refuses."""
    async with AsyncClientContext.get_or_create():
        await _command(work_pool_app, "create", pool, "--type", "process", "--overwrite")
        await _command(deploy_app, "--all", "--prefect-file", file)


async def _command(app: App, *words: str) -> None:
    """One of Prefect's commands, which may end by leaving."""
    try:
        await app.run_async(words, result_action="return_value")
    except SystemExit as left:
        if left.code:
            raise


if __name__ == "__main__":
    pool, file, *more = sys.argv[1:]
    if NO_WORKER_RUNS in more:
        end_runs_of_workers(get_settings())
    asyncio.run(deploy(pool, file))
    offer_anew()
