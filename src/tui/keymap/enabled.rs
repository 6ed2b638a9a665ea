//! Whether a key does anything here and now, and why not: asked by the footer, the help, the palette and the dispatcher alike.

use chrono::Datelike;

use super::super::dialogs::form::Form;
use super::super::model::Model;
use super::super::msg::Tab;
use super::{Action, Mode};
use crate::domain::conduct;
use crate::domain::item::Item;
use crate::domain::refusal::Refusal;

/// Why a key does nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// There is nothing under the cursor.
    NothingThere,
    /// This is for lists of records, not for the history.
    NotInHistory,
    /// The cursor stands on no task and no copy.
    NoTaskThere,
    /// Only recordings have a calendar.
    NotRecordings,
    /// The calendar is not on the screen.
    NoCalendar,
    /// There is nothing before or after the year of the report.
    NoSuchYear,
    /// Nothing was filled in yet.
    NothingWritten,
    /// The field takes no long text.
    NoLongText,
    /// Personal data is hidden, and this would show it.
    Hidden,
    /// Today shows what is pressing, whatever else there is.
    NotToday,
    /// The person has nothing else here.
    NothingElse,
    /// No jump led here.
    NoJump,
    /// The program was started so that nothing can be changed.
    StartedReadOnly,
    /// A rule says no.
    Refused(Refusal),
}

/// Whether an action works here and now, and why not. The rules are asked again inside the transaction.
pub fn enabled(action: Action, model: &Model) -> Result<(), WhyNot> {
    let changes = asks_about_a_record(action)
        || matches!(
            action,
            Action::Resolve | Action::New | Action::Undo | Action::Redo
        );
    if changes && model.read_only {
        return Err(WhyNot::Refused(Refusal::ReadOnly));
    }
    if is_about_a_record(action) && model.tab == Tab::History {
        return Err(WhyNot::NotInHistory);
    }
    match action {
        _ if asks_about_a_record(action) => {
            let card = model.selected().ok_or(WhyNot::NothingThere)?;
            allowed(action, model, &card.item, &card.circle).map_err(WhyNot::Refused)
        }
        Action::Resolve => {
            if !model.marked.is_empty() {
                return Ok(());
            }
            let card = model.selected().ok_or(WhyNot::NothingThere)?;
            conduct::must_be_open(&card.item).map_err(WhyNot::Refused)
        }
        Action::Mark if model.mode() == Mode::Detail => {
            if model.read_only {
                return Err(WhyNot::Refused(Refusal::ReadOnly));
            }
            let card = model.selected().ok_or(WhyNot::NothingThere)?;
            model.part_under_cursor().ok_or(WhyNot::NoTaskThere)?;
            conduct::must_be_open(&card.item).map_err(WhyNot::Refused)
        }
        Action::Open if model.tab == Tab::History => {
            let list = model.list();
            list.entry(list.cursor)
                .map(|_| ())
                .ok_or(WhyNot::NothingThere)
        }
        Action::Open | Action::Mark | Action::Copy => {
            model.selected().map(|_| ()).ok_or(WhyNot::NothingThere)
        }
        Action::Editor => {
            let there = model.form().is_some_and(Form::has_long_text);
            there.then_some(()).ok_or(WhyNot::NoLongText)
        }
        Action::Letter => {
            let card = model.selected().ok_or(WhyNot::NothingThere)?;
            if model.hidden {
                return Err(WhyNot::Hidden);
            }
            conduct::must_not_be_erased(&card.item).map_err(WhyNot::Refused)
        }
        Action::StartOver => {
            let touched = model.form().is_some_and(Form::is_touched);
            touched.then_some(()).ok_or(WhyNot::NothingWritten)
        }
        _ => may_browse(action, model),
    }
}

/// Whether one can look for something, or go somewhere.
fn may_browse(action: Action, model: &Model) -> Result<(), WhyNot> {
    match action {
        Action::Search | Action::Filter | Action::Sort | Action::Jump
            if model.tab == Tab::History =>
        {
            Err(WhyNot::NotInHistory)
        }
        Action::Filter | Action::Sort if model.tab == Tab::Today => Err(WhyNot::NotToday),
        Action::Jump => {
            let card = model.selected().ok_or(WhyNot::NothingThere)?;
            let has_others = !super::super::update::others(card).is_empty();
            has_others.then_some(()).ok_or(WhyNot::NothingElse)
        }
        Action::Return => {
            let led = !model.trail.is_empty();
            led.then_some(()).ok_or(WhyNot::NoJump)
        }
        Action::Calendar | Action::EarlierMonth | Action::LaterMonth
            if model.tab != Tab::Recordings =>
        {
            Err(WhyNot::NotRecordings)
        }
        Action::EarlierMonth | Action::LaterMonth => {
            let shown = model.regions().panel.height > 0;
            shown.then_some(()).ok_or(WhyNot::NoCalendar)
        }
        Action::Lock if model.started_read_only => Err(WhyNot::StartedReadOnly),
        Action::EarlierYear | Action::LaterYear => {
            let report = model.report.as_ref().ok_or(WhyNot::NoSuchYear)?;
            let (first, last) = report.years(model.today.year());
            let there = match action {
                Action::EarlierYear => report.year > first,
                _ => report.year < last,
            };
            there.then_some(()).ok_or(WhyNot::NoSuchYear)
        }
        _ => Ok(()),
    }
}

/// Whether an action is about the one record under the cursor.
pub fn is_about_a_record(action: Action) -> bool {
    asks_about_a_record(action)
        || matches!(
            action,
            Action::Resolve | Action::Mark | Action::Copy | Action::Letter
        )
}

/// Whether an action changes the one record under the cursor, after a form about it.
fn asks_about_a_record(action: Action) -> bool {
    matches!(
        action,
        Action::Reject
            | Action::Extend
            | Action::Identity
            | Action::AddTask
            | Action::Note
            | Action::LinkSent
            | Action::Delivered
            | Action::Agree
            | Action::Consent
            | Action::Edit
            | Action::Reopen
            | Action::Split
            | Action::Merge
            | Action::Hold
    )
}

fn allowed(action: Action, model: &Model, item: &Item, related: &[Item]) -> Result<(), Refusal> {
    match action {
        Action::Reject => conduct::can_reject(item, related).map(|_| ()),
        Action::Extend => conduct::can_extend(item, model.today, model.today).map(|_| ()),
        Action::Identity => {
            conduct::as_request(item)?;
            conduct::must_be_open(item)
        }
        Action::AddTask => match item {
            Item::Recording(_) => conduct::as_request(item).map(|_| ()),
            _ => conduct::must_be_open(item),
        },
        Action::LinkSent | Action::Delivered | Action::Agree | Action::Consent => {
            conduct::as_recording(item)?;
            conduct::must_be_open(item)
        }
        Action::Reopen if item.is_open() => Err(Refusal::NotClosed(item.id())),
        Action::Split => conduct::as_request(item).map(|_| ()),
        Action::Merge => conduct::merge_targets(item, related).map(|_| ()),
        _ => Ok(()),
    }
}
