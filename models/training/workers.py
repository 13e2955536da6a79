"""Things made one after the other by several processes, in order, not too far ahead."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Made = TypeVar("Made")
Key = TypeVar("Key")

_AHEAD = 3


def made_ahead(
    make: Callable[[Key], Made],
    keys: Iterator[Key],
    processes: int | None = None,
    *,
    fresh: bool = False,
) -> Iterator[Made]:
    """Yield what is made of each key, in their order.

    Args:
        make: a function of a module, so that other processes find it.
        keys: what to make things of; it is asked for more as things are taken.
        processes: how many make things; None is one less than there are processors.
        fresh: they load everything themselves. espeak-ng hangs in a copy of a process that has
            spoken with it already.
    """
    processes = processes or max(1, (os.cpu_count() or 2) - 1)
    coming: deque[Future[Made]] = deque()
    method = "spawn" if fresh else "fork"
    with ProcessPoolExecutor(processes, mp_context=get_context(method)) as pool:
        try:
            for key in keys:
                coming.append(pool.submit(make, key))
                if len(coming) > _AHEAD * processes:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()
        finally:
            for future in coming:
                future.cancel()
