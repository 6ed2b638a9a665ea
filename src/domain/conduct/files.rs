//! What may be done to the files of a case.

use super::{as_request, find_task, must_be_open, must_not_be_erased};
use crate::domain::attachment::Attachment;
use crate::domain::event::Event;
use crate::domain::item::Item;
use crate::domain::refusal::Refusal;
use crate::domain::request::Request;

/// The case a file can be put on.
pub fn can_attach(item: &Item) -> Result<&Request, Refusal> {
    must_not_be_erased(item)?;
    must_be_open(item)?;
    as_request(item)
}

/// Putting a file on a case; the same one again says nothing new.
pub fn attach(request: &Request, file: Attachment) -> Result<Event, Refusal> {
    let twin = request.attachments.iter().find(|known| {
        known.content == file.content && known.name == file.name && known.task == file.task
    });
    match twin {
        Some(known) => Err(Refusal::FileThere {
            id: request.id,
            number: known.number,
            name: file.name,
        }),
        None => Ok(Event::FileAttached(file)),
    }
}

/// The id of the task that is meant, by its id or number.
pub fn task_named(request: &Request, task: &str) -> Result<String, Refusal> {
    let item = Item::Request(Box::new(request.clone()));
    find_task(&item, task).map(|task| task.id.clone())
}

/// The file of that number.
pub fn file_of(item: &Item, number: u32) -> Result<&Attachment, Refusal> {
    let files = match item {
        Item::Request(request) => &request.attachments,
        Item::Mail(mail) => &mail.attachments,
        Item::Recording(_) | Item::OptOut(_) => {
            return Err(Refusal::NoSuchFile {
                id: item.id(),
                number,
                there: Vec::new(),
            });
        }
    };
    files
        .iter()
        .find(|file| file.number == number)
        .ok_or_else(|| Refusal::NoSuchFile {
            id: item.id(),
            number,
            there: files.iter().map(|file| file.number).collect(),
        })
}

/// Letting a file go into the package for the person, or keeping it out.
pub fn mark_file(item: &Item, number: u32, internal: bool) -> Result<Event, Refusal> {
    as_request(item)?;
    file_of(item, number)?;
    Ok(Event::FileMarked { number, internal })
}

/// Taking a file out of a case.
pub fn remove_file(item: &Item, number: u32) -> Result<Event, Refusal> {
    as_request(item)?;
    file_of(item, number)?;
    Ok(Event::FileRemoved(number))
}
