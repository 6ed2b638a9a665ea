//! How a year went, and the load ahead: the figures of `report`, and bars that are numbers as well.
//!
//! From as many columns on as list and detail stand side by side, the bars stand beside the figures; below that, under
//! them. A bar is blocks and its number behind it, so that nothing is said by a colour or a length alone.

use chrono::Datelike;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::layout::{SIDE_BY_SIDE, wrap};
use super::super::model::{HIDDEN, Model};
use crate::domain::ahead::{Ahead, Week};
use crate::domain::rejection::Ground;
use crate::domain::report::{Line as Figures, Month, Report};
use crate::width::fit;

/// From this many columns on, the table has all its columns.
const WIDE: usize = 70;
/// The narrowest a kind is cut to.
const KIND: usize = 12;
/// The longest bar.
const LONGEST: usize = 24;
/// Columns for the blanks round the number between a bar and its parts.
const GAP_BEFORE_PARTS: usize = 3;
/// Columns between the figures and the bars beside them.
const GAP: u16 = 2;

/// The report that is open.
#[derive(Debug)]
pub struct State {
    /// The year that is wanted.
    pub year: i32,
    /// The first line on the screen.
    pub top: usize,
    /// What was read; `None` until it came.
    pub read: Option<(Report, Ahead)>,
}

impl State {
    /// The first and the last year there is anything to see of, `this_year` among them.
    pub fn years(&self, this_year: i32) -> (i32, i32) {
        let found = self.read.as_ref().and_then(|(report, _)| report.years);
        let (first, last) = found.unwrap_or((this_year, this_year));
        (first.min(this_year), last.max(this_year))
    }
}

/// A part of the screen with its lines.
struct Pane {
    x: u16,
    width: u16,
    lines: Vec<Line<'static>>,
}

/// Where the report stands: everything between header and notice.
fn body(model: &Model) -> Rect {
    let regions = model.regions();
    let height = regions.notice.y.saturating_sub(2);
    Rect::new(0, 2, regions.header.width, height)
}

/// How many lines there are, and how many of them are on the screen.
pub fn extent(model: &Model) -> (usize, usize) {
    let lines = panes(model).iter().map(|pane| pane.lines.len()).max();
    // The heading stays.
    let shown = usize::from(body(model).height.saturating_sub(1));
    (lines.unwrap_or(0), shown)
}

/// Draws the report.
pub fn draw(model: &Model, frame: &mut Frame<'_>) {
    let Some(state) = &model.report else { return };
    let area = body(model);
    let Some((report, _)) = &state.read else {
        return;
    };
    let year = report.year.unwrap_or(state.year).to_string();
    let title = model.texts.with("report-heading", &[("year", year.into())]);
    let (lines, shown) = extent(model);
    let top = state.top.min(lines.saturating_sub(shown));
    let buffer = frame.buffer_mut();
    let width = usize::from(area.width);
    buffer.set_stringn(area.x, area.y, title, width, model.theme.heading());
    if lines > shown {
        let place = format!("{}–{}/{lines}", top + 1, top + shown);
        let x = area.width - u16::try_from(place.width()).unwrap_or(0).min(area.width);
        buffer.set_stringn(x, area.y, place, width, model.theme.dim());
    }
    for pane in panes(model) {
        for (y, line) in (area.y + 1..area.bottom()).zip(pane.lines.iter().skip(top)) {
            buffer.set_line(pane.x, y, line, pane.width);
        }
    }
}

/// One pane, or two side by side.
fn panes(model: &Model) -> Vec<Pane> {
    let Some((report, ahead)) = model.report.as_ref().and_then(|state| state.read.as_ref()) else {
        return Vec::new();
    };
    let all = body(model).width;
    let pane = |x: u16, width: u16, lines| Pane { x, width, lines };
    if report.years.is_none() && ahead.is_empty() {
        let text = model.texts.get("report-empty");
        return vec![pane(0, all, plain(&text, all.into(), model))];
    }
    if all < SIDE_BY_SIDE {
        let mut lines = figures(model, report, all.into());
        lines.extend(bars(model, report, ahead, all.into()));
        lines.extend(reasons(model, report, all.into()));
        return vec![pane(0, all, lines)];
    }
    let left = all * 3 / 5;
    let right = all - left - GAP;
    let mut lines = figures(model, report, left.into());
    lines.extend(reasons(model, report, left.into()));
    vec![
        pane(0, left, lines),
        pane(left + GAP, right, bars(model, report, ahead, right.into())),
    ]
}

fn plain(text: &str, width: usize, model: &Model) -> Vec<Line<'static>> {
    styled(text, width, model.theme.plain())
}

fn styled(text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    let lines = wrap(text, width).into_iter();
    lines.map(|line| Line::styled(line, style)).collect()
}

/// A heading with a blank line above it.
fn heading(lines: &mut Vec<Line<'static>>, text: String, model: &Model) {
    lines.push(Line::default());
    lines.push(Line::styled(text, model.theme.heading()));
}

/// The figures in words and as a table.
fn figures(model: &Model, report: &Report, width: usize) -> Vec<Line<'static>> {
    let texts = &model.texts;
    let mut lines = Vec::new();
    let (recordings, opt_outs) = (&report.recordings, &report.opt_outs);
    let nothing = report.all.received + recordings.due + opt_outs.received == 0;
    if let (true, Some(year)) = (nothing, report.year) {
        let text = texts.with("report-empty-year", &[("year", year.to_string().into())]);
        lines.push(Line::default());
        lines.extend(plain(&text, width, model));
        return lines;
    }
    heading(&mut lines, texts.get("report-requests"), model);
    if report.all.received == 0 {
        lines.extend(plain(&texts.get("report-no-requests"), width, model));
    } else {
        lines.extend(table(model, report, width));
    }
    heading(&mut lines, texts.get("report-recordings"), model);
    lines.extend(plain(&texts.deletions(recordings), width, model));
    heading(&mut lines, texts.get("report-optouts"), model);
    lines.extend(plain(&texts.opt_outs(opt_outs), width, model));
    lines
}

/// Why requests were refused, and why they were extended.
fn reasons(model: &Model, report: &Report, width: usize) -> Vec<Line<'static>> {
    let texts = &model.texts;
    let mut lines = Vec::new();
    if !report.all.refused.is_empty() {
        heading(&mut lines, texts.get("report-grounds"), model);
        for ground in Ground::ALL {
            if let Some(times) = report.all.refused.get(ground.word()) {
                let text = format!("- {}: {times}", texts.ground(ground));
                lines.extend(plain(&text, width, model));
            }
        }
    }
    if !report.extensions.is_empty() {
        heading(&mut lines, texts.get("report-extensions"), model);
        for (id, reason) in &report.extensions {
            // A reason is a text of hers, and may name somebody.
            let reason = match reason.as_str() {
                "" => texts.get("report-reason-erased"),
                _ if model.hidden => HIDDEN.to_owned(),
                reason => reason.replace('\n', " "),
            };
            lines.extend(plain(&format!("- {id}: {reason}"), width, model));
        }
    }
    lines
}

/// A column of the table: its heading, and what stands in it.
type Column = (&'static str, fn(&Figures) -> String);

/// The columns that are always there.
const NARROW: [Column; 6] = [
    ("report-short-received", |it| it.received.to_string()),
    ("report-short-open", |it| it.open.to_string()),
    ("report-short-answered", |it| it.answered.to_string()),
    ("report-short-in-time", |it| {
        let percent = it.in_time_percent();
        percent.map_or_else(dash, |percent| format!("{percent} %"))
    }),
    ("report-short-median", |it| days(it.median_days())),
    ("report-short-worst", |it| days(it.worst_days())),
];

/// Those for which there must be room; without it their sums stand below the table.
const MORE: [Column; 3] = [
    ("report-short-overdue", |it| it.overdue.to_string()),
    ("report-short-extended", |it| it.extended.to_string()),
    ("report-short-refused", |it| {
        it.refused.values().sum::<usize>().to_string()
    }),
];

fn dash() -> String {
    "–".to_owned()
}

fn days(number: Option<i64>) -> String {
    number.map_or_else(dash, |number| number.to_string())
}

/// The requests by kind.
fn table(model: &Model, report: &Report, width: usize) -> Vec<Line<'static>> {
    let texts = &model.texts;
    let more = if width >= WIDE { &MORE[..] } else { &[] };
    let columns: Vec<&Column> = NARROW.iter().chain(more).collect();
    let kinds = report.kinds.iter();
    let mut rows: Vec<(String, &Figures)> = kinds
        .map(|(kind, line)| (texts.kind(*kind), line))
        .collect();
    rows.push((texts.get("report-all"), &report.all));
    let cells = |of: &dyn Fn(&Column) -> String| -> Vec<String> {
        columns.iter().map(|column| of(column)).collect()
    };
    let head = cells(&|(id, _)| texts.get(id));
    let widths: Vec<usize> = columns
        .iter()
        .zip(&head)
        .map(|((_, cell), head)| {
            let widest = rows.iter().map(|(_, line)| cell(line).width()).max();
            widest.unwrap_or(0).max(head.width()) + 1
        })
        .collect();
    let longest = rows.iter().map(|(kind, _)| kind.width()).max();
    let room = width.saturating_sub(widths.iter().sum()).max(KIND);
    let first = longest.unwrap_or(0).min(room);
    let line = |kind: &str, cells: Vec<String>, style: Style| {
        let mut text = padded(&fit(kind, first), first);
        for (cell, width) in cells.iter().zip(&widths) {
            text.push_str(&" ".repeat(width.saturating_sub(cell.width())));
            text.push_str(cell);
        }
        Line::styled(text, style)
    };
    let mut lines = vec![line("", head, model.theme.dim())];
    let last = rows.len() - 1;
    for (index, (kind, figures)) in rows.iter().enumerate() {
        let style = if index == last {
            model.theme.heading()
        } else {
            model.theme.plain()
        };
        lines.push(line(kind, cells(&|(_, cell)| cell(figures)), style));
    }
    if more.is_empty() {
        let sums = [
            ("overdue", report.all.overdue.into()),
            ("extended", report.all.extended.into()),
            ("refused", report.all.refused.values().sum::<usize>().into()),
        ];
        lines.extend(plain(&texts.with("report-sums", &sums), width, model));
    }
    lines
}

/// The months of the year, and the weeks ahead.
fn bars(model: &Model, report: &Report, ahead: &Ahead, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(year) = report.year
        && !report.months.is_empty()
    {
        months(model, report, year, width, &mut lines);
    }
    weeks(model, ahead, width, &mut lines);
    lines
}

fn months(model: &Model, report: &Report, year: i32, width: usize, lines: &mut Vec<Line<'static>>) {
    let texts = &model.texts;
    heading(lines, texts.get("report-months"), model);
    let last = if year == model.today.year() {
        model.today.month()
    } else {
        12
    };
    let of = |month: u32| -> Month {
        let found = report.months.get(&(year, month));
        found.copied().unwrap_or_default()
    };
    let most = (1..=last).map(|month| of(month).received.max(of(month).closed));
    let most = most.max().unwrap_or(0);
    let names: Vec<String> = (1..=last)
        .map(|month| texts.get(&format!("month-short-{month}")))
        .collect();
    let label = names.iter().map(|name| name.width()).max().unwrap_or(0) + 1;
    let half = width.saturating_sub(label) / 2;
    let head = [
        padded("", label),
        padded(&texts.get("report-bar-received"), half),
        texts.get("report-bar-closed"),
    ];
    lines.push(Line::styled(head.concat(), model.theme.dim()));
    let room = half.saturating_sub(digits(most) + 2).min(LONGEST);
    for (month, name) in (1..=last).zip(names) {
        let month = of(month);
        let mut spans = vec![Span::raw(padded(&name, label))];
        spans.extend(bar(month.received, most, room, half, model.theme.key()));
        spans.extend(bar(month.closed, most, room, half, model.theme.good()));
        lines.push(Line::from(spans));
    }
}

fn weeks(model: &Model, ahead: &Ahead, width: usize, lines: &mut Vec<Line<'static>>) {
    let texts = &model.texts;
    heading(lines, texts.get("report-ahead"), model);
    if ahead.is_empty() {
        lines.extend(plain(&texts.get("report-nothing-ahead"), width, model));
        return;
    }
    let most = ahead.weeks.iter().map(Week::all);
    let most = most.chain([ahead.overdue]).max().unwrap_or(0);
    let names = ahead.weeks.map(|week| {
        let monday = texts.date_in_list(week.monday, model.today);
        let number = week.monday.iso_week().week();
        let shown = [
            ("week", number.to_string().into()),
            ("monday", monday.into()),
        ];
        texts.with("report-week", &shown)
    });
    let others = [
        ("report-past", ahead.overdue),
        ("report-later", ahead.later),
        ("report-undated", ahead.undated),
    ]
    .map(|(id, count)| (texts.get(id), count));
    let all_names = names.iter().chain(others.iter().map(|(name, _)| name));
    let label = all_names.map(|name| name.width()).max().unwrap_or(0) + 1;
    let parts = ahead
        .weeks
        .map(|week| parts([week.requests, week.recordings, week.opt_outs]));
    let behind = parts.iter().map(String::len).max().unwrap_or(0);
    let room = width.saturating_sub(label + digits(most) + GAP_BEFORE_PARTS + behind);
    let room = room.min(LONGEST);
    let [past, later, undated] = others;
    if past.1 > 0 {
        let mut spans = vec![Span::raw(padded(&past.0, label))];
        spans.extend(bar(past.1, most, room, 0, model.theme.warning()));
        lines.push(Line::from(spans));
    }
    for ((week, name), parts) in ahead.weeks.iter().zip(names).zip(parts) {
        let mut spans = vec![Span::raw(padded(&name, label))];
        let whole = room + digits(most) + GAP_BEFORE_PARTS;
        spans.extend(bar(week.all(), most, room, whole, model.theme.key()));
        spans.push(Span::styled(parts, model.theme.dim()));
        lines.push(Line::from(spans));
    }
    for (name, count) in [later, undated] {
        if count > 0 {
            lines.push(Line::raw(format!("{}{count}", padded(&name, label))));
        }
    }
    let legend = texts.get("report-legend");
    lines.extend(styled(&legend, width, model.theme.dim()));
}

/// `3 R  1 V`: how many of each, by the letter of their ids.
fn parts(counts: [usize; 3]) -> String {
    let found = ["R", "V", "N"].iter().zip(counts);
    let found: Vec<String> = found
        .filter(|(_, count)| *count > 0)
        .map(|(letter, count)| format!("{count} {letter}"))
        .collect();
    found.join("  ")
}

/// A bar with its number behind it, filled up to `whole` columns. What is there at all has at least one block.
fn bar(count: usize, most: usize, room: usize, whole: usize, style: Style) -> [Span<'static>; 2] {
    let length = (count * room).div_ceil(most.max(1)).min(room);
    let blocks = "█".repeat(length);
    let number = if length > 0 {
        format!(" {count}")
    } else {
        count.to_string()
    };
    let rest = whole.saturating_sub(length);
    [
        Span::styled(blocks, style),
        Span::raw(padded(&number, rest)),
    ]
}

fn digits(number: usize) -> usize {
    number.to_string().len()
}

fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width());
    [text, &" ".repeat(blanks)].concat()
}
