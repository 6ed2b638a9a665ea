//! Where everything is on the screen, from its size: used by `update` (how long is a page?) and by `view` alike.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthChar;

/// The smallest screen that is drawn (CONTRACT).
pub const SMALLEST: (u16, u16) = (60, 15);
/// From this many columns on, list and detail stand side by side.
pub const SIDE_BY_SIDE: u16 = 100;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regions {
    /// Tabs and date.
    pub header: Rect,
    /// The list; empty when the detail covers it.
    pub list: Rect,
    /// The detail, when it is on the screen.
    pub detail: Option<Rect>,
    /// What stands beside the rows: the daily look below them, or the calendar; empty when there is none.
    pub panel: Rect,
    /// A word to the person, or the search.
    pub notice: Rect,
    /// The keys.
    pub footer: Rect,
}

/// Where something stands beside the rows, and how many lines of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// Nothing does.
    None,
    /// Below the list.
    BelowList(u16),
    /// Above the detail.
    AboveDetail(u16),
}

/// The parts of a screen of this size.
pub fn regions(size: (u16, u16), in_detail: bool, history: bool, panel: Panel) -> Regions {
    let (width, height) = size;
    let body = Rect::new(0, 2, width, height.saturating_sub(4));
    let (list, detail) = if history {
        (body, None)
    } else if width >= SIDE_BY_SIDE {
        let left = width * 3 / 5;
        let list = Rect::new(0, body.y, left, body.height);
        let detail = Rect::new(left + 2, body.y, width - left - 2, body.height);
        (list, Some(detail))
    } else if in_detail {
        (Rect::new(0, body.y, 0, 0), Some(body))
    } else {
        (body, None)
    };
    let (list, detail, panel) = beside(list, detail, panel);
    Regions {
        header: Rect::new(0, 0, width, 1),
        list,
        detail,
        panel,
        notice: Rect::new(0, height.saturating_sub(2), width, 1),
        footer: Rect::new(0, height.saturating_sub(1), width, 1),
    }
}

/// Takes the lines of a panel from the pane it stands in.
fn beside(list: Rect, detail: Option<Rect>, panel: Panel) -> (Rect, Option<Rect>, Rect) {
    match (panel, detail) {
        (Panel::BelowList(lines), _) => {
            let (list, panel) = split(list, list.height.saturating_sub(lines));
            (list, detail, panel)
        }
        (Panel::AboveDetail(lines), Some(area)) => {
            let (panel, detail) = split(area, lines.min(area.height));
            (list, Some(detail), panel)
        }
        _ => (list, detail, Rect::ZERO),
    }
}

/// The first `lines` of an area, which has as many, and the others. ratatui's solver says the same a hundred times slower.
fn split(area: Rect, lines: u16) -> (Rect, Rect) {
    let below = Rect {
        y: area.y + lines,
        height: area.height - lines,
        ..area
    };
    let above = Rect {
        height: lines,
        ..area
    };
    (above, below)
}

/// A text broken into lines of at most `width` columns, at blanks where there are some; indented like its first line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    if width == 0 {
        return vec![String::new()];
    }
    let indent: String = match text.strip_prefix('[').and_then(|rest| rest.find(']')) {
        // A ticked line (`[x] …`) hangs under its text.
        Some(_) => "    ".to_owned(),
        None if text.starts_with("- ") || text.starts_with("! ") => "  ".to_owned(),
        None => text.chars().take_while(|c| *c == ' ').collect(),
    };
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let mut break_at: Option<(usize, usize)> = None;
    for letter in text.chars() {
        let wide = letter.width().unwrap_or(0);
        if letter == ' ' && used + wide > width {
            // A blank at the edge is the break itself.
            lines.push(line.trim_end().to_owned());
            line.clone_from(&indent);
            used = indent.len();
            break_at = None;
            continue;
        }
        if used + wide > width {
            let rest = match break_at {
                Some((bytes, _)) if bytes > indent.len() => line.split_off(bytes),
                _ => String::new(),
            };
            lines.push(line.trim_end().to_owned());
            line.clone_from(&indent);
            if indent.len() * 2 > width {
                line.clear();
            }
            line.push_str(rest.trim_start());
            used = line.chars().map(|c| c.width().unwrap_or(0)).sum();
            break_at = None;
        }
        line.push(letter);
        used += wide;
        if letter == ' ' {
            break_at = Some((line.len(), used));
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// A rectangle of this size in the middle of the screen, as large as there is room.
pub fn centered(size: (u16, u16), width: u16, height: u16) -> Rect {
    let width = width.min(size.0);
    let height = height.min(size.1);
    Rect::new((size.0 - width) / 2, (size.1 - height) / 2, width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_hang() {
        assert_eq!(wrap("en to tre", 6), ["en to", "tre"]);
        assert_eq!(wrap("[x] en to tre", 9), ["[x] en to", "    tre"]);
        assert_eq!(wrap("ordetersålangt", 5), ["ordet", "ersål", "angt"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_wider() {
        use unicode_width::UnicodeWidthStr;
        let text = "Kære Havanna, jeg vil gerne have indsigt i 日本語 og alt om blåbærgrød.";
        for width in 4..40 {
            let lines = wrap(text, width);
            assert!(lines.iter().all(|line| line.width() <= width), "{width}");
            let strip = |text: &str| text.replace(' ', "");
            assert_eq!(strip(&lines.concat()), strip(text), "{width}");
        }
    }

    #[test]
    fn a_panel_takes_its_lines_as_ratatui_divides_an_area() {
        use ratatui::layout::Constraint::{Length, Min};
        use ratatui::layout::Layout;
        for (height, lines) in (0..30).flat_map(|height| (0..35).map(move |lines| (height, lines)))
        {
            let area = Rect::new(3, 2, 60, height);
            let fixed = Length(lines.min(height));
            let [list, panel] = Layout::vertical([Min(0), fixed]).areas(area);
            let below = beside(area, None, Panel::BelowList(lines));
            assert_eq!(below, (list, None, panel), "{lines} of {height}");
            let [panel, detail] = Layout::vertical([fixed, Min(0)]).areas(area);
            let above = beside(Rect::ZERO, Some(area), Panel::AboveDetail(lines));
            assert_eq!(
                above,
                (Rect::ZERO, Some(detail), panel),
                "{lines} of {height}"
            );
        }
    }

    #[test]
    fn wide_screens_show_both_panes() {
        assert!(
            regions((80, 24), false, false, Panel::None)
                .detail
                .is_none()
        );
        assert!(
            regions((120, 40), false, false, Panel::None)
                .detail
                .is_some()
        );
        assert_eq!(regions((80, 24), true, false, Panel::None).list.height, 0);
    }
}
