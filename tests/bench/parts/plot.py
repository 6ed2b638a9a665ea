"""The cost of growth: each measure against the number of cases, both axes logarithmic, as an SVG of its own."""

import math

# Panels: (heading, unit, measures as (name of the figure, name in the plot)).
PANELS = (
    ("What she waits for: milliseconds (median)", "ms", (
        ("first screen 80×24", "first screen"), ("due --brief", "due --brief"), ("due", "due"),
        ("key: move", "key: move"), ("key: tab", "key: tab"), ("key: open detail", "key: open a case"),
        ("key: page down", "key: page down"), ("search: an address", "search: one address"),
        ("search: a common word", "search: common word"), ("resolve", "resolve, durable"))),
    ("What goes through everything: seconds", "s", (
        ("export csv", "export csv"), ("export json", "export json"), ("backup", "backup"),
        ("import mail", "import mail"), ("check-subscribers", "check-subscribers"),
        ("purge", "purge"))),
    ("Peak memory: MiB", "MiB", (
        ("memory of the screen", "screen"), ("due --brief", "due --brief"), ("resolve", "resolve"),
        ("export csv", "export csv"), ("export json", "export json"), ("import mail", "import mail"),
        ("backup", "backup"))),
)
HUES = ("#3b7dd8", "#d9822b", "#2f9e5b", "#c0504d", "#8a63d2", "#8c6d4f", "#d0619a", "#6f7a86", "#a59a20", "#1fa3b5")
WIDTH, PLOT_WIDTH, PLOT_HEIGHT, LEFT = 980, 560, 300, 70
STYLE = """
  svg { font: 13px system-ui, sans-serif }
  .paper { fill: #ffffff } .ink { fill: #24292f } .grid { stroke: #d0d7de; stroke-width: 1 }
  @media (prefers-color-scheme: dark) { .paper { fill: #10151b } .ink { fill: #d6dde4 } .grid { stroke: #3a424c } }
  .heading { font-weight: 600; font-size: 15px } .note { font-size: 11px } .curve { fill: none; stroke-width: 2 }
  .mark { text-anchor: middle } .value { text-anchor: end }
"""


def value_of(figure, unit):
    if unit == "MiB":
        kib = figure.median if figure.unit == "KiB" else figure.peak_kib
        return kib / 1024 if kib else None
    if figure.median is None or figure.unit != "s":
        return None
    return figure.median * (1000 if unit == "ms" else 1)


def curves(figures, unit, names):
    found = []
    for name, label in names:
        points = sorted((f.size, value_of(f, unit)) for f in figures if f.name == name and value_of(f, unit))
        if points:
            found.append((label, points))
    # What was measured at one size only says nothing about growth.
    return [one for one in found if len(one[1]) > 1] or found


def decades(values):
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def short(value):
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def spread(places, step, top, bottom):
    """Moves labels apart so that none lies on another; in the order given, which is from top to bottom."""
    placed = []
    for place in places:
        placed.append(max(place, placed[-1] + step if placed else top))
    over = placed[-1] - bottom if placed else 0
    if over > 0:
        placed[-1] = bottom
        for at in range(len(placed) - 2, -1, -1):
            placed[at] = min(placed[at], placed[at + 1] - step)
    return placed


def panel(heading, unit, found, sizes, top):
    """One plot; its lines of SVG."""
    low, high = decades([value for _, points in found for _, value in points])
    first, last = decades(sizes)

    def x(size):
        return LEFT + (math.log10(size) - first) / (last - first) * PLOT_WIDTH

    def y(value):
        return top + 28 + (1 - (math.log10(value) - low) / (high - low)) * PLOT_HEIGHT

    out = [f'<text class="ink heading" x="{LEFT}" y="{top + 12}">{heading}</text>']
    for power in range(low, high + 1):
        at = y(10 ** power)
        out.append(f'<path class="grid" d="M{LEFT} {at:.1f}h{PLOT_WIDTH}"/>')
        out.append(f'<text class="ink value" x="{LEFT - 8}" y="{at + 4:.1f}">{short(10 ** power)}</text>')
    for power in range(first, last + 1):
        at = x(10 ** power)
        out.append(f'<path class="grid" d="M{at:.1f} {top + 28}v{PLOT_HEIGHT}"/>')
        out.append(f'<text class="ink mark" x="{at:.1f}" y="{top + 46 + PLOT_HEIGHT}">{10 ** power:,}</text>')
    coloured = [(points, label, HUES[n % len(HUES)]) for n, (label, points) in enumerate(found)]
    for points, _, hue in coloured:
        path = "L".join(f"{x(size):.1f} {y(value):.1f}" for size, value in points)
        out.append(f'<path class="curve" stroke="{hue}" d="M{path}"/>')
        out += [f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3" fill="{hue}"/>' for size, value in points]
    ordered = sorted(coloured, key=lambda one: y(one[0][-1][1]))
    places = spread([y(points[-1][1]) for points, _, _ in ordered], 17, top + 30, top + 28 + PLOT_HEIGHT)
    for (points, label, hue), place in zip(ordered, places):
        end_x, end_y = x(points[-1][0]), y(points[-1][1])
        at = LEFT + PLOT_WIDTH + 22
        out.append(f'<path stroke="{hue}" opacity=".5" fill="none" d="M{end_x + 5:.1f} {end_y:.1f}L{at - 4} {place:.1f}"/>')
        grown = points[-1][1] / points[0][1]
        told = f"{label}  {short_value(points[-1][1])} {unit}" + (f" ({grown:.1f}×)" if len(points) > 1 else "")
        out.append(f'<text x="{at}" y="{place + 4:.1f}" style="fill:{hue}">{told}</text>')
    return out


def short_value(value):
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def draw(figures, told, path):
    """Writes the plot of these figures."""
    figures = [figure for figure in figures if not figure.name.startswith(("import optouts", "binary"))]
    panels = [(heading, unit, curves(figures, unit, names)) for heading, unit, names in PANELS]
    panels = [one for one in panels if one[2]]
    sizes = [size for _, _, found in panels for _, points in found for size, _ in points]
    height = 40 + len(panels) * (PLOT_HEIGHT + 90)
    machine = told.get("machine", {})
    note = (f"indsigt {told.get('commit')}, {told.get('date', '')[:10]}, {machine.get('cores')} cores, "
            f"{machine.get('cpu')}. Across: cases in the store, 97 % of them closed; in brackets: growth from the "
            "smallest to the largest.")
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img" aria-label="Time and memory against the number of cases">',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
    ]
    top = 18
    for heading, unit, found in panels:
        out += panel(heading, unit, found, sizes, top)
        top += PLOT_HEIGHT + 90
    out.append(f'<text class="ink note" x="{LEFT}" y="{height - 12}">{note}</text>')
    out.append("</svg>")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")
