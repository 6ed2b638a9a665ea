//! Sending a letter: what it tells (an extension, a refusal), that it went, and the closing of the case are one change.
//!
//! One that goes as a mail is noted with the case before it is handed over ([`Desk::post`]): a program that is killed
//! between the server's yes and the record of it leaves that note, and nobody sends the letter a second time by mistake.

use super::queries::Card;
use super::{Action, Desk, Done, OpError, Target, Warning, local_files, warnings};
use crate::domain::conduct::{self, Moment, RejectionDraft, Resolution, Sending};
use crate::domain::event::{Event, apply};
use crate::domain::item::Item;
use crate::domain::letter::{Failure, LetterType};
use crate::domain::refusal::Refusal;
use crate::domain::retention;
use crate::domain::standing::standing;
use crate::mail::send::{self, Outbound};
use crate::store::{StoreError, Tx, View, Writer};

/// A letter that is to go as a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The record, and the version the letter was written from.
    pub target: Target,
    /// The letter as the record will keep it, what it must say, and what is done with it.
    pub sending: Sending,
    /// The mail.
    pub mail: Outbound,
    /// Also when the letter went already, or nobody knows whether it did.
    pub again: bool,
    /// The Message-ID of the mail it answers.
    pub in_reply_to: Option<String>,
    /// Those of the mails before it, oldest first.
    pub references: Vec<String>,
}

impl Desk {
    /// The record as it will be once it is refused, so that its letter can tell it. Nothing is written.
    ///
    /// # Errors
    /// [`OpError::Refused`] when it may not be refused like this.
    pub fn as_refused(&self, card: &Card, rejection: &RejectionDraft) -> Result<Card, OpError> {
        let moment = self.clock.moment();
        let event = conduct::reject(&card.item, &card.circle, rejection, moment)?;
        Ok(Card {
            item: applied(card.item.clone(), &event)?,
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
        self.store.write(writer, |tx| {
            let item = tx.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
            let changes = self.changes_since(tx, &item, target.seen)?;
            conduct::unchanged_since(&item, target.seen, changes, moment)?;
            let mut done = Done::default();
            let (events, _) = self.events_of(tx, &item, sending, moment)?;
            let mut after = item;
            for event in &events {
                after = tx.record(target.id, event)?;
                done.warnings.extend(warnings(event, &after));
            }
            self.close_with(tx, &mut after, sending, moment, &mut done)?;
            done.items.push(after);
            Ok(done)
        })
    }

    /// What the going of a letter is: the refusal it makes, what it tells, and that it went; and the record after it.
    fn events_of(
        &self,
        view: &View<'_>,
        item: &Item,
        sending: &Sending,
        moment: Moment,
    ) -> Result<(Vec<Event>, Item), OpError> {
        let mut events = Vec::new();
        let mut after = item.clone();
        if let Some(draft) = &sending.rejection {
            let related = view.circle(&after)?;
            let event = conduct::reject(&after, &related, draft, moment)?;
            after = applied(after, &event)?;
            events.push(event);
        }
        for event in conduct::send_letter(&after, sending, self.settings.rules, moment)? {
            after = applied(after, &event)?;
            events.push(event);
        }
        Ok((events, after))
    }

    /// Closes the case with the letter where that is wanted; else says that an answered one is still open.
    fn close_with(
        &self,
        tx: &mut Tx<'_>,
        after: &mut Item,
        sending: &Sending,
        moment: Moment,
        done: &mut Done,
    ) -> Result<(), OpError> {
        let id = after.id();
        match &sending.resolve {
            Some(wish) => {
                let event = self.closing(tx, after, wish, moment)?;
                *after = tx.record(id, &event)?;
                done.warnings.extend(warnings(&event, after));
            }
            None if sending.letter.letter.is_answer() && after.is_open() => {
                done.warnings.push(Warning::StillOpen(id));
            }
            None => {}
        }
        Ok(())
    }

    fn closing(
        &self,
        view: &View<'_>,
        after: &Item,
        wish: &Resolution,
        moment: Moment,
    ) -> Result<Event, OpError> {
        local_files::clear(after, &Action::Resolve(wish.clone()))?;
        let related = view.circle(after)?;
        let standing = standing(after, &related, self.settings.rules);
        Ok(conduct::resolve(after, &related, &standing, wish, moment)?)
    }

    /// Sends a letter as a mail, once: notes that it is being sent, hands it over, and records it with all it tells. It
    /// takes as long as the server does; the store is free meanwhile.
    ///
    /// # Errors
    /// [`OpError::Refused`] and [`OpError::NoSending`]: nothing was tried. [`OpError::NotSent`]: it certainly did not go; the
    /// text is kept with the case. [`OpError::MaybeSent`] and [`OpError::SentUnrecorded`]: the note stays, and the letter is
    /// not sent again until the owner has said whether it went.
    pub fn post(&self, posting: &Posting) -> Result<Done, OpError> {
        self.must_write()?;
        let outlet = self.settings.sending.as_ref().ok_or(OpError::NoSending)?;
        let begun = self.begin_posting(posting)?;
        let (id, letter) = (posting.target.id, posting.sending.letter.letter);
        let Err(fault) = send::hand_over(outlet, &posting.mail) else {
            return self
                .record_posted(posting)
                .map_err(|source| OpError::SentUnrecorded {
                    id,
                    letter,
                    source: Box::new(source),
                });
        };
        let place = outlet.place();
        if !fault.is_certain() {
            let message_id = posting.sending.letter.message_id.clone();
            return Err(OpError::MaybeSent {
                id,
                letter,
                place,
                message_id: message_id.unwrap_or_default(),
                fault,
            });
        }
        let noted = self.record_failure(posting, begun, fault.why()).is_ok();
        Err(OpError::NotSent {
            id,
            letter,
            place,
            fault,
            noted,
        })
    }

    /// Whether [`Desk::post`] would hand the letter over: asks every rule that the record of it will have to keep.
    ///
    /// # Errors
    /// [`OpError::Refused`] and [`OpError::NoSending`].
    pub fn may_post(&self, posting: &Posting) -> Result<(), OpError> {
        if self.settings.sending.is_none() {
            return Err(OpError::NoSending);
        }
        let moment = self.clock.moment();
        self.store
            .read(|view| self.check_posting(view, posting, moment).map(drop))
    }

    /// Notes durably that the letter is being sent. Gives the number of that operation.
    fn begin_posting(&self, posting: &Posting) -> Result<u64, OpError> {
        let moment = self.clock.moment();
        self.store.write(self.writer(moment), |tx| {
            let intent = self.check_posting(tx, posting, moment)?;
            let number = tx.go_on_with(None)?;
            tx.record(posting.target.id, &intent)?;
            Ok(number)
        })
    }

    /// What notes that the letter is being sent; refused where anything would keep it from being recorded afterwards.
    fn check_posting(
        &self,
        view: &View<'_>,
        posting: &Posting,
        moment: Moment,
    ) -> Result<Event, OpError> {
        let (target, sending) = (posting.target, &posting.sending);
        let item = view.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
        let changes = self.changes_since(view, &item, target.seen)?;
        conduct::unchanged_since(&item, target.seen, changes, moment)?;
        let intent = conduct::begin_sending(&item, sending, posting.again, moment)?;
        let (_, after) = self.events_of(view, &item, sending, moment)?;
        if let Some(wish) = &sending.resolve
            && !wish.delete_files
        {
            self.closing(view, &after, wish, moment)?;
        }
        Ok(intent)
    }

    /// The server has the mail: whatever happened to the case meanwhile, that it went is recorded, and of the rest what the
    /// rules still allow.
    fn record_posted(&self, posting: &Posting) -> Result<Done, OpError> {
        let id = posting.target.id;
        let moment = self.clock.moment();
        self.store.write(self.writer(moment), |tx| {
            let mut after = tx.get(id)?.ok_or(OpError::NoSuchId(id))?;
            let mut done = Done::default();
            let mut sending = posting.sending.clone();
            let sent = &mut sending.letter;
            if retention::is_erased(&after) {
                (sent.subject, sent.text, sent.to, sent.message_id) = (None, None, None, None);
            }
            let events = match self.events_of(tx, &after, &sending, moment) {
                Ok((events, _)) => events,
                Err(OpError::Refused(refusal)) => {
                    done.warnings.push(Warning::OnlySent { id, refusal });
                    sending.resolve = None;
                    vec![Event::LetterSent(Box::new(sending.letter.clone()))]
                }
                Err(error) => return Err(error),
            };
            for event in &events {
                after = tx.record(id, event)?;
                done.warnings.extend(warnings(event, &after));
            }
            match self.close_with(tx, &mut after, &sending, moment, &mut done) {
                Err(OpError::Refused(refusal)) => {
                    done.warnings.push(Warning::OnlySent { id, refusal });
                }
                other => other?,
            }
            done.items.push(after);
            Ok(done)
        })
    }

    /// Keeps the letter as one that did not go, in one with the note that it was being sent.
    fn record_failure(&self, posting: &Posting, begun: u64, why: &str) -> Result<(), OpError> {
        let moment = self.clock.moment();
        let message_id = posting.sending.letter.message_id.clone();
        let event = Event::LetterNotSent {
            message_id: message_id.unwrap_or_default(),
            failure: Failure {
                at: moment.now,
                why: why.to_owned(),
            },
            settled: false,
        };
        self.store.write(self.writer(moment), |tx| {
            tx.go_on_with(Some(begun))?;
            tx.record(posting.target.id, &event)?;
            Ok(())
        })
    }

    /// The owner has looked: a letter that was being sent did not go.
    ///
    /// # Errors
    /// [`OpError::Refused`] when none of this type is being sent.
    pub fn note_not_sent(&self, target: Target, letter: LetterType) -> Result<Done, OpError> {
        self.must_write()?;
        let moment = self.clock.moment();
        self.store.write(self.writer(moment), |tx| {
            let item = tx.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
            let event = conduct::not_sent(&item, letter, moment)?;
            let after = tx.record(target.id, &event)?;
            Ok(Done {
                items: vec![after],
                ..Done::default()
            })
        })
    }

    /// What is recorded when the owner has looked, and a letter that was being sent did go: as it was handed over. `None`
    /// when none of this type is being sent, or, without a type, not exactly one.
    pub fn being_sent(item: &Item, letter: Option<LetterType>) -> Option<Sending> {
        let mut open = item.outbox().iter().filter(|outgoing| {
            outgoing.is_open() && letter.is_none_or(|letter| outgoing.letter.letter == letter)
        });
        let (first, more) = (open.next()?, open.next());
        (letter.is_some() || more.is_none()).then(|| Sending {
            letter: first.letter.clone(),
            // It was complete when it was handed over.
            requirements: Vec::new(),
            reason: first.reason.clone(),
            rejection: first.rejection.clone(),
            resolve: None,
        })
    }
}

/// The record after an event that `conduct` has allowed.
fn applied(item: Item, event: &Event) -> Result<Item, StoreError> {
    let id = item.id();
    apply(Some(item), event).map_err(|misapplied| StoreError::Unwritable {
        detail: format!("{id}: {misapplied}"),
    })
}

/// The letter of which nobody knows whether it went, as a refusal to send it: what a screen shows before it offers to.
pub fn open_sending(item: &Item) -> Option<Refusal> {
    let mut outbox = item.outbox().iter();
    let open = outbox.find(|outgoing| outgoing.is_open())?;
    Some(Refusal::of_open_sending(item.id(), open))
}
