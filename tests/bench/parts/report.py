"""The figures as people read them."""

from .figures import amount


def line(figure):
    """One figure in one line."""
    if figure.failed and figure.median is None:
        return f"{figure.name}: {figure.failed}"
    told = [f"{figure.name}: {amount(figure.median, figure.unit)}"]
    if figure.ratio is not None:
        told.append(f"{figure.peer} {amount(figure.peer_median, figure.unit)}, ratio {figure.ratio:.2f}")
    told += [("met " if met else "MISSED ") + what for what, met in figure.verdicts()]
    if figure.failed:
        told.append(figure.failed)
    return "; ".join(told)


def heading(told):
    machine = told.get("machine", {})
    return (f"{told.get('date', '')}  commit {told.get('commit')}  {machine.get('cores')} cores, {machine.get('cpu')}, "
            f"Linux {machine.get('kernel')}, load per core {machine.get('load per core at the start')}")


def smallest_of(figures):
    found = {}
    for figure in figures:
        if figure.median is not None and (figure.name not in found or figure.size < found[figure.name].size):
            found[figure.name] = figure
    return found


def row(figure, smallest):
    def either(value):
        return "" if value is None else value

    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    if figure.at_p99 and figure.p99 and figure.peer_p99:
        ratio += " (p99)"
    if figure.ratio_of_least is not None and figure.unit == "s" and figure.runs > 1:
        ratio += f" [{figure.ratio_of_least:.2f}]"
    counted = "" if figure.fsyncs is None else str(sum(figure.fsyncs.values()))
    if figure.peer_fsyncs is not None:
        counted += f" / {sum(figure.peer_fsyncs.values())}"
    verdicts = "; ".join(("met" if met else "MISSED") + " " + what for what, met in figure.verdicts(smallest))
    return [
        figure.name, f"{figure.size:,}", amount(figure.median, figure.unit),
        amount(figure.p99, figure.unit) if figure.p99 else "",
        f"{figure.peer} {amount(figure.peer_median, figure.unit)}" if figure.peer else "", ratio,
        f"{figure.cpu / figure.peer_cpu:.2f}" if figure.cpu and figure.peer_cpu else "",
        amount(figure.peak_kib, "KiB") if figure.peak_kib else "",
        f"{figure.tty_bytes:,.0f}" if figure.tty_bytes else "", counted,
        "; ".join(filter(None, [verdicts, either(figure.failed)])),
    ]


HEADS = ["measure", "cases", "median", "p99", "peer", "ratio [of the quickest]", "cpu", "peak", "tty bytes", "fsyncs", "budget"]


def table(figures):
    smallest = smallest_of(figures)
    order = {}
    for figure in figures:
        order.setdefault(figure.name, len(order))
    ordered = sorted(figures, key=lambda figure: (order[figure.name], figure.size))
    rows = [HEADS] + [row(figure, smallest.get(figure.name)) for figure in ordered]
    widths = [max(len(cells[n]) for cells in rows) for n in range(len(HEADS) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths)), cells[-1]]).rstrip() for cells in rows)


def with_peer(figure):
    if figure is None:
        return "–"
    if figure.median is None:
        return figure.failed.splitlines()[0][:60] if figure.failed else "–"
    told = amount(figure.median, figure.unit)
    told += f" / {amount(figure.peer_median, figure.unit)}" if figure.peer else ""
    return told + (f", peak {amount(figure.peak_kib, 'KiB')}" if figure.peak_kib and not figure.at_p99 else "")


def ratios(figure):
    """The ratio of the medians (or what the budget is held against), of the quickest, of the processor time."""
    if figure is None or figure.ratio is None:
        return "–"
    if figure.at_p99:
        return f"{figure.median / figure.peer_median:.2f}, at p99 {figure.ratio:.2f}"
    told = [f"{figure.ratio:.2f}"]
    if figure.unit == "s":
        told.append(f"{figure.ratio_of_least:.2f}" if figure.runs > 1 and figure.peer_least else "–")
        told.append(f"{figure.cpu / figure.peer_cpu:.2f}" if figure.cpu and figure.peer_cpu else "–")
    return " · ".join(told)


def summary(figures):
    """As Markdown, a row for each measure: the smallest size and the largest beside each other."""
    rows = {}
    for figure in figures:
        rows.setdefault(figure.name, {})[figure.size] = figure
    sizes = sorted({size for found in rows.values() for size in found})
    low, high = sizes[0], max((size for size in sizes if sum(size in found for found in rows.values()) > 3), default=sizes[0])
    lines = [f"| measure | {low:,}: ours / peer | {high:,}: ours / peer | ratios at {low:,} | at {high:,} | budgets |",
             "| --- | --- | --- | --- | --- | --- |"]
    for name, found in rows.items():
        small = found.get(low) or found[min(found)]
        large = found.get(high)
        name += f" ({small.peer})" if small.peer else ""
        told = []
        for figure in filter(None, (small, large)):
            of = "" if large is None else f"{figure.size:,}: "
            told += [f"{of}{what} {'met' if met else '**missed**'}" for what, met in figure.verdicts(small)]
        cells = [name, with_peer(small), with_peer(large), ratios(small), ratios(large), "; ".join(told)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def comparison(old, new):
    """How much less, or more, each figure is than it was: old / new, so that 2.0 is twice as fast."""
    before = {(figure.name, figure.size): figure for figure in old}
    lines = ["old / new (above 1: better than before)"]
    for figure in new:
        was = before.get((figure.name, figure.size))
        if was is None or was.median is None or not figure.median:
            continue
        told = f"  {figure.name} at {figure.size:,}: {was.median / figure.median:.2f}"
        told += f"  ({amount(was.median, was.unit)} → {amount(figure.median, figure.unit)})"
        if was.ratio and figure.ratio:
            told += f"; against {figure.peer} {was.ratio:.2f} → {figure.ratio:.2f}"
        lines.append(told)
    return "\n".join(lines)
