"""A worker and the processes that its function starts are a group of their own, so that none of them outlives it."""
import os
import signal


def end_group(leader):
    """Kills them all. `leader` is the worker's process id; where systems know no groups (Windows), nothing happens."""
    if not hasattr(os, "killpg"):
        return
    try:
        os.killpg(leader, signal.SIGKILL)
    except OSError:
        pass  # none of them is there any more
