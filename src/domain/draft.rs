//! A half-written text of a dialog, kept so that a dropped line, a killed program or a wrong key does not cost it.
//!
//! A draft is no record: it has no version, no history and no undo, and nothing in it has been decided. It may hold
//! personal data, so it does not live long, and never a CPR number (RULES §2).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::cpr::holds_cpr_begun;
use super::ids::ItemId;
use super::refusal::Refusal;

/// Days after which a draft that nobody took up again is dropped, the next time the terminal UI starts.
pub const DAYS_KEPT: i64 = 14;

/// Where a draft belongs: there is at most one for each dialog about each record, and the last writer wins.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The word of the dialog: `note`, `reject`, `new-request`.
    pub form: String,
    /// The record it is about; `None` for a new one.
    pub on: Option<ItemId>,
    /// The task of the record it is about, by its id; or the letter, by its type and language: `answer.da`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
}

/// What stands in a dialog: the fields by name, in their order.
pub type Fields = Vec<(String, String)>;

/// A half-written text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Where it belongs.
    pub place: Place,
    /// The version of the record that was on the screen.
    pub seen: Option<u64>,
    /// The texts.
    pub fields: Fields,
    /// When it was written.
    pub at: DateTime<Utc>,
}

impl Draft {
    /// Whether it has become too old to be offered.
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        now.signed_duration_since(self.at) > TimeDelta::days(DAYS_KEPT)
    }
}

/// Whether these texts may lie in the store: a CPR number may not, finished or half typed.
///
/// A draft is written while somebody types, so a number of which the last digit is still missing counts as well.
pub fn may_be_stored(fields: &Fields) -> Result<(), Refusal> {
    if fields.iter().any(|(_, text)| holds_cpr_begun(text)) {
        return Err(Refusal::CprNumber);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fortnight_is_not_too_old_and_a_day_more_is() {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let place = Place {
            form: "note".into(),
            on: None,
            task: None,
        };
        let draft = Draft {
            place,
            seen: None,
            fields: Vec::new(),
            at,
        };
        assert!(!draft.is_stale(at + TimeDelta::days(DAYS_KEPT)));
        assert!(draft.is_stale(at + TimeDelta::days(DAYS_KEPT + 1)));
        // A clock that was put back makes nothing old.
        assert!(!draft.is_stale(at - TimeDelta::days(100)));
    }

    #[test]
    fn a_cpr_number_is_not_stored_not_even_half_of_it() {
        let fields = |text: &str| vec![("text".to_owned(), text.to_owned())];
        for text in [
            "010180-1234",
            "ringede: 010180-123",
            "010180-1",
            "010180-1 og",
        ] {
            assert!(may_be_stored(&fields(text)).is_err(), "{text}");
        }
        for text in ["", "010180", "010180-", "990180-12", "tlf. 331932-00123"] {
            assert!(may_be_stored(&fields(text)).is_ok(), "{text}");
        }
    }
}
