//! From the text of a file to its tables: the delimiter, the rows with column names, and the rows below them.
//!
//! A file may hold lines of prose before the column names and several tables one after the other, as Zoom's reports
//! do. Rows are read one at a time from the text, so a file of hundreds of thousands of rows is held once. Line
//! numbers are those an editor shows: quoted line breaks, CR, LF and CRLF all count.

use std::borrow::Cow;
use std::io::{Chain, Read};
use std::ops::Range;

use super::address::mailboxes;
use super::columns;
pub use super::columns::key;
use super::{TableError, text};
use crate::mail::clean;

/// How many lines the delimiter is judged by; the longest preamble seen has 12.
const SAMPLE_LINES: usize = 64;
/// How much text the delimiter is judged by, for files with endless lines.
const SAMPLE_BYTES: usize = 64 * 1024;
/// A cell with more lines than this is a forgotten quote, not a note.
const MAX_LINES_IN_ROW: usize = 500;
/// Each repair reads on from the line after; the limit keeps a hostile file from being read a million times. What is
/// below the last one is read without quotes, each line for itself: a row must never hold the rows below it.
const MAX_REPAIRS: u32 = 20;
/// Reports have a handful of tables; a file that goes on and on is not going to be one of them.
const MAX_TABLES: usize = 1_000;
/// Follows the text when it is parsed: only a quote that was never closed can reach beyond its first line break.
const AFTER_END: &[u8] = b"\n\x01\n";

/// A file with the tables that were found in it.
#[derive(Debug)]
pub struct Document<'a> {
    text: Cow<'a, str>,
    delimiter: u8,
    tables: Vec<Table>,
}

/// One table: its column names and where its rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The column names, cleaned; empty for a plain list without any.
    pub header: Vec<String>,
    /// The physical line of the column names, or of the first row of a plain list.
    pub line: usize,
    /// The physical lines above the column names that belong to no table.
    pub preamble_lines: usize,
    /// The single cell right above the column names ("Attendee Details").
    pub title: Option<String>,
    /// How many rows are below, blank ones not counted.
    pub rows: usize,
    /// Where the line with the column names begins in the text, and where the rows are.
    start: usize,
    body: Range<usize>,
}

/// One row that is not blank.
#[derive(Debug, Clone)]
pub struct Row {
    /// The physical line of the file that the row starts on, counted from 1.
    pub line: usize,
    /// A quote was opened here and, it seems, never closed. Where that is certain, the line was read without quotes.
    pub open_quote: bool,
    cells: csv::StringRecord,
    start: usize,
    end: usize,
}

impl Row {
    /// A cell as it may be shown and kept: one line, without control characters. Empty where the row is too short.
    pub fn cell(&self, column: usize) -> String {
        self.cells.get(column).map(tidy).unwrap_or_default()
    }

    /// Whether the row goes so far. A hostile file has ten thousand columns and rows of one cell: whoever goes through
    /// columns, which are in order, ends where the row does.
    pub(super) fn reaches(&self, column: usize) -> bool {
        column < self.cells.len()
    }

    /// All cells, as [`Row::cell`] gives them.
    pub fn cells(&self) -> Vec<String> {
        self.cells.iter().map(tidy).collect()
    }

    /// How many cells the row has, when that is not what the header has. Empty cells beyond the header do not count:
    /// spreadsheets add those as they like.
    pub fn ragged(&self, expected: usize) -> Option<usize> {
        let empty = |cell: &str| cell.trim().is_empty();
        let short = self.cells.len() < expected;
        let long = self.cells.iter().skip(expected).any(|cell| !empty(cell));
        (short || long).then_some(self.cells.len())
    }

    fn filled(&self) -> usize {
        self.cells
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count()
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// Exports that were put together by hand have the column names in the middle, too.
    fn repeats(&self, header: &[String]) -> bool {
        self.cells.len() == header.len() && !self.holds_at_sign() && self.cells() == header
    }

    fn holds_at_sign(&self) -> bool {
        self.cells.as_slice().contains('@')
    }
}

/// A cell as it may be shown and kept. Most cells are plain ASCII and need no more than trimming.
fn tidy(cell: &str) -> String {
    let cell = cell.trim();
    if cell.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        return cell.to_owned();
    }
    clean::line(&cell.replace("\r\n", " ").replace(['\r', '\n', '\t'], " "))
        .trim()
        .to_owned()
}

impl<'a> Document<'a> {
    /// Finds the tables of a file. `known` says of a column name's [`key`] whether it means anything to the caller; a row
    /// of such names is a header.
    ///
    /// # Errors
    /// `Empty` and `Binary` for files without text, `NoHeader` when there is neither a row of column names nor a
    /// plain list of addresses. A table without rows is no error here: see [`Table::rows`].
    pub fn open(bytes: &'a [u8], known: fn(&str) -> bool) -> Result<Self, TableError> {
        let text = text::decode(bytes)?;
        let (start, declared) = declared_delimiter(&text);
        let delimiter = declared.unwrap_or_else(|| likely_delimiter(&text[start..], known));
        let mut search = Search {
            known,
            tables: Vec::new(),
            last: Last::default(),
        };
        for row in Rows::new(&text, start..text.len(), delimiter, 0) {
            search.see(&text, &row);
        }
        let mut tables = search.tables;
        if tables.is_empty() {
            tables.push(without_known_header(&text, start, delimiter)?);
        }
        Ok(Self {
            text,
            delimiter,
            tables,
        })
    }

    /// The tables in the order of the file; at least one.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The rows of one table. Blank rows and repeated column names are left out.
    pub fn rows<'t>(&'t self, table: &Table) -> impl Iterator<Item = Row> + use<'t> {
        let width = table.header.len();
        let rows = Rows::new(&self.text, table.body.clone(), self.delimiter, width);
        let header = table.header.clone();
        rows.counting_from(table.start, table.line)
            .filter(move |row| !row.is_blank() && !row.repeats(&header))
    }
}

/// Excel writes the delimiter into the first line when asked to: `sep=;`.
fn declared_delimiter(text: &str) -> (usize, Option<u8>) {
    let first = text.split(['\r', '\n']).next().unwrap_or_default();
    let bare = first.trim_matches([' ', '"']);
    match bare.as_bytes() {
        [s, e, p, b'=', delimiter]
            if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && is_delimiter(*delimiter) =>
        {
            (first.len(), Some(*delimiter))
        }
        _ => (0, None),
    }
}

fn is_delimiter(byte: u8) -> bool {
    byte == b'\t' || (byte.is_ascii_punctuation() && byte != b'"')
}

/// The delimiter that makes most sense of the best header line, and then of the rows.
fn likely_delimiter(text: &str, known: fn(&str) -> bool) -> u8 {
    let sample = head_of(text);
    let score = |delimiter: u8| {
        let (mut names, mut rows) = (0, 0);
        for row in Rows::new(sample, 0..sample.len(), delimiter, 0).take(SAMPLE_LINES) {
            if !row.holds_at_sign() {
                names = names.max(row.cells.iter().filter(|cell| known(&key(cell))).count());
            }
            rows += usize::from(row.cells.len() > 1);
        }
        (names, rows)
    };
    // `max_by_key` takes the last of equals, so the commonest comes last.
    [b'|', b'\t', b';', b',']
        .into_iter()
        .max_by_key(|delimiter| score(*delimiter))
        .unwrap_or(b',')
}

fn head_of(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What the search remembers of the row before.
#[derive(Debug, Default)]
struct Last {
    /// The row had one filled cell at most: a title, or nothing.
    lonely: bool,
    start: usize,
    title: Option<String>,
}

/// Goes through the rows once and notes where tables begin.
struct Search {
    known: fn(&str) -> bool,
    tables: Vec<Table>,
    last: Last,
}

impl Search {
    fn see(&mut self, text: &str, row: &Row) {
        if self.last.title.is_none()
            && self
                .tables
                .last()
                .is_some_and(|table| row.repeats(&table.header))
        {
            return;
        }
        let gap = self.last.lonely || follows_blank_line(text, row.start);
        if self.is_header(row, gap) {
            self.begin(text, row);
            return;
        }
        let filled = row.filled();
        if let Some(table) = self.tables.last_mut() {
            table.rows += usize::from(filled > 0);
        }
        self.last.lonely = filled <= 1;
        self.last.start = row.start;
        self.last.title = if filled == 1 {
            row.cells().into_iter().find(|cell| !cell.is_empty())
        } else {
            None
        };
    }

    fn is_header(&self, row: &Row, gap: bool) -> bool {
        if row.holds_at_sign() || self.tables.len() >= MAX_TABLES {
            return false;
        }
        let keys = row.cells.iter().map(key).filter(|key| !key.is_empty());
        let (mut all, mut known, mut addressed) = (0, 0, false);
        for key in keys {
            all += 1;
            known += usize::from((self.known)(&key));
            addressed |= columns::is_address(&key);
        }
        let Some(table) = self.tables.last() else {
            return known >= 2 || (known > 0 && (known == all || addressed));
        };
        // Inside a table, a row of people may look like column names by accident: more is asked of it.
        let firm = gap || known * 2 >= all;
        (known >= 2 && firm)
            || (addressed && known > 0 && gap)
            || (known > 0 && known == all && table.header.len() == 1)
    }

    fn begin(&mut self, text: &str, row: &Row) {
        let title = self.last.title.take().filter(|_| self.last.lonely);
        if let Some(before) = self.tables.last_mut() {
            before.body.end = row.start;
            if title.is_some() && before.rows > 0 && before.header.len() != 1 {
                before.body.end = self.last.start;
                before.rows -= 1;
            }
        }
        self.tables.push(Table {
            header: row.cells(),
            line: row.line,
            preamble_lines: if self.tables.is_empty() {
                row.line - 1
            } else {
                0
            },
            title,
            rows: 0,
            start: row.start,
            body: row.end..text.len(),
        });
        self.last = Last::default();
    }
}

/// A file where no row holds a known column name: a plain list of addresses, or a table of something else.
fn without_known_header(text: &str, start: usize, delimiter: u8) -> Result<Table, TableError> {
    let mut first = None;
    for row in Rows::new(text, start..text.len(), delimiter, 0).filter(|row| !row.is_blank()) {
        let first = *first.get_or_insert(row.line);
        let all_addresses = || {
            row.cells()
                .iter()
                .all(|cell| cell.is_empty() || !mailboxes(cell).is_empty())
        };
        if row.holds_at_sign() && all_addresses() {
            return Ok(untitled(text, &row, Vec::new(), row.start, delimiter));
        }
        if row.holds_at_sign() {
            return Err(TableError::NoHeader { line: first });
        }
        if row.filled() > 1 {
            return Ok(untitled(text, &row, row.cells(), row.end, delimiter));
        }
    }
    Err(TableError::NoHeader {
        line: first.unwrap_or(1),
    })
}

fn untitled(text: &str, first: &Row, header: Vec<String>, body: usize, delimiter: u8) -> Table {
    let below = Rows::new(text, body..text.len(), delimiter, 0);
    Table {
        header,
        line: first.line,
        preamble_lines: first.line - 1,
        title: None,
        rows: below.filter(|row| !row.is_blank()).count(),
        start: first.start,
        body: body..text.len(),
    }
}

/// The rows of a stretch of text, blank ones with delimiters included.
struct Rows<'t> {
    text: &'t str,
    end: usize,
    delimiter: u8,
    /// How many cells a row should have; 0 when nobody knows.
    width: usize,
    reader: csv::Reader<Chain<&'t [u8], &'static [u8]>>,
    /// Where in the text the reader began.
    base: usize,
    /// The line number of this place in the text.
    counted_to: usize,
    line: usize,
    repairs: u32,
}

impl<'t> Rows<'t> {
    fn new(text: &'t str, stretch: Range<usize>, delimiter: u8, width: usize) -> Self {
        let reader = reader(&text.as_bytes()[stretch.clone()], delimiter, true);
        let (base, end) = (stretch.start, stretch.end);
        Self {
            text,
            end,
            delimiter,
            width,
            reader,
            base,
            counted_to: 0,
            line: 1,
            repairs: 0,
        }
    }

    /// The line number of a place before the stretch, so that the text above need not be counted again.
    fn counting_from(mut self, place: usize, line: usize) -> Self {
        (self.counted_to, self.line) = (place, line);
        self
    }

    fn line_at(&mut self, place: usize) -> usize {
        if place >= self.counted_to {
            self.line += line_breaks(&self.text.as_bytes()[self.counted_to..place]);
            self.counted_to = place;
        }
        self.line
    }

    /// So many quotes were never closed that none of them means anything.
    fn is_exhausted(&self) -> bool {
        self.repairs >= MAX_REPAIRS
    }

    /// Whether the row runs on to the end of the text, or so far that its quote was plainly never closed.
    fn swallowed(&self, cells: &csv::StringRecord, raw: &str, past_end: bool) -> bool {
        past_end
            || line_breaks(raw.as_bytes()) > MAX_LINES_IN_ROW
            || (self.width > 0 && cells.len() != self.width && self.holds_rows(cells))
    }

    /// Whether a line inside a cell looks like a row. With the right number of cells it may be a note that quotes a
    /// list, so the row stays as it is and is only remarked on.
    fn holds_rows(&self, cells: &csv::StringRecord) -> bool {
        let row_inside =
            |line: &str| line.contains('@') && line.contains(char::from(self.delimiter));
        cells
            .iter()
            .any(|cell| cell.split(['\r', '\n']).skip(1).any(row_inside))
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut cells = csv::StringRecord::new();
        // The text is valid UTF-8 and in memory, and rows may have any width: there is no error left to report.
        if !self.reader.read_record(&mut cells).ok()? {
            return None;
        }
        let offset =
            |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let begin = self.base + cells.position().map_or(0, offset);
        let mut next = self.base + offset(self.reader.position());
        let start = begin
            + self.text.as_bytes()[begin.min(self.end)..self.end]
                .iter()
                .take_while(|b| is_break(**b))
                .count();
        if start >= self.end {
            return None;
        }
        let line = self.line_at(start);
        let past_end = next > self.end + 1;
        let raw = &self.text[start..next.min(self.end)];
        let swallowed = self.swallowed(&cells, raw, past_end);
        // Nearly every row has one line, and in one line there is no other.
        let has_lines = raw.trim_end_matches(['\r', '\n']).bytes().any(is_break);
        let mut open_quote = swallowed || (has_lines && self.holds_rows(&cells));
        if swallowed && !self.is_exhausted() {
            self.repairs += 1;
            let first = raw.split(['\r', '\n']).next().unwrap_or_default();
            next = start + first.len();
            cells = unquoted(first, self.delimiter);
            self.base = next;
            let rest = &self.text.as_bytes()[next..self.end];
            self.reader = reader(rest, self.delimiter, !self.is_exhausted());
        } else if self.is_exhausted() {
            open_quote = raw.contains('"');
            cells = cells.iter().map(without_quotes).collect();
        } else if self.width > 1 && cells.len() == 1 {
            cells = unwrapped(cells, self.delimiter);
        }
        Some(Row {
            line,
            open_quote,
            cells,
            start,
            end: next.min(self.end),
        })
    }
}

fn reader(bytes: &[u8], delimiter: u8, quoting: bool) -> csv::Reader<Chain<&[u8], &'static [u8]>> {
    let mut settings = csv::ReaderBuilder::new();
    settings
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .delimiter(delimiter);
    settings.from_reader(bytes.chain(AFTER_END))
}

fn unquoted(line: &str, delimiter: u8) -> csv::StringRecord {
    line.split(char::from(delimiter))
        .map(without_quotes)
        .collect()
}

fn without_quotes(cell: &str) -> &str {
    cell.trim().trim_matches('"')
}

/// Danish Excel shows a comma-separated file in one column; saved from there, a row that had quotes is quoted whole
/// (`"a@example.dk,""Hansen, Mette"""`). Such a row is one cell that holds a row.
fn unwrapped(cells: csv::StringRecord, delimiter: u8) -> csv::StringRecord {
    let inner = cells
        .get(0)
        .filter(|cell| cell.contains(char::from(delimiter)) && !cell.contains(['\r', '\n']));
    let Some(inner) = inner else {
        return cells;
    };
    let mut again = csv::StringRecord::new();
    match reader(inner.as_bytes(), delimiter, true).read_record(&mut again) {
        Ok(true) => again,
        _ => cells,
    }
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Line ends as an editor counts them: CRLF is one.
fn line_breaks(bytes: &[u8]) -> usize {
    let mut count = 0;
    let mut before = 0;
    for &byte in bytes {
        count += usize::from(byte == b'\r' || (byte == b'\n' && before != b'\r'));
        before = byte;
    }
    count
}

/// Whether the line above the one that starts here is blank.
fn follows_blank_line(text: &str, start: usize) -> bool {
    let above = &text[..start];
    let ended = above
        .strip_suffix("\r\n")
        .or_else(|| above.strip_suffix(['\n', '\r']));
    ended.is_some_and(|above| above.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']))
}
