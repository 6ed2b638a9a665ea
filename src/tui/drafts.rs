//! Half-written texts as the screen knows them: those that lie in the store, and those that are only here.
//!
//! An open form is its own draft until it is handed over to be kept; what could not be kept, or must not be, stays here
//! and is asked about before the program is left.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::msg::Effect;
use crate::domain::draft::{Draft, Fields, Place, may_be_stored};
use crate::domain::ids::ItemId;

/// A text to be kept in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unkept {
    /// Where it belongs.
    pub place: Place,
    /// The version of the record that was on the screen.
    pub seen: Option<u64>,
    /// The texts.
    pub fields: Fields,
}

/// Why a text is only here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It is on its way to the store.
    UnderWay,
    /// The store was busy, or the disk full.
    Failed,
    /// It holds what looks like a CPR number, which is never written (RULES §2).
    NeverWritten,
}

/// A text that is taken up again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The texts.
    pub fields: Fields,
    /// The version of the record that was on the screen then.
    pub seen: Option<u64>,
    /// When it was written; `None` when it never left this screen.
    pub at: Option<DateTime<Utc>>,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Drafts {
    stored: Vec<Draft>,
    here: BTreeMap<Place, (Unkept, Why)>,
}

impl Drafts {
    /// Takes in what lies in the store now.
    pub fn take(&mut self, stored: Vec<Draft>) {
        self.stored = stored;
    }

    /// Those in the store, the latest first.
    pub fn stored(&self) -> &[Draft] {
        &self.stored
    }

    /// Those in the store that are about a record.
    pub fn on(&self, id: ItemId) -> impl Iterator<Item = &Draft> {
        let about = move |draft: &&Draft| draft.place.on == Some(id);
        self.stored.iter().filter(about)
    }

    /// The one of a place; what is only here is newer than what is in the store.
    pub fn find(&self, place: &Place) -> Option<Found> {
        if let Some((unkept, _)) = self.here.get(place) {
            return Some(Found {
                fields: unkept.fields.clone(),
                seen: unkept.seen,
                at: None,
            });
        }
        self.in_store(place).map(|draft| Found {
            fields: draft.fields.clone(),
            seen: draft.seen,
            at: Some(draft.at),
        })
    }

    /// The one of a place in the store.
    pub fn in_store(&self, place: &Place) -> Option<&Draft> {
        self.stored.iter().find(|draft| draft.place == *place)
    }

    /// Keeps a text: here until the store has it. Gives what is to be done for that, or nothing where it must never be
    /// written.
    pub fn keep(&mut self, unkept: Unkept) -> Option<Effect> {
        let why = match may_be_stored(&unkept.fields) {
            Ok(()) => Why::UnderWay,
            Err(_) => Why::NeverWritten,
        };
        let effect = (why == Why::UnderWay).then(|| Effect::KeepDraft(unkept.clone()));
        self.here.insert(unkept.place.clone(), (unkept, why));
        effect
    }

    /// The store has it.
    pub fn kept(&mut self, draft: Draft) {
        // What was typed since is another text, on its way itself.
        let same = |(unkept, _): &(Unkept, Why)| unkept.fields == draft.fields;
        if self.here.get(&draft.place).is_some_and(same) {
            self.here.remove(&draft.place);
        }
        self.stored.retain(|other| other.place != draft.place);
        self.stored.insert(0, draft);
    }

    /// The store could not take it.
    pub fn failed(&mut self, place: &Place) {
        if let Some((_, why)) = self.here.get_mut(place)
            && *why == Why::UnderWay
        {
            *why = Why::Failed;
        }
    }

    /// It became a record, or was thrown away.
    pub fn forget(&mut self, place: &Place) {
        self.here.remove(place);
        self.stored.retain(|draft| draft.place != *place);
    }

    /// The store no longer has it; what was typed since may be on its way.
    pub fn dropped(&mut self, place: &Place) {
        self.stored.retain(|draft| draft.place != *place);
    }

    /// Whether one is on its way.
    pub fn is_under_way(&self) -> bool {
        self.here.values().any(|(_, why)| *why == Why::UnderWay)
    }

    /// Whether the text of a place could not be kept.
    pub fn has_failed(&self, place: &Place) -> bool {
        matches!(self.here.get(place), Some((_, Why::Failed)))
    }

    /// How many would be lost if the program ended now.
    pub fn only_here(&self) -> usize {
        self.here.len()
    }

    /// Tries once more to keep what could not be kept.
    pub fn try_again(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (unkept, why) in self.here.values_mut() {
            if *why == Why::Failed {
                *why = Why::UnderWay;
                effects.push(Effect::KeepDraft(unkept.clone()));
            }
        }
        effects
    }
}
