//! The report: opening it, its years, and what the worker read for it.

use chrono::Datelike;

use super::super::keymap::{self, Action};
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::screens::report::{State, extent};
use super::moves::step;
use super::rows::act;
use crate::domain::ahead::Ahead;
use crate::domain::report::Report;
use crate::ops::OpError;

/// Opens the report of this year.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let year = model.today.year();
    model.report = Some(State {
        year,
        top: 0,
        read: None,
    });
    vec![Effect::Report(year)]
}

/// The open report is read again: the day or the store has changed.
pub(super) fn again(model: &Model) -> Option<Effect> {
    let state = model.report.as_ref()?;
    Some(Effect::Report(state.year))
}

/// What a key does in the report.
pub(super) fn key(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::EarlierYear => turn(model, -1),
        Action::LaterYear => turn(model, 1),
        Action::Back => {
            model.report = None;
            Vec::new()
        }
        Action::Down
        | Action::Up
        | Action::First
        | Action::Last
        | Action::PageDown
        | Action::PageUp
        | Action::HalfDown
        | Action::HalfUp => {
            let (lines, shown) = extent(model);
            let places = lines.saturating_sub(shown) + 1;
            if let Some(state) = &mut model.report {
                state.top = step(action, state.top, places, shown.max(1));
            }
            Vec::new()
        }
        Action::Tab(_) | Action::NextTab | Action::PreviousTab => {
            model.report = None;
            act(model, action)
        }
        other => act(model, other),
    }
}

fn turn(model: &mut Model, years: i32) -> Vec<Effect> {
    let action = if years < 0 {
        Action::EarlierYear
    } else {
        Action::LaterYear
    };
    if let Err(why) = keymap::enabled(action, model) {
        let message = model.why_not(&why);
        model.complain(message);
        return Vec::new();
    }
    let Some(state) = &mut model.report else {
        return Vec::new();
    };
    state.year += years;
    state.top = 0;
    vec![Effect::Report(state.year)]
}

/// What was read is shown, unless another year is wanted by now.
pub(super) fn read(model: &mut Model, year: i32, result: Result<(Report, Ahead), OpError>) {
    let Some(state) = model.report.as_mut().filter(|state| state.year == year) else {
        return;
    };
    match result {
        Ok(read) => {
            state.read = Some(read);
            // There may be fewer lines than there were.
            let (lines, shown) = extent(model);
            if let Some(state) = &mut model.report {
                state.top = state.top.min(lines.saturating_sub(shown));
            }
        }
        Err(error) => {
            let message = model.texts.op_error(&error);
            model.complain(message);
        }
    }
}
