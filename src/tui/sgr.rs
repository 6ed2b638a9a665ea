//! Changed cells as bytes for a terminal.
//!
//! ratatui's own writing asks for the sixteen colours the way of terminals with 256 (`38;5;1`), which one that has never
//! heard of it takes for a wish to blink; it looks at `NO_COLOR` itself, where here the theme has decided; and it ends each
//! piece with four sequences where one does. Over a slow line the shorter way is also the quicker one.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Modifiers and their numbers; blinking is not among them.
const MODIFIERS: [(Modifier, &str); 6] = [
    (Modifier::BOLD, ";1"),
    (Modifier::DIM, ";2"),
    (Modifier::ITALIC, ";3"),
    (Modifier::UNDERLINED, ";4"),
    (Modifier::REVERSED, ";7"),
    (Modifier::CROSSED_OUT, ";9"),
];

/// Writes cells at their places; afterwards the terminal's style is plain again.
pub(super) fn write<'a>(
    out: &mut impl Write,
    cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> io::Result<()> {
    let plain = (Color::Reset, Color::Reset, Modifier::empty());
    let mut style = plain;
    let mut next = None;
    for (x, y, cell) in cells {
        if next != Some((x, y)) {
            write!(out, "\x1b[{};{}H", y + 1, x + 1)?;
        }
        next = Some((x + 1, y));
        let wanted = (cell.fg, cell.bg, cell.modifier);
        if wanted != style {
            out.write_all(b"\x1b[0")?;
            for (modifier, number) in MODIFIERS {
                if cell.modifier.contains(modifier) {
                    out.write_all(number.as_bytes())?;
                }
            }
            write_color(out, cell.fg, 30)?;
            write_color(out, cell.bg, 40)?;
            out.write_all(b"m")?;
            style = wanted;
        }
        out.write_all(cell.symbol().as_bytes())?;
    }
    if style != plain {
        out.write_all(b"\x1b[0m")?;
    }
    Ok(())
}

/// A colour; `first` is the number of black: 30 for letters, 40 for what is behind them.
fn write_color(out: &mut impl Write, color: Color, first: u8) -> io::Result<()> {
    // The bright ones have numbers of their own, sixty further on.
    let number = match color {
        Color::Reset => return Ok(()),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) => return write!(out, ";{};5;{index}", first + 8),
        Color::Rgb(red, green, blue) => {
            return write!(out, ";{};2;{red};{green};{blue}", first + 8);
        }
    };
    write!(out, ";{}", first + number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[(u16, u16, Cell)]) -> String {
        let mut out = Vec::new();
        write(&mut out, cells.iter().map(|(x, y, cell)| (*x, *y, cell))).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn cell(symbol: &'static str, color: Color, modifier: Modifier) -> Cell {
        let mut cell = Cell::new(symbol);
        cell.fg = color;
        cell.modifier = modifier;
        cell
    }

    #[test]
    fn a_run_is_placed_once_and_its_style_told_once() {
        let red = || cell("r", Color::Red, Modifier::BOLD);
        let plain = cell("p", Color::Reset, Modifier::empty());
        let cells = [(4, 0, red()), (5, 0, red()), (6, 0, plain.clone())];
        assert_eq!(written(&cells), "\x1b[1;5H\x1b[0;1;31mrr\x1b[0mp");
        assert_eq!(written(&[(0, 9, plain)]), "\x1b[10;1Hp");
    }

    #[test]
    fn sixteen_colours_are_asked_for_as_every_terminal_knows_them() {
        let gray = cell("g", Color::DarkGray, Modifier::REVERSED);
        assert_eq!(written(&[(0, 0, gray)]), "\x1b[1;1H\x1b[0;7;90mg\x1b[0m");
        let mut behind = cell("b", Color::Reset, Modifier::empty());
        behind.bg = Color::LightCyan;
        assert_eq!(written(&[(0, 0, behind)]), "\x1b[1;1H\x1b[0;106mb\x1b[0m");
    }
}
