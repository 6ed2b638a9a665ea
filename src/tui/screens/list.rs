//! The list of records: headings by urgency, a row each, as wide as its pane.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::super::model::Model;
use super::super::msg::Tab;
use super::super::theme::symbol;
use crate::domain::deadline::Urgency;
use crate::domain::item::Item;
use crate::domain::task::progress;
use crate::ops::queries::Card;
use crate::width::fit;

/// A line of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// A heading before rows of this urgency; `None` for closed ones.
    Heading(Option<Urgency>),
    /// A row.
    Row(usize),
    /// After the last row of today: what comes later.
    Later,
}

/// The lines that fit from the row `top` on.
fn lines(model: &Model, top: usize, height: usize) -> Vec<Shown> {
    let list = model.list();
    let mut lines = Vec::with_capacity(height);
    let mut group = None;
    for row in top..list.total {
        let Some(card) = list.card(row) else { break };
        if group != Some(card.urgency) {
            group = Some(card.urgency);
            lines.push(Shown::Heading(card.urgency));
        }
        if lines.len() >= height {
            break;
        }
        lines.push(Shown::Row(row));
        if row + 1 == list.total && has_later(model) {
            lines.push(Shown::Later);
        }
    }
    lines.truncate(height);
    lines
}

/// Whether the list of today ends with what comes later: a search finds that among everything else.
fn has_later(model: &Model) -> bool {
    let searching = !model.searches[model.tab.index()].is_empty();
    model.tab == Tab::Today && !searching && model.summary.later > 0
}

/// The row that stands on a line of the pane.
pub fn row_on_line(model: &Model, line: usize, height: usize) -> Option<usize> {
    match lines(model, model.list().top, height).get(line) {
        Some(Shown::Row(row)) => Some(*row),
        _ => None,
    }
}

/// The first row on the screen with which the cursor is on it too.
pub fn top_for_cursor(model: &Model, height: usize) -> usize {
    let list = model.list();
    let mut top = list.top.min(list.cursor);
    // Headings take lines, so that a page is not a fixed number of rows.
    top = top.max((list.cursor + 1).saturating_sub(height));
    // With the last row, what follows it is seen.
    let wanted = if list.cursor + 1 == list.total && has_later(model) {
        Shown::Later
    } else {
        Shown::Row(list.cursor)
    };
    while top < list.cursor
        && list.card(list.cursor).is_some()
        && !lines(model, top, height).contains(&wanted)
    {
        top += 1;
    }
    top
}

/// Whom a row is about: the name, or the address where there is none.
pub fn name_of(card: &Card) -> String {
    let person = card.item.person();
    if person.name.is_empty() {
        // Nobody is named once the record was erased.
        person.email().unwrap_or("–").to_owned()
    } else {
        person.name.clone()
    }
}

/// Draws the list.
pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let list = model.list();
    if list.total == 0 {
        if list.loaded {
            super::empty::draw(model, frame, area);
        }
        return;
    }
    let lines = lines(model, list.top, usize::from(area.height));
    let rows = lines.iter().filter_map(|line| match line {
        Shown::Row(row) => list.card(*row),
        _ => None,
    });
    let longest = rows.fold((0, 0), |(id, late), card| {
        let shown = card.item.id().to_string();
        (id.max(shown.width()), late.max(days(model, card).width()))
    });
    let columns = Columns::for_width(usize::from(area.width), longest);
    for (index, line) in lines.into_iter().enumerate() {
        let y = area.y + u16::try_from(index).unwrap_or(0);
        match line {
            Shown::Heading(urgency) => draw_heading(model, frame, area, y, urgency),
            Shown::Later => draw_later(model, frame, area, y),
            Shown::Row(row) => {
                if let Some(card) = list.card(row) {
                    draw_row(model, frame, area, y, card, row == list.cursor, &columns);
                }
            }
        }
    }
}

fn draw_heading(
    model: &Model,
    frame: &mut Frame<'_>,
    area: Rect,
    y: u16,
    urgency: Option<Urgency>,
) {
    let texts = &model.texts;
    let (word, count) = match urgency {
        Some(urgency) => {
            let count = match (model.tab, urgency) {
                (Tab::Today, Urgency::Overdue) => Some(model.summary.overdue),
                (Tab::Today, Urgency::ActNow) => Some(model.summary.act_now),
                (Tab::Today, Urgency::Soon) => Some(model.summary.soon),
                _ => None,
            };
            (texts.urgency(urgency), count)
        }
        None => (texts.get("heading-closed"), None),
    };
    let text = match count.filter(|_| model.searches[model.tab.index()].is_empty()) {
        Some(count) => format!("{word} ({count})"),
        None => word,
    };
    let style = match urgency {
        Some(urgency) => model.theme.urgency(urgency).patch(model.theme.heading()),
        None => model.theme.dim(),
    };
    frame
        .buffer_mut()
        .set_stringn(area.x, y, text, usize::from(area.width), style);
}

/// What comes later is counted, and the next of it named.
fn draw_later(model: &Model, frame: &mut Frame<'_>, area: Rect, y: u16) {
    let texts = &model.texts;
    let mut text = format!(
        "{} ({})",
        texts.urgency(Urgency::Later),
        model.summary.later
    );
    let heading = text.width();
    if let Some((id, on)) = model.next {
        let on = texts.date_with_weekday(on);
        let shown = [("id", id.to_string().into()), ("date", on.into())];
        text = format!("{text}  {}", texts.with("due-next", &shown));
    }
    let width = usize::from(area.width);
    let shown = fit(&text, width);
    let buffer = frame.buffer_mut();
    buffer.set_stringn(area.x, y, &shown, width, model.theme.plain());
    buffer.set_stringn(area.x, y, &shown, heading, model.theme.heading());
}

/// Characters that the days of a row have at least: `-99 d`.
const DAYS: usize = 5;

/// Characters of an id, as long as there are fewer than ten thousand of a type in a year.
const ID: usize = 11;

/// How wide each column is; 0 leaves it out.
struct Columns {
    id: usize,
    name: usize,
    what: usize,
    date: usize,
    days: usize,
    next: usize,
}

impl Columns {
    /// Columns for a pane: who, what and when always, the next step where there is room. What the longest of the
    /// ids and of the days take beyond the usual is taken from the next step, or else from the kind.
    fn for_width(width: usize, (longest_id, longest_days): (usize, usize)) -> Self {
        // A mark, the symbol and their blanks take four columns.
        let fixed = 4 + ID + 1 + 11 + DAYS + 1;
        let room = width.saturating_sub(fixed);
        // The longest kind has sixteen letters.
        let what = match width {
            ..76 => 12,
            76..100 => 14,
            _ => 17,
        };
        let name = (room / 3).clamp(14, 26);
        let next = room.saturating_sub(what + name);
        let longer_id = longest_id.saturating_sub(ID);
        let longer_days = longest_days.saturating_sub(DAYS);
        let longer = longer_id + longer_days;
        Self {
            id: ID + longer_id + 1,
            name,
            what: what.saturating_sub(longer.saturating_sub(next)),
            date: 11,
            days: DAYS + longer_days + 1,
            next: next.saturating_sub(longer),
        }
    }
}

/// How many days are left, or how many it is late, in short; nothing of what has no date any more.
fn days(model: &Model, card: &Card) -> String {
    let dates = card.standing.dates.filter(|_| card.item.is_open());
    dates.map_or_else(String::new, |dates| {
        let days = dates.due.signed_duration_since(model.today).num_days();
        model.texts.with("days-short", &[("n", days.into())])
    })
}

fn draw_row(
    model: &Model,
    frame: &mut Frame<'_>,
    area: Rect,
    y: u16,
    card: &Card,
    under_cursor: bool,
    columns: &Columns,
) {
    let texts = &model.texts;
    let card = &*model.shown(card);
    let item = &card.item;
    let base = match (under_cursor, model.in_detail) {
        (true, false) => model.theme.selected(),
        (true, true) => model.theme.selected_elsewhere(),
        (false, _) if card.urgency.is_none() => model.theme.dim(),
        _ => model.theme.plain(),
    };
    let mark = if model.marked.contains_key(&item.id()) {
        "*"
    } else {
        " "
    };
    let urgent = match card.urgency {
        Some(urgency) => base.patch(model.theme.urgency(urgency)),
        None => base,
    };
    let name = name_of(card);
    let dates = card.standing.dates.filter(|_| item.is_open());
    let date = match (item.closing(), dates) {
        (Some(closing), _) => texts.date_in_list(closing.on, model.today),
        (None, Some(dates)) => texts.date_in_list(dates.act_by, model.today),
        (None, None) => String::new(),
    };
    let cells: [(String, usize, Style); 7] = [
        (format!("{mark}{}", symbol(card.urgency)), 4, urgent),
        (item.id().to_string(), columns.id, base),
        (name, columns.name, base),
        (what(model, card), columns.what, base),
        (date, columns.date, urgent),
        (
            format!("{:>1$}", days(model, card), columns.days - 1),
            columns.days,
            urgent,
        ),
        (next(model, card), columns.next, base),
    ];
    put_cells(frame, area, y, &cells);
}

/// Puts the cells of a row side by side, each cut to its column with a blank after it.
fn put_cells(frame: &mut Frame<'_>, area: Rect, y: u16, cells: &[(String, usize, Style)]) {
    let mut x = usize::from(area.x);
    let right = x + usize::from(area.width);
    for (text, width, style) in cells {
        if *width == 0 || x >= right {
            continue;
        }
        let width = (*width).min(right - x);
        let shown = fit(text, width.saturating_sub(1).max(1));
        let padded = format!("{shown}{}", " ".repeat(width.saturating_sub(shown.width())));
        let column = u16::try_from(x).unwrap_or(0);
        frame
            .buffer_mut()
            .set_stringn(column, y, padded, width, *style);
        x += width;
    }
}

/// The kind of a request, the title of a recording, the word for an opt-out.
pub(in crate::tui) fn what(model: &Model, card: &Card) -> String {
    match &card.item {
        Item::Request(request) => model.texts.kind(request.kind),
        Item::Recording(_) if model.tab == Tab::Today || model.hidden => {
            model.texts.get("word-recording")
        }
        Item::Recording(recording) => recording.title.clone(),
        Item::OptOut(_) | Item::Mail(_) => model.texts.item_type(card.item.id().item_type),
    }
}

/// The next step with progress and flags, or how it ended.
pub(in crate::tui) fn next(model: &Model, card: &Card) -> String {
    let item = &card.item;
    if !item.is_open() {
        return model.texts.standing_of(item);
    }
    let mut flags: Vec<String> = card
        .flags
        .iter()
        .map(|flag| model.texts.flag(*flag))
        .collect();
    if model.drafts.on(item.id()).next().is_some() {
        // In front: where there is little room, it is what she left half done.
        flags.insert(0, model.texts.get("draft-flag"));
    }
    let (done, all) = progress(item.tasks());
    let mut parts = Vec::new();
    if !flags.is_empty() {
        parts.push(format!("[{}]", flags.join(", ")));
    }
    if all > 0 {
        parts.push(format!("{done}/{all}"));
    }
    parts.push(model.wording().next_step(&card.next_step, item));
    parts.join(" ")
}
