//! A month with the days on which recordings are to be deleted: their number, and whether that is pressing.
//!
//! It follows the row under the cursor. Where list and detail stand side by side it stands above the detail, and leaves
//! it the pane on a low screen; below that it is called up under the list. A day says what it is by signs: `!` for what
//! is pressing, `*` for the others, brackets for today; a colour only says it again.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::super::layout::{Panel, SIDE_BY_SIDE};
use super::super::model::Model;
use crate::domain::deadline::Urgency;
use crate::domain::item::Item;
use crate::ops::today::Deletions;
use crate::width::fit;

/// Title, weekdays and six weeks: however a month lies, nothing below it moves.
const WEEKS: u16 = 6;
const LINES: u16 = 2 + WEEKS;
/// With the signs explained, and a blank line.
const WITH_LEGEND: u16 = LINES + 2;
/// From so many lines between header and notice on, there is room for it and a detail that has the keys.
const TALL: u16 = 30;
/// From so many on it is explained.
const EXPLAINED: u16 = 16;
/// Columns of the week's number.
const NUMBER: u16 = 2;
/// Columns of a day: a sign, two digits, a sign, a number.
const DAY: u16 = 5;
/// The greatest number that one column holds.
const MOST: usize = 9;

/// Where it stands now, and how many lines it has.
pub fn place(model: &Model) -> Panel {
    let body = model.size.1.saturating_sub(4);
    let wide = model.size.0 >= SIDE_BY_SIDE;
    let wanted = model.calendar.unwrap_or(wide) && !model.nothing_yet;
    if !wanted || (model.in_detail && (!wide || body < TALL)) {
        return Panel::None;
    }
    let lines = if body < EXPLAINED { LINES } else { WITH_LEGEND };
    if wide {
        Panel::AboveDetail(lines)
    } else {
        Panel::BelowList(lines)
    }
}

/// The day on which the recording under the cursor is to be deleted.
fn day_of_row(model: &Model) -> Option<NaiveDate> {
    let card = model.selected()?;
    let Item::Recording(_) = &card.item else {
        return None;
    };
    let dates = card.standing.dates.filter(|_| card.item.is_open())?;
    Some(dates.due)
}

/// The first day of the month on the screen: that of the row under the cursor, or of today, as far as it was turned.
fn month(model: &Model) -> NaiveDate {
    let day = day_of_row(model).unwrap_or(model.today);
    let first = day.with_day(1).unwrap_or(day);
    let months = Months::new(model.months_turned.unsigned_abs());
    let turned = if model.months_turned < 0 {
        first.checked_sub_months(months)
    } else {
        first.checked_add_months(months)
    };
    turned.unwrap_or(first)
}

/// Draws it.
pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    // A blank line or the legend ends it; below a list, the blank line stands above.
    let below = area.x == 0;
    let y = if below {
        area.bottom()
            - area.height.min(if area.height > LINES {
                LINES + 1
            } else {
                LINES
            })
    } else {
        area.y
    };
    let month = month(model);
    put(
        frame,
        area,
        0,
        y,
        &title(model, month),
        model.theme.heading(),
    );
    let week = model.texts.get("calendar-week");
    put(frame, area, 0, y + 1, &week, model.theme.dim());
    let first = month.week(Weekday::Mon).first_day();
    for (column, day) in (0..7).zip(first.iter_days()) {
        let name = model.texts.weekday_short(day);
        let x = NUMBER + column * DAY + 1;
        put(frame, area, x, y + 1, &name, model.theme.dim());
    }
    let chosen = day_of_row(model);
    for row in 0..WEEKS {
        let monday = first.checked_add_days(Days::new(7 * u64::from(row)));
        let Some(monday) = monday.filter(|monday| {
            let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(*monday);
            monday.month() == month.month() || sunday.month() == month.month()
        }) else {
            continue;
        };
        let y = y + 2 + row;
        let number = format!("{:>2}", monday.iso_week().week());
        put(frame, area, 0, y, &number, model.theme.dim());
        for (column, day) in (0..7).zip(monday.iter_days()) {
            if day.month() == month.month() {
                let x = NUMBER + column * DAY;
                draw_day(model, frame, area, (x, y), day, chosen == Some(day));
            }
        }
    }
    if area.height > LINES {
        let legend = model.texts.get("calendar-legend");
        put(frame, area, 0, y + LINES, &legend, model.theme.dim());
    }
}

/// The month and how much is to be deleted in it.
fn title(model: &Model, month: NaiveDate) -> String {
    let texts = &model.texts;
    let days = model.deletions.iter();
    let count: usize = days
        .filter(|(day, _)| (day.year(), day.month()) == (month.year(), month.month()))
        .map(|(_, deletions)| deletions.count)
        .sum();
    let name = texts.get(&format!("month-{}", month.month()));
    let shown = [
        ("month", name.into()),
        ("year", month.year().to_string().into()),
        ("n", count.into()),
    ];
    texts.with("calendar-title", &shown)
}

fn draw_day(
    model: &Model,
    frame: &mut Frame<'_>,
    area: Rect,
    (x, y): (u16, u16),
    day: NaiveDate,
    chosen: bool,
) {
    let deletions = model.deletions.get(&day);
    let mut style = deletions.map_or(model.theme.plain(), |it| model.theme.urgency(it.urgency));
    if chosen {
        style = style.patch(model.theme.selected());
    }
    let text = format!(
        "{:>2}{:<2}",
        day.day(),
        deletions.map_or_else(String::new, signs)
    );
    put(frame, area, x + 1, y, &text, style);
    let sign = model.theme.heading();
    if day == model.today {
        put(frame, area, x, y, "[", sign);
        put(frame, area, x + DAY, y, "]", sign);
    } else if chosen {
        put(frame, area, x, y, ">", sign);
    }
}

/// `!2`: whether it is pressing, and how many there are.
fn signs(deletions: &Deletions) -> String {
    let sign = match deletions.urgency {
        Urgency::Overdue | Urgency::ActNow => '!',
        Urgency::Soon | Urgency::Later => '*',
    };
    if deletions.count > MOST {
        format!("{sign}+")
    } else {
        format!("{sign}{}", deletions.count)
    }
}

fn put(frame: &mut Frame<'_>, area: Rect, x: u16, y: u16, text: &str, style: Style) {
    if y >= area.bottom() || x >= area.width {
        return;
    }
    let width = usize::from(area.width - x);
    let shown = fit(text, width);
    let wide = shown.width();
    frame
        .buffer_mut()
        .set_stringn(area.x + x, y, shown, wide, style);
}
