//! Many cases of one day as one change: how an archive comes into a store in minutes.

use super::add::{NewOptOut, NewRecording, NewRequest, RecordingFacts};
use super::{Action, Desk, OpError};
use crate::domain::ids::ItemId;

/// A case that came in.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A request.
    Request(NewRequest),
    /// A recording.
    Recording(NewRecording),
    /// An opt-out.
    OptOut(NewOptOut),
}

impl Desk {
    /// Does things to records, and then enters cases: all of it as one change that undo takes back as one. Gives the
    /// new records.
    ///
    /// # Errors
    /// As [`Desk::run`]; then nothing was changed.
    pub fn run_together(
        &self,
        entries: &[Entry],
        actions: &[(ItemId, Action)],
    ) -> Result<Vec<ItemId>, OpError> {
        self.must_write()?;
        let moment = self.clock.moment();
        let catalogue = self.catalogue()?;
        self.store.write(self.writer(moment), |tx| {
            for (id, action) in actions {
                self.act_on(tx, (*id).into(), action, moment)?;
            }
            let mut ids = Vec::with_capacity(entries.len());
            for entry in entries {
                let item = match entry {
                    Entry::Request(new) => self.receive(tx, catalogue, new, moment)?,
                    Entry::Recording(new) => {
                        let facts = RecordingFacts::default();
                        self.enter_recording(tx, new, facts, moment)?.0
                    }
                    Entry::OptOut(new) => self.opt_out(tx, catalogue, new, moment)?,
                };
                ids.push(item.id());
            }
            Ok(ids)
        })
    }

    /// Writes the store anew without what only undo needs.
    ///
    /// # Errors
    /// [`OpError::Store`].
    pub fn compact(&self) -> Result<(), OpError> {
        self.must_write()?;
        let writer = self.writer(self.clock.moment());
        let written = self.store.erase(writer, |tx| {
            tx.forget();
            Ok::<_, OpError>(())
        });
        written.map(drop)
    }
}
