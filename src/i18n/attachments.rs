//! The files of a case in words.

use super::Texts;
use crate::domain::attachment::{Attachment, NotKept};

impl Texts {
    /// A file on one line: number, name, size, and what is to be known of it.
    pub fn attachment(&self, file: &Attachment) -> String {
        let name = if file.name.is_empty() {
            self.with("file-unnamed", &[("type", file.mime.as_str().into())])
        } else {
            file.name.clone()
        };
        let mut line = format!("{}  {name} · {}", file.number, self.size(file.size));
        let mut add = |text: String| {
            line.push_str(" · ");
            line.push_str(&text);
        };
        if let Some(task) = &file.task {
            add(self.with("file-for-task", &[("task", task.as_str().into())]));
        }
        if file.internal {
            add(self.get("file-internal"));
        }
        if file.content.is_none() {
            let why = self.not_kept(file.not_kept);
            add(self.with("file-not-kept", &[("why", why.into())]));
        }
        line
    }

    /// Why only the name of a file is kept; `None` when nobody knows.
    pub fn not_kept(&self, why: Option<NotKept>) -> String {
        self.get(&format!(
            "not-kept-{}",
            why.map_or("unknown", NotKept::word)
        ))
    }

    /// A size as people say it.
    fn size(&self, bytes: u64) -> String {
        let (id, number) = match bytes {
            0..1024 => ("size-bytes", bytes),
            1024..1_048_576 => ("size-kb", bytes.div_ceil(1024)),
            _ => ("size-mb", bytes.div_ceil(1_048_576)),
        };
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        self.with(id, &[("n", number.into())])
    }
}
