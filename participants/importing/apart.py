"""Reading in a process of its own: whatever a file does there, the server stays quick, small and alive."""

import asyncio
import json
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from . import reading
from .sheet import Sheet, Unreadable

logger = logging.getLogger("borsen.import")

LONGEST_SECONDS = 8

# One file at a time: those who come meanwhile wait here, and not on a lane.
_desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")


async def read_apart(data: bytes) -> list[Sheet]:
    """The file's sheets, read outside the event loop and the lanes. Raises Unreadable."""
    return await asyncio.get_running_loop().run_in_executor(_desk, read_in_child, data)


def read_in_child(data: bytes) -> list[Sheet]:
    """Read in a new process; in this one where the machine allows no process."""
    command = [sys.executable, "-m", reading.__name__]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and the file comes on standard input
            command, input=data, capture_output=True, cwd=settings.BASE_DIR, timeout=LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_big") from error
    except OSError as error:
        logger.warning("The list is read in the server's own process: %r", error)
        said = reading.outcome(data)
    else:
        if done.returncode != 0:
            logger.warning("A list could not be read: %s", done.stderr.decode(errors="replace")[-500:])
            # A negative code is a signal: it has used up its time or its memory.
            raise Unreadable("too_big" if done.returncode < 0 else "damaged")
        said = json.loads(done.stdout)
    if "refused" in said:
        raise Unreadable(said["refused"])
    return [Sheet.from_json(sheet) for sheet in said["sheets"]]
