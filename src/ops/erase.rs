//! Erasing what has passed its retention date, and one person out of closed cases (RULES §7).
//!
//! What will be done is worked out first, as a value that can be shown; the store then does it in one go, so that no
//! byte is left.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{Desk, OpError};
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::person::{is_address, normalise};
use crate::domain::refusal::Refusal;
use crate::domain::request::Kind;
use crate::domain::retention::{Erasure, Part, retention};
use crate::store::View;

/// What is to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// What has passed its retention date.
    PastRetention,
    /// What closed cases hold on the person with this address.
    Person(String),
}

/// What will be erased, and what will not, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Records of which the texts are erased.
    pub texts: Vec<ItemId>,
    /// Records that are erased but for number, kind, dates, outcome and ground.
    pub records: Vec<ItemId>,
    /// Records whose time is over, each with the access request for which they are kept back (RULES §1.12).
    pub held_back: Vec<(ItemId, ItemId)>,
    /// Records of the person that are left because they are open.
    pub open: Vec<ItemId>,
    /// Records of the person that are left because they are on hold.
    pub on_hold: Vec<ItemId>,
    /// Records of others in which the address stands.
    pub mentioned: Vec<ItemId>,
    /// Changes that can no longer be undone or redone afterwards.
    pub operations: u64,
    /// Drafts that are dropped.
    pub drafts: u64,
    /// Whether the address stands in what is kept for undo, or in a draft.
    pub named_in_undo: bool,
    /// Copies of the store that are deleted, because they hold the same: those set aside, and the daily backups.
    pub beside: Vec<PathBuf>,
    /// What has its time next, and when.
    pub next: Option<(NaiveDate, ItemId)>,
}

/// What was erased.
#[derive(Debug)]
pub struct Erased {
    /// What, and what was left.
    pub plan: Plan,
    /// Whether the daily backups were made anew without it; if not, why.
    pub backups: Result<(), OpError>,
}

impl Plan {
    /// Whether nothing is to be erased.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.records.is_empty() && !self.named_in_undo
    }

    /// Leaves out what was not shown when the owner agreed.
    fn keep_to(&mut self, shown: &Self) {
        self.texts.retain(|id| shown.texts.contains(id));
        self.records.retain(|id| shown.records.contains(id));
    }
}

impl Desk {
    /// What an erasure would do now. Changes nothing.
    ///
    /// # Errors
    /// [`OpError::Refused`] when the person has an open access request, or the address is none.
    pub fn plan_erasure(&self, wanted: &Wanted) -> Result<Plan, OpError> {
        let mut plan = self.store.read(|view| self.plan(view, wanted))?;
        if !plan.is_empty() {
            plan.beside = self.store.copies_beside()?;
            plan.beside.extend(self.rotated()?);
        }
        Ok(plan)
    }

    /// Erases, and gives what was erased: never more than was `shown`, when something was.
    ///
    /// # Errors
    /// As [`Desk::plan_erasure`]; then nothing was erased.
    pub fn erase(&self, wanted: &Wanted, shown: Option<&Plan>) -> Result<Erased, OpError> {
        self.must_write()?;
        let moment = self.clock.moment();
        let (mut plan, beside) = self.store.erase(self.writer(moment), |tx| {
            let mut plan = self.plan(tx, wanted)?;
            if let Some(shown) = shown {
                plan.keep_to(shown);
            }
            if plan.is_empty() {
                return Ok(plan);
            }
            tx.forget();
            for (ids, part) in [(&plan.texts, Part::Texts), (&plan.records, Part::Record)] {
                for id in ids {
                    let on = moment.today;
                    tx.erase(*id, Erasure { part, on })?;
                }
            }
            Ok::<_, OpError>(plan)
        })?;
        plan.beside = beside;
        let mut backups = Ok(());
        if !plan.is_empty() {
            // What was erased must not live on in them (RULES §7).
            plan.beside.extend(self.rotated().unwrap_or_default());
            backups = self.replace_rotated();
        }
        Ok(Erased { plan, backups })
    }

    fn plan(&self, view: &View<'_>, wanted: &Wanted) -> Result<Plan, OpError> {
        let mut plan = match wanted {
            Wanted::PastRetention => self.past_retention(view)?,
            Wanted::Person(address) => person(view, address)?,
        };
        (plan.operations, plan.drafts) = view.kept_for_undo()?;
        Ok(plan)
    }

    fn past_retention(&self, view: &View<'_>) -> Result<Plan, OpError> {
        let mut plan = Plan::default();
        let today = self.clock.moment().today;
        let rules = self.settings.rules;
        for (day, id) in view.to_be_erased(rules)? {
            if day > today {
                plan.next = Some((day, id));
                break;
            }
            let Some(item) = view.get(id)? else { continue };
            let Some(retention) = retention(&item, rules.retention) else {
                continue;
            };
            if let Some(request) = open_access(&view.circle(&item)?) {
                plan.held_back.push((id, request));
            } else if retention.record_on <= today {
                plan.records.push(id);
            } else {
                plan.texts.push(id);
            }
        }
        for ids in [&mut plan.texts, &mut plan.records] {
            ids.sort_unstable();
        }
        plan.held_back.sort_unstable();
        Ok(plan)
    }
}

/// What closed cases hold on a person: the records that carry the address itself, not those of all who share one with it.
fn person(view: &View<'_>, address: &str) -> Result<Plan, OpError> {
    if !is_address(address) {
        return Err(Refusal::NotAnAddress(address.to_owned()).into());
    }
    let mut plan = Plan::default();
    let mut addresses: BTreeSet<String> = [normalise(address), address.to_lowercase()].into();
    let items = view.all_with_address(address)?;
    for item in &items {
        if let Some(request) = open_access(&view.circle(item)?) {
            return Err(Refusal::AccessOpen(request).into());
        }
        // As they were written: `Mette+x@example.dk` is the same address, and stands in other texts than without the tag.
        let own = item.person().emails.iter();
        let same = own.filter(|email| normalise(email) == normalise(address));
        addresses.extend(same.map(|email| email.to_lowercase()));
        let ids = if item.is_open() {
            &mut plan.open
        } else if item.hold().is_some() {
            &mut plan.on_hold
        } else {
            &mut plan.records
        };
        ids.push(item.id());
    }
    let mentions = view.mentions(&addresses)?;
    plan.named_in_undo = mentions.kept_for_undo > 0;
    plan.mentioned = mentions.items;
    plan.mentioned
        .retain(|id| items.iter().all(|item| item.id() != *id));
    Ok(plan)
}

/// An access request among these records that is not answered yet.
fn open_access(circle: &[Item]) -> Option<ItemId> {
    circle.iter().find_map(|item| match item {
        Item::Request(request) if request.kind == Kind::Access && item.is_open() => {
            Some(request.id)
        }
        _ => None,
    })
}
