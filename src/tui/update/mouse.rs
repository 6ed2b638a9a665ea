//! The mouse: what a click means, and the wheel as the keys it stands for. Whatever can be done with it has a key.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::input::Mouse;
use super::super::model::Model;
use super::super::msg::{Effect, Tab};
use super::super::screens::list::row_on_line;
use super::super::view;
use super::key_pressed;
use super::moves::keep_cursor_visible;
use super::rows::{open, open_tab};

/// How many rows one turn of the wheel moves.
const TURN: usize = 3;

/// What the mouse does. A click while something is under way, or beside a dialog, is none: it was meant for what was
/// there before.
pub(super) fn used(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if !model.mouse || model.busy {
        return Vec::new();
    }
    match mouse {
        Mouse::WheelDown => turned(model, KeyCode::Down),
        Mouse::WheelUp => turned(model, KeyCode::Up),
        Mouse::Click(column, row) => clicked(model, column, row),
    }
}

fn turned(model: &mut Model, key: KeyCode) -> Vec<Effect> {
    let turn = (0..TURN).flat_map(|_| key_pressed(model, KeyEvent::new(key, KeyModifiers::NONE)));
    turn.collect()
}

fn clicked(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    if !model.dialogs.is_empty() || model.report.is_some() || model.searching {
        return Vec::new();
    }
    let regions = model.regions();
    let at = ratatui::layout::Position::new(column, row);
    if regions.header.contains(at) {
        return match view::tab_at(model, column) {
            Some(tab) if tab != model.tab => open_tab(model, tab),
            _ => Vec::new(),
        };
    }
    if regions.list.contains(at) {
        return chosen(model, usize::from(row - regions.list.y));
    }
    if let Some(detail) = regions.detail.filter(|detail| detail.contains(at)) {
        let line = model.detail_top + usize::from(row - detail.y);
        if model.selected().is_some() && line < model.detail_rows().len() {
            model.in_detail = true;
            model.detail_cursor = line;
        }
    }
    Vec::new()
}

/// A click on a row chooses it; one on the row that is chosen already opens it.
fn chosen(model: &mut Model, line: usize) -> Vec<Effect> {
    let height = usize::from(model.regions().list.height);
    let row = if model.tab == Tab::History {
        let list = model.list();
        Some(list.top + line).filter(|row| *row < list.total)
    } else {
        row_on_line(model, line, height)
    };
    let Some(row) = row else {
        return Vec::new();
    };
    let was_chosen = model.list().cursor == row && !model.in_detail;
    model.in_detail = false;
    if was_chosen {
        return open(model);
    }
    (model.detail_cursor, model.detail_top) = (0, 0);
    model.list_mut().cursor = row;
    keep_cursor_visible(model);
    model.load_if_outside().into_iter().collect()
}
