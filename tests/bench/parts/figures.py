"""A measured figure, what it is compared with, and what it may be."""

from dataclasses import asdict, dataclass, field
from typing import Optional

from .process import median, p99

# From so many runs on a 99th percentile says something.
ENOUGH_FOR_P99 = 50


@dataclass
class Figure:
    """One measure at one size. Times are seconds; what `unit` names otherwise is in that unit."""

    name: str
    size: int
    median: Optional[float] = None
    p99: Optional[float] = None
    # The quickest run: what is left of the noise of a busy machine in it is least.
    least: Optional[float] = None
    runs: int = 0
    unit: str = "s"
    # The other program in the same run, and the ratio to it.
    peer: Optional[str] = None
    peer_median: Optional[float] = None
    peer_p99: Optional[float] = None
    peer_least: Optional[float] = None
    # Processor time of both: what others do on the machine is not in it, nor is waiting for the disk.
    cpu: Optional[float] = None
    peer_cpu: Optional[float] = None
    # The budget: at most so many times the peer; at most so much; at most so many times the smallest size.
    ratio_limit: Optional[float] = None
    limit: Optional[float] = None
    growth_limit: Optional[float] = None
    # Compared at the 99th percentile.
    at_p99: bool = False
    peak_kib: Optional[int] = None
    peer_peak_kib: Optional[int] = None
    tty_bytes: Optional[float] = None
    fsyncs: Optional[dict] = None
    peer_fsyncs: Optional[dict] = None
    failed: Optional[str] = None
    more: dict = field(default_factory=dict)

    def took(self, values, peer=None, peer_values=None):
        """Fills in what was measured."""
        self.median, self.least, self.runs = median(values), min(values), len(values)
        self.p99 = p99(values) if len(values) >= ENOUGH_FOR_P99 else None
        self.cpu = cpu_of(values)
        if peer_values:
            self.peer, self.peer_median, self.peer_least = peer, median(peer_values), min(peer_values)
            self.peer_p99 = p99(peer_values) if len(peer_values) >= ENOUGH_FOR_P99 else None
            self.peer_cpu = cpu_of(peer_values)
        return self

    @property
    def ratio(self):
        ours, theirs = self.median, self.peer_median
        if self.at_p99 and self.p99 and self.peer_p99:
            ours, theirs = self.p99, self.peer_p99
        return ours / theirs if ours is not None and theirs else None

    @property
    def ratio_of_least(self):
        return self.least / self.peer_least if self.least is not None and self.peer_least else None

    def verdicts(self, smallest=None):
        """Pairs of what was wanted and whether it is so."""
        found = []
        if self.ratio_limit is not None and self.ratio is not None:
            found.append((f"≤ {self.ratio_limit:.3g}× {self.peer}", self.ratio <= self.ratio_limit))
        if self.limit is not None and self.median is not None:
            found.append((f"≤ {amount(self.limit, self.unit)}", self.median <= self.limit))
        if self.growth_limit is not None and self.median is not None and smallest and smallest.size != self.size:
            if smallest.median:
                grown = self.median / smallest.median
                told = f"≤ {self.growth_limit:.3g}× at {smallest.size:,} (is {grown:.2f}×)"
                found.append((told, grown <= self.growth_limit))
        return found

    def as_dict(self):
        told = {key: value for key, value in asdict(self).items() if value is not None and value is not False}
        if self.ratio is not None:
            told["ratio"] = self.ratio
            told["ratio of least"] = self.ratio_of_least
        return told


def cpu_of(values):
    """Median of the processor time of runs, where they tell it."""
    return median([value.cpu for value in values]) if all(hasattr(value, "cpu") for value in values) else None


def amount(value, unit):
    """A value as people read it."""
    if value is None:
        return "–"
    if unit == "s":
        if value >= 10:
            return f"{value:.0f} s"
        if value >= 1:
            return f"{value:.2f} s"
        return f"{value * 1e3:.3g} ms" if value < 0.1 else f"{value * 1e3:.0f} ms"
    if unit == "KiB":
        return f"{value / 1024:.1f} MiB"
    if unit in ("bytes", "instructions"):
        return f"{value:,.0f}"
    return f"{value:.3g} {unit}".rstrip()


def from_dict(told):
    told = {key: value for key, value in told.items() if key not in ("ratio", "ratio of least")}
    return Figure(**told)
