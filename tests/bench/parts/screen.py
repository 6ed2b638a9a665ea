"""A small terminal: what a program's bytes put on the screen, and the fewest bytes that change one screen into another.

It knows what ratatui programs, neomutt and less write; what it does not know it skips. Wide characters take two cells.
"""

import re
import unicodedata

PLAIN = frozenset()
SEQUENCE = re.compile(
    rb"\x1b\[([0-9;:?<>=!]*)[ -/]*([@-~])"   # CSI
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"   # OSC
    rb"|\x1bP[^\x1b]*\x1b\\"                 # DCS
    rb"|\x1b[()*+][0-9A-Za-z]"               # character sets
    rb"|\x1b[^\[\]P()*+]"                    # the others
)


def width_of(char):
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class Screen:
    """Cells as `(character, attributes)`; attributes are the parameters of SGR that are in force."""

    def __init__(self, cols, rows):
        self.cols, self.rows = cols, rows
        self.x = self.y = 0
        self.style = PLAIN
        self.pending = b""
        self.clear()

    def clear(self):
        self.cells = [[(" ", PLAIN)] * self.cols for _ in range(self.rows)]

    def text(self):
        return "\n".join("".join(char for char, _ in row).rstrip() for row in self.cells)

    def copy(self):
        return [list(row) for row in self.cells]

    def feed(self, data):
        data = self.pending + data
        self.pending = b""
        at = 0
        while at < len(data):
            byte = data[at]
            if byte == 0x1B:
                match = SEQUENCE.match(data, at)
                if not match:
                    self.pending = data[at:]
                    return
                if match.group(2):
                    self.control(match.group(1), match.group(2))
                at = match.end()
            elif byte < 0x20 or byte == 0x7F:
                self.control_character(byte)
                at += 1
            else:
                end = at
                while end < len(data) and data[end] >= 0x20 and data[end] != 0x7F:
                    end += 1
                chunk = data[at:end]
                # A character may be cut by the end of what was read.
                cut = 0
                if end == len(data):
                    for back in range(1, min(4, len(chunk)) + 1):
                        lead = chunk[-back]
                        if lead >= 0xC0:
                            need = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
                            cut = back if need > back else 0
                            break
                        if lead < 0x80:
                            break
                if cut:
                    self.pending = chunk[-cut:]
                    chunk = chunk[:-cut]
                for char in chunk.decode("utf-8", "replace"):
                    self.put(char)
                at = end

    def put(self, char):
        wide = width_of(char)
        if wide == 0:
            return
        if self.x + wide > self.cols:
            self.x = 0
            self.line_feed()
        self.cells[self.y][self.x] = (char, self.style)
        if wide == 2:
            self.cells[self.y][self.x + 1] = ("", self.style)
        self.x += wide

    def line_feed(self):
        if self.y + 1 < self.rows:
            self.y += 1
        else:
            self.cells.pop(0)
            self.cells.append([(" ", PLAIN)] * self.cols)

    def control_character(self, byte):
        if byte == 0x0D:
            self.x = 0
        elif byte in (0x0A, 0x0B, 0x0C):
            self.line_feed()
        elif byte == 0x08:
            self.x = max(0, self.x - 1)
        elif byte == 0x09:
            self.x = min(self.cols - 1, (self.x // 8 + 1) * 8)

    def control(self, parameters, final):
        if parameters[:1] in (b"?", b">", b"<", b"="):
            if parameters == b"?1049":
                self.clear()
                self.x = self.y = 0
            return
        numbers = [int(n) if n.isdigit() else 0 for n in re.split(rb"[;:]", parameters)]
        first = max(1, numbers[0])
        blank = (" ", self.background())
        if final in b"Hf":
            self.y = min(self.rows, first) - 1
            self.x = min(self.cols, max(1, numbers[1] if len(numbers) > 1 else 1)) - 1
        elif final == b"A":
            self.y = max(0, self.y - first)
        elif final == b"B":
            self.y = min(self.rows - 1, self.y + first)
        elif final == b"C":
            self.x = min(self.cols - 1, self.x + first)
        elif final == b"D":
            self.x = max(0, min(self.x, self.cols - 1) - first)
        elif final == b"G":
            self.x = min(self.cols, first) - 1
        elif final == b"d":
            self.y = min(self.rows, first) - 1
        elif final == b"J":
            start = 0 if numbers[0] in (2, 3) else self.y
            if numbers[0] == 0:
                self.cells[self.y][self.x:] = [blank] * (self.cols - self.x)
                start = self.y + 1
            for y in range(start, self.rows):
                self.cells[y] = [blank] * self.cols
        elif final == b"K":
            if numbers[0] == 0:
                self.cells[self.y][self.x:] = [blank] * max(0, self.cols - self.x)
            elif numbers[0] == 2:
                self.cells[self.y] = [blank] * self.cols
            else:
                self.cells[self.y][: self.x + 1] = [blank] * min(self.cols, self.x + 1)
        elif final == b"X":
            end = min(self.cols, self.x + first)
            self.cells[self.y][self.x : end] = [blank] * (end - self.x)
        elif final == b"m":
            self.select(numbers)

    def background(self):
        return frozenset(item for item in self.style if item[0] == "bg")

    def select(self, numbers):
        style = dict(self.style)
        at = 0
        while at < len(numbers):
            code = numbers[at]
            if code == 0:
                style = {}
            elif code in (38, 48, 58):
                length = 3 if at + 1 < len(numbers) and numbers[at + 1] == 5 else 5
                name = {38: "fg", 48: "bg", 58: "ul"}[code]
                style[name] = ";".join(map(str, numbers[at : at + length]))
                at += length - 1
            elif 30 <= code <= 37 or 90 <= code <= 97:
                style["fg"] = str(code)
            elif 40 <= code <= 47 or 100 <= code <= 107:
                style["bg"] = str(code)
            elif code in (39, 49, 59):
                style.pop({39: "fg", 49: "bg", 59: "ul"}[code], None)
            elif code == 22:
                style.pop("bold", None)
                style.pop("dim", None)
            elif code in OFF:
                style.pop(OFF[code], None)
            elif code in ON:
                style[ON[code]] = str(code)
            at += 1
        self.style = frozenset(style.items())


ON = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 5: "blink", 7: "reverse", 8: "hidden", 9: "crossed"}
OFF = {23: "italic", 24: "underline", 25: "blink", 27: "reverse", 28: "hidden", 29: "crossed"}
ENDS = {"bold": "22", "dim": "22", "italic": "23", "underline": "24", "blink": "25", "reverse": "27", "hidden": "28",
        "crossed": "29", "fg": "39", "bg": "49", "ul": "59"}


def restyle(old, new):
    """Bytes of the shortest SGR from one style to another."""
    if old == new:
        return 0
    anew = ";".join(["", *(code for _, code in sorted(new))]) if new else ""
    have, want = dict(old), dict(new)
    ends = {ENDS[name] for name in have if name not in want}
    # Bold and dim end together.
    again = [code for name, code in want.items() if have.get(name) != code or ENDS[name] in ends]
    changed = ";".join([*ends, *again])
    return 3 + min(len(anew), len(changed))


def go(x, y, to_x, to_y):
    """Bytes of the shortest way of the cursor."""
    if (x, y) == (to_x, to_y):
        return 0
    ways = [4 + len(str(to_y + 1)) + len(str(to_x + 1))]
    if y == to_y and to_x > x:
        ways.append(3 + (len(str(to_x - x)) if to_x - x > 1 else 0))
    if y == to_y and to_x < x:
        ways.append(min(x - to_x, 3 + len(str(x - to_x))))
    if to_x == 0 and to_y > y:
        ways.append(1 + to_y - y)
    return min(ways)


def size(cell):
    return len(cell[0].encode())


def fewest(before, after, cursor=(0, 0)):
    """About the fewest bytes of a renderer that writes only cells that differ: short gaps are written over, what is
    blank to the end of a line is erased, attributes change only where they must. 0 where nothing differs."""
    total, (x, y) = 0, cursor
    style = PLAIN
    for row, (old, new) in enumerate(zip(before, after)):
        if old == new:
            continue
        cols = len(new)
        blank_from = cols
        while blank_from and new[blank_from - 1] == (" ", PLAIN):
            blank_from -= 1
        differ = [col for col in range(cols) if old[col] != new[col]]
        erase = sum(1 for col in differ if col >= blank_from) > 3
        for col in differ:
            if erase and col >= blank_from:
                total += go(x, y, blank_from, row) + restyle(style, PLAIN) + 3
                x, y, style = blank_from, row, PLAIN
                break
            if new[col][0] == "":
                continue
            if y == row and x < col:
                gap = new[x:col]
                over = sum(map(size, gap))
                if all(cell[1] == style for cell in gap) and over <= go(x, y, col, row):
                    total, x = total + over, col
            total += go(x, y, col, row)
            total += restyle(style, new[col][1]) + size(new[col])
            x, y, style = col + width_of(new[col][0] or " "), row, new[col][1]
    return total + restyle(style, PLAIN)
