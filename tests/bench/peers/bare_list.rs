//! The least a ratatui program with a list can do: it reads nothing, knows nothing, and draws only the rows that are seen.
//!
//! What the screen of `indsigt` is measured against by `tests/bench/run`. It has the same number of lines, a header, a
//! footer, a second tab and a page for one row, so that the same keys can be sent to both.

use std::collections::BTreeSet;
use std::io;

use ratatui::Frame;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind};
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

/// Rows of the list.
const ROWS: usize = 1000;
/// First names of the rows.
const FIRST: [&str; 7] = ["Anne", "Mette", "Søren", "Åse", "Yusuf", "Birthe", "René"];
/// Surnames of the rows.
const LAST: [&str; 5] = ["Nielsen", "Østergaard", "Lund", "Sørensen", "Kjær"];

/// What is shown.
#[derive(Default)]
struct App {
    tab: usize,
    cursor: usize,
    top: usize,
    height: usize,
    open: bool,
    marked: BTreeSet<usize>,
}

impl App {
    fn row(&self, number: usize) -> String {
        let mark = if self.marked.contains(&number) {
            '*'
        } else {
            ' '
        };
        let letter = if self.tab == 0 { 'N' } else { 'R' };
        let name = format!(
            "{} {}",
            FIRST[number % FIRST.len()],
            LAST[number / 3 % LAST.len()]
        );
        format!(
            "{mark}!! {letter}-2026-{:04} {name:<20} opt-out  due {:02}/11 {:>3} d 0/3 Unsubscribe in Kajabi",
            number + 1,
            number % 28 + 1,
            number % 40,
        )
    }

    /// Does what a key says; `false` ends it.
    fn key(&mut self, key: KeyCode) -> bool {
        match key {
            KeyCode::Char('q') => return false,
            KeyCode::Char('j') | KeyCode::Down => self.cursor += 1,
            KeyCode::Char('k') | KeyCode::Up => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Char('g') => self.cursor = 0,
            KeyCode::PageDown => self.cursor += self.height,
            KeyCode::PageUp => self.cursor = self.cursor.saturating_sub(self.height),
            KeyCode::Char('1') => self.tab = 0,
            KeyCode::Char('2') => self.tab = 1,
            KeyCode::Enter => self.open = true,
            KeyCode::Esc => self.open = false,
            KeyCode::Char(' ') if !self.marked.remove(&self.cursor) => {
                self.marked.insert(self.cursor);
            }
            _ => {}
        }
        self.cursor = self.cursor.min(ROWS - 1);
        true
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        let [header, body, footer] = Layout::vertical([
            Constraint::Length(2),
            Constraint::Min(1),
            Constraint::Length(1),
        ])
        .areas(frame.area());
        self.height = usize::from(body.height);
        self.top = self
            .top
            .clamp((self.cursor + 1).saturating_sub(self.height), self.cursor);
        frame.render_widget(
            Line::raw(format!(
                "1 Today{}  2 Requests{}",
                self.tab,
                self.marked.len()
            )),
            header,
        );
        if self.open {
            let lines: Vec<Line<'_>> = (0..self.height)
                .map(|line| Line::raw(format!("{line:>3} {}", self.row(self.cursor))))
                .collect();
            frame.render_widget(Paragraph::new(lines), body);
        } else {
            for (line, area) in (self.top..ROWS).zip(body.rows()) {
                let style = if line == self.cursor {
                    Style::new().add_modifier(Modifier::REVERSED)
                } else {
                    Style::new()
                };
                let text = format!("{:<1$}", self.row(line), usize::from(area.width));
                frame.render_widget(Line::styled(text, style), area);
            }
        }
        frame.render_widget(Line::raw("Enter open  q quit"), footer);
    }
}

fn main() -> io::Result<()> {
    let mut terminal = ratatui::init();
    let mut app = App::default();
    let ended = loop {
        if let Err(error) = terminal.draw(|frame| app.draw(frame)) {
            break Err(error);
        }
        match event::read() {
            Ok(Event::Key(key)) if key.kind == KeyEventKind::Press && !app.key(key.code) => {
                break Ok(());
            }
            Ok(_) => {}
            Err(error) => break Err(error),
        }
    };
    ratatui::restore();
    ended
}
