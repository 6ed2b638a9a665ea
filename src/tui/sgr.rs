//! Colours and attributes as bytes for a terminal.
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

/// What shows only where there are letters is not seen on a blank; these are.
const SEEN_ON_BLANKS: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT);

/// Colours and attributes of a cell, or of the terminal's pen. The default is plain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    fore: Color,
    behind: Color,
    modifiers: Modifier,
}

impl Style {
    /// That of a cell.
    pub(super) fn of(cell: &Cell) -> Self {
        Self {
            fore: cell.fg,
            behind: cell.bg,
            modifiers: cell.modifier,
        }
    }

    /// Whether a blank looks the same in both.
    fn is_blank_like(self, other: Self) -> bool {
        let seen = self.modifiers.union(other.modifiers) & SEEN_ON_BLANKS;
        self == other || (self.behind == other.behind && seen.is_empty())
    }

    /// Whether a cell written in this style looks as it should.
    pub(super) fn shows(self, cell: &Cell) -> bool {
        let wanted = Self::of(cell);
        self == wanted || (cell.symbol() == " " && self.is_blank_like(wanted))
    }

    /// Writes what makes this style of another: what is added to it where nothing has to end, and otherwise all of it
    /// anew. Single attributes are not ended: not every terminal knows how.
    pub(super) fn write_after(self, old: Self, out: &mut impl Write) -> io::Result<()> {
        if self == old {
            return Ok(());
        }
        let plain = Self::default();
        let ends = !self.modifiers.contains(old.modifiers)
            || (self.fore != old.fore && self.fore == plain.fore)
            || (self.behind != old.behind && self.behind == plain.behind);
        let from = if ends { plain } else { old };
        // Nothing before the first semicolon means 0: all of it ends.
        let mut numbers = Vec::new();
        for (modifier, number) in MODIFIERS {
            if self.modifiers.contains(modifier) && !from.modifiers.contains(modifier) {
                numbers.extend_from_slice(number.as_bytes());
            }
        }
        if self.fore != from.fore {
            write_color(&mut numbers, self.fore, 30)?;
        }
        if self.behind != from.behind {
            write_color(&mut numbers, self.behind, 40)?;
        }
        let skipped = usize::from(!ends && !numbers.is_empty());
        out.write_all(b"\x1b[")?;
        out.write_all(&numbers[skipped..])?;
        out.write_all(b"m")
    }
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

    fn style(fore: Color, modifiers: Modifier) -> Style {
        Style {
            fore,
            modifiers,
            ..Style::default()
        }
    }

    fn after(old: Style, new: Style) -> String {
        let mut out = Vec::new();
        new.write_after(old, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_style_is_added_to_or_told_anew_where_something_ends() {
        let (plain, bold) = (Style::default(), Modifier::BOLD);
        assert_eq!(after(plain, style(Color::Red, bold)), "\x1b[1;31m");
        assert_eq!(
            after(
                style(Color::Red, Modifier::empty()),
                style(Color::Red, bold)
            ),
            "\x1b[1m"
        );
        assert_eq!(
            after(style(Color::Red, bold), style(Color::Blue, bold)),
            "\x1b[34m"
        );
        assert_eq!(
            after(style(Color::Red, bold), style(Color::Red, Modifier::DIM)),
            "\x1b[;2;31m"
        );
        assert_eq!(
            after(style(Color::Red, bold), style(Color::Reset, bold)),
            "\x1b[;1m"
        );
        assert_eq!(after(style(Color::Red, bold), plain), "\x1b[m");
        assert_eq!(after(plain, plain), "");
    }

    #[test]
    fn sixteen_colours_are_asked_for_as_every_terminal_knows_them() {
        let gray = style(Color::DarkGray, Modifier::REVERSED);
        assert_eq!(after(Style::default(), gray), "\x1b[7;90m");
        let behind = Style {
            behind: Color::LightCyan,
            ..Style::default()
        };
        assert_eq!(after(Style::default(), behind), "\x1b[106m");
    }
}
