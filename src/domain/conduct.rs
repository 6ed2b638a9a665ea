//! What may be done in which state: one function each, which gives the [`Event`] or says why not.
//!
//! The same functions grey a key in the terminal, answer a command, and are asked again inside the transaction that
//! carries the event out. The first two may be out of date by then; the third is law.

mod files;
mod intake;
mod letters;
mod recordings;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

pub use self::files::{attach, can_attach, file_of, mark_file, remove_file, task_named};
pub use self::intake::{PastClosing, close_in_the_past, past_dates, session_held, take_rows};
pub use self::letters::{Sending, begin_sending, letter_fits, next_letter, not_sent, send_letter};
pub use self::recordings::{
    agree, consent, delivered, link_outlives_recording, link_sent, mark_copy,
};
use super::correspondence::Aside;
use super::cpr::holds_cpr;
use super::deadline::{self, Dates, Receipt, extended_dates};
use super::event::Event;
use super::ids::{ItemId, ItemType};
use super::item::Item;
use super::person::{Person, is_address};
use super::recording::Recording;
use super::refusal::{Meanwhile, Refusal, TextNeeded};
pub use super::rejection::RejectionDraft;
use super::rejection::{
    FACTS_MIN_CHARS, Ground, Light, Question, Rejection, earlier_twin, questions, weigh,
};
use super::request::{Closing, Extension, Hold, Identity, Note, Outcome, Request};
use super::retention;
use super::standing::{ConflictKind, Rules, Standing};
use super::task::{Task, TaskStatus};

/// The moment at which something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub now: DateTime<Utc>,
    /// The local date at the controller's place.
    pub today: NaiveDate,
}

/// The trimmed text, or the refusal that it is missing.
fn said(text: &str, needed: TextNeeded) -> Result<String, Refusal> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Refusal::TextMissing(needed));
    }
    without_cpr(trimmed)?;
    Ok(trimmed.to_owned())
}

/// A CPR number is never kept, wherever it is typed (RULES §2).
pub fn without_cpr(text: &str) -> Result<(), Refusal> {
    if holds_cpr(text) {
        return Err(Refusal::CprNumber);
    }
    Ok(())
}

fn not_in_future(given: NaiveDate, moment: Moment) -> Result<(), Refusal> {
    if given > moment.today {
        return Err(Refusal::DateInFuture {
            given,
            today: moment.today,
        });
    }
    Ok(())
}

fn not_before(given: NaiveDate, earliest: NaiveDate) -> Result<(), Refusal> {
    if given < earliest {
        return Err(Refusal::DateBefore { given, earliest });
    }
    Ok(())
}

/// Whether something of the person is left in the record, which every change needs (RULES §7).
pub fn must_not_be_erased(item: &Item) -> Result<(), Refusal> {
    if retention::is_erased(item) {
        return Err(Refusal::Erased(item.id()));
    }
    Ok(())
}

/// Whether the record is open, which every change but a remark and a reopening needs.
pub fn must_be_open(item: &Item) -> Result<(), Refusal> {
    must_not_be_erased(item)?;
    match item.closing() {
        Some(closing) => Err(Refusal::AlreadyClosed {
            id: item.id(),
            on: closing.on,
        }),
        None => Ok(()),
    }
}

/// The request in `item`, or the refusal that this is for requests.
pub fn as_request(item: &Item) -> Result<&Request, Refusal> {
    match item {
        Item::Request(request) => Ok(request),
        other => Err(Refusal::WrongType {
            id: other.id(),
            needs: ItemType::Request,
        }),
    }
}

/// The recording in `item`, or the refusal that this is for recordings.
pub fn as_recording(item: &Item) -> Result<&Recording, Refusal> {
    match item {
        Item::Recording(recording) => Ok(recording),
        other => Err(Refusal::WrongType {
            id: other.id(),
            needs: ItemType::Recording,
        }),
    }
}

/// A person needs a name or an address, and addresses must be addresses.
pub fn check_person(person: &Person) -> Result<(), Refusal> {
    if person.name.trim().is_empty() && person.emails.is_empty() {
        return Err(Refusal::NobodyNamed);
    }
    without_cpr(&person.name)?;
    for email in &person.emails {
        without_cpr(email)?;
    }
    match person.emails.iter().find(|email| !is_address(email)) {
        Some(bad) => Err(Refusal::NotAnAddress(bad.clone())),
        None => Ok(()),
    }
}

/// The dates of a request at entry (RULES §1).
pub fn dates_at_receipt(request: &Request, rules: Rules) -> Dates {
    deadline::request_dates(
        rules.calendar,
        Receipt {
            received_on: request.received_on,
            at_once: request.kind.takes_effect_at_once(),
            by_post: request.channel == super::request::Channel::Letter,
        },
    )
}

/// How the owner wants something closed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolution {
    /// The outcome of a request; `None` takes the one the tasks speak for.
    pub outcome: Option<Outcome>,
    /// A remark.
    pub note: Option<String>,
    /// Why it is closed although something is open.
    pub override_reason: Option<String>,
    /// Whether files of copies on the own disk are to be deleted first.
    pub delete_files: bool,
}

/// Closing a record: refused while tasks are open or an access request still needs the recording, unless overridden
/// in words (RULES §§1.12, 2).
pub fn resolve(
    item: &Item,
    related: &[Item],
    standing: &Standing,
    wish: &Resolution,
    moment: Moment,
) -> Result<Event, Refusal> {
    must_be_open(item)?;
    let override_reason = wish
        .override_reason
        .as_deref()
        .map(|reason| said(reason, TextNeeded::Override))
        .transpose()?;
    without_cpr(wish.note.as_deref().unwrap_or_default())?;
    let mut duplicate_of = None;
    let outcome = match item {
        Item::Request(request) => {
            let overridden = override_reason.is_some();
            let outcome = request_outcome(request, wish, overridden)?;
            if !overridden && outcome.is_answer() {
                no_recording_left(request, standing)?;
            }
            if outcome == Outcome::Duplicate {
                duplicate_of = the_twin(request, related, overridden)?;
            }
            Some(outcome)
        }
        Item::Recording(_) | Item::OptOut(_) | Item::Mail(_) => {
            if let Some(outcome) = wish.outcome {
                return Err(Refusal::OutcomeNotHere {
                    outcome,
                    item_type: item.id().item_type,
                });
            }
            if override_reason.is_none() {
                needed_for_access(item, standing)?;
            }
            None
        }
    };
    Ok(Event::Resolved(Closing {
        on: moment.today,
        at: moment.now,
        outcome,
        note: wish.note.clone().filter(|note| !note.trim().is_empty()),
        override_reason,
        duplicate_of,
    }))
}

/// An answered erasure leaves no recording: once the request is closed, the recording's later date would hold again
/// (RULES §1.12).
fn no_recording_left(request: &Request, standing: &Standing) -> Result<(), Refusal> {
    let left: Vec<ItemId> = standing
        .conflicts
        .iter()
        .filter(|conflict| conflict.why == ConflictKind::ErasureRequested)
        .map(|conflict| conflict.id)
        .collect();
    if left.is_empty() {
        return Ok(());
    }
    Err(Refusal::RecordingsLeft {
        id: request.id,
        recordings: left,
    })
}

/// The person's other requests for the same that came no later.
fn same_and_no_later<'a>(
    request: &'a Request,
    related: &'a [Item],
) -> impl Iterator<Item = &'a Request> {
    related
        .iter()
        .filter_map(|other| as_request(other).ok())
        .filter(|other| other.kind == request.kind && other.id != request.id)
        .filter(|other| other.received_on <= request.received_on)
}

/// The request of which this is the duplicate: the only other one of the person for the same that came no later
/// (RULES §2, "duplicate (of an id)").
fn the_twin(
    request: &Request,
    related: &[Item],
    overridden: bool,
) -> Result<Option<ItemId>, Refusal> {
    let twins: Vec<ItemId> = same_and_no_later(request, related)
        .map(|other| other.id)
        .collect();
    match twins.as_slice() {
        [twin] => Ok(Some(*twin)),
        _ if overridden => Ok(None),
        _ => Err(Refusal::WhichDuplicate {
            id: request.id,
            twins,
        }),
    }
}

/// The outcome of a request that may be resolved now.
fn request_outcome(
    request: &Request,
    wish: &Resolution,
    overridden: bool,
) -> Result<Outcome, Refusal> {
    let outcome = wish.outcome.unwrap_or_else(|| outcome_of_tasks(request));
    if outcome == Outcome::Rejected {
        return Err(Refusal::RejectInstead);
    }
    let open: Vec<String> = request.open_tasks().map(|task| task.id.clone()).collect();
    if !open.is_empty() && !overridden {
        return Err(Refusal::OpenTasks {
            id: request.id,
            tasks: open,
        });
    }
    Ok(outcome)
}

/// The outcome the tasks speak for: nothing held anywhere, something kept, or answered.
pub fn outcome_of_tasks(request: &Request) -> Outcome {
    let all = |status| {
        !request.tasks.is_empty() && request.tasks.iter().all(|task| task.status == status)
    };
    if all(TaskStatus::NothingHeld) {
        Outcome::NothingHeld
    } else {
        Outcome::Answered
    }
}

fn needed_for_access(item: &Item, standing: &Standing) -> Result<(), Refusal> {
    match standing
        .conflicts
        .iter()
        .find(|conflict| conflict.why == ConflictKind::DeletionBeforeAnswer)
    {
        Some(conflict) => Err(Refusal::NeededForAccess {
            id: item.id(),
            request: conflict.id,
        }),
        None => Ok(()),
    }
}

/// Whether `item` can be refused at all, before any ground is named (RULES §4, "never refusable").
pub fn can_reject<'a>(item: &'a Item, related: &[Item]) -> Result<&'a Request, Refusal> {
    let Item::Request(request) = item else {
        return Err(Refusal::NotRefusable(item.id()));
    };
    must_be_open(item)?;
    if request.kind.is_never_refusable() {
        return Err(Refusal::NeverRefusable(request.kind));
    }
    match earlier_twin(request, related.iter()) {
        Some(twin) if twin.closing.is_none() => Err(Refusal::EarlierUnanswered {
            id: request.id,
            earlier: twin.id,
        }),
        _ => Ok(request),
    }
}

/// Refusing a request (RULES §4).
pub fn reject(
    item: &Item,
    related: &[Item],
    draft: &RejectionDraft,
    moment: Moment,
) -> Result<Event, Refusal> {
    let request = can_reject(item, related)?;
    let facts = said(&draft.facts, TextNeeded::Facts)?;
    let questions = questions(request, related);
    if draft.ground.is_unreasonableness() {
        check_facts(&facts)?;
        let red: Vec<Question> = questions
            .iter()
            .filter(|question| question.light() == Light::Red)
            .cloned()
            .collect();
        if !red.is_empty() && !draft.burden_accepted {
            return Err(Refusal::BurdenNotAccepted(red));
        }
    }
    let weighed = weigh(&facts);
    if weighed.fact_chars < REASON_MIN_CHARS.0 && !weighed.non_grounds.is_empty() {
        return Err(Refusal::OnlyNonGrounds(weighed.non_grounds));
    }
    if draft.ground == Ground::Unidentified
        && let Some(on) = request
            .identity
            .as_ref()
            .and_then(|identity| identity.confirmed_on)
    {
        return Err(Refusal::IdentityConfirmed { id: request.id, on });
    }
    if draft.ground == Ground::Unidentified
        && request
            .identity
            .as_ref()
            .is_none_or(|identity| identity.requested_on.is_none())
    {
        return Err(Refusal::IdentityNotAsked(request.id));
    }
    let rejection = Rejection {
        ground: draft.ground,
        facts,
        burden_accepted: draft.burden_accepted,
        on: moment.today,
        // An extension does not extend a refusal: the first month counts (RULES §4).
        late: moment.today > request.dates.due,
        questions,
    };
    let closing = Closing {
        on: moment.today,
        at: moment.now,
        outcome: Some(Outcome::Rejected),
        note: None,
        override_reason: None,
        duplicate_of: None,
    };
    Ok(Event::Rejected(Box::new(rejection), closing))
}

/// Different words that facts need at the least, so that a held-down key is none.
const FACTS_MIN_WORDS: usize = 3;

/// Facts must be concrete: long enough once the clauses that only name non-grounds are left out.
pub fn check_facts(facts: &str) -> Result<(), Refusal> {
    let weighed = weigh(facts);
    let words: BTreeSet<&str> = facts.split_whitespace().collect();
    if weighed.fact_chars >= FACTS_MIN_CHARS && words.len() >= FACTS_MIN_WORDS {
        return Ok(());
    }
    if weighed.non_grounds.is_empty() {
        return Err(Refusal::FactsTooShort {
            given: weighed.fact_chars,
            needed: FACTS_MIN_CHARS,
        });
    }
    Err(Refusal::OnlyNonGrounds(weighed.non_grounds))
}

/// Adding a remark; allowed on closed records too.
pub fn note(text: &str, moment: Moment) -> Result<Event, Refusal> {
    Ok(Event::Noted(Note {
        at: moment.now,
        text: said(text, TextNeeded::Note)?,
    }))
}

/// Setting a task; `kept` and `skipped` need a reason (RULES §2).
pub fn set_task(
    item: &Item,
    task: &str,
    status: TaskStatus,
    note: Option<&str>,
    follow_up_on: Option<NaiveDate>,
    moment: Moment,
) -> Result<Event, Refusal> {
    must_be_open(item)?;
    let found = find_task(item, task)?;
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    without_cpr(note.unwrap_or_default())?;
    let reason_stays = found.status == status && found.note.is_some();
    if status.needs_note() && note.is_none() && !reason_stays {
        return Err(Refusal::NoteRequired(status));
    }
    if status == TaskStatus::Done {
        products_decided(item, found)?;
    }
    if let Some(on) = follow_up_on.filter(|_| follow_up_on != found.follow_up_on) {
        if !status.is_open() {
            return Err(Refusal::FollowUpOfNothing(status));
        }
        not_before(on, moment.today)?;
    }
    Ok(Event::TaskSet {
        task: found.id.clone(),
        status,
        note: note.map(str::to_owned),
        follow_up_on,
        on: moment.today,
    })
}

/// The task that asks what is to become of bought products, and the one at whose place they lie.
const PRODUCTS: (&str, &str) = ("products", "kajabi");

/// On a withdrawal the decision about bought products comes before their place is cleared: they rest on the contract,
/// not on consent (RULES §2).
fn products_decided(item: &Item, task: &Task) -> Result<(), Refusal> {
    let (decision, place) = PRODUCTS;
    let is_withdrawal =
        matches!(item, Item::Request(request) if request.kind == super::request::Kind::Withdrawal);
    let undecided = || {
        item.tasks()
            .iter()
            .any(|other| other.id == decision && other.status.is_open())
    };
    if is_withdrawal && task.id == place && undecided() {
        return Err(Refusal::DecideFirst {
            id: item.id(),
            task: decision.to_owned(),
        });
    }
    Ok(())
}

/// The task by its id, in any case, or by its number in the list as shown (`3`).
fn find_task<'a>(item: &'a Item, wanted: &str) -> Result<&'a Task, Refusal> {
    let tasks = item.tasks();
    let by_number = || {
        let number: usize = wanted.parse().ok()?;
        tasks.get(number.checked_sub(1)?)
    };
    tasks
        .iter()
        .find(|task| task.id.eq_ignore_ascii_case(wanted.trim()))
        .or_else(by_number)
        .ok_or_else(|| Refusal::NoSuchTask {
            id: item.id(),
            task: wanted.to_owned(),
            known: tasks.iter().map(|task| task.id.clone()).collect(),
        })
}

/// What a task added by hand says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskDraft {
    /// What is to be done.
    pub title: String,
    /// Where.
    pub place: Option<String>,
    /// The address of it.
    pub url: Option<String>,
    /// Timecodes.
    pub at: Vec<String>,
}

/// Adding a task by hand.
pub fn add_task(item: &Item, draft: &TaskDraft) -> Result<Event, Refusal> {
    must_be_open(item)?;
    if matches!(item, Item::Recording(_)) {
        return Err(Refusal::WrongType {
            id: item.id(),
            needs: ItemType::Request,
        });
    }
    let title = said(&draft.title, TextNeeded::Title)?;
    for text in draft.place.iter().chain(&draft.url).chain(&draft.at) {
        without_cpr(text)?;
    }
    let taken = |id: &str| item.tasks().iter().any(|task| task.id == id);
    let id = (1..=item.tasks().len() + 1)
        .map(|number| format!("t{number}"))
        .find(|id| !taken(id))
        .unwrap_or_default();
    Ok(Event::TaskAdded(Task {
        title: Some(title),
        place: draft.place.clone(),
        url: draft.url.clone(),
        at: draft.at.clone(),
        ..Task::from_catalogue(&id)
    }))
}

/// Extending the period: once, in the first month, for a reason the law takes (art. 12(3), RULES §2).
pub fn extend(
    item: &Item,
    reason: &str,
    notified_on: NaiveDate,
    rules: Rules,
    moment: Moment,
) -> Result<Event, Refusal> {
    let request = can_extend(item, notified_on, moment.today)?;
    let reason = said(reason, TextNeeded::Reason)?;
    not_in_future(notified_on, moment)?;
    not_before(notified_on, request.received_on)?;
    check_extension_reason(&reason)?;
    let by_post = request.channel == super::request::Channel::Letter;
    Ok(Event::Extended(Extension {
        dates: extended_dates(rules.calendar, request.received_on, by_post),
        notified_on,
        reason,
    }))
}

/// Whether the period can still be extended by a notice on `notified_on`.
pub fn can_extend(
    item: &Item,
    notified_on: NaiveDate,
    today: NaiveDate,
) -> Result<&Request, Refusal> {
    let request = as_request(item)?;
    must_be_open(item)?;
    if !request.kind.can_be_extended() {
        return Err(Refusal::NoExtensionForKind(request.kind));
    }
    if let Some(extension) = &request.extension {
        return Err(Refusal::AlreadyExtended {
            id: request.id,
            until: extension.dates.due,
        });
    }
    // Notice and new date are one action: what was not extended in the first month is not extended afterwards.
    if notified_on.max(today) > request.dates.due {
        return Err(Refusal::ExtensionTooLate {
            last_day: request.dates.due,
        });
    }
    Ok(request)
}

/// Characters a reason needs at the least, and those it needs beside something that is none.
const REASON_MIN_CHARS: (usize, usize) = (10, 20);

/// A reason that only names work load or holidays is none; complexity and number are, said concretely.
fn check_extension_reason(reason: &str) -> Result<(), Refusal> {
    let weighed = weigh(reason);
    if weighed.fact_chars < REASON_MIN_CHARS.1 && !weighed.non_grounds.is_empty() {
        return Err(Refusal::NotAnExtensionReason(weighed.non_grounds));
    }
    if weighed.fact_chars < REASON_MIN_CHARS.0 {
        return Err(Refusal::FactsTooShort {
            given: weighed.fact_chars,
            needed: REASON_MIN_CHARS.0,
        });
    }
    Ok(())
}

/// Asking for proof of identity, with the concrete doubt (art. 12(6)).
pub fn request_identity(
    item: &Item,
    doubt: &str,
    on: NaiveDate,
    moment: Moment,
) -> Result<Event, Refusal> {
    let request = as_request(item)?;
    must_be_open(item)?;
    not_in_future(on, moment)?;
    not_before(on, request.received_on)?;
    if let Some(confirmed_on) = request
        .identity
        .as_ref()
        .and_then(|identity| identity.confirmed_on)
    {
        return Err(Refusal::IdentityConfirmed {
            id: request.id,
            on: confirmed_on,
        });
    }
    // Asked again, the first date stays: from it the possible suspension is counted, and it is the proof.
    let first_on = request
        .identity
        .as_ref()
        .and_then(|identity| identity.requested_on)
        .map_or(on, |first| first.min(on));
    Ok(Event::IdentityChanged(Identity {
        reason: Some(said(doubt, TextNeeded::Doubt)?),
        requested_on: Some(first_on),
        method: None,
        confirmed_on: None,
    }))
}

/// Identity confirmed by a method; nothing but method and date is kept.
pub fn confirm_identity(
    item: &Item,
    method: &str,
    on: NaiveDate,
    moment: Moment,
) -> Result<Event, Refusal> {
    let request = as_request(item)?;
    must_be_open(item)?;
    not_in_future(on, moment)?;
    let earlier = request.identity.clone();
    if let Some(asked_on) = earlier.as_ref().and_then(|identity| identity.requested_on) {
        not_before(on, asked_on)?;
    }
    Ok(Event::IdentityChanged(Identity {
        reason: earlier
            .as_ref()
            .and_then(|identity| identity.reason.clone()),
        requested_on: earlier.and_then(|identity| identity.requested_on),
        method: Some(said(method, TextNeeded::Method)?),
        confirmed_on: Some(on),
    }))
}

/// Opening a closed record again, for a reason.
pub fn reopen(item: &Item, reason: &str, moment: Moment) -> Result<Event, Refusal> {
    if item.is_open() {
        return Err(Refusal::NotClosed(item.id()));
    }
    if matches!(item, Item::Mail(_)) {
        return Err(Refusal::WrongType {
            id: item.id(),
            needs: ItemType::Request,
        });
    }
    Ok(Event::Reopened(Note {
        at: moment.now,
        text: said(reason, TextNeeded::Reason)?,
    }))
}

/// Keeping a record beyond its retention date, with reason and review date (RULES §7).
pub fn hold(reason: &str, review_on: NaiveDate, moment: Moment) -> Result<Event, Refusal> {
    not_before(review_on, moment.today)?;
    Ok(Event::HoldSet(Some(Hold {
        reason: said(reason, TextNeeded::Reason)?,
        review_on,
    })))
}

/// Letting a record be erased in its time again.
pub fn lift_hold(item: &Item) -> Result<Event, Refusal> {
    match item.hold() {
        Some(_) => Ok(Event::HoldSet(None)),
        None => Err(Refusal::NotHeld(item.id())),
    }
}

/// The requests that `item` may be merged into: open ones of the same person for the same that came no later, since
/// the one that stays open must keep the earlier deadline.
pub fn merge_targets(item: &Item, related: &[Item]) -> Result<Vec<ItemId>, Refusal> {
    let request = as_request(item)?;
    must_be_open(item)?;
    let targets: Vec<ItemId> = same_and_no_later(request, related)
        .filter(|other| other.closing.is_none())
        .map(|other| other.id)
        .collect();
    if targets.is_empty() {
        return Err(Refusal::NothingToMergeInto(request.id));
    }
    Ok(targets)
}

/// Closing a request as a reminder of, or the same as, another one of the person (RULES §4).
pub fn merge(item: &Item, into: &Item, moment: Moment) -> Result<Event, Refusal> {
    let request = as_request(item)?;
    let other = as_request(into)?;
    must_be_open(item)?;
    must_be_open(into)?;
    let same = request.kind == other.kind && other.person.has_any(&request.person.addresses());
    if request.id == other.id || !same || other.received_on > request.received_on {
        return Err(Refusal::CannotMerge {
            id: request.id,
            into: other.id,
        });
    }
    Ok(Event::Resolved(Closing {
        on: moment.today,
        at: moment.now,
        outcome: Some(Outcome::Duplicate),
        note: None,
        override_reason: None,
        duplicate_of: Some(other.id),
    }))
}

/// The mail in `item` that can still be taken in as a request.
pub fn can_take(item: &Item) -> Result<&Aside, Refusal> {
    let Item::Mail(mail) = item else {
        return Err(Refusal::WrongType {
            id: item.id(),
            needs: ItemType::Mail,
        });
    };
    match mail.taken_as {
        Some(request) => Err(Refusal::TakenAlready {
            id: mail.id,
            request,
        }),
        None => Ok(mail),
    }
}

/// Correcting name or addresses.
pub fn edit_person(person: Person) -> Result<Event, Refusal> {
    check_person(&person)?;
    Ok(Event::PersonEdited(person))
}

/// Whether the version the owner saw is still the one there is; `changes` are those since.
pub fn unchanged_since(
    item: &Item,
    seen: Option<u64>,
    changes: Vec<Meanwhile>,
    moment: Moment,
) -> Result<(), Refusal> {
    match seen {
        Some(version) if version != item.version() => Err(Refusal::ChangedMeanwhile {
            id: item.id(),
            version: item.version(),
            changes,
            today: moment.today,
        }),
        _ => Ok(()),
    }
}
