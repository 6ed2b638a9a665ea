//! What a terminal can show, and the last step before the screen where it cannot show everything.
//!
//! Everything is laid out and drawn in Unicode; [`Glyphs::rewrite`] then turns the finished picture into letters that the
//! terminal has, row by row. Danish letters become two (`ø` → `oe`) where the blanks behind the text leave room for them,
//! and one (`o`) where they do not: columns stay where they are, and nothing is cut off. The texts themselves are never
//! touched, so what is stored and exported is as it was written.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthStr;

/// What a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Everything.
    #[default]
    All,
    /// The letters of western Europe (ISO 8859-1), and of what is drawn ASCII only: fonts of the Linux console have 256
    /// or 512 signs, and which ones besides those letters is up to whoever set it up.
    Latin1,
    /// ASCII only.
    Ascii,
}

/// Terminals that know no UTF-8 whatever the locale says: hardware from before it, and what calls itself so.
const WITHOUT_UTF8: [&str; 9] = [
    "vt52", "vt100", "vt102", "vt220", "vt320", "vt420", "ansi", "cons25", "wyse60",
];

impl Glyphs {
    /// What a terminal of the kind `term` (`TERM`) shows in a locale (`da_DK.UTF-8`; empty is `C`, as POSIX says).
    pub fn suited(term: &str, locale: &str) -> Self {
        let codeset = locale.split('@').next().unwrap_or_default();
        let codeset = codeset.split_once('.').map_or("", |(_, codeset)| codeset);
        let utf8 = ["utf-8", "utf8"]
            .iter()
            .any(|name| codeset.eq_ignore_ascii_case(name));
        // `vt220-8bit`, `linux-16color`: variants follow a dash.
        let kind = term.split('-').next().unwrap_or_default();
        if !utf8 || WITHOUT_UTF8.contains(&kind) {
            Self::Ascii
        } else if kind == "linux" {
            Self::Latin1
        } else {
            Self::All
        }
    }

    /// Turns a finished picture into what the terminal can show; tells where things have moved, for the cursor.
    pub fn rewrite(self, buffer: &mut Buffer) -> Moved {
        let mut moved = Moved::default();
        if self == Self::All {
            return moved;
        }
        let area = buffer.area;
        let wide = usize::from(area.width).max(1);
        let drawn: Vec<Vec<Cell>> = buffer.content.chunks(wide).map(drawn).collect();
        for (y, row) in (area.top()..).zip(&drawn) {
            if row.iter().all(|cell| cell.symbol().is_ascii()) {
                continue;
            }
            let near = usize::from(y - area.top());
            let near = near.saturating_sub(NEAR)..(near + NEAR + 1).min(drawn.len());
            let (row, columns) = self.row(&Row::new(row, &drawn[near]));
            for (x, cell) in (area.left()..area.right()).zip(row) {
                buffer[(x, y)] = cell;
            }
            for (from, to) in (area.left()..).zip(columns) {
                let to = area.left() + u16::try_from(to).unwrap_or(u16::MAX);
                if from != to {
                    moved.0.push((Position::new(from, y), to));
                }
            }
        }
        moved
    }

    /// A line of text in letters that the terminal has, as long as it becomes.
    pub fn text(self, line: &str) -> String {
        if self == Self::All {
            return line.to_owned();
        }
        line.nfc()
            .map(|letter| self.forms(letter.encode_utf8(&mut [0; 4])).0)
            .collect()
    }

    /// A row in letters that the terminal has, and for each column the one where its content is now.
    fn row(self, whole: &Row<'_>) -> (Vec<Cell>, Vec<usize>) {
        let row = whole.cells;
        let mut cells: Vec<Cell> = Vec::with_capacity(row.len());
        let mut columns = Vec::with_capacity(row.len());
        let mut at = 0;
        while at < row.len() {
            let text = whole.text_end(at);
            let filler = whole.filler_end(text);
            // One of the filler stays, or two columns would run together; at the edge there is no other.
            let least = match row.get(text).map(Cell::symbol) {
                Some(" ") => usize::from(filler < row.len()),
                Some(ALONG) => 1,
                _ => filler - text,
            };
            let mut room = (filler - text).saturating_sub(least);
            let before = room;
            let mut word = at;
            while word < text {
                let end = (word..text)
                    .find(|index| row[*index].symbol() == " ")
                    .map_or(text, |blank| blank + 1);
                room -= self.word(&row[word..end], room, &mut cells, &mut columns);
                word = end;
            }
            let grown = before - room;
            for (index, cell) in row.iter().enumerate().take(filler).skip(text) {
                columns.push((index + grown).min(filler - 1));
                if index + grown < filler {
                    cells.push(like(cell, &self.forms(cell.symbol()).1));
                }
            }
            at = filler;
        }
        (cells, columns)
    }

    /// Writes a word, its letters as two where all of them can be; gives the columns that it has grown by.
    fn word(
        self,
        word: &[Cell],
        room: usize,
        cells: &mut Vec<Cell>,
        columns: &mut Vec<usize>,
    ) -> usize {
        let mut forms = Vec::new();
        let mut index = 0;
        while index < word.len() {
            let wide = word[index].symbol().width().max(1).min(word.len() - index);
            forms.push((index, wide, self.forms(word[index].symbol())));
            index += wide;
        }
        let grown: usize = forms
            .iter()
            .map(|(_, wide, (long, _))| long.width().saturating_sub(*wide))
            .sum();
        let fits = grown <= room;
        for (index, wide, (long, short)) in forms {
            let form = if fits { long } else { short };
            columns.extend((0..wide).map(|more| cells.len() + more));
            let before = cells.len();
            for letter in form.chars() {
                cells.push(like(&word[index], letter.encode_utf8(&mut [0; 4])));
            }
            // A sign that is wider than what stands for it.
            while cells.len() < before + wide {
                cells.push(like(&word[index], " "));
            }
        }
        if fits { grown } else { 0 }
    }

    /// How a sign is written when there is room, and in its own width.
    fn forms(self, symbol: &str) -> (String, String) {
        if symbol.is_ascii() {
            return (symbol.to_owned(), symbol.to_owned());
        }
        let (mut long, mut short) = (String::new(), String::new());
        for letter in symbol.nfc() {
            if letter.is_ascii() || self == Self::Latin1 && is_latin1(letter) {
                long.push(letter);
                short.push(letter);
            } else if let Some((many, one)) = known(letter) {
                long.push_str(many);
                short.push_str(one);
            } else {
                // Accents are taken from their letters, and letters out of their circles.
                let plain = letter
                    .nfkd()
                    .map(|part| if part == '⁄' { '/' } else { part });
                let plain: String = plain.filter(char::is_ascii).collect();
                match plain.len() {
                    0 => {}
                    1 => short.push_str(&plain),
                    // Half of ½ would be something else.
                    _ => short.push('?'),
                }
                long.push_str(&plain);
            }
        }
        let wide = symbol.width().max(1);
        if short.is_empty() {
            return ("?".repeat(wide), "?".repeat(wide));
        }
        let short = short.chars().take(wide).collect();
        (long, short)
    }
}

/// Where things have moved to in a picture that was rewritten.
#[derive(Debug, Default)]
pub struct Moved(Vec<(Position, u16)>);

impl Moved {
    /// Where that is now which was drawn at `position`.
    pub fn now(&self, position: Position) -> Position {
        let moved = self.0.iter().find(|(from, _)| *from == position);
        moved.map_or(position, |(_, x)| Position::new(*x, position.y))
    }
}

/// A row whose wide signs fill both their columns: in a buffer a blank stands in the second.
fn drawn(cells: &[Cell]) -> Vec<Cell> {
    let mut row = cells.to_vec();
    let mut x = 0;
    while x < row.len() {
        let wide = row[x].symbol().width().max(1);
        let end = (x + wide).min(row.len());
        for cell in &mut row[x + 1..end] {
            cell.set_symbol("\u{fffd}");
        }
        x = end;
    }
    row
}

/// A cell that looks the same but for its sign.
fn like(cell: &Cell, symbol: &str) -> Cell {
    let mut cell = cell.clone();
    cell.set_symbol(symbol);
    cell
}

/// The line of a border that can be shorter.
const ALONG: &str = "─";

/// How many rows above and below show where the columns of a list begin.
const NEAR: usize = 3;

/// A row as it was drawn.
struct Row<'a> {
    cells: &'a [Cell],
    /// Whether a column of a list begins here, as rows nearby show in which the one before it is not full.
    begins: Vec<bool>,
}

impl<'a> Row<'a> {
    fn new(cells: &'a [Cell], near: &[Vec<Cell>]) -> Self {
        let is_blank = |row: &[Cell], x: usize| row[x].symbol() == " ";
        let begins = |x: usize| {
            let begins =
                |row: &Vec<Cell>| is_blank(row, x - 2) && is_blank(row, x - 1) && !is_blank(row, x);
            x > 1 && near.iter().any(begins)
        };
        Self {
            cells,
            begins: (0..cells.len()).map(begins).collect(),
        }
    }

    /// Where the text that begins at `start` ends: before the next column, a line of a border, or the edge.
    fn text_end(&self, start: usize) -> usize {
        (start..self.cells.len())
            .find(|index| self.filler_end(*index) > *index)
            .unwrap_or(self.cells.len())
    }

    /// Where the filler ends that begins at `start`: what stands between texts and need not be so long. Itself when
    /// there is none.
    fn filler_end(&self, start: usize) -> usize {
        let row = self.cells;
        let Some(first) = row.get(start).map(Cell::symbol) else {
            return start;
        };
        let same = row[start..]
            .iter()
            .take_while(|cell| cell.symbol() == first);
        let end = start + same.count();
        // A title's blank belongs to it; what follows is the border that gives way.
        let ends = row.get(end).is_none_or(|next| {
            is_border(next.symbol()) && next.symbol() != ALONG || self.begins[end]
        });
        // A text that was cut fills its column.
        let cut = start > 1 && row[start - 1].symbol() == "…" && row[start - 2].symbol() != " ";
        match first {
            " " if end - start > 1 || ends || cut => end,
            _ if is_border(first) => end,
            _ => start,
        }
    }
}

fn is_border(symbol: &str) -> bool {
    symbol
        .chars()
        .next()
        .is_some_and(|letter| ('\u{2500}'..='\u{257f}').contains(&letter))
}

/// The letters and signs of ISO 8859-1; a soft hyphen is shown by some and not by others.
fn is_latin1(letter: char) -> bool {
    ('\u{a0}'..='\u{ff}').contains(&letter) && letter != '\u{ad}'
}

/// A sign in ASCII when there is room, and in one column.
fn known(letter: char) -> Option<(&'static str, &'static str)> {
    Some(match letter {
        'æ' => ("ae", "e"),
        'Æ' => ("Ae", "E"),
        'ø' | 'ö' | 'œ' => ("oe", "o"),
        'Ø' | 'Ö' | 'Œ' => ("Oe", "O"),
        'å' => ("aa", "a"),
        'Å' => ("Aa", "A"),
        'ä' => ("ae", "a"),
        'Ä' => ("Ae", "A"),
        'ü' => ("ue", "u"),
        'Ü' => ("Ue", "U"),
        'ß' => ("ss", "s"),
        'þ' => ("th", "t"),
        'Þ' => ("Th", "T"),
        'ð' | 'đ' => ("d", "d"),
        'Ð' | 'Đ' => ("D", "D"),
        'ł' => ("l", "l"),
        'Ł' => ("L", "L"),
        'ı' => ("i", "i"),
        '‐'..='―' | '−' | '·' | '\u{ad}' | '─' | '━' | '═' | '╌' | '┄' => {
            ("-", "-")
        }
        // As it is known from mutt and nano.
        '…' => ("...", "~"),
        '»' | '«' | '“' | '”' | '„' => ("\"", "\""),
        '’' | '‘' | '‚' | '‹' | '›' | '´' => ("'", "'"),
        '•' | '⚙' | '●' => ("*", "*"),
        '→' => ("->", ">"),
        '←' => ("<-", "<"),
        '↑' => ("^", "^"),
        '≠' => ("!=", "#"),
        '≤' => ("<=", "<"),
        '≥' => (">=", ">"),
        '×' | '✗' | '✘' => ("x", "x"),
        '§' => ("par.", "S"),
        '€' => ("EUR", "E"),
        '↓' | '✓' | '✔' => ("v", "v"),
        '⟦' => ("[", "["),
        '⟧' => ("]", "]"),
        '│' | '┃' | '║' | '╎' | '┆' => ("|", "|"),
        '\u{2500}'..='\u{257f}' => ("+", "+"),
        '░' | '▁' => (".", "."),
        '\u{2580}'..='\u{259f}' => ("#", "#"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    fn rewritten(glyphs: Glyphs, text: &str, width: u16) -> (String, Moved) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        buffer.set_stringn(0, 0, text, usize::from(width), Style::new());
        let moved = glyphs.rewrite(&mut buffer);
        let shown = buffer.content().iter().map(Cell::symbol).collect();
        (shown, moved)
    }

    fn ascii(text: &str, width: u16) -> String {
        rewritten(Glyphs::Ascii, text, width).0
    }

    #[test]
    fn terminal_and_locale_decide() {
        for (term, locale, glyphs) in [
            ("xterm-256color", "da_DK.UTF-8", Glyphs::All),
            ("xterm-256color", "da_DK.utf8@euro", Glyphs::All),
            ("screen", "C.UTF-8", Glyphs::All),
            ("something-new", "en_GB.UTF-8", Glyphs::All),
            ("xterm-256color", "da_DK", Glyphs::Ascii),
            ("xterm-256color", "da_DK.ISO-8859-1", Glyphs::Ascii),
            ("xterm-256color", "C", Glyphs::Ascii),
            ("xterm-256color", "", Glyphs::Ascii),
            ("linux", "da_DK.UTF-8", Glyphs::Latin1),
            ("linux", "C", Glyphs::Ascii),
            ("vt220-8bit", "da_DK.UTF-8", Glyphs::Ascii),
            ("ansi", "da_DK.UTF-8", Glyphs::Ascii),
        ] {
            assert_eq!(Glyphs::suited(term, locale), glyphs, "{term} {locale}");
        }
    }

    #[test]
    fn letters_become_two_where_there_is_room_and_one_where_there_is_none() {
        assert_eq!(ascii("Søren Åse", 12), "Soeren Aase ");
        assert_eq!(ascii("Søren Åse", 10), "Soeren Ase");
        assert_eq!(ascii("Søren", 5), "Soren");
        assert_eq!(ascii("blåbær", 7), "blaber ");
        assert_eq!(ascii("Kære …", 10), "Kaere ... ");
        assert_eq!(ascii("Bestil…", 7), "Bestil~");
    }

    #[test]
    fn columns_and_borders_stay_where_they_are() {
        assert_eq!(ascii("Søren  æ   b", 12), "Soeren ae  b");
        assert_eq!(ascii("│ på   │", 8), "| paa  |");
        assert_eq!(ascii("│ på │", 6), "| pa |");
        assert_eq!(ascii("┌ Færdig ───┐", 13), "+ Faerdig --+");
        assert_eq!(ascii("a│bø  c", 7), "a|boe c");
        assert_eq!(ascii("Bo Sø… på   b", 13), "Bo So~ paa  b");
    }

    #[test]
    fn a_full_column_is_known_by_the_rows_around_it() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 13, 2));
        buffer.set_string(0, 0, "Bo    på   12", Style::new());
        buffer.set_string(0, 1, "Bjørn på   13", Style::new());
        Glyphs::Ascii.rewrite(&mut buffer);
        let shown: Vec<&str> = buffer.content().iter().map(Cell::symbol).collect();
        assert_eq!(shown[..13].concat(), "Bo    paa  12");
        assert_eq!(shown[13..].concat(), "Bjorn paa  13");
    }

    #[test]
    fn what_has_no_likeness_is_asked_for() {
        assert_eq!(ascii("日本 é e\u{301} ½", 12), "???? e e 1/2"[..12]);
        assert_eq!(ascii("»–« ٢", 6), "\"-\" ? ");
    }

    #[test]
    fn the_linux_console_keeps_its_letters() {
        let (shown, _) = rewritten(Glyphs::Latin1, "│ Søré » … • e\u{301} →", 24);
        assert_eq!(shown.trim_end(), "| Søré » ... * é ->");
    }

    #[test]
    fn the_cursor_goes_with_its_text() {
        let (_, moved) = rewritten(Glyphs::Ascii, "> æø", 12);
        for (from, to) in [(0, 0), (2, 2), (3, 4), (4, 6), (5, 7), (11, 11)] {
            let now = moved.now(Position::new(from, 0));
            assert_eq!(now, Position::new(to, 0), "{from}");
        }
    }

    proptest! {
        #[test]
        fn rows_keep_their_width_and_every_plain_column_its_place(text in "[a-zæøåÆ…│ 日é]{0,40}") {
            let (shown, _) = rewritten(Glyphs::Ascii, &text, 50);
            prop_assert!(shown.is_ascii());
            prop_assert_eq!(shown.len(), 50);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 50, 1));
            buffer.set_stringn(0, 0, &text, 50, Style::new());
            for (cell, letter) in buffer.content().iter().zip(shown.chars()) {
                prop_assert!(cell.symbol() != "│" || letter == '|', "{}\n{}", text, shown);
            }
        }
    }
}
