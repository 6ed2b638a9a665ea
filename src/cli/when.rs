//! Dates on the command line, and what is said when there is no such date.

use chrono::NaiveDate;

use super::Failure;
use crate::clock::Clock;
use crate::i18n::Texts;
use crate::when::{self, ReceivedAt};

/// A date `YYYY-MM-DD` that exists.
pub(super) fn date(texts: &Texts, text: &str) -> Result<NaiveDate, Failure> {
    when::date(text).ok_or_else(|| not_a_date(texts, text))
}

/// An optional date.
pub(super) fn maybe_date(texts: &Texts, text: Option<&str>) -> Result<Option<NaiveDate>, Failure> {
    text.map(|text| date(texts, text)).transpose()
}

/// A date or an instant.
pub(super) fn received(texts: &Texts, clock: Clock, text: &str) -> Result<ReceivedAt, Failure> {
    when::received(clock, text).ok_or_else(|| not_a_date(texts, text))
}

fn not_a_date(texts: &Texts, text: &str) -> Failure {
    Failure::Usage(texts.message("bad-date", &[("text", text.into())]))
}
