//! Every table of the file, in format 5. Private to the store.
//!
//! Keys are numbers: an address as a key would leave copies in branch pages that no erasure reaches, so people are
//! found through keyed digests. Values that hold more than a number are enveloped by `codec`.

use redb::TableDefinition;

/// The format written by this program. A file with a greater one is refused.
pub(super) const FORMAT: u32 = 5;

/// Single values: `format` (four bytes, little endian, never enveloped), `generation`, `rules` (those the indexes were
/// made with), `secret`, `undo`, `visit` (when the screen was last opened), and `mailbox:` with the keyed digest of a mailbox: how far it was read.
pub(super) const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");
pub(super) const META_FORMAT: &str = "format";
pub(super) const META_GENERATION: &str = "generation";
pub(super) const META_RULES: &str = "rules";
pub(super) const META_SECRET: &str = "secret";
pub(super) const META_UNDO: &str = "undo";
pub(super) const META_VISIT: &str = "visit";
pub(super) const META_MAILBOX: &str = "mailbox:";

/// (type, year) → the last number given out.
pub(super) const COUNTERS: TableDefinition<'_, (u8, u16), u32> = TableDefinition::new("counters");

/// (scope, open) → how many. Scope 0 is everything, else the type's tag.
pub(super) const COUNTS: TableDefinition<'_, (u8, bool), u64> = TableDefinition::new("counts");

/// id → the record.
pub(super) const ITEMS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("items");

/// (scope, day of attention, id) → (day of `act_by`, day of `due`), both 0 when none follow yet. Open records only.
pub(super) const OPEN: TableDefinition<'_, (u8, u32, u64), (u32, u32)> =
    TableDefinition::new("open");

/// id → (day of attention, day of `act_by`, day of `due`) under which [`OPEN`] has it.
pub(super) const ATTENTION: TableDefinition<'_, u64, (u32, u32, u32)> =
    TableDefinition::new("attention");

/// (scope, day of attention, day of `act_by`, day of `due`) → how many [`OPEN`] has of them: what is counted by days is
/// counted here, and costs the same with ten open records and with thirty thousand.
pub(super) const LOAD: TableDefinition<'_, (u8, u32, u32, u32), u64> = TableDefinition::new("load");

/// (scope, inverted day of closing, inverted id) → nothing: closed records, latest first.
pub(super) const CLOSED: TableDefinition<'_, (u8, u32, u64), ()> = TableDefinition::new("closed");

/// (scope, inverted day of closing) → how many [`CLOSED`] has of them, to find the hundred-thousandth.
pub(super) const CLOSED_ON: TableDefinition<'_, (u8, u32), u64> = TableDefinition::new("closed_on");

/// (day of the next step of its erasing, id) → nothing: closed records that are not on hold (RULES §7).
pub(super) const RETENTION: TableDefinition<'_, (u32, u64), ()> = TableDefinition::new("retention");

/// A span of days (`spans`) → how many [`RETENTION`] has in it.
pub(super) const RETENTION_ON: TableDefinition<'_, (u8, u32), u64> =
    TableDefinition::new("retention_on");

/// (keyed digest of a normalised address, id) → nothing.
pub(super) const PERSONS: TableDefinition<'_, (u64, u64), ()> = TableDefinition::new("persons");

/// Keyed digest of a mail, or of the row of a list → the record that was made of it.
pub(super) const SEEN: TableDefinition<'_, u128, u64> = TableDefinition::new("seen");

/// (keyed digest of a Message-ID, id) → nothing: the cases to which answers to that mail belong.
pub(super) const MESSAGES: TableDefinition<'_, (u128, u64), ()> = TableDefinition::new("messages");

/// Number → history entry.
pub(super) const HISTORY: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("history");

/// (id, history number) → nothing.
pub(super) const HISTORY_OF: TableDefinition<'_, (u64, u64), ()> =
    TableDefinition::new("history_of");

/// Number → what an operation changed, with the records as they were before.
pub(super) const OPERATIONS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("operations");

/// Slot → a text somebody was writing when the terminal was lost, until it is taken up again or thrown away.
pub(super) const DRAFTS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("drafts");

/// (key of a content, number of the piece) → a piece of the file. The key is a keyed digest of the whole content, so that
/// what was changed is noticed and the same file is kept once.
pub(super) const FILES: TableDefinition<'_, (u128, u32), &[u8]> = TableDefinition::new("files");

/// (key of a content, id) → nothing: the records that have the file. What only undo still needs is in no row.
pub(super) const FILES_OF: TableDefinition<'_, (u128, u64), ()> = TableDefinition::new("files_of");

/// (segment, group of terms) → in which records of the segment each term stands; see `search`.
pub(super) const SEARCH: TableDefinition<'_, (u32, u8), &[u8]> = TableDefinition::new("search");

/// Segment → the records in it.
pub(super) const SEARCHED: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("searched");

/// id → nothing: records that came or were changed since, and are in no segment as they are now.
pub(super) const UNSEARCHED: TableDefinition<'_, u64, ()> = TableDefinition::new("unsearched");

/// id → nothing: records of whose earlier texts a segment may still tell. The next erasure takes that out.
pub(super) const SEARCHED_BEFORE: TableDefinition<'_, u64, ()> =
    TableDefinition::new("searched_before");

/// The scope that holds every type.
pub(super) const EVERYTHING: u8 = 0;

/// Does something with every table, [`META`] among them: what is made with a file, copied, and checked.
macro_rules! for_every_table {
    ($do:ident) => {
        $do!(META);
        $do!(COUNTERS);
        $do!(COUNTS);
        $do!(ITEMS);
        $do!(OPEN);
        $do!(ATTENTION);
        $do!(LOAD);
        $do!(CLOSED);
        $do!(CLOSED_ON);
        $do!(RETENTION);
        $do!(RETENTION_ON);
        $do!(PERSONS);
        $do!(SEEN);
        $do!(MESSAGES);
        $do!(HISTORY);
        $do!(HISTORY_OF);
        $do!(OPERATIONS);
        $do!(DRAFTS);
        $do!(FILES);
        $do!(FILES_OF);
        $do!(SEARCH);
        $do!(SEARCHED);
        $do!(UNSEARCHED);
        $do!(SEARCHED_BEFORE);
    };
}

pub(super) use for_every_table;
