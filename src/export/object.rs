//! JSON on its way out: names that stand in the program and texts that stand in a record are not copied, as they are in a
//! [`Value`]. A register has some hundred of them for each record.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::domain::ids::ItemId;

/// A value.
#[derive(Debug)]
pub(super) enum Json<'a> {
    /// Absent.
    Null,
    /// A text.
    Text(Cow<'a, str>),
    /// A local date.
    Day(NaiveDate),
    /// An id.
    Id(ItemId),
    /// Several values.
    List(Vec<Json<'a>>),
    /// Values by their names.
    Object(Fields<'a>),
    /// Any other.
    Other(Value),
}

/// The fields of an object, by name.
#[derive(Debug)]
pub(super) struct Fields<'a>(Vec<(&'static str, Json<'a>)>);

impl<'a> Fields<'a> {
    /// Fields in the order of their names, as a [`Value`] would have them.
    pub(super) fn of(mut fields: Vec<(&'static str, Json<'a>)>) -> Self {
        fields.sort_unstable_by_key(|(name, _)| *name);
        Self(fields)
    }

    /// These and others.
    #[must_use]
    pub(super) fn with(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        Self::of(self.0)
    }
}

/// Fields by name, written as they are in `json!`.
macro_rules! fields {
    ({ $($name:literal: $value:expr),* $(,)? }) => {
        $crate::export::object::Fields::of(vec![
            $(($name, $crate::export::object::Json::from($value))),*
        ])
    };
}
pub(super) use fields;

/// What has its own way into JSON: a word, a nested value.
pub(super) fn as_it_is<'a>(value: &impl Serialize) -> Json<'a> {
    // What the domain has can be written: its names are texts.
    serde_json::to_value(value).map_or(Json::Null, Json::Other)
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Day(day) => day.serialize(serializer),
            Self::Id(id) => id.serialize(serializer),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(fields) => fields.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Json<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<NaiveDate> for Json<'_> {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<ItemId> for Json<'_> {
    fn from(id: ItemId) -> Self {
        Self::Id(id)
    }
}

impl<'a> From<Fields<'a>> for Json<'a> {
    fn from(fields: Fields<'a>) -> Self {
        Self::Object(fields)
    }
}

impl<'a, T: Into<Json<'a>>> From<Option<T>> for Json<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<'a, T: Into<Json<'a>>> From<Vec<T>> for Json<'a> {
    fn from(values: Vec<T>) -> Self {
        values.into_iter().collect()
    }
}

impl<'a> From<&'a [String]> for Json<'a> {
    fn from(texts: &'a [String]) -> Self {
        texts.iter().collect()
    }
}

impl<'a, T: Into<Json<'a>>> FromIterator<T> for Json<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

macro_rules! plain {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Json<'_> {
            fn from(value: $kind) -> Self {
                Self::Other(value.into())
            }
        })*
    };
}

plain!(bool, u32, u64, usize, i64);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_written_as_those_of_a_value() {
        let emails = ["a@b.dk".to_owned(), "=\"\u{1}æ".to_owned()];
        let day = NaiveDate::from_ymd_opt(2026, 11, 23);
        let own = fields!({
            "on": day,
            "absent": None::<&str>,
            "emails": &emails[..],
            "inner": fields!({"z": 3_usize, "a": true}),
            "word": as_it_is(&Some(crate::domain::request::Kind::NameRedaction)),
        })
        .with(
            fields!({"id": "R-2026-0001".parse::<crate::domain::ids::IdPattern>().unwrap().full()}),
        );
        let value = json!({
            "on": day,
            "absent": null,
            "emails": emails,
            "inner": {"z": 3, "a": true},
            "word": "name-redaction",
            "id": "R-2026-0001",
        });
        let text = |it: &dyn Fn() -> serde_json::Result<String>| it().unwrap();
        assert_eq!(
            text(&|| serde_json::to_string_pretty(&own)),
            text(&|| serde_json::to_string_pretty(&value))
        );
    }
}
