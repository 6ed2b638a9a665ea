//! Ids of the things the program keeps: `R-2026-0001` requests, `V-2026-0001` recordings, `N-2026-0001` opt-outs,
//! `M-2026-0001` mails that were set aside.
//!
//! Numbers run per type and per year of registration and are never used again. Which short form means which
//! record depends on what is in the store, so that question is left to the store; here a short form is only read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The kinds of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemType {
    /// A data subject's request, `R-…`.
    Request,
    /// The recording of a session, `V-…`.
    Recording,
    /// A newsletter opt-out, `N-…`.
    OptOut,
    /// A mail that was set aside, `M-…`.
    Mail,
}

impl ItemType {
    /// All types: first those that are worked, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Request, Self::Recording, Self::OptOut, Self::Mail];
    /// The types that are worked, in the order of the tabs.
    pub const WORKED: [Self; 3] = [Self::Request, Self::Recording, Self::OptOut];

    /// The letter that starts an id of this type.
    pub const fn letter(self) -> char {
        match self {
            Self::Request => 'R',
            Self::Recording => 'V',
            Self::OptOut => 'N',
            Self::Mail => 'M',
        }
    }

    /// The word used in JSON: `request`, `recording`, `optout`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Recording => "recording",
            Self::OptOut => "optout",
            Self::Mail => "mail",
        }
    }

    /// A stable number for store keys; never renumber.
    pub const fn tag(self) -> u8 {
        match self {
            Self::Request => 1,
            Self::Recording => 2,
            Self::OptOut => 3,
            Self::Mail => 4,
        }
    }

    fn from_tag(tag: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }

    fn from_letter(letter: char) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.letter() == letter.to_ascii_uppercase())
    }
}

/// The id of one record. Its text form is `R-2026-0001`; numbers past 9999 simply grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId {
    /// What it names.
    pub item_type: ItemType,
    /// The local year in which it was registered.
    pub year: u16,
    /// Its number within type and year, from 1.
    pub number: u32,
}

impl ItemId {
    /// The key under which the store keeps the record: type, year and number in one integer, so that keys hold no person.
    pub const fn key(self) -> u64 {
        ((self.item_type.tag() as u64) << 56) | ((self.year as u64) << 32) | self.number as u64
    }

    /// The id a store key stands for, or `None` when the key is none of ours.
    pub fn from_key(key: u64) -> Option<Self> {
        let item_type = ItemType::from_tag(u8::try_from(key >> 56).ok()?)?;
        let year = u16::try_from((key >> 32) & 0x00ff_ffff).ok()?;
        let number = u32::try_from(key & 0xffff_ffff).ok()?;
        Some(Self {
            item_type,
            year,
            number,
        })
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!(
            "{}-{:04}-{:04}",
            self.item_type.letter(),
            self.year,
            self.number
        );
        f.pad(&text)
    }
}

impl Serialize for ItemId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ItemId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wanted = IdPattern::from_str(&text).map_err(serde::de::Error::custom)?;
        wanted
            .full()
            .ok_or_else(|| serde::de::Error::custom("an id needs its type and year"))
    }
}

/// What a person typed to name a record: `R-2026-0001`, `r1`, `R-1`, `2026-1`, `1`, in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdPattern {
    /// The type, when a letter was given.
    pub item_type: Option<ItemType>,
    /// The year, when one was given.
    pub year: Option<u16>,
    /// The number.
    pub number: u32,
}

impl IdPattern {
    /// The id itself when nothing is left open.
    pub fn full(self) -> Option<ItemId> {
        Some(ItemId {
            item_type: self.item_type?,
            year: self.year?,
            number: self.number,
        })
    }

    /// Whether `id` could be what was meant.
    pub fn matches(self, id: ItemId) -> bool {
        self.number == id.number
            && self.item_type.is_none_or(|wanted| wanted == id.item_type)
            && self.year.is_none_or(|wanted| wanted == id.year)
    }
}

/// The text is no id in any form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: {0}")]
pub struct NotAnId(pub String);

impl FromStr for IdPattern {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let refuse = || NotAnId(text.to_owned());
        let trimmed = text.trim();
        let (item_type, rest) = match trimmed.chars().next() {
            Some(letter) if letter.is_ascii_alphabetic() => {
                let item_type = ItemType::from_letter(letter).ok_or_else(refuse)?;
                let rest = trimmed.get(1..).unwrap_or_default();
                (Some(item_type), rest.strip_prefix('-').unwrap_or(rest))
            }
            _ => (None, trimmed),
        };
        let (year, number) = match rest.split_once('-') {
            Some((year, number)) => (Some(digits(year).ok_or_else(refuse)?), number),
            None => (None, rest),
        };
        let number = digits(number).ok_or_else(refuse)?;
        let year = year.map(u16::try_from).transpose().map_err(|_| refuse())?;
        Ok(Self {
            item_type,
            year,
            number,
        })
    }
}

/// A run of ASCII digits as a number; `None` for anything else, signs and blanks included.
fn digits(text: &str) -> Option<u32> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> IdPattern {
        text.parse().unwrap()
    }

    #[test]
    fn an_id_reads_back_as_it_prints() {
        let id = ItemId {
            item_type: ItemType::Recording,
            year: 2026,
            number: 12,
        };
        assert_eq!(id.to_string(), "V-2026-0012");
        assert_eq!(pattern("v-2026-0012").full(), Some(id));
        assert_eq!(ItemId::from_key(id.key()), Some(id));
    }

    #[test]
    fn short_forms_leave_open_what_was_not_said() {
        let id = ItemId {
            item_type: ItemType::Request,
            year: 2026,
            number: 1,
        };
        for text in ["r1", "R-1", "2026-1", "1", "R-2026-1", " r-2026-0001 "] {
            assert!(pattern(text).matches(id), "{text}");
        }
        assert!(!pattern("v1").matches(id));
        assert!(!pattern("2025-1").matches(id));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "x1",
            "R",
            "R-",
            "R-2026-",
            "R--1",
            "R-+1",
            "-1",
            "R-2026-1-1",
            "æ1",
        ] {
            assert!(text.parse::<IdPattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn keys_sort_by_type_year_number() {
        let key = |item_type, year, number| {
            ItemId {
                item_type,
                year,
                number,
            }
            .key()
        };
        assert!(key(ItemType::Request, 2026, 9) < key(ItemType::Request, 2026, 10));
        assert!(key(ItemType::Request, 2026, 10_000) < key(ItemType::Request, 2027, 1));
        assert!(key(ItemType::Request, 2099, 1) < key(ItemType::Recording, 2018, 1));
        assert_eq!(ItemId::from_key(0), None);
    }
}
