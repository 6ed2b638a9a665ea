//! Half-written texts: kept, dropped, looked at. No operations: nothing is decided, and nothing enters the history.

use chrono::{DateTime, Utc};

use super::{Desk, OpError};
use crate::domain::draft::{self, Draft, Fields, Place};
use crate::store::View;

impl Desk {
    /// Keeps a text in its place; the last writer wins.
    ///
    /// # Errors
    /// [`OpError::Refused`] with a CPR number in it, or where nothing may be changed; [`OpError::NoSuchId`] when the
    /// record is gone, as its texts must be then.
    pub fn keep_draft(
        &self,
        place: &Place,
        seen: Option<u64>,
        fields: &Fields,
    ) -> Result<Draft, OpError> {
        self.must_write()?;
        draft::may_be_stored(fields)?;
        let moment = self.clock.moment();
        let draft = Draft {
            place: place.clone(),
            seen,
            fields: fields.clone(),
            at: moment.now,
        };
        self.store.write(self.writer(moment), |tx| {
            if let Some(id) = place.on {
                tx.get(id)?.ok_or(OpError::NoSuchId(id))?;
            }
            tx.keep_draft(&draft)?;
            Ok(draft)
        })
    }

    /// Drops the text of a place.
    ///
    /// # Errors
    /// [`OpError::Refused`] where nothing may be changed.
    pub fn drop_draft(&self, place: &Place) -> Result<(), OpError> {
        self.must_write()?;
        let writer = self.writer(self.clock.moment());
        self.store.write(writer, |tx| Ok(tx.drop_draft(place)?))
    }

    /// The texts that are there to be taken up again, the latest first.
    pub fn drafts(&self) -> Result<Vec<Draft>, OpError> {
        self.store.read(|view| self.drafts_in(view))
    }

    pub(crate) fn drafts_in(&self, view: &View<'_>) -> Result<Vec<Draft>, OpError> {
        let now = self.clock.moment().now;
        let mut drafts = view.drafts()?;
        drafts.retain(|draft| !self.is_stale(draft, now));
        Ok(drafts)
    }

    /// Drops the texts that are older than [`draft::DAYS_KEPT`] days (14), as the terminal UI does whenever it starts:
    /// nobody takes them up any more, and they may hold personal data. Writes only when there are some.
    pub fn forget_old_drafts(&self) -> Result<(), OpError> {
        if !self.store.read(|view| self.has_old_drafts(view))? {
            return Ok(());
        }
        let now = self.clock.moment().now;
        let is_stale = |draft: &Draft| self.is_stale(draft, now);
        self.store.write(self.writer(self.clock.moment()), |tx| {
            for draft in tx.drafts()?.iter().filter(|draft| is_stale(draft)) {
                tx.drop_draft(&draft.place)?;
            }
            Ok(())
        })
    }

    /// Whether there are such texts, and they may be dropped.
    pub(crate) fn has_old_drafts(&self, view: &View<'_>) -> Result<bool, OpError> {
        let now = self.clock.moment().now;
        let there = view.drafts()?;
        Ok(!self.read_only && there.iter().any(|draft| self.is_stale(draft, now)))
    }

    /// In a rehearsal (`--today`) nothing grows old: what is really there must not be dropped by a date that is not.
    fn is_stale(&self, draft: &Draft, now: DateTime<Utc>) -> bool {
        !self.clock.is_rehearsal() && draft.is_stale(now)
    }
}
