"""How many posts a process takes a second: from one network, from strangers, and from who waited.

Limits per address do nothing against one post from each of ten thousand, and a limit for all does
nothing for the honest among them. Therefore: a network that hurries is asked to wait first; part of
what is taken is kept for those who were asked to wait and did.

What a post costs depends on the machine, its load and the post. So each is charged for the
processor's time that it took, and all together get a small part of it: the rest is for who reads.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SECONDS_OF_BURST = 3  # of which a quiet process has posts to spare: a festival's last curtain
SECONDS_KEPT = 1  # of these, for who comes back after waiting
SHARE = 0.1  # of one processor's time, for posts
WORK_OF_BURST = 1.0  # seconds of the processor to spare: a burst of posts of 60 ms each
WORK_KEPT = 0.25  # of these, for who comes back after waiting
OF_A_NETWORK = 20  # posts at once, with and without mistakes: a class behind one address
OF_A_NETWORK_A_SECOND = 0.5
MOST_NETWORKS = 10_000  # remembered, about 2 MB; then those are forgotten that were quiet longest
TRY_AGAIN_IN = 5  # seconds

Network = bytes  # a name that says nothing of the address; empty where that is not known


class Names:
    """Of networks; they say nothing to another process, nor to a later one."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, household: str, among: str = "") -> Network:
        """What is counted apart has another name among its own."""
        if not household:
            return b""
        return blake2b(f"{among} {household}".encode(), key=self._key, digest_size=8).digest()


@dataclass
class Bucket:
    """A token bucket; `spare` tokens were there at `counted_at` (seconds)."""

    a_second: float
    most: float
    spare: float
    counted_at: float

    def takes(self, now: float, *, keeping: float = 0.0, tokens: float = 1.0) -> bool:
        """Whether so many are there beyond those to be kept; if so they are gone."""
        gained = max(0.0, now - self.counted_at) * self.a_second
        self.spare, self.counted_at = min(self.most, self.spare + gained), now
        if self.spare - keeping < tokens:
            return False
        self.spare -= tokens
        return True


@dataclass
class _Known:
    """What is known of a network: its own bucket, and until when its posts are refused anyway."""

    bucket: Bucket
    refused_until: float = 0.0


class Admission:
    """Of one process; its threads share it. `now` is in seconds, from any beginning."""

    def __init__(self, a_second: float) -> None:
        most = a_second * SECONDS_OF_BURST
        self._kept = a_second * SECONDS_KEPT
        self._all = Bucket(a_second, most, most, 0.0)
        self._work = Bucket(SHARE, WORK_OF_BURST, WORK_OF_BURST, 0.0)
        self._networks: OrderedDict[Network, _Known] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, network: Network, now: float, *, waited: bool = False) -> float:
        """Seconds after which to try again; 0: the post is taken. `waited`: did so before."""
        with self._lock:
            if network:
                known = self._known(network, now)
                if known.refused_until > now:
                    return known.refused_until - now
                if not known.bucket.takes(now):
                    return TRY_AGAIN_IN
            if not self._work.takes(now, keeping=0.0 if waited else WORK_KEPT, tokens=0.0):
                return TRY_AGAIN_IN
            keeping = 0.0 if waited else self._kept
            return 0 if self._all.takes(now, keeping=keeping) else TRY_AGAIN_IN

    def charged(
        self, application: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The application's answer, for the processor's time that it took."""
        started = time.thread_time()
        try:
            return application(environ, start_response)
        finally:
            self.charge(time.thread_time() - started)

    def charge(self, seconds: float) -> None:
        """A post that was taken has cost so much of the processor's time; it may leave a debt."""
        with self._lock:
            self._work.spare -= seconds

    def refuse(self, network: Network, until: float, now: float) -> None:
        """The limit of the comments has spoken: it need not be asked again before then."""
        if network:
            with self._lock:
                self._known(network, now).refused_until = until

    def __len__(self) -> int:
        """Networks remembered."""
        return len(self._networks)

    def _known(self, network: Network, now: float) -> _Known:
        known = self._networks.get(network)
        if known is None:
            bucket = Bucket(OF_A_NETWORK_A_SECOND, OF_A_NETWORK, OF_A_NETWORK, now)
            known = self._networks[network] = _Known(bucket)
            if len(self._networks) > MOST_NETWORKS:
                self._networks.popitem(last=False)
        else:
            self._networks.move_to_end(network)
        return known
