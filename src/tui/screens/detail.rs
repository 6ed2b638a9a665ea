//! The detail of a record: its sheet, with a cursor on the line that keys act on.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::super::theme::Theme;
use crate::domain::recording::CopyStatus;
use crate::i18n::sheet::Part;

/// Draws the detail.
pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let rows = model.detail_rows();
    let has_keys = model.in_detail;
    for (index, row) in rows
        .iter()
        .enumerate()
        .skip(model.detail_top)
        .take(usize::from(area.height))
    {
        let y = area.y + u16::try_from(index - model.detail_top).unwrap_or(0);
        let width = usize::from(area.width);
        let mut style = style(row.part, model.theme);
        let mut text = row.text.clone();
        if has_keys && index == model.detail_cursor {
            style = style.patch(model.theme.selected());
            if text.is_empty() {
                text.push(' ');
            }
        }
        frame
            .buffer_mut()
            .set_stringn(area.x, y, text, width, style);
    }
}

fn style(part: Part, theme: Theme) -> Style {
    let done = match part {
        Part::Task(_, status) => !status.is_open(),
        Part::Copy(_, status) => status != CopyStatus::Present,
        _ => false,
    };
    match part {
        Part::Title | Part::Heading => theme.heading(),
        Part::Urgency(urgency) => theme.urgency(urgency),
        Part::Warning => theme.warning(),
        Part::Dim => theme.dim(),
        _ if done => theme.dim(),
        Part::Plain | Part::Message | Part::Task(..) | Part::Copy(..) => theme.plain(),
    }
}
