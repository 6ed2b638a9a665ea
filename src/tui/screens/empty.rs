//! What stands where there is nothing to show: why, and what to do next. Of an empty store, a welcome.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::super::keymap::{self, Action};
use super::super::layout::wrap;
use super::super::model::Model;
use super::super::msg::Tab;

/// Columns at both sides.
const MARGIN: u16 = 2;

/// Draws it.
pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let searching = !model.searches[model.tab.index()].is_empty();
    if model.nothing_yet && model.tab == Tab::Today && !searching {
        welcome(model, frame, area);
        return;
    }
    let width = usize::from(area.width.saturating_sub(2 * MARGIN));
    let mut lines = Vec::new();
    for text in sentences(model, searching) {
        let broken = wrap(&text, width).into_iter();
        lines.extend(broken.map(|line| (line, model.theme.plain())));
        lines.push((String::new(), model.theme.plain()));
    }
    put(frame, area, lines);
}

fn put(frame: &mut Frame<'_>, area: Rect, lines: Vec<(String, Style)>) {
    let width = usize::from(area.width.saturating_sub(2 * MARGIN));
    for (y, (line, style)) in (area.y + 1..area.bottom()).zip(lines) {
        frame
            .buffer_mut()
            .set_stringn(area.x + MARGIN, y, line, width, style);
    }
}

/// Why there is nothing, and what to do next.
pub(in crate::tui) fn sentences(model: &Model, searching: bool) -> Vec<String> {
    let texts = &model.texts;
    let new = model.keys.key_of(Action::New);
    let filter = model.keys.key_of(Action::Filter);
    if searching {
        return vec![texts.get("empty-search")];
    }
    if model.tab != Tab::Today && model.filters[model.tab.index()].is_set() {
        return vec![texts.with("empty-filter", &[("key", filter.into())])];
    }
    let id = format!("empty-{}", model.tab.word());
    let mut lines = vec![texts.with(&id, &[("key", new.into())])];
    match model.next {
        Some((id, on)) if model.tab == Tab::Today => {
            let on = texts.date_with_weekday(on);
            let shown = [("id", id.to_string().into()), ("date", on.into())];
            lines.push(texts.with("due-next", &shown));
            let key = model.keys.key_of(Action::Tab(1));
            lines.push(texts.with("empty-today-later", &[("key", key.into())]));
        }
        None if model.tab == Tab::Today => {
            lines.push(texts.with("empty-today-nothing", &[("key", new.into())]));
        }
        _ => {}
    }
    if model.nothing_yet {
        let key = model.keys.key_of(Action::Tab(0));
        lines.push(texts.with("empty-start", &[("key", key.into())]));
    }
    lines
}

/// What there is to begin with: a key or a command, and what it does.
pub(in crate::tui) fn beginnings(model: &Model) -> Vec<(String, String)> {
    let texts = &model.texts;
    let mut ways = Vec::new();
    if keymap::enabled(Action::New, model).is_ok() {
        let key = model.keys.key_of(Action::New).to_owned();
        ways.push((key, texts.get("welcome-new")));
    }
    for way in ["demo", "mail", "optouts", "recordings"] {
        let command = texts.get(&format!("welcome-{way}"));
        let does = texts.get(&format!("welcome-{way}-does"));
        ways.push((command, does));
    }
    ways
}

/// The first run: what there is to begin with, by the keys and commands that work.
fn welcome(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let texts = &model.texts;
    let plain = model.theme.plain();
    let width = usize::from(area.width.saturating_sub(2 * MARGIN));
    let ways = beginnings(model);
    let column = ways.iter().map(|(how, _)| how.width()).max().unwrap_or(0) + 2;
    let shown = [
        ("help", model.keys.key_of(Action::Help).into()),
        ("quit", model.keys.key_of(Action::Quit).into()),
    ];
    let before = [texts.get("welcome-title"), texts.get("welcome-empty")];
    let after = texts.with("welcome-keys", &shown);
    let mut lines = Vec::new();
    let [title, empty] = before;
    lines.push((title, model.theme.heading()));
    lines.extend(wrap(&empty, width).into_iter().map(|line| (line, plain)));
    lines.push((String::new(), plain));
    for (how, does) in ways {
        let blanks = " ".repeat(column.saturating_sub(how.width()));
        let first = format!("{how}{blanks}");
        let room = width.saturating_sub(column);
        for (index, line) in wrap(&does, room).into_iter().enumerate() {
            let aside = if index == 0 {
                first.clone()
            } else {
                " ".repeat(column)
            };
            lines.push((format!("{aside}{line}"), plain));
        }
    }
    lines.push((String::new(), plain));
    lines.extend(
        wrap(&after, width)
            .into_iter()
            .map(|line| (line, model.theme.dim())),
    );
    if lines.len() >= usize::from(area.height) {
        // The blank lines are the first to go.
        lines.retain(|(line, _)| !line.is_empty());
    }
    put(frame, area, lines);
}
