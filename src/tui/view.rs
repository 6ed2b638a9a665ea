//! Draws the model. Reads only: drawing changes nothing.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};
use unicode_width::UnicodeWidthStr;

use super::dialogs;
use super::dialogs::form::{Entry, Field, Form};
use super::dialogs::palette::Palette;
use super::dialogs::{Confirm, Dialog, Help, Picker};
use super::keymap::{self, Action};
use super::layout::{SMALLEST, centered, wrap};
use super::model::Model;
use super::msg::Tab;
use super::screens;
use crate::domain::deadline::Urgency;
use crate::domain::rejection::Light;
use crate::width::fit;

/// Lines of a text field that has the keys, and of one that has not.
const AREA_LINES: (u16, u16) = (6, 2);

/// The longest word on a tab, in columns.
const LONGEST_TAB: usize = 20;

/// Draws everything.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let (width, height) = model.size;
    if width < SMALLEST.0 || height < SMALLEST.1 {
        too_small(model, frame);
        return;
    }
    let regions = model.regions();
    header(model, frame, regions.header);
    if model.report.is_some() {
        screens::report::draw(model, frame);
    } else if model.tab == Tab::History {
        screens::history::draw(model, frame, regions.list);
    } else {
        if regions.list.height > 0 {
            screens::list::draw(model, frame, regions.list);
        }
        if let Some(area) = regions.detail {
            if regions.list.height > 0 {
                divider(model, frame, area, regions.notice.y);
            }
            screens::detail::draw(model, frame, area);
        }
        match model.tab {
            Tab::Today => screens::today::draw(model, frame, regions.panel),
            Tab::Recordings => screens::calendar::draw(model, frame, regions.panel),
            _ => {}
        }
    }
    notice(model, frame, regions.notice);
    for dialog in &model.dialogs {
        match dialog {
            Dialog::Form(form) => draw_form(model, frame, form),
            Dialog::Confirm(confirm) => draw_confirm(model, frame, confirm),
            Dialog::Picker(picker) => draw_picker(model, frame, picker),
            Dialog::Palette(palette) => draw_palette(model, frame, palette),
            Dialog::Help(help) => draw_help(model, frame, help),
        }
    }
    footer(model, frame, regions.footer);
}

fn text(frame: &mut Frame<'_>, x: u16, y: u16, text: &str, width: u16, style: Style) {
    let area = frame.area();
    if y >= area.height || x >= area.width {
        return;
    }
    let width = width.min(area.width - x);
    frame
        .buffer_mut()
        .set_stringn(x, y, text, usize::from(width), style);
}

fn too_small(model: &Model, frame: &mut Frame<'_>) {
    let message = model.texts.with(
        "too-small",
        &[
            ("width", i64::from(SMALLEST.0).into()),
            ("height", i64::from(SMALLEST.1).into()),
        ],
    );
    let (width, _) = model.size;
    for (y, line) in wrap(&message, usize::from(width)).iter().enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        text(frame, 0, y, line, width, model.theme.plain());
    }
}

/// The tab whose label stands at a column of the header.
pub fn tab_at(model: &Model, column: u16) -> Option<Tab> {
    let mut end = 0;
    let labels = header_labels(model, usize::from(model.size.0));
    let mut tabs = Tab::ALL.into_iter().zip(labels);
    let found = tabs.find(|(_, label)| {
        end += label.width();
        usize::from(column) < end
    });
    found.map(|(tab, _)| tab)
}

/// That nothing can be changed must be seen.
fn read_only_word(model: &Model) -> String {
    if model.read_only {
        model.texts.get("read-only")
    } else {
        String::new()
    }
}

/// The labels of the tabs. The open tab keeps its word; the others are cut until all five are on the screen.
fn header_labels(model: &Model, width: usize) -> [String; Tab::ALL.len()] {
    let pressing = (model.summary.overdue + model.summary.act_now) as u64;
    let counts = [
        Some(pressing),
        Some(model.open[0]),
        Some(model.open[1]),
        Some(model.open[2]),
        None,
    ];
    let room = width.saturating_sub(read_only_word(model).width());
    (1..=LONGEST_TAB)
        .rev()
        .map(|longest| tab_labels(model, counts, longest))
        .find(|labels| labels.iter().map(|label| label.width()).sum::<usize>() <= room)
        .unwrap_or_else(|| tab_labels(model, counts, 1))
}

fn header(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let labels = header_labels(model, usize::from(area.width));
    let mut x = area.x;
    for (tab, label) in Tab::ALL.into_iter().zip(&labels) {
        let style = if tab == model.tab {
            model.theme.selected()
        } else {
            model.theme.plain()
        };
        let wide = u16::try_from(label.width()).unwrap_or(0);
        text(frame, x, area.y, label, wide, style);
        x = x.saturating_add(wide);
    }
    // The date is for those who have room.
    let read_only = read_only_word(model);
    let date = model.texts.date_in_list(model.today, model.today);
    for right in [format!("{read_only}  {date}"), read_only] {
        let right = right.trim();
        let wide = u16::try_from(right.width()).unwrap_or(0);
        if x + wide <= area.width {
            let at = area.width - wide;
            text(frame, at, area.y, right, wide, model.theme.dim());
            return;
        }
    }
}

/// The words on the tabs with their counts, all but the open one cut to `longest` columns.
fn tab_labels(
    model: &Model,
    counts: [Option<u64>; Tab::ALL.len()],
    longest: usize,
) -> [String; Tab::ALL.len()] {
    std::array::from_fn(|index| {
        let name = format!("tab-{}", Tab::ALL[index].word());
        let mut word = model.texts.get(&name);
        if index != model.tab.index() {
            word = fit(&word, longest);
        }
        match counts[index] {
            Some(count) if count > 0 => format!(" {} {word} {count} ", index + 1),
            _ => format!(" {} {word} ", index + 1),
        }
    })
}

fn divider(model: &Model, frame: &mut Frame<'_>, detail: Rect, bottom: u16) {
    for y in 2..bottom {
        text(
            frame,
            detail.x.saturating_sub(2),
            y,
            "│",
            1,
            model.theme.dim(),
        );
    }
}

fn notice(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let index = model.tab.index();
    let report = model.report.is_some();
    if !report && (model.searching || !model.searches[index].is_empty() && model.notice.is_none()) {
        let line = format!("/{}", model.searches[index]);
        text(
            frame,
            area.x,
            area.y,
            &line,
            area.width,
            model.theme.plain(),
        );
        let list = model.list();
        let found = if list.more {
            "search-found-more"
        } else {
            "search-found"
        };
        let found = model.texts.with(found, &[("n", list.total.into())]);
        let wide = u16::try_from(found.width()).unwrap_or(0);
        let x = area.width.saturating_sub(wide);
        text(frame, x, area.y, &found, wide, model.theme.dim());
        if model.searching {
            let column = u16::try_from(line.width()).unwrap_or(0).min(area.width - 1);
            frame.set_cursor_position(Position::new(column, area.y));
        }
        return;
    }
    let Some(notice) = &model.notice else {
        let filter = &model.filters[index];
        if let Some(words) = filter
            .words(&model.texts)
            .filter(|_| model.tab != Tab::Today)
        {
            let line = model
                .texts
                .with("filter-shown", &[("filter", words.into())]);
            text(frame, area.x, area.y, &line, area.width, model.theme.dim());
        }
        return;
    };
    let style = if notice.bad {
        model.theme.warning()
    } else {
        model.theme.good()
    };
    let mut line = notice.text.replace('\n', " ");
    if let Some(hint) = &notice.hint {
        line = format!("{line} {}", hint.replace('\n', " "));
    }
    let lines = wrap(&line, usize::from(area.width));
    // A long word to the person takes lines from the list for as long as it is shown.
    let shown = lines.len().min(4);
    for (index, line) in lines.iter().take(shown).enumerate() {
        let above = u16::try_from(shown - 1 - index).unwrap_or(0);
        let y = area.y.saturating_sub(above);
        let blank = " ".repeat(usize::from(area.width));
        text(frame, area.x, y, &blank, area.width, model.theme.plain());
        text(frame, area.x, y, line, area.width, style);
    }
}

/// The keys that work here, most wanted first, as many as fit; the way out and the help always, as `?` has them all.
fn footer(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let mut shown: Vec<_> = keymap::bindings(model.mode())
        .filter(|binding| binding.footer > 0 && !model.keys.of(binding).is_empty())
        .filter(|binding| keymap::enabled(binding.action, model).is_ok())
        .collect();
    shown.sort_by_key(|binding| binding.footer);
    let parts: Vec<(String, String, bool)> = shown
        .iter()
        .map(|binding| {
            let key = model.keys.first(binding);
            let help = keymap::help_of(binding, model);
            let word = model.texts.attribute(help, "short", &[]);
            let stays = matches!(binding.action, Action::Help | Action::Quit | Action::Back);
            let key = keymap::named(key, &model.texts);
            (key, format!(" {}  ", word.unwrap_or_default()), stays)
        })
        .collect();
    let width_of = |(key, word, _): &(String, String, bool)| key.width() + word.width();
    let staying = parts.iter().filter(|(_, _, stays)| *stays);
    // After the last one there need be no blanks.
    let mut room = (usize::from(area.width) + 2).saturating_sub(staying.map(width_of).sum());
    let mut spans = Vec::new();
    for part in &parts {
        let (key, word, stays) = part;
        let wide = width_of(part);
        if !stays && wide > room {
            continue;
        }
        room -= if *stays { 0 } else { wide };
        spans.push(Span::styled(key.clone(), model.theme.key()));
        spans.push(Span::styled(word.clone(), model.theme.plain()));
    }
    frame
        .buffer_mut()
        .set_line(area.x, area.y, &Line::from(spans), area.width);
}

/// An empty box with a title in the middle of the screen; gives its inside.
fn boxed(model: &Model, frame: &mut Frame<'_>, title: &str, width: u16, height: u16) -> Rect {
    let (columns, rows) = model.size;
    let area = centered((columns, rows.saturating_sub(1)), width, height);
    Clear.render(area, frame.buffer_mut());
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .title(Line::styled(format!(" {title} "), model.theme.heading()));
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    Rect::new(
        inner.x + 1,
        inner.y,
        inner.width.saturating_sub(2),
        inner.height,
    )
}

/// A line of a form before it is put on the screen.
enum FormLine<'a> {
    Text(String, Style),
    Field(&'a Field, bool),
}

fn draw_form(model: &Model, frame: &mut Frame<'_>, form: &Form) {
    let width = model.size.0.min(86);
    let inner_width = usize::from(width.saturating_sub(4));
    let lines = form_lines(model, form, inner_width);
    let told = what_a_form_says(model, form, inner_width);
    let below = u16::try_from(told.len()).unwrap_or(u16::MAX);
    let mut heights: Vec<u16> = lines.iter().map(height_of).collect();
    let wanted = heights
        .iter()
        .sum::<u16>()
        .saturating_add(below)
        .saturating_add(2);
    let is_tall =
        |line: &FormLine<'_>| matches!(line, FormLine::Field(field, _) if field.is_tall());
    let wanted = match lines.iter().position(is_tall) {
        Some(tall) => {
            // All the room there is, but for the line below that tells what was done.
            let room = model.size.1.saturating_sub(2);
            heights[tall] += room.saturating_sub(wanted);
            wanted.max(room)
        }
        None => wanted,
    };
    let mut inner = boxed(model, frame, &form.title, width, wanted);
    // What went wrong stays on the screen, however long the form is and wherever one is in it.
    let below = below.min(inner.height / 2);
    inner.height -= below;
    for (index, (line, style)) in told.iter().take(usize::from(below)).enumerate() {
        let y = inner.bottom() + u16::try_from(index).unwrap_or(0);
        text(frame, inner.x, y, line, inner.width, *style);
    }
    let top = scrolled(&lines, &heights, inner.height);
    let mut y = inner.y;
    for (line, height) in lines.iter().zip(&heights).skip(top) {
        if y + height > inner.bottom() {
            break;
        }
        match line {
            FormLine::Text(line, style) => text(frame, inner.x, y, line, inner.width, *style),
            FormLine::Field(field, focused) => {
                let area = Rect::new(inner.x, y, inner.width, *height);
                draw_field(model, frame, field, *focused && !form.saving, area);
            }
        }
        y += height;
    }
}

/// What is to be read, and the fields with what is said of them.
fn form_lines<'a>(model: &Model, form: &'a Form, inner_width: usize) -> Vec<FormLine<'a>> {
    let mut lines: Vec<FormLine<'_>> = Vec::new();
    for info in &form.info {
        let style = match info.light {
            Some(Light::Green) => model.theme.good(),
            Some(Light::Amber) => model.theme.urgency(Urgency::ActNow),
            Some(Light::Red) => model.theme.warning(),
            None => model.theme.dim(),
        };
        for line in wrap(&info.text, inner_width) {
            lines.push(FormLine::Text(line, style));
        }
    }
    for said in &form.taken_up {
        let style = model.theme.key();
        let said = wrap(said, inner_width).into_iter();
        lines.extend(said.map(|line| FormLine::Text(line, style)));
    }
    for (index, field) in form.fields.iter().enumerate() {
        if !field.shown {
            continue;
        }
        lines.push(FormLine::Field(field, index == form.focus));
        if let Some(told) = &field.told {
            // A choice that is unusual is warned of; what a date means is only said.
            let style = if field.is_choice() {
                model.theme.urgency(Urgency::ActNow)
            } else {
                model.theme.dim()
            };
            let told = wrap(&format!("  {told}"), inner_width).into_iter();
            lines.extend(told.map(|line| FormLine::Text(line, style)));
        }
        if let Some(error) = &field.error {
            for line in wrap(error, inner_width) {
                lines.push(FormLine::Text(line, model.theme.warning()));
            }
        }
    }
    lines
}

/// The lines below the fields: what went wrong, or that it is being saved.
fn what_a_form_says(model: &Model, form: &Form, width: usize) -> Vec<(String, Style)> {
    let mut told = Vec::new();
    if let Some(error) = &form.error {
        let whole = match &error.hint {
            Some(hint) => format!("{} {hint}", error.what),
            None => error.what.clone(),
        };
        let lines = wrap(&whole, width).into_iter();
        told.extend(lines.map(|line| (line, model.theme.warning())));
    }
    if form.saving {
        let sends = dialogs::letters::sends(form);
        let told_of = if sends {
            "letter-sending"
        } else {
            "form-saving"
        };
        told.push((model.texts.get(told_of), model.theme.dim()));
    }
    told
}

fn height_of(line: &FormLine<'_>) -> u16 {
    match line {
        FormLine::Text(..) => 1,
        FormLine::Field(field, focused) => match (&field.entry, focused) {
            (Entry::Area(_), true) => AREA_LINES.0 + 1,
            (Entry::Area(_), false) => AREA_LINES.1 + 1,
            _ => 1,
        },
    }
}

/// How many lines to leave out at the top so that the field with the keys, and what is said below it, is seen.
fn scrolled(lines: &[FormLine<'_>], heights: &[u16], room: u16) -> usize {
    let focused = lines
        .iter()
        .position(|line| matches!(line, FormLine::Field(_, true)))
        .unwrap_or(0);
    let next_field = lines
        .iter()
        .enumerate()
        .skip(focused + 1)
        .find(|(_, line)| matches!(line, FormLine::Field(..)))
        .map_or(lines.len(), |(index, _)| index);
    let mut top = 0;
    while top < focused && heights[top..next_field].iter().sum::<u16>() > room {
        top += 1;
    }
    top
}

fn draw_field(model: &Model, frame: &mut Frame<'_>, field: &Field, focused: bool, area: Rect) {
    let label_style = if focused {
        model.theme.key()
    } else {
        model.theme.plain()
    };
    let marker = if focused { ">" } else { " " };
    let label = format!("{marker} {}: ", field.label);
    text(frame, area.x, area.y, &label, area.width, label_style);
    match &field.entry {
        Entry::Choice { options, chosen } => {
            let shown = options
                .get(*chosen)
                .map_or_else(String::new, |(_, words)| words.clone());
            let shown = if focused {
                format!("< {shown} >  {}/{}", chosen + 1, options.len())
            } else {
                shown
            };
            let x = area.x + u16::try_from(label.width()).unwrap_or(0);
            let width = area.right().saturating_sub(x);
            text(frame, x, area.y, &shown, width, model.theme.plain());
            if focused {
                frame.set_cursor_position(Position::new(x.min(area.right() - 1), area.y));
            }
        }
        Entry::Line(editor) => {
            let x = area.x + u16::try_from(label.width()).unwrap_or(0);
            let width = area.right().saturating_sub(x).max(1);
            draw_editor(frame, editor, focused, Rect::new(x, area.y, width, 1));
        }
        Entry::Area(editor) => {
            let inside = Rect::new(
                area.x + 2,
                area.y + 1,
                area.width.saturating_sub(2),
                area.height.saturating_sub(1),
            );
            draw_editor(frame, editor, focused, inside);
        }
    }
}

fn draw_editor(
    frame: &mut Frame<'_>,
    editor: &tui_textarea::TextArea<'static>,
    focused: bool,
    area: Rect,
) {
    let mut editor = editor.clone();
    // The terminal's own cursor stands where one types; the editor's would be a second one.
    editor.set_cursor_style(Style::new());
    (&editor).render(area, frame.buffer_mut());
    if focused {
        let cursor = editor.screen_cursor();
        let x = area.x + u16::try_from(cursor.col).unwrap_or(0).min(area.width - 1);
        let y = area.y + u16::try_from(cursor.row).unwrap_or(0).min(area.height - 1);
        frame.set_cursor_position(Position::new(x, y));
    }
}

fn draw_confirm(model: &Model, frame: &mut Frame<'_>, confirm: &Confirm) {
    let width = model.size.0.min(76);
    let inner_width = usize::from(width.saturating_sub(4));
    let lines: Vec<String> = confirm
        .lines
        .iter()
        .flat_map(|line| wrap(line, inner_width))
        .collect();
    let height = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let title = model.texts.get("confirm-title");
    let inner = boxed(model, frame, &title, width, height.min(model.size.1 - 2));
    let room = usize::from(inner.height);
    for (index, line) in lines.iter().enumerate().take(room) {
        let y = inner.y + u16::try_from(index).unwrap_or(0);
        // What does not fit is counted, not left out in silence.
        let more = (index + 1 == room && lines.len() > room)
            .then(|| format!("… (+{})", lines.len() - index));
        let line = more.as_ref().unwrap_or(line);
        text(frame, inner.x, y, line, inner.width, model.theme.plain());
    }
}

fn draw_picker(model: &Model, frame: &mut Frame<'_>, picker: &Picker) {
    let height = u16::try_from(picker.choices.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let width = model.size.0.min(70);
    let inner = boxed(
        model,
        frame,
        &picker.title,
        width,
        height.min(model.size.1 - 2),
    );
    for (index, (words, _)) in picker.choices.iter().enumerate() {
        let y = inner.y + u16::try_from(index).unwrap_or(0);
        if y >= inner.bottom() {
            break;
        }
        let style = if index == picker.cursor {
            model.theme.selected()
        } else {
            model.theme.plain()
        };
        let shown = fit(words, usize::from(inner.width));
        text(frame, inner.x, y, &shown, inner.width, style);
    }
}

fn draw_palette(model: &Model, frame: &mut Frame<'_>, palette: &Palette) {
    let width = model.size.0.min(76);
    let height = model.size.1.saturating_sub(2).min(24);
    let inner = boxed(model, frame, &palette.title, width, height);
    let question = format!("> {}", palette.query);
    let wide = usize::from(inner.width);
    text(
        frame,
        inner.x,
        inner.y,
        &question,
        inner.width,
        model.theme.key(),
    );
    let column = u16::try_from(question.width().min(wide.saturating_sub(1))).unwrap_or(0);
    frame.set_cursor_position(Position::new(inner.x + column, inner.y));
    let rows = usize::from(inner.height.saturating_sub(1)).max(1);
    if palette.hits().len() == 0 {
        let none = model.texts.get("palette-none");
        text(
            frame,
            inner.x,
            inner.y + 1,
            &none,
            inner.width,
            model.theme.dim(),
        );
    }
    let top = (palette.cursor + 1).saturating_sub(rows);
    for (index, choice) in palette.hits().enumerate().skip(top).take(rows) {
        let y = inner.y + 1 + u16::try_from(index - top).unwrap_or(0);
        let mut style = match choice.why_not {
            Some(_) => model.theme.dim(),
            None => model.theme.plain(),
        };
        if index == palette.cursor {
            style = style.patch(model.theme.selected());
        }
        let words = match &choice.why_not {
            Some(why) => format!("{} – {why}", choice.words),
            None => choice.words.clone(),
        };
        let aside = choice.aside.width().min(wide / 2);
        let words = fit(&words, wide.saturating_sub(aside + 2));
        let blank = " ".repeat(wide.saturating_sub(words.width() + aside));
        let line = format!("{words}{blank}{}", fit(&choice.aside, aside));
        text(frame, inner.x, y, &line, inner.width, style);
    }
}

fn draw_help(model: &Model, frame: &mut Frame<'_>, help: &Help) {
    let width = model.size.0.min(92);
    let title = model.texts.get("help-title");
    let inner = boxed(model, frame, &title, width, model.size.1.saturating_sub(2));
    let mut y = inner.y;
    for row in help.rows.iter().skip(help.top) {
        let works = row.why_not.is_none();
        let style = if works {
            model.theme.plain()
        } else {
            model.theme.dim()
        };
        let does = match &row.why_not {
            Some(why) => format!("{} – {why}", row.does),
            None => row.does.clone(),
        };
        let keys = fit(&row.keys, 15);
        for (index, line) in wrap(&does, usize::from(inner.width.saturating_sub(17)))
            .iter()
            .enumerate()
        {
            if y >= inner.bottom() {
                return;
            }
            if index == 0 {
                let key_style = if works { model.theme.key() } else { style };
                text(frame, inner.x, y, &keys, 15, key_style);
            }
            text(frame, inner.x + 17, y, line, inner.width - 17, style);
            y += 1;
        }
    }
}
