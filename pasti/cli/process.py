"""What a child process is told before it begins: to go when its parent goes."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1  # from Linux's prctl.h


def dies_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """For Popen's preexec_fn: the child gets signal `number` when its parent dies, even by SIGKILL. Linux only, else None."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def tell() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os.kill(os.getpid(), number)

    return tell
