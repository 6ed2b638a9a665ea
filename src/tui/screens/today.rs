//! What stands below the list of today: the load of the coming weeks, what others changed since the last visit, and what
//! is to be erased. The list itself, with its headings, is `list`'s.
//!
//! It takes lines from the list only where there are enough: none on the smallest screen, at most three on an ordinary
//! one.

use chrono::Datelike;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use super::super::layout::{SIDE_BY_SIDE, wrap};
use super::super::model::Model;
use crate::domain::ahead::{Ahead, WEEKS, Week};
use crate::ops::today::{Glance, Since};
use crate::width::fit;

/// From so many lines between header and notice on, the weeks have a heading and bars of their own.
const TALL: u16 = 26;
/// From so many on there are three lines.
const ORDINARY: u16 = 17;
/// From so many on there is one.
const SHORT: u16 = 14;
/// The longest bar of a week.
const LONGEST: usize = 12;
/// On a tall screen a sentence has at most so many lines.
const SENTENCE: usize = 2;

/// Lines between header and notice.
fn body(model: &Model) -> u16 {
    model.size.1.saturating_sub(4)
}

/// Columns for the panel: those of the list.
fn width(model: &Model) -> usize {
    let all = model.size.0;
    usize::from(if all >= SIDE_BY_SIDE {
        all * 3 / 5
    } else {
        all
    })
}

/// How many lines are drawn.
pub fn height(model: &Model) -> u16 {
    if body(model) < SHORT || (model.in_detail && model.size.0 < SIDE_BY_SIDE) {
        return 0;
    }
    u16::try_from(lines(model).len()).unwrap_or(0)
}

/// Draws it.
pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    for (y, line) in (area.y..area.bottom()).zip(lines(model)) {
        frame.buffer_mut().set_line(area.x, y, &line, area.width);
    }
}

fn lines(model: &Model) -> Vec<Line<'static>> {
    let Some(glance) = &model.glance else {
        return Vec::new();
    };
    let searching = !model.searches[model.tab.index()].is_empty();
    if model.nothing_yet || searching {
        return Vec::new();
    }
    let width = width(model);
    if body(model) >= TALL {
        return tall(model, glance, width);
    }
    let mut lines = Vec::new();
    if has_weeks(&glance.ahead) {
        lines.push(Line::styled(
            fit(&strip(model, &glance.ahead, width), width),
            model.theme.plain(),
        ));
    }
    if body(model) >= ORDINARY {
        let sentences = sentences(model, glance).into_iter();
        lines.extend(sentences.map(|line| Line::styled(fit(&line.0, width), line.1)));
    }
    lines
}

fn tall(model: &Model, glance: &Glance, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if has_weeks(&glance.ahead) {
        lines.push(Line::default());
        let heading = model.texts.get("report-ahead");
        lines.push(Line::styled(heading, model.theme.heading()));
        lines.extend(bars(model, &glance.ahead, width));
    }
    let sentences = sentences(model, glance);
    if !sentences.is_empty() {
        lines.push(Line::default());
    }
    for (sentence, style) in sentences {
        let broken = wrap(&sentence, width).into_iter().take(SENTENCE);
        lines.extend(broken.map(|line| Line::styled(line, style)));
    }
    lines
}

fn has_weeks(ahead: &Ahead) -> bool {
    ahead.weeks.iter().any(|week| week.all() > 0) || ahead.later > 0
}

/// `Frister  uge 48: 7  49: 2 …  senere: 4`: the weeks in one line.
fn strip(model: &Model, ahead: &Ahead, width: usize) -> String {
    let texts = &model.texts;
    let weeks: Vec<String> = ahead
        .weeks
        .iter()
        .map(|week| format!("{}: {}", week.monday.iso_week().week(), week.all()))
        .collect();
    let shown = [("weeks", weeks.join("  ").into())];
    let strip = texts.with("today-strip", &shown);
    let later = texts.with("today-later", &[("n", ahead.later.into())]);
    let whole = format!("{strip}  {later}");
    // The weeks are what counts.
    if ahead.later > 0 && whole.width() <= width {
        whole
    } else {
        strip
    }
}

/// The weeks side by side, each with its number of deadlines and a bar.
fn bars(model: &Model, ahead: &Ahead, width: usize) -> [Line<'static>; 2] {
    let texts = &model.texts;
    let cell = (width / WEEKS).max(1);
    let with_day = |week: &Week| {
        let number = week.monday.iso_week().week().to_string();
        let monday = texts.date_in_list(week.monday, model.today);
        let shown = [("week", number.into()), ("monday", monday.into())];
        texts.with("report-week", &shown)
    };
    let with_number = |week: &Week| {
        let number = week.monday.iso_week().week().to_string();
        texts.with("today-week", &[("week", number.into())])
    };
    let has_room = ahead.weeks.iter().all(|week| with_day(week).width() < cell);
    let most = ahead.weeks.iter().map(Week::all).max().unwrap_or(0);
    let digits = most.to_string().len();
    let room = cell.saturating_sub(digits + 2).min(LONGEST);
    let (mut names, mut loads) = (String::new(), Vec::new());
    for week in &ahead.weeks {
        let name = if has_room {
            with_day(week)
        } else {
            with_number(week)
        };
        names.push_str(&padded(&name, cell));
        let count = week.all();
        let length = (count * room).div_ceil(most.max(1)).min(room);
        loads.push(ratatui::text::Span::raw(format!("{count:>digits$} ")));
        let bar = padded(&"█".repeat(length), cell.saturating_sub(digits + 1));
        loads.push(ratatui::text::Span::styled(bar, model.theme.key()));
    }
    [
        Line::styled(names.trim_end().to_owned(), model.theme.dim()),
        Line::from(loads),
    ]
}

fn padded(text: &str, width: usize) -> String {
    let text = fit(text, width);
    let blanks = width.saturating_sub(text.width());
    text + &" ".repeat(blanks)
}

/// What changed, and what is to be erased.
pub(in crate::tui) fn sentences(
    model: &Model,
    glance: &Glance,
) -> Vec<(String, ratatui::style::Style)> {
    let mut lines = Vec::new();
    if let Some(since) = &glance.since {
        let style = if since.is_nothing() {
            model.theme.dim()
        } else {
            model.theme.plain()
        };
        lines.push((changes(model, since), style));
    }
    if glance.past_retention > 0 {
        let shown = [("n", glance.past_retention.into())];
        let purge = model.texts.with("today-purge", &shown);
        lines.push((purge, model.theme.plain()));
    }
    lines
}

/// `Siden i fredags kl. 14.05: 3 nye anmodninger, 1 svar kommet`.
fn changes(model: &Model, since: &Since) -> String {
    let texts = &model.texts;
    let counts = [
        ("since-requests", since.requests),
        ("since-replies", since.replies),
        ("since-optouts", since.opt_outs),
        ("since-recordings", since.recordings),
        ("since-aside", since.aside),
        ("since-closed", since.closed),
        ("since-others", since.others),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(id, count)| texts.with(id, &[("n", count.into())]))
        .collect();
    let what = match (parts.is_empty(), since.more) {
        (true, false) => texts.get("since-nothing"),
        (_, false) => parts.join(", "),
        (_, true) => texts.with("since-at-least", &[("what", parts.join(", ").into())]),
    };
    let at = model.local_time(since.at).naive_local();
    let shown = [("what", what.into())];
    // With `--today` the last visit may lie in the time to come.
    if at.date() > model.today {
        return texts.with("since-last", &shown);
    }
    let when = texts.moment_past(at, model.today);
    let [what] = shown;
    texts.with("since-moment", &[("when", when.into()), what])
}
