//! How long the program keeps its own data (RULES §7): what is due to be erased, and what stays of it afterwards.
//!
//! Computed and shown here; the store does the erasing, so that no byte is left.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::item::Item;
use super::person::Person;

/// The periods after closing (⚙ in RULES §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Days after closing when texts are erased.
    pub text_days: u16,
    /// Months after closing when the record is erased but for number, kind, dates, outcome and ground.
    pub case_months: u16,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            text_days: 90,
            case_months: 24,
        }
    }
}

/// What is erased of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// What the person wrote, and what was written to her.
    Texts,
    /// Everything but number, kind, dates, outcome and ground.
    Record,
}

impl Part {
    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Texts => "texts",
            Self::Record => "record",
        }
    }
}

/// What was erased of a record, and on which local date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// What.
    pub part: Part,
    /// When.
    pub on: NaiveDate,
}

/// When a closed record is to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Texts, where it holds any.
    pub texts_on: NaiveDate,
    /// The record.
    pub record_on: NaiveDate,
    /// The next step of the erasing, and its date.
    pub next: (NaiveDate, Part),
}

/// When `item` is to be erased; `None` while it is open or on hold, and when it has been.
pub fn retention(item: &Item, terms: Terms) -> Option<Retention> {
    let closed_on = item.closing()?.on;
    if item.hold().is_some() || is_erased(item) {
        return None;
    }
    if matches!(item, Item::Mail(_)) {
        // It never was a case: all of it goes when its text goes.
        let on = closed_on.checked_add_days(Days::new(terms.text_days.into()))?;
        return Some(Retention {
            texts_on: on,
            record_on: on,
            next: (on, Part::Record),
        });
    }
    let texts_on = closed_on.checked_add_days(Days::new(terms.text_days.into()))?;
    let record_on = closed_on.checked_add_months(Months::new(terms.case_months.into()))?;
    let next = if holds_texts(item) && texts_on <= record_on {
        (texts_on, Part::Texts)
    } else {
        (record_on, Part::Record)
    };
    Some(Retention {
        texts_on,
        record_on,
        next,
    })
}

/// Whether nothing of the person is left in the record.
pub fn is_erased(item: &Item) -> bool {
    item.erasure()
        .is_some_and(|erasure| erasure.part == Part::Record)
}

fn holds_texts(item: &Item) -> bool {
    matches!(item, Item::Request(request)
        if request.message.is_some()
            || !request.attachments.is_empty()
            || request.mails.iter().any(|mail| mail.text.is_some()))
        || item.letters().iter().any(|letter| letter.text.is_some())
        || !item.outbox().is_empty()
        || item.tasks().iter().any(|task| !task.rows.is_empty())
}

/// Takes a part out of a record. What stays of a whole record is its number, kind, dates, outcome and ground (RULES §7).
pub(super) fn strip(item: &mut Item, erasure: Erasure) {
    if let Item::Request(request) = item {
        request.message = None;
        request.subject = None;
        request.attachments.clear();
        request.inner_sender = None;
        for mail in &mut request.mails {
            mail.subject = None;
            mail.text = None;
        }
    }
    for letter in item.letters_mut().into_iter().flatten() {
        letter.subject = None;
        letter.text = None;
    }
    // Of what could not be sent only the text was kept; whether the rest went, nobody will ask any more.
    if let Some(outbox) = item.outbox_mut() {
        outbox.clear();
    }
    // What was taken out of services' exports for the answer goes with the texts.
    for task in item.tasks_mut().into_iter().flatten() {
        task.rows.clear();
    }
    if erasure.part == Part::Record {
        strip_record(item);
    }
    *item.erasure_mut() = Some(erasure);
}

fn strip_record(item: &mut Item) {
    *item.person_mut() = Person::default();
    item.notes_mut().clear();
    *item.hold_mut() = None;
    if let Some(closing) = item.closing_mut() {
        closing.note = None;
        closing.override_reason = None;
    }
    if let Some(tasks) = item.tasks_mut() {
        tasks.clear();
    }
    // That a letter of this type went on that day stays, as the other dates do.
    for letter in item.letters_mut().into_iter().flatten() {
        letter.to = None;
        letter.message_id = None;
    }
    match item {
        Item::Request(request) => {
            request.identity = None;
            request.message_id = None;
            for mail in &mut request.mails {
                mail.from = Person::default();
                mail.message_id = None;
            }
            // The keyed digest of the mail stays: without the mail it says nothing, and with it an import made again
            // does not open the case anew.
            let rejections = request.rejection.iter_mut();
            for rejection in rejections.chain(&mut request.earlier_rejections) {
                rejection.facts.clear();
                rejection.questions.clear();
            }
            if let Some(extension) = &mut request.extension {
                extension.reason.clear();
            }
        }
        Item::Recording(recording) => {
            recording.title.clear();
            recording.started_at = None;
            recording.delivered = None;
            // The day on which it was to be deleted stays, as every date does.
            if let Some(agreement) = recording.agreement.take() {
                recording.dates = Some(agreement.dates);
            }
            recording.consents.clear();
            recording.copies.clear();
        }
        Item::OptOut(_) => {}
        Item::Mail(mail) => {
            mail.subject = None;
            mail.text = None;
            mail.attachments.clear();
            mail.inner_sender = None;
            mail.message_id = None;
        }
    }
}
