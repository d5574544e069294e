"""How often somebody may ask Enhetsregisteret through us: enough for a venue that registers everybody from one address,
and too little to hammer the register with. Each process counts for itself."""

import time
from collections import deque

from borsen.holding_off import subscriber

A_MINUTE = 60.0
FROM_ONE_ADDRESS = 30
FROM_ALL = 120
# Addresses that are remembered; a stranger who changes theirs must not fill the memory.
MOST_ADDRESSES = 2000


class Pace:
    """Counts look-ups of the last minute, from each address and from all."""

    def __init__(self) -> None:
        self._all: deque[float] = deque()
        self._by_address: dict[str, deque[float]] = {}

    def may_ask(self, address: str) -> bool:
        """Whether one more look-up may be made for this address; it then counts as made."""
        now = time.monotonic()
        if len(self._by_address) >= MOST_ADDRESSES:
            self._by_address = {who: times for who, times in self._by_address.items() if _recent(times, now)}
        mine = self._by_address.setdefault(subscriber(address), deque())
        if len(_recent(mine, now)) >= FROM_ONE_ADDRESS or len(_recent(self._all, now)) >= FROM_ALL:
            return False
        mine.append(now)
        self._all.append(now)
        return True

    def remembered(self) -> int:
        """How many addresses are remembered."""
        return len(self._by_address)

    def forget(self) -> None:
        """Begin anew."""
        self._all.clear()
        self._by_address.clear()


def _recent(times: deque[float], now: float) -> deque[float]:
    while times and times[0] <= now - A_MINUTE:
        times.popleft()
    return times


pace = Pace()
