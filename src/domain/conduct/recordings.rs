//! What may be done to a recording: the link, the delivery, agreements and consents, and its copies (RULES §1.7).

use chrono::NaiveDate;

use super::{
    Moment, as_recording, must_be_open, needed_for_access, not_before, not_in_future, said,
    without_cpr,
};
use crate::domain::deadline::{fixed_dates, recording_dates};
use crate::domain::event::Event;
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::recording::{Agreement, Consent, CopyStatus, Delivery, Recording};
use crate::domain::refusal::{Refusal, TextNeeded};
use crate::domain::standing::{Rules, Standing};

/// Recording that the download link was sent: the 28 days run from here (RULES §1.7).
pub fn link_sent(
    item: &Item,
    on: NaiveDate,
    expires_on: Option<NaiveDate>,
    rules: Rules,
    moment: Moment,
) -> Result<Event, Refusal> {
    let recording = as_recording(item)?;
    must_be_open(item)?;
    if recording.declined {
        return Err(Refusal::WasDeclined(recording.id));
    }
    not_before(on, recording.recorded_on)?;
    not_in_future(on, moment)?;
    // Only a written agreement moves a deletion to a later day (RULES §1.7).
    if let Some(sent_on) = recording.link_sent_on.filter(|sent_on| *sent_on < on) {
        return Err(Refusal::LinkAlreadySent {
            id: recording.id,
            on: sent_on,
        });
    }
    if let Some(expires_on) = expires_on {
        not_before(expires_on, on)?;
    }
    let expires_on = expires_on.or(recording.link_expires_on);
    Ok(Event::LinkSent {
        on,
        expires_on,
        dates: recording_dates(rules.calendar, on, rules.recording_days),
    })
}

/// Recording that the person got a copy, which is what an open access request asks for (RULES §1.12).
pub fn delivered(
    item: &Item,
    on: NaiveDate,
    how: Option<&str>,
    moment: Moment,
) -> Result<Event, Refusal> {
    let recording = as_recording(item)?;
    must_be_open(item)?;
    if recording.declined {
        return Err(Refusal::WasDeclined(recording.id));
    }
    not_before(on, recording.recorded_on)?;
    not_in_future(on, moment)?;
    let how = how.map(str::trim).filter(|how| !how.is_empty());
    without_cpr(how.unwrap_or_default())?;
    Ok(Event::Delivered(Delivery {
        on,
        how: how.map(str::to_owned),
    }))
}

/// Another deletion date agreed in writing; all three parts are required (RULES §1.7).
pub fn agree(
    item: &Item,
    until: NaiveDate,
    agreed_on: NaiveDate,
    reference: &str,
    rules: Rules,
    moment: Moment,
) -> Result<Event, Refusal> {
    let recording = as_recording(item)?;
    must_be_open(item)?;
    let reference = said(reference, TextNeeded::Reference)?;
    not_in_future(agreed_on, moment)?;
    not_before(until, recording.recorded_on)?;
    not_before(until, agreed_on)?;
    Ok(Event::Agreed(Agreement {
        dates: fixed_dates(rules.calendar, until),
        agreed_on,
        reference,
    }))
}

/// Consent to another use of the recording, with its purpose and where it is kept (policy).
pub fn consent(
    item: &Item,
    purpose: &str,
    reference: &str,
    on: NaiveDate,
    moment: Moment,
) -> Result<Event, Refusal> {
    as_recording(item)?;
    must_be_open(item)?;
    not_in_future(on, moment)?;
    Ok(Event::Consented(Consent {
        purpose: said(purpose, TextNeeded::Purpose)?,
        reference: said(reference, TextNeeded::Reference)?,
        on,
    }))
}

/// One copy of a recording is deleted, or gone from the trash too.
pub fn mark_copy(
    item: &Item,
    standing: &Standing,
    place: &str,
    status: CopyStatus,
    on: NaiveDate,
    moment: Moment,
) -> Result<Event, Refusal> {
    let recording = as_recording(item)?;
    must_be_open(item)?;
    not_in_future(on, moment)?;
    not_before(on, recording.recorded_on)?;
    let copy = recording
        .copies
        .iter()
        .find(|copy| copy.place.eq_ignore_ascii_case(place.trim()))
        .ok_or_else(|| Refusal::NoSuchCopy {
            id: recording.id,
            place: place.to_owned(),
            known: recording
                .copies
                .iter()
                .map(|copy| copy.place.clone())
                .collect(),
        })?;
    if copy.status == status {
        return Err(Refusal::CopyAlready {
            place: copy.place.clone(),
            status,
        });
    }
    if status == CopyStatus::Purged && copy.has_trash() && copy.status == CopyStatus::Present {
        return Err(Refusal::DeleteFirst {
            place: copy.place.clone(),
        });
    }
    if status == CopyStatus::Deleted && copy.status == CopyStatus::Purged {
        return Err(Refusal::CopyAlready {
            place: copy.place.clone(),
            status: copy.status,
        });
    }
    // The last copy is what an open access request would miss.
    let last = recording.present_copies().count() == 1 && copy.status == CopyStatus::Present;
    if last && status != CopyStatus::Present {
        needed_for_access(item, standing)?;
    }
    Ok(Event::CopyMarked {
        place: copy.place.clone(),
        status,
        on,
    })
}

/// The warning that a link outlives the recording it leads to (RULES §1.7).
pub fn link_outlives_recording(recording: &Recording) -> Option<(ItemId, NaiveDate)> {
    let due = recording.current_dates()?.due;
    recording
        .link_expires_on
        .filter(|expires_on| *expires_on > due)
        .map(|_| (recording.id, due))
}
