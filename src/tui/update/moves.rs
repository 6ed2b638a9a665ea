//! Moving: cursors, pages, and what is scrolled so that a cursor stays on the screen.

use super::super::keymap::{Action, Mode};
use super::super::model::Model;
use super::super::msg::Effect;

/// Moves the cursor of whichever pane has the keys.
pub(super) fn moved(model: &mut Model, action: Action) -> Vec<Effect> {
    let regions = model.regions();
    if model.mode() == Mode::Detail {
        let rows = model.detail_rows().len();
        let page = regions.detail.map_or(1, |area| usize::from(area.height));
        model.detail_cursor = step(action, model.detail_cursor, rows, page);
        keep_cursor_visible(model);
        return Vec::new();
    }
    let page = usize::from(regions.list.height.saturating_sub(1)).max(1);
    let list = model.list_mut();
    let before = list.cursor;
    list.cursor = step(action, list.cursor, list.total, page);
    if list.cursor != before {
        (model.detail_cursor, model.detail_top) = (0, 0);
        model.months_turned = 0;
    }
    keep_cursor_visible(model);
    model.load_if_outside().into_iter().collect()
}

pub(super) fn step(action: Action, cursor: usize, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    let to = match action {
        Action::Down => cursor + 1,
        Action::Up => cursor.saturating_sub(1),
        Action::First => 0,
        Action::Last => last,
        Action::PageDown => cursor + page,
        Action::PageUp => cursor.saturating_sub(page),
        Action::HalfDown => cursor + page / 2,
        Action::HalfUp => cursor.saturating_sub(page / 2),
        _ => cursor,
    };
    to.min(last)
}

/// Scrolls both panes so that their cursors are on the screen.
pub(super) fn keep_cursor_visible(model: &mut Model) {
    let regions = model.regions();
    if let Some(area) = regions.detail {
        let height = usize::from(area.height).max(1);
        let first = (model.detail_cursor + 1).saturating_sub(height);
        model.detail_top = model
            .detail_top
            .clamp(first, model.detail_cursor.max(first));
    }
    if regions.list.height > 0 {
        let top =
            super::super::screens::list::top_for_cursor(model, usize::from(regions.list.height));
        model.list_mut().top = top;
    }
}
