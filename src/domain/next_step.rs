//! What is to be done next about a record: one step, as data.

use chrono::NaiveDate;

use super::ids::ItemId;
use super::item::Item;
use super::recording::CopyStatus;
use super::request::Status;
use super::standing::{ConflictKind, Standing};
use super::task::{Task, TaskStatus};

/// The next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// Nothing: it is closed.
    Nothing,
    /// Give the person the recording before it is deleted.
    DeliverRecording(ItemId),
    /// Delete the recording at once: erasure was asked for.
    DeleteRecording(ItemId),
    /// Answer before the program erases this closed record.
    AnswerBeforeErasure(ItemId),
    /// Read what the person wrote.
    ReadMail,
    /// Ask again: the day for it has come.
    FollowUp(Task),
    /// Wait for proof of identity.
    AwaitIdentity,
    /// Wait for what she says she means.
    AwaitClarification,
    /// Work on this task.
    Task(Task),
    /// Wait for those who were asked.
    AwaitThirdParty(usize),
    /// Read the request and answer it.
    Answer,
    /// Everything is looked up: send the answer and resolve.
    SendAnswer,
    /// Send the download link.
    SendLink,
    /// Delete the copy at this place.
    DeleteCopy(String),
    /// Empty the trash at this place.
    EmptyTrash(String),
    /// Every copy is ticked: resolve.
    CloseRecording,
    /// Take the address off this platform.
    RemoveFrom(Task),
    /// Every platform is ticked: resolve.
    CloseOptOut,
}

/// The next step about `item`, on the local date `today`.
pub fn next_step(item: &Item, standing: &Standing, today: NaiveDate) -> NextStep {
    if !item.is_open() {
        return NextStep::Nothing;
    }
    match item {
        Item::Request(request) => {
            if request.unread {
                return NextStep::ReadMail;
            }
            if let Some(conflict) = standing.conflicts.first() {
                return match conflict.why {
                    ConflictKind::DeletionBeforeAnswer => NextStep::DeliverRecording(conflict.id),
                    ConflictKind::RetentionBeforeAnswer => {
                        NextStep::AnswerBeforeErasure(conflict.id)
                    }
                    ConflictKind::ErasureRequested => NextStep::DeleteRecording(conflict.id),
                };
            }
            if let Some(task) = to_follow_up(&request.tasks, today) {
                return NextStep::FollowUp(task);
            }
            match request.status() {
                Status::AwaitingIdentity => NextStep::AwaitIdentity,
                Status::AwaitingClarification => NextStep::AwaitClarification,
                Status::Ready => NextStep::SendAnswer,
                Status::AwaitingThirdParty => {
                    NextStep::AwaitThirdParty(request.open_tasks().count())
                }
                _ => first_todo(&request.tasks).map_or(NextStep::Answer, NextStep::Task),
            }
        }
        Item::Recording(recording) => {
            let left = recording
                .copies
                .iter()
                .find(|copy| copy.status == CopyStatus::Present)
                .or_else(|| recording.copies.iter().find(|copy| !copy.is_gone()));
            if recording.link_sent_on.is_none() && standing.dates.is_none() {
                NextStep::SendLink
            } else {
                match left {
                    None => NextStep::CloseRecording,
                    Some(copy) if copy.status == CopyStatus::Present => {
                        NextStep::DeleteCopy(copy.place.clone())
                    }
                    Some(copy) => NextStep::EmptyTrash(copy.place.clone()),
                }
            }
        }
        Item::Mail(_) => NextStep::Nothing,
        Item::OptOut(opt_out) => to_follow_up(&opt_out.tasks, today).map_or_else(
            || {
                opt_out
                    .tasks
                    .iter()
                    .find(|task| task.status.is_open())
                    .map_or(NextStep::CloseOptOut, |task| {
                        NextStep::RemoveFrom(task.clone())
                    })
            },
            NextStep::FollowUp,
        ),
    }
}

/// The task whose follow-up is longest due.
fn to_follow_up(tasks: &[Task], today: NaiveDate) -> Option<Task> {
    tasks
        .iter()
        .filter(|task| task.follow_up_on.is_some_and(|on| on <= today))
        .min_by_key(|task| task.follow_up_on)
        .cloned()
}

fn first_todo(tasks: &[Task]) -> Option<Task> {
    tasks
        .iter()
        .find(|task| task.status == TaskStatus::Todo)
        .cloned()
}
