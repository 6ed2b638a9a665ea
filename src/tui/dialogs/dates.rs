//! Dates in forms: which way each is meant, and what follows from it, said while it is typed.

use chrono::NaiveDate;

use super::form::{Entry, Form};
use super::forms::Purpose;
use crate::domain::deadline::{Dates, Receipt, opt_out_dates, recording_dates, request_dates};
use crate::domain::request::{Channel, Kind};
use crate::domain::standing::Rules;
use crate::i18n::Texts;
use crate::when::{Lean, date_in_form};

/// What a form is filled in against.
#[derive(Debug, Clone, Copy)]
pub struct Now<'a> {
    /// The texts.
    pub texts: &'a Texts,
    /// The local date of today.
    pub today: NaiveDate,
    /// The rules in force.
    pub rules: Rules,
}

/// Which way the date of a field is meant; `None` for a field that holds no date.
pub fn lean(field: &str) -> Option<Lean> {
    Some(match field {
        "received" | "recorded" | "link" | "on" | "agreed" => Lean::Past,
        "expires" | "until" | "review" | "follow-up" => Lean::Future,
        _ => return None,
    })
}

/// Says beside each date which day it is, and what follows from it.
pub fn adapt(form: &mut Form, now: Now<'_>) {
    let told: Vec<Option<String>> = form
        .fields
        .iter()
        .map(|field| {
            let lean = lean(field.name).filter(|_| matches!(field.entry, Entry::Line(_)))?;
            let date = date_in_form(&field.value(), now.today, lean)?;
            Some(words(form, field.name, date, now))
        })
        .collect();
    for (field, told) in form.fields.iter_mut().zip(told) {
        if lean(field.name).is_some() {
            field.told = told;
        }
    }
}

fn words(form: &Form, field: &str, date: NaiveDate, now: Now<'_>) -> String {
    let day = now.texts.date_with_weekday(date);
    let Some((id, dates)) = follows(form, field, date, now.rules) else {
        return day;
    };
    let on = |date| now.texts.date_with_weekday(date);
    now.texts.with(
        id,
        &[
            ("day", day.into()),
            ("due", on(dates.due).into()),
            ("act", on(dates.act_by).into()),
        ],
    )
}

/// The dates that follow, and the text that tells them.
fn follows(
    form: &Form,
    field: &str,
    date: NaiveDate,
    rules: Rules,
) -> Option<(&'static str, Dates)> {
    let calendar = rules.calendar;
    Some(match (&form.purpose, field) {
        (Purpose::NewRequest, "received") => {
            let kind = form.value("kind");
            let at_once = Kind::ALL
                .iter()
                .any(|it| it.word() == kind && it.takes_effect_at_once());
            let receipt = Receipt {
                received_on: date,
                at_once,
                by_post: form.value("channel") == Channel::Letter.word(),
            };
            ("told-request", request_dates(calendar, receipt))
        }
        (Purpose::NewRecording, "link") | (Purpose::LinkSent(_), "on") => {
            let dates = recording_dates(calendar, date, rules.recording_days);
            ("told-recording", dates)
        }
        (Purpose::NewOptOut, "received") => ("told-optout", opt_out_dates(calendar, date)),
        _ => return None,
    })
}
