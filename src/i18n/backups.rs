//! Backups in words: what they hold, and why one was not made or not restored.

use chrono_tz::Tz;

use super::Texts;
use super::errors::Message;
use crate::domain::deadline::local_date;
use crate::ops::OpError;
use crate::ops::backup::{BackupError, Unusable};
use crate::store::{Contents, StoreError};

impl Texts {
    /// What a store holds, in numbers. The date is the controller's.
    pub fn contents(&self, contents: &Contents, zone: Tz) -> String {
        let Some(at) = contents.last_change else {
            return self.get("contents-none");
        };
        self.with(
            "contents",
            &[
                ("n", contents.records.into()),
                ("generation", contents.generation.into()),
                ("date", self.date(local_date(at, zone)).into()),
            ],
        )
    }

    /// That no daily backup was made, and why.
    pub fn rotation_failed(&self, error: &OpError) -> Message {
        let why = self.op_error(error).what;
        self.message("rotation-failed", &[("why", why.into())])
    }

    pub(super) fn backup_error(&self, error: &BackupError) -> Message {
        let named = |id: &str, path: &std::path::Path| {
            self.message(id, &[("path", path.display().to_string().into())])
        };
        match error {
            BackupError::Exists(path) => named("backup-exists", path),
            BackupError::IsTheStore(path) => named("backup-is-the-store", path),
            BackupError::Terminal => self.message("backup-to-terminal", &[]),
            BackupError::Unusable { path, why } => self.message(
                "restore-unusable",
                &[
                    ("path", path.display().to_string().into()),
                    ("why", self.unusable(why).into()),
                ],
            ),
            BackupError::WouldReplace {
                store,
                present,
                offered,
                zone,
            } => {
                let (id, present) = match present {
                    Ok(contents) => ("restore-refused", self.contents(contents, *zone)),
                    Err(error) => ("restore-refused-unreadable", self.told_store_error(error)),
                };
                self.message(
                    id,
                    &[
                        ("store", store.display().to_string().into()),
                        ("present", present.into()),
                        ("offered", self.contents(offered, *zone).into()),
                    ],
                )
            }
        }
    }

    fn unusable(&self, why: &Unusable) -> String {
        match why {
            Unusable::Empty => self.get("file-empty"),
            Unusable::Shut(shut) => self.get(&format!("shut-{}", shut.word())),
            Unusable::Store(error) => self.told_store_error(error),
        }
    }

    /// What is wrong with a file that should be a store, as a part of a sentence.
    fn told_store_error(&self, error: &StoreError) -> String {
        match error {
            StoreError::Foreign => self.get("file-foreign"),
            StoreError::Newer { found, known } => self.with(
                "file-newer",
                &[
                    ("found", i64::from(*found).into()),
                    ("known", i64::from(*known).into()),
                ],
            ),
            StoreError::Damaged { place } => {
                self.with("file-damaged", &[("place", place.as_str().into())])
            }
            other => other.to_string(),
        }
    }
}
