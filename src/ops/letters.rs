//! Sending a letter: what it tells (an extension, a refusal), that it went, and the closing of the case are one change.

use super::queries::Card;
use super::{Action, Desk, Done, OpError, Target, Warning, local_files, warnings};
use crate::domain::conduct::{self, Moment, RejectionDraft, Sending};
use crate::domain::event::apply;
use crate::domain::standing::standing;
use crate::store::{StoreError, Writer};

impl Desk {
    /// The record as it will be once it is refused, so that its letter can tell it. Nothing is written.
    ///
    /// # Errors
    /// [`OpError::Refused`] when it may not be refused like this.
    pub fn as_refused(&self, card: &Card, rejection: &RejectionDraft) -> Result<Card, OpError> {
        let moment = self.clock.moment();
        let event = conduct::reject(&card.item, &card.circle, rejection, moment)?;
        let refused = apply(Some(card.item.clone()), &event);
        Ok(Card {
            item: refused.map_err(|misapplied| StoreError::Unwritable {
                detail: format!("{}: {misapplied}", card.item.id()),
            })?,
            ..card.clone()
        })
    }

    /// Carries out the sending of a letter, or nothing of it.
    pub(super) fn send_letter(
        &self,
        target: Target,
        sending: &Sending,
        moment: Moment,
        writer: Writer,
    ) -> Result<Done, OpError> {
        let rules = self.settings.rules;
        self.store.write(writer, |tx| {
            let item = tx.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
            let changes = self.changes_since(tx, &item, target.seen)?;
            conduct::unchanged_since(&item, target.seen, changes, moment)?;
            let mut done = Done::default();
            let mut after = item;
            if let Some(draft) = &sending.rejection {
                let related = tx.circle(&after)?;
                let event = conduct::reject(&after, &related, draft, moment)?;
                after = tx.record(target.id, &event)?;
                done.warnings.extend(warnings(&event, &after));
            }
            let events = conduct::send_letter(&after, sending, rules, moment)?;
            for event in &events {
                after = tx.record(target.id, event)?;
                done.warnings.extend(warnings(event, &after));
            }
            match &sending.resolve {
                Some(wish) => {
                    local_files::clear(&after, &Action::Resolve(wish.clone()))?;
                    let related = tx.circle(&after)?;
                    let standing = standing(&after, &related, rules);
                    let event = conduct::resolve(&after, &related, &standing, wish, moment)?;
                    after = tx.record(target.id, &event)?;
                    done.warnings.extend(warnings(&event, &after));
                }
                None if sending.letter.letter.is_answer() && after.is_open() => {
                    done.warnings.push(Warning::StillOpen(target.id));
                }
                None => {}
            }
            done.items.push(after);
            Ok(done)
        })
    }
}
