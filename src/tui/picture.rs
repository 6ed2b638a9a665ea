//! What the terminal shows, and the bytes that turn it into something else.
//!
//! Over a slow line it matters how a change is told: here a short gap between two changed cells is written over where that is
//! shorter than moving the cursor, a line that becomes blank is erased to its end, a blank's unseen colour is not told, and
//! the cursor goes the shortest way. For that one has to know what stands in the gap and behind the end, which ratatui's
//! own comparison does not tell; so the last picture is kept here, and compared here.
//!
//! Where the cursor is after a letter of uncertain width (emoji, wide letters, the last column) is not relied upon:
//! terminals disagree. Colours and attributes are `sgr`; when a frame is written, and what goes around it, is `terminal`.

use std::io::{self, Write};
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};

use super::sgr::Style;

/// Empties the screen.
const CLEAR: &[u8] = b"\x1b[2J";

/// Erases from the cursor to the end of its line, in the colour behind the letters.
const ERASE_REST: &[u8] = b"\x1b[K";

/// What the terminal shows; without any cells where nothing is known of it.
#[derive(Debug)]
pub(super) struct Picture(Buffer);

impl Picture {
    /// Nothing is known of what the terminal shows: the first change empties it.
    pub(super) fn unknown() -> Self {
        Self(Buffer::empty(Rect::ZERO))
    }

    /// Writes what turns the picture into `new`, and remembers that. Afterwards the terminal's style is plain and its cursor
    /// anywhere.
    pub(super) fn change(&mut self, out: &mut Vec<u8>, new: &Buffer) -> io::Result<()> {
        let Self(shown) = self;
        if shown.area != new.area {
            *shown = Buffer::empty(new.area);
            out.write_all(CLEAR)?;
        }
        let mut pen = Pen {
            out,
            style: Style::default(),
            at: None,
        };
        let width = usize::from(new.area.width).max(1);
        let lines = shown.content.chunks_mut(width);
        for (line, (old, new)) in (0..).zip(lines.zip(new.content.chunks(width))) {
            if old != new {
                change_line(&mut pen, line, old, new)?;
                old.clone_from_slice(new);
            }
        }
        pen.restyle(Style::default())
    }
}

/// One line of it.
fn change_line(pen: &mut Pen<'_>, line: u16, old: &[Cell], new: &[Cell]) -> io::Result<()> {
    let width = new.len();
    let was_covered = covered(old);
    let row = Row {
        line,
        cells: new,
        covered: &covered(new),
    };
    let blank = |x: usize| !row.covered[x] && is_plain_blank(&new[x]);
    let text = (0..width).rfind(|x| !blank(*x)).map_or(0, |last| last + 1);
    // What comes out from under a wide letter is written in any case: which half of it a terminal leaves there is its own
    // affair.
    let differs =
        |x: &usize| !row.covered[*x] && (was_covered[*x] || !look_alike(&old[*x], &new[*x]));
    let seen = |range: Range<usize>| range.filter(differs);
    for x in seen(0..text) {
        pen.put(&row, x)?;
    }
    if seen(text..width).count() <= ERASE_REST.len() {
        for x in seen(text..width) {
            pen.put(&row, x)?;
        }
    } else {
        pen.go(&row, text)?;
        pen.restyle(Style::default())?;
        pen.out.write_all(ERASE_REST)?;
    }
    Ok(())
}

/// Which cells of a line lie under the second half of a wide letter.
fn covered(cells: &[Cell]) -> Vec<bool> {
    let mut until = 0;
    let covered = |(x, cell): (usize, &Cell)| {
        let covered = x < until;
        if !covered {
            until = x + usize::from(cell.cell_width()).max(1);
        }
        covered
    };
    cells.iter().enumerate().map(covered).collect()
}

/// Whether nobody sees a difference: the colour of a blank shows only in lines through it.
fn look_alike(old: &Cell, new: &Cell) -> bool {
    old.symbol() == new.symbol() && Style::of(old).shows(new)
}

/// Whether a cell is as erasing leaves it.
fn is_plain_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && Style::default().shows(cell)
}

/// A line as it is to be.
struct Row<'c> {
    line: u16,
    cells: &'c [Cell],
    covered: &'c [bool],
}

impl Row<'_> {
    fn place(&self, x: usize) -> Position {
        Position::new(u16::try_from(x).unwrap_or(u16::MAX), self.line)
    }

    /// Whether a terminal moves its cursor by one when it is written, whatever terminal it is.
    fn is_one_wide(&self, x: usize) -> bool {
        let symbol = self.cells[x].symbol();
        let one = symbol.len() == 1
            || (symbol.chars().nth(1).is_none() && self.cells[x].cell_width() == 1);
        one && !self.covered[x]
    }
}

/// The terminal's cursor and style while a frame is written.
struct Pen<'o> {
    out: &'o mut Vec<u8>,
    style: Style,
    /// Where the cursor is, if that is certain.
    at: Option<Position>,
}

impl Pen<'_> {
    /// Moves the cursor, the shortest way.
    fn go(&mut self, row: &Row<'_>, x: usize) -> io::Result<()> {
        let there = row.place(x);
        if self.at == Some(there) {
            return Ok(());
        }
        let mut way = placed(there);
        match self.at {
            Some(at) if at.y == there.y && at.x < there.x => {
                shorten(&mut way, along(there.x - at.x));
                let gap = usize::from(at.x)..x;
                let text: String = row.cells[gap.clone()].iter().map(Cell::symbol).collect();
                let fits = |x| row.is_one_wide(x) && self.style.shows(&row.cells[x]);
                if text.len() <= way.len() && gap.clone().all(fits) {
                    way = text;
                }
            }
            Some(at) if at.y + 1 == there.y => {
                shorten(&mut way, format!("\r\n{}", along(there.x)));
            }
            _ => {}
        }
        self.at = Some(there);
        self.out.write_all(way.as_bytes())
    }

    /// Writes a cell in its place.
    fn put(&mut self, row: &Row<'_>, x: usize) -> io::Result<()> {
        self.go(row, x)?;
        let cell = &row.cells[x];
        if !self.style.shows(cell) {
            self.restyle(Style::of(cell))?;
        }
        // In the last column some terminals have gone on to the next line, and some have not.
        let certain = row.is_one_wide(x) && x + 1 < row.cells.len();
        self.at = certain.then(|| row.place(x + 1));
        self.out.write_all(cell.symbol().as_bytes())
    }

    fn restyle(&mut self, wanted: Style) -> io::Result<()> {
        wanted.write_after(self.style, self.out)?;
        self.style = wanted;
        Ok(())
    }
}

/// The way to a place from anywhere.
pub(super) fn placed(Position { x, y }: Position) -> String {
    match (x, y) {
        (0, 0) => "\x1b[H".to_owned(),
        (0, _) => format!("\x1b[{}H", y + 1),
        _ => format!("\x1b[{};{}H", y + 1, x + 1),
    }
}

/// The way to the right.
fn along(columns: u16) -> String {
    match columns {
        0 => String::new(),
        1 => "\x1b[C".to_owned(),
        _ => format!("\x1b[{columns}C"),
    }
}

fn shorten(way: &mut String, other: String) {
    if other.len() < way.len() {
        *way = other;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Size;
    use ratatui::style::{Color, Modifier, Style as Wanted};

    use super::*;

    const SIZE: Size = Size::new(16, 4);

    fn buffer() -> Buffer {
        Buffer::empty(Rect::from((Position::ORIGIN, SIZE)))
    }

    /// What turns a picture into another.
    fn written(picture: &mut Picture, new: &Buffer) -> Vec<u8> {
        let mut out = Vec::new();
        picture.change(&mut out, new).unwrap();
        out
    }

    fn from(lines: [&str; 4]) -> Buffer {
        let mut picture = buffer();
        for (y, line) in (0..).zip(lines) {
            picture.set_string(0, y, line, Wanted::default());
        }
        picture
    }

    #[test]
    fn the_shortest_way_is_gone() {
        let mut picture = Picture::unknown();
        assert_eq!(written(&mut picture, &buffer()), CLEAR);
        let mut change = |lines| String::from_utf8(written(&mut picture, &from(lines))).unwrap();
        assert_eq!(change(["ab", "c", "", "e"]), "\x1b[Hab\r\nc\x1b[4He");
        // A gap of two is written over, one of ten is jumped.
        assert_eq!(
            change(["aB", "c d        x", "", "e"]),
            "\x1b[1;2HB\x1b[2;3Hd\x1b[8Cx"
        );
        assert_eq!(change(["XB Y", "c d        x", "", "e"]), "\x1b[HXB Y");
        // What becomes blank is erased, but for a letter or two.
        assert_eq!(change(["X", "c d", "", "e"]), "\x1b[1;2H   \x1b[2;12H ");
        assert_eq!(change(["abcdefgh", "c d", "", "e"]), "\x1b[Habcdefgh");
        assert_eq!(change(["a", "c d", "", "e"]), "\x1b[1;2H\x1b[K");
        assert_eq!(change(["a", "c d", "", "e"]), "");
    }

    /// A few places of a line, each with a letter and a look.
    fn lines() -> impl Strategy<Value = Vec<(u16, u16, &'static str, Wanted)>> {
        let letter = prop::sample::select(vec![
            "a",
            "b",
            " ",
            "   ",
            "          ",
            "æ",
            "é",
            "漢",
            "│",
            "abc",
            "0123456789abcdef",
        ]);
        let look = prop::sample::select(vec![
            Wanted::default(),
            Wanted::default().fg(Color::Red),
            Wanted::default().bg(Color::Blue),
            Wanted::default().add_modifier(Modifier::REVERSED),
            Wanted::default()
                .fg(Color::Red)
                .add_modifier(Modifier::BOLD),
            Wanted::default().add_modifier(Modifier::UNDERLINED),
        ]);
        prop::collection::vec((0..SIZE.width, 0..SIZE.height, letter, look), 0..12)
    }

    proptest! {
        /// Whatever pictures follow each other, a terminal that reads the bytes shows the last one.
        #[test]
        fn a_terminal_shows_what_was_drawn(pictures in prop::collection::vec(lines(), 1..8)) {
            let mut terminal = vt100::Parser::new(SIZE.height, SIZE.width, 0);
            let mut picture = Picture::unknown();
            for places in pictures {
                let mut new = buffer();
                for (x, y, text, look) in places {
                    new.set_string(x, y, text, look);
                }
                terminal.process(&written(&mut picture, &new));
                let row = |y: u16| &new.content[usize::from(y * SIZE.width)..][..usize::from(SIZE.width)];
                for (y, x) in (0..SIZE.height).flat_map(|y| (0..SIZE.width).map(move |x| (y, x))) {
                    let cell = terminal.screen().cell(y, x).unwrap();
                    let wanted = &new[(x, y)];
                    prop_assert_eq!(cell.is_wide_continuation(), covered(row(y))[usize::from(x)]);
                    if cell.is_wide_continuation() {
                        continue;
                    }
                    let shown = if cell.has_contents() { cell.contents() } else { " " };
                    prop_assert_eq!(shown, wanted.symbol(), "{},{}", x, y);
                    prop_assert_eq!(cell.inverse(), wanted.modifier.contains(Modifier::REVERSED));
                    prop_assert_eq!(cell.underline(), wanted.modifier.contains(Modifier::UNDERLINED));
                    if wanted.symbol() != " " {
                        prop_assert_eq!(cell.bold(), wanted.modifier.contains(Modifier::BOLD));
                        let red = cell.fgcolor() == vt100::Color::Idx(1);
                        prop_assert_eq!(red, wanted.fg == Color::Red);
                    }
                    let blue = cell.bgcolor() == vt100::Color::Idx(4);
                    prop_assert_eq!(blue, wanted.bg == Color::Blue);
                }
            }
        }
    }
}
