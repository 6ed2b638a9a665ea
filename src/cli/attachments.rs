//! `attach` and `files`: the files of a case, put there, listed, written out, marked and taken out.

use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use super::args::{AttachArgs, FilesArgs};
use super::exit::Exit;
use super::{Ended, Failure, Session, printed};
use crate::domain::attachment::Attachment;
use crate::domain::ids::ItemId;
use crate::export::{self, json as shapes};
use crate::ops::files::NewFile;
use crate::ops::{Action, Desk, Op, OpError, Target};

impl Session {
    pub(super) fn attach(&mut self, args: &AttachArgs) -> Ended {
        let target = Target::from(self.desk.find(&args.id)?);
        let files: Vec<NewFile<'_>> = args
            .files
            .iter()
            .map(|path| NewFile {
                path,
                internal: args.internal,
                task: args.task.as_deref(),
            })
            .collect();
        let done = self.desk.attach(target, &files)?;
        if self.global.json {
            return self.tell(&done);
        }
        self.list_files(target.id)
    }

    pub(super) fn files(&mut self, args: &FilesArgs) -> Ended {
        let target = Target::from(self.desk.find(&args.id)?);
        let Some(number) = args.number else {
            return self.list_files(target.id);
        };
        let action = if args.remove {
            Action::RemoveFile(number)
        } else if args.internal || args.share {
            Action::MarkFile {
                number,
                internal: args.internal,
            }
        } else {
            return self.write_file(target, number, args.out.as_deref());
        };
        let done = self.desk.run(&Op::Act(vec![target], action))?;
        if self.global.json {
            return self.tell(&done);
        }
        self.list_files(target.id)
    }

    fn list_files(&mut self, id: ItemId) -> Ended {
        let card = self.desk.detail(id)?;
        let files = Desk::files_of(&card.item);
        if self.global.json {
            let files: Vec<_> = files.iter().map(shapes::attachment).collect();
            printed(self.out.json(&json!({"id": id, "files": files})))?;
            return Ok(Exit::Done);
        }
        if files.is_empty() {
            let line = self
                .texts
                .with("files-none", &[("id", id.to_string().into())]);
            printed(self.out.line(line))?;
        }
        for file in files {
            let line = self.texts.attachment(file);
            printed(self.out.line(line))?;
        }
        Ok(Exit::Done)
    }

    /// Writes the content to a file, or to standard output for another program.
    fn write_file(&mut self, target: Target, number: u32, out: Option<&Path>) -> Ended {
        let (file, content) = self.desk.file(target, number)?;
        let Some(out) = out else {
            return Err(Failure::Usage(self.texts.message("files-where-to", &[])));
        };
        if out.as_os_str() == "-" {
            let mut stdout = std::io::stdout().lock();
            printed(stdout.write_all(&content).and_then(|()| stdout.flush()))?;
            return Ok(Exit::Done);
        }
        // Into a folder it goes under its own name, which was cleaned of folders when it came.
        let path = if out.is_dir() {
            out.join(name_in_folder(target.id, &file))
        } else {
            out.to_owned()
        };
        if path.exists() {
            return Err(OpError::Exists(path).into());
        }
        export::write_private(&path, &content)?;
        if self.global.json {
            printed(
                self.out
                    .json(&json!({"file": path, "bytes": content.len()})),
            )?;
        } else {
            let line = self.texts.with(
                "files-written",
                &[("path", path.display().to_string().into())],
            );
            printed(self.out.line(line))?;
        }
        Ok(Exit::Done)
    }
}

/// A name a folder can hold whatever the sender called the file.
fn name_in_folder(id: ItemId, file: &Attachment) -> String {
    let name: String = file
        .name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '/' | '\\' | '\0'))
        .collect();
    let name = name.trim().trim_start_matches('.').trim();
    if name.is_empty() {
        format!("{id}-{}", file.number)
    } else {
        name.to_owned()
    }
}
