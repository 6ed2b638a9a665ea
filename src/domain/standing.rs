//! Where a record stands today, seen together with the person's other records: the dates that hold, the flags,
//! the conflicts between an access request and a deletion, and the repeats (RULES §§1.10, 1.12, 3).
//!
//! Pure: the caller brings the related records and the date.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::deadline::{Dates, RECORDING_DAYS, Urgency, fixed_dates};
use super::holidays::Calendar;
use super::ids::ItemId;
use super::item::Item;
use super::recording::Recording;
use super::rejection::changed_since;
use super::request::{Channel, Kind, Outcome, Request};
use super::retention::{Retention, Terms, retention};

/// The settings the rules depend on (⚙ in RULES).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How working days are told from days off.
    pub calendar: Calendar,
    /// Calendar days from sending the link to deletion.
    pub recording_days: u16,
    /// Days within which a request for the same is a repeat.
    pub repeat_days: i64,
    /// Days after the session when a link that was not sent is flagged.
    pub link_days: u16,
    /// How long closed records are kept.
    pub retention: Terms,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            calendar: Calendar::default(),
            recording_days: RECORDING_DAYS,
            repeat_days: 365,
            link_days: 7,
            retention: Terms::default(),
        }
    }
}

/// What a row must draw attention to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// An access request and a deletion that comes before its answer, or an erasure request and a recording.
    Conflict,
    /// The period was extended.
    Extended,
    /// Proof of identity was asked for and has not come.
    AwaitingIdentity,
    /// The same was asked and answered within a year.
    Repeat,
    /// A complaint, or something the authority is part of.
    Complaint,
    /// The session was a while ago and the link was not sent.
    LinkNotSent,
}

impl Flag {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Conflict,
        Self::Extended,
        Self::AwaitingIdentity,
        Self::Repeat,
        Self::Complaint,
        Self::LinkNotSent,
    ];

    /// The word used in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Extended => "extended",
            Self::AwaitingIdentity => "awaiting-identity",
            Self::Repeat => "repeat",
            Self::Complaint => "complaint",
            Self::LinkNotSent => "link-not-sent",
        }
    }
}

/// The other side of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// The recording, or the request.
    pub id: ItemId,
    /// The date on which the other side falls due.
    pub due: NaiveDate,
    /// What kind of conflict.
    pub why: ConflictKind,
}

/// The kinds of conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictKind {
    /// The recording falls due before the access request is answered: deliver it first.
    DeletionBeforeAnswer,
    /// The program would erase a closed record before the access request is answered: include it first.
    RetentionBeforeAnswer,
    /// The person asked for erasure: the recording is due at once.
    ErasureRequested,
}

/// An earlier request of the same person for the same that was answered within the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Which.
    pub id: ItemId,
    /// Of what kind.
    pub kind: Kind,
    /// When it was received.
    pub received_on: NaiveDate,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Days between the two receipts.
    pub days_before: i64,
    /// What came in on the person since it was closed.
    pub changed_since: Vec<ItemId>,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The dates that hold, conflicts included; `None` when none follow yet.
    pub dates: Option<Dates>,
    /// The date by which it wants attention: `act_by`, an earlier follow-up, or when a missing link is flagged.
    pub attention_on: Option<NaiveDate>,
    /// Conflicts with the person's other records.
    pub conflicts: Vec<Conflict>,
    /// Repeats.
    pub earlier: Vec<Earlier>,
    /// When it is to be erased; `None` while it is open, on hold, or once it has been.
    pub retention: Option<Retention>,
}

/// Whether a record can be one side of a conflict; the dates of all others follow from themselves alone.
///
/// A closed one can through its retention date.
pub fn can_conflict(item: &Item) -> bool {
    match item {
        Item::Request(request) => {
            request.closing.is_some() || matches!(request.kind, Kind::Access | Kind::Erasure)
        }
        Item::Recording(_) => true,
        Item::OptOut(opt_out) => opt_out.closing.is_some(),
        Item::Mail(_) => false,
    }
}

/// Where `item` stands, given the person's records; it does not matter whether `item` is among them.
///
/// Does not depend on today, so that the store can index it.
pub fn standing(item: &Item, related: &[Item], rules: Rules) -> Standing {
    let mut standing = match item {
        Item::Request(request) => request_standing(request, related, rules),
        Item::Recording(recording) => recording_standing(recording, related, rules),
        Item::OptOut(opt_out) => Standing {
            dates: Some(opt_out.dates),
            attention_on: opt_out.closing.is_none().then_some(opt_out.dates.act_by),
            conflicts: Vec::new(),
            earlier: Vec::new(),
            retention: None,
        },
        Item::Mail(_) => Standing {
            dates: None,
            attention_on: None,
            conflicts: Vec::new(),
            earlier: Vec::new(),
            retention: None,
        },
    };
    standing.retention = retention(item, rules.retention);
    if matches!(item, Item::Mail(_)) {
        return standing;
    }
    for request in open_requests(related).filter(|request| request.kind == Kind::Access) {
        if erased_before_answer(item, request, rules).is_some() {
            standing.conflicts.push(Conflict {
                id: request.id,
                due: request.current_dates().due,
                why: ConflictKind::RetentionBeforeAnswer,
            });
        }
    }
    if item.is_open()
        && let Some(follow_up_on) = follow_up_on(item)
    {
        standing.attention_on = standing.attention_on.map(|day| day.min(follow_up_on));
    }
    standing
}

/// The first date on which somebody is to be asked again.
pub fn follow_up_on(item: &Item) -> Option<NaiveDate> {
    item.tasks()
        .iter()
        .filter_map(|task| task.follow_up_on)
        .min()
}

fn request_standing(request: &Request, related: &[Item], rules: Rules) -> Standing {
    let mut dates = request.current_dates();
    let mut conflicts = Vec::new();
    if request.closing.is_none() && request.kind == Kind::Access {
        for recording in open_recordings(related)
            .filter(|recording| !recording.is_delivered_since(request.received_on))
        {
            let Some(deletion) = deletion_dates(recording, related, rules) else {
                continue;
            };
            if deletion.due <= dates.due {
                conflicts.push(Conflict {
                    id: recording.id,
                    due: deletion.due,
                    why: ConflictKind::DeletionBeforeAnswer,
                });
                dates.act_by = dates.act_by.min(rules.calendar.before(deletion.due));
            }
        }
        for item in related.iter().filter(|item| !matches!(item, Item::Mail(_))) {
            if let Some(erased_on) = erased_before_answer(item, request, rules) {
                conflicts.push(Conflict {
                    id: item.id(),
                    due: erased_on,
                    why: ConflictKind::RetentionBeforeAnswer,
                });
                dates.act_by = dates.act_by.min(rules.calendar.before(erased_on));
            }
        }
    }
    if request.closing.is_none() && request.kind == Kind::Erasure {
        conflicts.extend(open_recordings(related).map(|recording| Conflict {
            id: recording.id,
            due: erasure_dates(request, recording, rules).due,
            why: ConflictKind::ErasureRequested,
        }));
    }
    Standing {
        dates: Some(dates),
        attention_on: request.closing.is_none().then_some(dates.act_by),
        conflicts,
        earlier: repeats(request, related, rules.repeat_days),
        retention: None,
    }
}

fn recording_standing(recording: &Recording, related: &[Item], rules: Rules) -> Standing {
    let mut dates = recording.current_dates();
    let mut conflicts = Vec::new();
    if recording.closing.is_none() {
        dates = deletion_dates(recording, related, rules);
        for request in open_requests(related) {
            let due = request.current_dates().due;
            let why = match request.kind {
                Kind::Access
                    if dates.is_some_and(|own| own.due <= due)
                        && !recording.is_delivered_since(request.received_on) =>
                {
                    ConflictKind::DeletionBeforeAnswer
                }
                Kind::Erasure => ConflictKind::ErasureRequested,
                _ => continue,
            };
            conflicts.push(Conflict {
                id: request.id,
                due,
                why,
            });
        }
    }
    let attention_on = if recording.closing.is_some() {
        None
    } else {
        dates.map(|dates| dates.act_by).or_else(|| {
            recording
                .recorded_on
                .checked_add_days(Days::new(u64::from(rules.link_days)))
        })
    };
    Standing {
        dates,
        attention_on,
        conflicts,
        earlier: Vec::new(),
        retention: None,
    }
}

/// The date on which a closed record would be erased, where that is between an access request and its answer.
fn erased_before_answer(item: &Item, request: &Request, rules: Rules) -> Option<NaiveDate> {
    let (on, _) = retention(item, rules.retention)?.next;
    (request.received_on..=request.current_dates().due)
        .contains(&on)
        .then_some(on)
}

/// With an erasure request the recording is due at once (RULES §1.12), unless it was due even earlier.
fn erasure_dates(request: &Request, recording: &Recording, rules: Rules) -> Dates {
    let at_once = fixed_dates(
        rules.calendar,
        rules.calendar.on_or_after(request.received_on),
    );
    match recording.current_dates() {
        Some(own) if own.due <= at_once.due => own,
        _ => at_once,
    }
}

fn open_recordings(related: &[Item]) -> impl Iterator<Item = &Recording> {
    related.iter().filter_map(|item| match item {
        Item::Recording(recording) if recording.closing.is_none() => Some(&**recording),
        _ => None,
    })
}

fn open_requests(related: &[Item]) -> impl Iterator<Item = &Request> {
    related.iter().filter_map(|item| match item {
        Item::Request(request) if request.closing.is_none() => Some(&**request),
        _ => None,
    })
}

/// When a recording is to be deleted: at once where erasure was asked for, delivered first where access was asked for
/// too; else by its own date.
fn deletion_dates(recording: &Recording, related: &[Item], rules: Rules) -> Option<Dates> {
    open_requests(related)
        .filter(|request| request.kind == Kind::Erasure)
        .map(|request| erasure_dates(request, recording, rules))
        .min_by_key(|dates| dates.due)
        .or_else(|| recording.current_dates())
}

/// Earlier answered requests of the same person for the same within `days`, latest first (RULES §3).
fn repeats(request: &Request, related: &[Item], days: i64) -> Vec<Earlier> {
    let mut found: Vec<Earlier> = related
        .iter()
        .filter_map(|item| match item {
            Item::Request(other) if other.id != request.id && other.kind == request.kind => {
                Some(&**other)
            }
            _ => None,
        })
        .filter_map(|other| {
            let closing = other.closing.as_ref()?;
            let days_before = request
                .received_on
                .signed_duration_since(other.received_on)
                .num_days();
            let earlier = (other.received_on, other.id) < (request.received_on, request.id);
            let answered = closing.outcome.is_some_and(Outcome::is_answer);
            (earlier && answered && days_before <= days).then_some(Earlier {
                id: other.id,
                kind: other.kind,
                received_on: other.received_on,
                outcome: closing.outcome,
                closed_on: Some(closing.on),
                days_before,
                changed_since: changed_since(request, other, related),
            })
        })
        .collect();
    found.sort_by_key(|earlier| Reverse((earlier.received_on, earlier.id)));
    found
}

impl Standing {
    /// What the row must draw attention to today.
    pub fn flags(&self, item: &Item, rules: Rules, today: NaiveDate) -> Vec<Flag> {
        let mut flags = Vec::new();
        if !self.conflicts.is_empty() {
            flags.push(Flag::Conflict);
        }
        match item {
            Item::Request(request) => {
                if request.extension.is_some() {
                    flags.push(Flag::Extended);
                }
                if request.closing.is_none() && request.awaits_identity() {
                    flags.push(Flag::AwaitingIdentity);
                }
                if !self.earlier.is_empty() {
                    flags.push(Flag::Repeat);
                }
                if request.kind == Kind::Complaint || request.channel == Channel::Authority {
                    flags.push(Flag::Complaint);
                }
            }
            Item::Recording(recording) => {
                if link_is_missing(recording, rules, today) {
                    flags.push(Flag::LinkNotSent);
                }
            }
            Item::OptOut(_) | Item::Mail(_) => {}
        }
        flags
    }

    /// How pressing it is today; `Soon` for a recording whose link is missing, which has no date yet.
    pub fn urgency(&self, today: NaiveDate) -> Option<Urgency> {
        match (self.dates, self.attention_on) {
            (_, None) => None,
            (Some(dates), Some(_)) => Some(Urgency::of(dates, today)),
            (None, Some(attention_on)) if attention_on <= today => Some(Urgency::Soon),
            (None, Some(_)) => Some(Urgency::Later),
        }
    }
}

/// Whether the session was `link_days` ago and the link was not sent (RULES §1.7).
fn link_is_missing(recording: &Recording, rules: Rules, today: NaiveDate) -> bool {
    recording.closing.is_none()
        && !recording.declined
        && recording.link_sent_on.is_none()
        && today
            .signed_duration_since(recording.recorded_on)
            .num_days()
            >= i64::from(rules.link_days)
}
