//! The files of a case: put there by the owner, marked, taken out, and read.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::{Desk, Done, OpError, Target};
use crate::domain::attachment::{Attachment, Origin, must_not_keep};
use crate::domain::conduct;
use crate::domain::item::Item;
use crate::domain::refusal::Refusal;
use crate::mail::{Limits, clean};

/// A file to be put on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewFile<'a> {
    /// Where it lies.
    pub path: &'a Path,
    /// Whether it is for the owner alone.
    pub internal: bool,
    /// The task it answers, by id or number.
    pub task: Option<&'a str>,
}

impl Desk {
    /// How much of a mail is read, by the settings.
    pub(super) fn mail_limits(&self) -> Limits {
        Limits {
            attachment_bytes: self.settings.attachment_bytes(),
            ..Limits::default()
        }
    }

    /// Puts files on a case: all of them, or none.
    ///
    /// # Errors
    /// [`OpError::Unreadable`] when a file cannot be read; [`OpError::Refused`] when one is too large or must not be kept.
    pub fn attach(&self, target: Target, files: &[NewFile<'_>]) -> Result<Done, OpError> {
        self.must_write()?;
        let moment = self.clock.moment();
        let limit = self.settings.attachment_bytes();
        let mut contents = Vec::new();
        for file in files {
            contents.push((file, read(file.path, limit)?));
        }
        self.store.write(self.writer(moment), |tx| {
            let mut item = tx.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
            for (file, (name, content)) in &contents {
                let request = conduct::can_attach(&item)?;
                let mime = mime_of(name);
                // An identity document is known by its name alone: what the owner puts there is no answer to her question.
                if let Some(why) = must_not_keep(name, mime, content, None) {
                    return Err(Refusal::FileNotKept {
                        name: name.clone(),
                        why,
                    }
                    .into());
                }
                let task = file
                    .task
                    .map(|task| conduct::task_named(request, task))
                    .transpose()?;
                let attachment = Attachment {
                    number: 0,
                    name: name.clone(),
                    mime: mime.to_owned(),
                    size: u64::try_from(content.len()).unwrap_or(u64::MAX),
                    on: moment.today,
                    origin: Origin::Owner,
                    content: Some(tx.keep_file(content)?),
                    not_kept: None,
                    internal: file.internal,
                    task,
                };
                let event = conduct::attach(request, attachment)?;
                item = tx.record(target.id, &event)?;
            }
            Ok(Done {
                items: vec![item],
                ..Done::default()
            })
        })
    }

    /// A file of a case with its content.
    ///
    /// # Errors
    /// [`OpError::Refused`] when the case has no file of that number, or only its name.
    pub fn file(&self, target: Target, number: u32) -> Result<(Attachment, Vec<u8>), OpError> {
        self.store.read(|view| {
            let item = view.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
            let file = conduct::file_of(&item, number)?.clone();
            let content = match &file.content {
                Some(key) => view.file(key)?,
                None => None,
            };
            match content {
                Some(content) => Ok((file, content)),
                None => Err(Refusal::FileHasNoContent {
                    id: target.id,
                    number,
                    why: file.not_kept,
                }
                .into()),
            }
        })
    }

    /// The files of a record, oldest first: of a case, or of a mail that was set aside.
    pub fn files_of(item: &Item) -> &[Attachment] {
        match item {
            Item::Request(request) => &request.attachments,
            Item::Mail(mail) => &mail.attachments,
            Item::Recording(_) | Item::OptOut(_) => &[],
        }
    }
}

/// The name of a file and its bytes; one that is larger than `limit` is not read to its end.
fn read(path: &Path, limit: usize) -> Result<(String, Vec<u8>), OpError> {
    let unreadable = |source| OpError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    let mut content = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most + 1).read_to_end(&mut content))
        .map_err(unreadable)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = clean::line(&name);
    if content.len() > limit {
        return Err(Refusal::FileTooLarge { name, limit }.into());
    }
    Ok((name, content))
}

/// The media type that goes with the ending of a name, for the files an answer is made of.
fn mime_of(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_lowercase().as_str() {
        "pdf" => "application/pdf",
        "csv" => "text/csv",
        "txt" | "md" | "log" => "text/plain",
        "html" | "htm" => "text/html",
        "json" => "application/json",
        "xml" => "application/xml",
        "zip" => "application/zip",
        "eml" => "message/rfc822",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}
