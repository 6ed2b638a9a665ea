//! What is to be done next about a record: one step, as data.

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
    /// Wait for proof of identity.
    AwaitIdentity,
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

/// The next step about `item`.
pub fn next_step(item: &Item, standing: &Standing) -> NextStep {
    if !item.is_open() {
        return NextStep::Nothing;
    }
    match item {
        Item::Request(request) => {
            if let Some(conflict) = standing.conflicts.first() {
                return match conflict.why {
                    ConflictKind::DeletionBeforeAnswer => NextStep::DeliverRecording(conflict.id),
                    ConflictKind::ErasureRequested => NextStep::DeleteRecording(conflict.id),
                };
            }
            match request.status() {
                Status::AwaitingIdentity => NextStep::AwaitIdentity,
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
        Item::OptOut(opt_out) => opt_out
            .tasks
            .iter()
            .find(|task| task.status.is_open())
            .map_or(NextStep::CloseOptOut, |task| {
                NextStep::RemoveFrom(task.clone())
            }),
    }
}

fn first_todo(tasks: &[Task]) -> Option<Task> {
    tasks
        .iter()
        .find(|task| task.status == TaskStatus::Todo)
        .cloned()
}
