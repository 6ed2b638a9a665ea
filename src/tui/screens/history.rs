//! The history, latest first: when, what, on which record, through which interface, and never who.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::super::model::Model;

/// Draws the history.
pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let list = model.list();
    let texts = &model.texts;
    if list.total == 0 {
        super::list::draw(model, frame, area);
        return;
    }
    for index in 0..usize::from(area.height) {
        let row = list.top + index;
        let Some(entry) = list.entry(row) else { break };
        let text = format!(
            "{:>6}  {}  {:<13} {:<26} {}",
            entry.seq,
            model.local_time(entry.at).format("%Y-%m-%d %H:%M"),
            entry.id,
            texts.event(&entry.event),
            texts.get(&format!("via-{}", entry.via.word())),
        );
        let style = if row == list.cursor {
            model.theme.selected()
        } else {
            model.theme.plain()
        };
        let y = area.y + u16::try_from(index).unwrap_or(0);
        frame
            .buffer_mut()
            .set_stringn(area.x, y, text, usize::from(area.width), style);
    }
}
