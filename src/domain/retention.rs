//! How long the program keeps its own data (RULES §7): computed and shown here, erased by the store.

use chrono::{Days, Months, NaiveDate};

use super::item::Item;

/// Days after closing when texts are erased.
pub const TEXT_DAYS: u64 = 90;
/// Months after closing when the record itself is erased but for number, kind, dates, outcome and ground.
pub const CASE_MONTHS: u32 = 24;

/// When a closed record is to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Its texts.
    pub texts_on: NaiveDate,
    /// The record.
    pub record_on: NaiveDate,
}

/// When `item` is to be erased; `None` while it is open or on hold.
pub fn retention(item: &Item) -> Option<Retention> {
    let closed_on = item.closing()?.on;
    if item.hold().is_some() {
        return None;
    }
    Some(Retention {
        texts_on: closed_on.checked_add_days(Days::new(TEXT_DAYS))?,
        record_on: closed_on.checked_add_months(Months::new(CASE_MONTHS))?,
    })
}
