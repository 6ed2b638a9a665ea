//! New mail from the mailbox that the settings name.
//!
//! A Maildir is read as `import mail` reads it. Of a folder on a server only the mails after the last one are fetched;
//! how far that is, is committed in one transaction with the mails, so that a run that is interrupted anywhere goes on
//! where it was. Mails are moved when they are in the store and not before; those that a broken connection left behind
//! are moved by the next run. When the server numbers its mails anew, all are fetched again and known again.

use std::collections::BTreeMap;
use std::path::Path;

use super::{BATCH, BATCH_BYTES, ImportReport, MailSource, MessageReport, Progress, Run, open};
use crate::config::{ImapSettings, MailFrom, MailSettings};
use crate::mail::Limits;
use crate::mail::imap::{ImapError, Patience, Session, password};
use crate::mail::source::SourceError;
use crate::ops::{Desk, OpError};
use crate::store::{Bookmark, StoreError, Tx};
/// Bytes of mails that are fetched at once, when there is more than one.
/// Mails that are moved at once.
const MOVED_AT_ONCE: usize = 500;

impl Desk {
    /// Takes in what is new in the mailbox of the settings. With `dry_run` nothing is changed, neither here nor there,
    /// and the report says what would be.
    ///
    /// # Errors
    /// [`OpError::NoMailbox`] when none is set; [`OpError::Mailbox`] and [`OpError::BadMail`] when it cannot be used.
    /// What goes wrong after some mails were taken in stands in the report: those stay.
    pub fn fetch(&self, dry_run: bool, progress: Progress<'_>) -> Result<ImportReport, OpError> {
        let Some(mail) = &self.settings.mail else {
            return Err(OpError::NoMailbox);
        };
        if dry_run {
            return self.rehearsing()?.fetch_from(mail, false, progress);
        }
        self.must_write()?;
        self.fetch_from(mail, true, progress)
    }

    /// Takes in what is new; mails are moved where the settings say so and `moves` does.
    fn fetch_from(
        &self,
        mail: &MailSettings,
        moves: bool,
        progress: Progress<'_>,
    ) -> Result<ImportReport, OpError> {
        let mut run = Run::new(self, mail.all, false)?;
        match &mail.from {
            MailFrom::Maildir { path, move_to_cur } => {
                run.moves = *move_to_cur && moves;
                from_maildir(&mut run, path, progress)?;
            }
            MailFrom::Imap(imap) => from_server(&mut run, imap, moves, progress)?,
        }
        Ok(run.end())
    }
}

fn from_maildir(run: &mut Run<'_>, path: &Path, progress: Progress<'_>) -> Result<(), OpError> {
    let is_maildir = ["new", "cur"].iter().any(|name| path.join(name).is_dir());
    if path.is_dir() && !is_maildir {
        let place = path.display().to_string();
        return Err(OpError::BadMail {
            place: place.clone(),
            source: SourceError::NoMails { place },
        });
    }
    let (place, mails) = open(MailSource::Path(path))?;
    run.begin(place);
    // Whether it was stopped stands in the report.
    run.take_all(mails, progress).map(drop)
}

fn from_server(
    run: &mut Run<'_>,
    imap: &ImapSettings,
    moves: bool,
    progress: Progress<'_>,
) -> Result<(), OpError> {
    let account = &imap.account;
    let place = crate::mail::clean::line(&format!("imap://{}/{}", account.host, imap.folder));
    run.begin(place.clone());
    let about = |source| OpError::Mailbox {
        place: place.clone(),
        source,
    };
    let password = password::from_command(&imap.password_command).map_err(about)?;
    let mut session = Session::open(account, &password, Patience::default()).map_err(about)?;
    let target = imap.move_to.as_deref();
    if let Some(target) = target {
        session.check_target(target).map_err(about)?;
    }
    let to_look = target.is_none() || !moves;
    let folder = session.enter(&imap.folder, to_look).map_err(about)?;
    let mut fetch = Fetch {
        run,
        session,
        identity: [&account.host.to_lowercase(), &account.user, &imap.folder]
            .map(String::as_str)
            .join("\0"),
        place: place.clone(),
        uid_validity: folder.uid_validity,
        target: target.filter(|_| !to_look),
    };
    let result = fetch.all(progress);
    let Fetch { run, session, .. } = fetch;
    match result {
        Ok(()) => session.leave(),
        Err(Trouble::Op(error)) => return Err(error),
        Err(Trouble::Mailbox(source)) if run.report.messages.is_empty() => {
            return Err(about(source));
        }
        // What came before is in the store, and the next run goes on from there.
        Err(Trouble::Mailbox(source)) => run.report.unusable.push(about(source)),
    }
    Ok(())
}

/// What ends a run: what is wrong here, or what is wrong there.
enum Trouble {
    Op(OpError),
    Mailbox(ImapError),
}

impl From<OpError> for Trouble {
    fn from(error: OpError) -> Self {
        Self::Op(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Op(error.into())
    }
}

impl From<ImapError> for Trouble {
    fn from(error: ImapError) -> Self {
        Self::Mailbox(error)
    }
}

/// A folder of a server that is being read.
struct Fetch<'r, 'a> {
    run: &'r mut Run<'a>,
    session: Session,
    identity: String,
    place: String,
    uid_validity: u32,
    /// Where taken mails go.
    target: Option<&'r str>,
}

impl Fetch<'_, '_> {
    fn all(&mut self, progress: Progress<'_>) -> Result<(), Trouble> {
        // What an earlier run had taken in and could not move any more.
        self.move_taken()?;
        let last = self.bookmark()?.last_uid;
        let uids = self.session.uids_from(last.saturating_add(1))?;
        let limits = Limits::default();
        let mut read = 0;
        for chunk in uids.chunks(BATCH) {
            let sizes = self.session.sizes(chunk)?;
            for group in groups(chunk, &sizes, limits.mail_bytes) {
                let mails = self.session.mails(group, &self.place, &limits)?;
                read += mails.len();
                self.take(group, mails)?;
                self.move_taken()?;
                if progress(read).is_break() {
                    self.run.report.stopped = true;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        group: &[u32],
        mails: Vec<(u32, crate::mail::source::RawMail)>,
    ) -> Result<(), OpError> {
        let (uids, mails): (Vec<_>, Vec<_>) = mails.into_iter().unzip();
        self.run.mark = Some(Mark {
            identity: self.identity.clone(),
            uid_validity: self.uid_validity,
            last_uid: group.last().copied().unwrap_or_default(),
            uids,
            moves: self.target.is_some(),
        });
        self.run.take_batch(mails.into_iter().map(Ok).collect())
    }

    /// How far this folder was read, as it is numbered now.
    fn bookmark(&self) -> Result<Bookmark, StoreError> {
        let store = &self.run.desk.store;
        let kept = store.read(|view| view.bookmark(&self.identity))?;
        Ok(current(kept, self.uid_validity))
    }

    /// Moves what was taken in and is still there.
    fn move_taken(&mut self) -> Result<(), Trouble> {
        let Some(target) = self.target else {
            return Ok(());
        };
        let waiting = self.bookmark()?.to_move;
        for uids in waiting.chunks(MOVED_AT_ONCE) {
            self.session.move_to(target, uids)?;
            let writer = self.run.desk.import_writer(self.run.moment);
            self.run.desk.store.write(writer, |tx| {
                let mut bookmark = current(tx.bookmark(&self.identity)?, self.uid_validity);
                bookmark.to_move.retain(|uid| !uids.contains(uid));
                tx.set_bookmark(&self.identity, &bookmark)
            })?;
        }
        Ok(())
    }
}

/// The bookmark, unless its numbers mean other mails by now.
fn current(kept: Option<Bookmark>, uid_validity: u32) -> Bookmark {
    kept.filter(|kept| kept.uid_validity == uid_validity)
        .unwrap_or(Bookmark {
            uid_validity,
            ..Bookmark::default()
        })
}

/// Mails that are fetched together: one at least, and no more than fit.
fn groups<'u>(uids: &'u [u32], sizes: &BTreeMap<u32, usize>, limit: usize) -> Vec<&'u [u32]> {
    let mut groups = Vec::new();
    let (mut start, mut bytes) = (0, 0_usize);
    for (n, uid) in uids.iter().enumerate() {
        // Of a mail whose size is not told nothing good is expected.
        let size = sizes.get(uid).copied().unwrap_or(limit).min(limit);
        if n > start && bytes.saturating_add(size) > BATCH_BYTES {
            groups.push(&uids[start..n]);
            (start, bytes) = (n, 0);
        }
        bytes = bytes.saturating_add(size);
    }
    if start < uids.len() {
        groups.push(&uids[start..]);
    }
    groups
}

/// How far a folder of a server has been read when a batch is in the store.
pub(super) struct Mark {
    identity: String,
    uid_validity: u32,
    last_uid: u32,
    /// The mails of the batch, in its order.
    uids: Vec<u32>,
    moves: bool,
}

impl Mark {
    /// Notes it in the transaction that takes the batch in.
    pub(super) fn set(&self, tx: &mut Tx<'_>, reports: &[MessageReport]) -> Result<(), StoreError> {
        let mut bookmark = current(tx.bookmark(&self.identity)?, self.uid_validity);
        // Another run may have been here meanwhile.
        bookmark.last_uid = bookmark.last_uid.max(self.last_uid);
        if self.moves {
            let taken = self.uids.iter().zip(reports);
            let taken = taken.filter(|(_, message)| message.is_in());
            bookmark.to_move.extend(taken.map(|(uid, _)| *uid));
            bookmark.to_move.sort_unstable();
            bookmark.to_move.dedup();
        } else {
            bookmark.to_move.clear();
        }
        tx.set_bookmark(&self.identity, &bookmark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fetched_at_once_fits_into_memory() {
        const LIMIT: usize = 25 * 1024 * 1024;
        let sizes = BTreeMap::from([(1, 10), (2, LIMIT), (3, usize::MAX), (4, 10), (5, 10)]);
        let uids = [1, 2, 3, 4, 5, 6];
        let parts: Vec<&[u32]> = vec![&[1, 2], &[3, 4, 5], &[6]];
        assert_eq!(groups(&uids, &sizes, LIMIT), parts);
        assert!(groups(&[], &sizes, LIMIT).is_empty());
    }

    #[test]
    fn a_folder_that_is_numbered_anew_is_read_from_its_beginning() {
        let kept = Bookmark {
            uid_validity: 7,
            last_uid: 12,
            to_move: vec![3],
        };
        assert_eq!(current(Some(kept.clone()), 7), kept);
        let anew = current(Some(kept), 8);
        assert_eq!((anew.last_uid, anew.to_move.len()), (0, 0));
        assert_eq!(current(None, 8).uid_validity, 8);
    }
}
