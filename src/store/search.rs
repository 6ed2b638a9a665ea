//! The index of the words: by it a search reads the records that may have a text, not all there are.
//!
//! Records are searched for any part of a word, so what is indexed is every three bytes in a row that stand in a word
//! (a term), as [`fold`] spells it. A thousand records make a segment, written once: for each term, in which of them it
//! stands. What came or was changed since waits in `UNSEARCHED` and is read by every search, until there is enough of it
//! for another segment; so a change costs no more than a row, and a small store has no segments at all.
//!
//! Terms only rule records out. Whether one has the text is read in the record, so an earlier text of a record that a
//! segment still tells of does no harm; an erasure takes it out all the same ([`forget`]).

use std::collections::{BTreeMap, BTreeSet};

use redb::{ReadableTable, ReadableTableMetadata, WriteTransaction};

use super::tables::{SEARCH, SEARCHED, SEARCHED_BEFORE, UNSEARCHED};
use super::view::{View, with_table};
use super::{StoreError, codec};
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::request::Kind;
use crate::domain::text::fold;

/// How many records make a segment; fewer in the tests, so that a handful of changes fill one.
pub(super) const SEGMENT: usize = if cfg!(test) { 160 } else { 1024 };
/// At most so many segments are made in one change: after a conversion there is more to do than anybody wants to wait for.
const AT_ONCE: usize = 4;
/// A term in more records than this is shorter as a row of bits.
const SPARSE: usize = SEGMENT / 8;
/// The terms that stand for kinds begin here, where no three bytes are.
const KINDS: u32 = 1 << 24;

/// The records of a segment in which a term stands, a bit for each.
pub(super) type Bits = [u8; SPARSE];

/// The terms of a folded text.
fn terms_of(folded: &str) -> impl Iterator<Item = u32> {
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    folded
        .as_bytes()
        .windows(3)
        .filter(move |three| three.iter().all(in_word))
        .map(|three| {
            three
                .iter()
                .fold(0, |term, byte| term << 8 | u32::from(*byte))
        })
}

/// The numbers stand in the index of every store: each kind keeps its own, and a new one gets the next.
fn term_of_kind(kind: Kind) -> u32 {
    let number = match kind {
        Kind::Access => 0,
        Kind::Withdrawal => 1,
        Kind::Erasure => 2,
        Kind::Rectification => 3,
        Kind::Restriction => 4,
        Kind::Portability => 5,
        Kind::Objection => 6,
        Kind::NameRedaction => 7,
        Kind::Complaint => 8,
        Kind::Other => 9,
    };
    KINDS + number
}

fn terms_of_item(item: &Item) -> BTreeSet<u32> {
    let id = fold(&item.id().to_string());
    let mut terms: BTreeSet<u32> = terms_of(&id).collect();
    for text in item.texts() {
        terms.extend(terms_of(&fold(text)));
    }
    terms.extend(kind_of(item).map(term_of_kind));
    terms
}

fn kind_of(item: &Item) -> Option<Kind> {
    match item {
        Item::Request(request) => Some(request.kind),
        _ => None,
    }
}

/// The group in whose value a term stands; neighbours in the alphabet are apart.
fn group_of(term: u32) -> u8 {
    term.wrapping_mul(0x9e37_79b1).to_be_bytes()[0]
}

/// Notes that a record is to be searched as it is now.
pub(super) fn index(
    write: &WriteTransaction,
    id: ItemId,
    before: Option<&Item>,
    after: Option<&Item>,
) -> Result<(), StoreError> {
    if let (Some(before), Some(after)) = (before, after)
        && kind_of(before) == kind_of(after)
        && before.texts().eq(after.texts())
    {
        return Ok(());
    }
    let mut unsearched = write.open_table(UNSEARCHED)?;
    let waited = match after {
        Some(_) => unsearched.insert(id.key(), ())?.is_some(),
        None => unsearched.remove(id.key())?.is_some(),
    };
    if before.is_some() && !waited {
        write.open_table(SEARCHED_BEFORE)?.insert(id.key(), ())?;
    }
    Ok(())
}

/// Makes segments of what waits, where there is enough of it.
pub(super) fn settle(write: &WriteTransaction, view: &View<'_>) -> Result<(), StoreError> {
    for _ in 0..AT_ONCE {
        let waiting: Vec<u64> = {
            let unsearched = write.open_table(UNSEARCHED)?;
            if unsearched.len()? < SEGMENT as u64 {
                return Ok(());
            }
            let first = unsearched.iter()?.take(SEGMENT);
            let keys = first.map(|row| row.map(|(key, _)| key.value()));
            keys.collect::<Result<_, _>>()?
        };
        let mut groups: BTreeMap<u8, BTreeMap<u32, Vec<u16>>> = BTreeMap::new();
        for (place, key) in (0..).zip(&waiting) {
            let item = ItemId::from_key(*key).map(|id| view.get(id)).transpose()?;
            for term in item.flatten().iter().flat_map(terms_of_item) {
                let group = groups.entry(group_of(term)).or_default();
                group.entry(term).or_default().push(place);
            }
        }
        let mut searched = write.open_table(SEARCHED)?;
        let segment = searched.last()?.map_or(0, |(number, _)| number.value() + 1);
        let keys: Vec<u8> = waiting.iter().flat_map(|key| key.to_le_bytes()).collect();
        searched.insert(segment, codec::seal(&keys).as_slice())?;
        let mut table = write.open_table(SEARCH)?;
        for (group, terms) in &groups {
            let value = codec::seal(&written(terms));
            table.insert((segment, *group), value.as_slice())?;
        }
        let mut unsearched = write.open_table(UNSEARCHED)?;
        for key in &waiting {
            unsearched.remove(*key)?;
        }
    }
    Ok(())
}

/// Takes out of the segments what they tell of records that are other now, or gone; those that are there wait again.
pub(super) fn forget(write: &WriteTransaction, view: &View<'_>) -> Result<(), StoreError> {
    let mut before = write.open_table(SEARCHED_BEFORE)?;
    let gone: BTreeSet<u64> = before
        .iter()?
        .map(|row| row.map(|(key, _)| key.value()))
        .collect::<Result<_, _>>()?;
    if gone.is_empty() {
        return Ok(());
    }
    before.retain(|_, ()| false)?;
    let mut searched = write.open_table(SEARCHED)?;
    let mut changed = Vec::new();
    for row in searched.iter()? {
        let (segment, value) = row?;
        let mut keys = keys_of(segment.value(), value.value())?;
        let mut places = [0; SPARSE];
        for (place, key) in keys.iter_mut().enumerate() {
            if gone.contains(key) {
                set(&mut places, place);
                *key = 0;
            }
        }
        if places != [0; SPARSE] {
            changed.push((segment.value(), keys, places));
        }
    }
    let mut table = write.open_table(SEARCH)?;
    for (segment, keys, places) in changed {
        let keys: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
        searched.insert(segment, codec::seal(&keys).as_slice())?;
        for group in 0..=u8::MAX {
            let Some(value) = table.get((segment, group))?.map(|it| it.value().to_vec()) else {
                continue;
            };
            let mut terms = BTreeMap::new();
            for (term, bits) in read(segment, &value)? {
                let left = (0..SEGMENT).filter(|place| has(&bits, *place) && !has(&places, *place));
                let left: Vec<u16> = left.filter_map(|place| u16::try_from(place).ok()).collect();
                if !left.is_empty() {
                    terms.insert(term, left);
                }
            }
            table.insert((segment, group), codec::seal(&written(&terms)).as_slice())?;
        }
    }
    let mut unsearched = write.open_table(UNSEARCHED)?;
    for key in gone {
        let id = ItemId::from_key(key);
        if id
            .map(|id| view.exists(id))
            .transpose()?
            .unwrap_or_default()
        {
            unsearched.insert(key, ())?;
        }
    }
    Ok(())
}

/// What is looked for by the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(Vec<u32>);

impl Terms {
    /// The terms without which a record neither has the (folded) text nor is of the kind; `None` when there are none, so that
    /// the index rules nothing out.
    pub fn of(needle: Option<&str>, kind: Option<Kind>) -> Option<Self> {
        let mut terms: BTreeSet<u32> = kind.map(term_of_kind).into_iter().collect();
        terms.extend(needle.into_iter().flat_map(terms_of));
        (!terms.is_empty()).then(|| Self(terms.into_iter().collect()))
    }
}

impl View<'_> {
    /// The records that may have all of these terms, in the order of their keys.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when a part of the index cannot be read.
    pub fn candidates(&self, terms: &Terms) -> Result<Vec<ItemId>, StoreError> {
        let mut found = Vec::new();
        with_table!(self, SEARCHED, |searched| {
            with_table!(self, SEARCH, |table| {
                for row in searched.iter()? {
                    let (segment, keys) = row?;
                    let segment = segment.value();
                    let mut all = [u8::MAX; SPARSE];
                    for term in &terms.0 {
                        let bits = match table.get((segment, group_of(*term)))? {
                            Some(value) => bits_of(segment, value.value(), *term)?,
                            None => None,
                        };
                        let bits = bits.unwrap_or([0; SPARSE]);
                        for (all, bits) in all.iter_mut().zip(bits) {
                            *all &= bits;
                        }
                        if all == [0; SPARSE] {
                            break;
                        }
                    }
                    if all != [0; SPARSE] {
                        let keys = keys_of(segment, keys.value())?;
                        let here = (0..).zip(keys).filter(|(place, _)| has(&all, *place));
                        found.extend(here.map(|(_, key)| key));
                    }
                }
            });
        });
        with_table!(self, UNSEARCHED, |table| {
            for row in table.iter()? {
                found.push(row?.0.value());
            }
        });
        found.sort_unstable();
        found.dedup();
        Ok(found.into_iter().filter_map(ItemId::from_key).collect())
    }
}

fn damaged(segment: u32) -> StoreError {
    StoreError::Damaged {
        place: format!("search, {segment}"),
    }
}

/// The records of a segment; 0 stands for one that was forgotten.
pub(super) fn keys_of(segment: u32, value: &[u8]) -> Result<Vec<u64>, StoreError> {
    let bytes = codec::unseal(value).ok_or_else(|| damaged(segment))?;
    let (keys, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() || keys.len() > SEGMENT {
        return Err(damaged(segment));
    }
    Ok(keys.iter().map(|key| u64::from_le_bytes(*key)).collect())
}

fn set(bits: &mut Bits, place: usize) {
    if let Some(byte) = bits.get_mut(place / 8) {
        *byte |= 1 << (place % 8);
    }
}

fn has(bits: &Bits, place: usize) -> bool {
    bits.get(place / 8)
        .is_some_and(|byte| byte & (1 << (place % 8)) != 0)
}

/// The terms of a group: `[term u32][length u8][places]`, where the places are the distances from one to the next in
/// seven bits and seven more, or `SPARSE` bytes of bits.
fn written(terms: &BTreeMap<u32, Vec<u16>>) -> Vec<u8> {
    let mut value = Vec::new();
    for (term, places) in terms {
        let mut steps = Vec::new();
        let mut next = 0;
        for place in places {
            let step = place - next;
            next = place + 1;
            let low = u8::try_from(step & 0x7f).unwrap_or_default();
            match u8::try_from(step >> 7) {
                Ok(0) | Err(_) => steps.push(low),
                Ok(high) => steps.extend([low | 0x80, high]),
            }
        }
        if steps.len() >= SPARSE {
            let mut bits = [0; SPARSE];
            for place in places {
                set(&mut bits, usize::from(*place));
            }
            steps = bits.to_vec();
        }
        value.extend(term.to_le_bytes());
        value.push(u8::try_from(steps.len()).unwrap_or_default());
        value.extend(steps);
    }
    value
}

/// The terms of a group one after another, with their places as they are written.
struct Written<'v> {
    segment: u32,
    rest: &'v [u8],
}

impl<'v> Written<'v> {
    fn of(segment: u32, value: &'v [u8]) -> Result<Self, StoreError> {
        let rest = codec::unseal(value).ok_or_else(|| damaged(segment))?;
        Ok(Self { segment, rest })
    }

    fn next(&mut self) -> Result<Option<(u32, &'v [u8])>, StoreError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let parts = self.rest.split_first_chunk::<4>().and_then(|(term, rest)| {
            let (length, rest) = rest.split_first()?;
            let (places, rest) = rest.split_at_checked(usize::from(*length))?;
            Some((u32::from_le_bytes(*term), places, rest))
        });
        let (term, places, rest) = parts.ok_or_else(|| damaged(self.segment))?;
        self.rest = rest;
        Ok(Some((term, places)))
    }
}

fn bits_from(places: &[u8]) -> Bits {
    if let Ok(bits) = Bits::try_from(places) {
        return bits;
    }
    let mut bits = [0; SPARSE];
    let mut next = 0;
    let mut bytes = places.iter();
    while let Some(low) = bytes.next() {
        let high = if low & 0x80 == 0 {
            0
        } else {
            bytes.next().copied().unwrap_or_default()
        };
        let place = next + usize::from(low & 0x7f) + (usize::from(high) << 7);
        set(&mut bits, place);
        next = place + 1;
    }
    bits
}

fn bits_of(segment: u32, value: &[u8], wanted: u32) -> Result<Option<Bits>, StoreError> {
    let mut written = Written::of(segment, value)?;
    while let Some((term, places)) = written.next()? {
        if term == wanted {
            return Ok(Some(bits_from(places)));
        }
    }
    Ok(None)
}

/// Every term of a group, and where it stands.
pub(super) fn read(segment: u32, value: &[u8]) -> Result<Vec<(u32, Bits)>, StoreError> {
    let mut written = Written::of(segment, value)?;
    let mut terms = Vec::new();
    while let Some((term, places)) = written.next()? {
        terms.push((term, bits_from(places)));
    }
    Ok(terms)
}

/// Whether a segment with these terms tells all of a record at a place in it.
pub(super) fn is_told(item: &Item, terms: &BTreeMap<u32, Bits>, place: usize) -> bool {
    let of_item = terms_of_item(item);
    let mut told = of_item.iter().map(|term| terms.get(term));
    told.all(|bits| bits.is_some_and(|bits| has(bits, place)))
}
