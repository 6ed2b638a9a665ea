//! Entering requests, recordings and opt-outs: dates are decided here, once, and stored (RULES §1.6).

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{Desk, Done, OpError, Target, Warning};
use crate::catalogue::{Catalogue, TaskKind};
use crate::domain::attachment::Attachment;
use crate::domain::conduct::{self, Moment};
use crate::domain::deadline::{fixed_dates, local_date, opt_out_dates, recording_dates};
use crate::domain::event::Event;
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::opt_out::{OptOut, Source};
use crate::domain::person::{Language, Person};
use crate::domain::recording::{CopyStatus, Form, Recording, RecordingCopy};
use crate::domain::refusal::{Refusal, TextNeeded};
use crate::domain::request::{Channel, Closing, Kind, Request};
use crate::domain::standing::{ConflictKind, Rules, standing};
use crate::domain::task::Task;
use crate::store::{StoreError, Tx, Writer};
use crate::when::ReceivedAt;

/// A request to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest {
    /// What is asked for.
    pub kind: Kind,
    /// Who asks.
    pub person: Person,
    /// When it arrived; now when `None`.
    pub received: Option<ReceivedAt>,
    /// How.
    pub channel: Channel,
    /// The language to answer in.
    pub language: Language,
    /// Its text.
    pub message: Option<String>,
    /// What is known of the mail it came in.
    pub mail: Option<Box<MailFacts>>,
}

/// What a request keeps of its mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailFacts {
    /// The subject.
    pub subject: Option<String>,
    /// The Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// The digest by which the mail is known again.
    pub digest: String,
    /// What was wrong with it, as codes.
    pub problems: Vec<String>,
    /// The files that came with it.
    pub attachments: Vec<Attachment>,
    /// Who wrote the mail that was passed on in it.
    pub inner_sender: Option<Person>,
}

/// A recording to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecording {
    /// What the session was.
    pub title: String,
    /// The client.
    pub person: Person,
    /// Local date of the session.
    pub recorded_on: NaiveDate,
    /// Private or group.
    pub form: Form,
    /// When the link was sent, if it was.
    pub link_sent_on: Option<NaiveDate>,
    /// When the link stops working.
    pub link_expires_on: Option<NaiveDate>,
    /// Place and, where there is one, locator of every copy.
    pub copies: Vec<(String, Option<String>)>,
    /// Whether the client declined to be recorded.
    pub declined: bool,
}

/// What a recording keeps of the list it was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordingFacts {
    /// Local time at which the session began.
    pub started_at: Option<NaiveTime>,
    /// The digest by which the row is known again.
    pub digest: Option<String>,
}

/// An opt-out to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOptOut {
    /// The address that leaves.
    pub email: String,
    /// Whose it is, where that is known.
    pub name: Option<String>,
    /// When it came; today when `None`.
    pub received_on: Option<NaiveDate>,
    /// How.
    pub source: Source,
}

/// The tasks of a new case, from the service cards.
fn tasks(catalogue: &Catalogue, kind: TaskKind) -> Vec<Task> {
    catalogue
        .tasks_for(kind)
        .map(|(service, _)| Task::from_catalogue(&service.id))
        .collect()
}

impl Desk {
    pub(super) fn add_request(
        &self,
        new: &NewRequest,
        moment: Moment,
        writer: Writer,
    ) -> Result<Done, OpError> {
        conduct::without_cpr(new.message.as_deref().unwrap_or_default())?;
        let catalogue = self.catalogue()?;
        self.store.write(writer, |tx| {
            let item = self.receive(tx, catalogue, new, moment)?;
            let mut warnings = entry_warnings(tx, &item, self.settings.rules)?;
            warnings.extend(in_future(item.received_on(), moment));
            Ok(Done {
                items: vec![item],
                warnings,
                ..Done::default()
            })
        })
    }

    /// Enters a request inside a transaction, which an import shares between many.
    pub(super) fn receive(
        &self,
        tx: &mut Tx<'_>,
        catalogue: &Catalogue,
        new: &NewRequest,
        moment: Moment,
    ) -> Result<Item, OpError> {
        let id = tx.next_id(ItemType::Request, moment.today.year())?;
        self.receive_as(tx, catalogue, id, new, moment)
    }

    /// As [`Desk::receive`], under a number that was given out already.
    fn receive_as(
        &self,
        tx: &mut Tx<'_>,
        catalogue: &Catalogue,
        id: ItemId,
        new: &NewRequest,
        moment: Moment,
    ) -> Result<Item, OpError> {
        conduct::check_person(&new.person)?;
        let (received_at, received_on) = match new.received {
            None => (Some(moment.now), moment.today),
            Some(ReceivedAt::Date(date)) => (None, date),
            Some(ReceivedAt::Instant(instant)) => {
                (Some(instant), local_date(instant, self.settings.zone))
            }
        };
        let mail = new.mail.as_deref().cloned().unwrap_or_default();
        let mut request = Request {
            id,
            version: 1,
            kind: new.kind,
            person: new.person.clone(),
            channel: new.channel,
            language: new.language,
            received_at,
            received_on,
            registered_at: moment.now,
            dates: opt_out_dates(self.settings.rules.calendar, received_on),
            extension: None,
            identity: None,
            tasks: tasks(catalogue, TaskKind::Request(new.kind)),
            rejection: None,
            earlier_rejections: Vec::new(),
            notes: Vec::new(),
            subject: mail.subject,
            message: new.message.clone().filter(|text| !text.trim().is_empty()),
            message_id: mail.message_id,
            intake_digest: Some(mail.digest).filter(|digest| !digest.is_empty()),
            letters: Vec::new(),
            outbox: Vec::new(),
            mails: Vec::new(),
            attachments: mail.attachments,
            inner_sender: mail.inner_sender,
            unread: false,
            intake_problems: mail.problems,
            hold: None,
            erasure: None,
            closing: None,
        };
        request.dates = conduct::dates_at_receipt(&request, self.settings.rules);
        Ok(tx.record(id, &Event::RequestReceived(Box::new(request)))?)
    }

    /// A mail that was set aside becomes a request after all, received when the mail was.
    pub(super) fn take(
        &self,
        target: Target,
        kind: Kind,
        moment: Moment,
        writer: Writer,
    ) -> Result<Done, OpError> {
        let catalogue = self.catalogue()?;
        self.store.write(writer, |tx| {
            let item = tx.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
            let mail = conduct::can_take(&item)?;
            let new = NewRequest {
                kind,
                person: mail.person.clone(),
                received: Some(match mail.received_at {
                    Some(at) => ReceivedAt::Instant(at),
                    None => ReceivedAt::Date(mail.received_on),
                }),
                channel: Channel::Mail,
                language: mail.language,
                message: mail.text.clone(),
                mail: Some(Box::new(MailFacts {
                    subject: mail.subject.clone(),
                    message_id: mail.message_id.clone(),
                    digest: mail.intake_digest.clone(),
                    problems: mail.intake_problems.clone(),
                    attachments: mail.attachments.clone(),
                    inner_sender: mail.inner_sender.clone(),
                })),
            };
            let id = tx.next_id(ItemType::Request, moment.today.year())?;
            // First: from here on the mail is known again as the request's.
            tx.record(target.id, &Event::AsideTaken(id))?;
            let item = self.receive_as(tx, catalogue, id, &new, moment)?;
            Ok(Done {
                warnings: entry_warnings(tx, &item, self.settings.rules)?,
                items: vec![item],
                ..Done::default()
            })
        })
    }

    /// Another right asked for in the same letter becomes a request of its own, with the same receipt (RULES §1.9).
    pub(super) fn split(
        &self,
        target: Target,
        kind: Kind,
        moment: Moment,
        writer: Writer,
    ) -> Result<Done, OpError> {
        let catalogue = self.catalogue()?;
        self.store.write(writer, |tx| {
            let item = tx.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
            let request = conduct::as_request(&item)?;
            conduct::must_not_be_erased(&item)?;
            let id = tx.next_id(ItemType::Request, moment.today.year())?;
            let mut second = Request {
                id,
                version: 1,
                kind,
                registered_at: moment.now,
                extension: None,
                tasks: tasks(catalogue, TaskKind::Request(kind)),
                rejection: None,
                earlier_rejections: Vec::new(),
                notes: Vec::new(),
                // The mails stay with the first case: taken in again, they are that one's.
                letters: Vec::new(),
                outbox: Vec::new(),
                mails: Vec::new(),
                unread: false,
                message_id: None,
                intake_digest: None,
                hold: None,
                erasure: None,
                closing: None,
                ..request.clone()
            };
            second.dates = conduct::dates_at_receipt(&second, self.settings.rules);
            let item = tx.record(id, &Event::RequestReceived(Box::new(second)))?;
            Ok(Done {
                warnings: entry_warnings(tx, &item, self.settings.rules)?,
                items: vec![item],
                ..Done::default()
            })
        })
    }

    pub(super) fn add_recording(
        &self,
        new: &NewRecording,
        moment: Moment,
        writer: Writer,
    ) -> Result<Done, OpError> {
        check_recording(new, moment)?;
        self.store.write(writer, |tx| {
            let (item, mut warnings) =
                self.enter_recording(tx, new, RecordingFacts::default(), moment)?;
            warnings.extend(in_future(new.recorded_on, moment));
            Ok(Done {
                items: vec![item],
                warnings,
                ..Done::default()
            })
        })
    }

    /// Enters a recording inside a transaction, which an import shares between many.
    pub(super) fn enter_recording(
        &self,
        tx: &mut Tx<'_>,
        new: &NewRecording,
        facts: RecordingFacts,
        moment: Moment,
    ) -> Result<(Item, Vec<Warning>), OpError> {
        check_recording(new, moment)?;
        let rules = self.settings.rules;
        let id = tx.next_id(ItemType::Recording, moment.today.year())?;
        let recording = Recording {
            id,
            version: 1,
            title: new.title.trim().to_owned(),
            form: new.form,
            person: new.person.clone(),
            recorded_on: new.recorded_on,
            started_at: facts.started_at,
            registered_at: moment.now,
            declined: new.declined,
            link_sent_on: new.link_sent_on,
            link_expires_on: new.link_expires_on,
            dates: recording_dates_at_entry(new, rules),
            agreement: None,
            consents: Vec::new(),
            letters: Vec::new(),
            outbox: Vec::new(),
            delivered: None,
            copies: copies(&new.copies),
            notes: Vec::new(),
            intake_digest: facts.digest,
            hold: None,
            erasure: None,
            closing: closed_at_once(new, moment),
        };
        let outlives = conduct::link_outlives_recording(&recording);
        let mut warnings: Vec<Warning> = outlives
            .map(|(id, due)| Warning::LinkOutlivesRecording { id, due })
            .into_iter()
            .collect();
        let item = tx.record(id, &Event::RecordingRegistered(Box::new(recording)))?;
        warnings.extend(entry_warnings(tx, &item, rules)?);
        Ok((item, warnings))
    }

    pub(super) fn add_opt_out(
        &self,
        new: &NewOptOut,
        moment: Moment,
        writer: Writer,
    ) -> Result<Done, OpError> {
        let catalogue = self.catalogue()?;
        self.store.write(writer, |tx| {
            let item = self.opt_out(tx, catalogue, new, moment)?;
            Ok(Done {
                warnings: in_future(item.received_on(), moment).into_iter().collect(),
                items: vec![item],
                ..Done::default()
            })
        })
    }

    /// Enters an opt-out inside a transaction, which an import shares between many.
    pub(super) fn opt_out(
        &self,
        tx: &mut Tx<'_>,
        catalogue: &Catalogue,
        new: &NewOptOut,
        moment: Moment,
    ) -> Result<Item, OpError> {
        let person = Person {
            name: new.name.clone().unwrap_or_default(),
            emails: vec![new.email.trim().to_owned()],
        };
        conduct::check_person(&person)?;
        let received_on = new.received_on.unwrap_or(moment.today);
        let id = tx.next_id(ItemType::OptOut, moment.today.year())?;
        let opt_out = OptOut {
            id,
            version: 1,
            person,
            source: new.source,
            received_on,
            registered_at: moment.now,
            dates: opt_out_dates(self.settings.rules.calendar, received_on),
            tasks: tasks(catalogue, TaskKind::OptOut),
            letters: Vec::new(),
            outbox: Vec::new(),
            notes: Vec::new(),
            hold: None,
            erasure: None,
            closing: None,
        };
        Ok(tx.record(id, &Event::OptOutReceived(Box::new(opt_out)))?)
    }
}

fn check_recording(new: &NewRecording, moment: Moment) -> Result<(), Refusal> {
    if new.title.trim().is_empty() {
        return Err(Refusal::TextMissing(TextNeeded::Title));
    }
    conduct::without_cpr(&new.title)?;
    conduct::check_person(&new.person)?;
    for (place, locator) in &new.copies {
        conduct::without_cpr(place)?;
        conduct::without_cpr(locator.as_deref().unwrap_or_default())?;
    }
    if let Some(given) = new.link_sent_on {
        if given < new.recorded_on {
            return Err(Refusal::DateBefore {
                given,
                earliest: new.recorded_on,
            });
        }
        if given > moment.today {
            return Err(Refusal::DateInFuture {
                given,
                today: moment.today,
            });
        }
    }
    match (new.link_expires_on, new.link_sent_on) {
        (Some(given), Some(earliest)) if given < earliest => {
            Err(Refusal::DateBefore { given, earliest })
        }
        _ => Ok(()),
    }
}

/// The dates of a new recording: from the sent link; at once when the client had declined and there is one after all.
fn recording_dates_at_entry(
    new: &NewRecording,
    rules: Rules,
) -> Option<crate::domain::deadline::Dates> {
    if new.declined && !new.copies.is_empty() {
        return Some(fixed_dates(
            rules.calendar,
            rules.calendar.on_or_after(new.recorded_on),
        ));
    }
    new.link_sent_on
        .map(|on| recording_dates(rules.calendar, on, rules.recording_days))
}

/// A session that was declined and not recorded has nothing to delete: it is kept as closed, for the record.
fn closed_at_once(new: &NewRecording, moment: Moment) -> Option<Closing> {
    (new.declined && new.copies.is_empty()).then_some(Closing {
        on: moment.today,
        at: moment.now,
        outcome: None,
        note: None,
        override_reason: None,
        duplicate_of: None,
    })
}

/// The copies, each place with a name of its own: a second `local` becomes `local-2`.
fn copies(given: &[(String, Option<String>)]) -> Vec<RecordingCopy> {
    let mut copies: Vec<RecordingCopy> = Vec::new();
    for (place, locator) in given {
        let same = |name: &str| copies.iter().any(|copy| copy.place == name);
        let mut name = place.clone();
        let mut number = 2;
        while same(&name) {
            name = format!("{place}-{number}");
            number += 1;
        }
        copies.push(RecordingCopy {
            place: name,
            locator: locator.clone(),
            status: CopyStatus::Present,
            on: None,
        });
    }
    copies
}

/// A date that has not come is most often a typing error, and sometimes a rehearsal.
fn in_future(date: NaiveDate, moment: Moment) -> Option<Warning> {
    (date > moment.today).then_some(Warning::ReceivedInFuture(date))
}

/// What the owner should know at once about something that came in: a repeat, a conflict.
pub(super) fn entry_warnings(
    tx: &Tx<'_>,
    item: &Item,
    rules: Rules,
) -> Result<Vec<Warning>, StoreError> {
    let standing = standing(item, &tx.circle(item)?, rules);
    let mut warnings = Vec::new();
    if let Item::Request(request) = item
        && let Some(inner) = request.offered_person()
    {
        warnings.push(Warning::PassedOn {
            id: request.id,
            inner: inner.clone(),
        });
    }
    if let Some(earlier) = standing.earlier.first() {
        warnings.push(Warning::Repeat {
            id: item.id(),
            earlier: earlier.id,
            days: earlier.days_before,
        });
    }
    warnings.extend(
        standing
            .conflicts
            .iter()
            .filter(|conflict| conflict.why == ConflictKind::DeletionBeforeAnswer)
            .map(|conflict| Warning::Conflict {
                id: item.id(),
                other: conflict.id,
                due: conflict.due,
            }),
    );
    Ok(warnings)
}
