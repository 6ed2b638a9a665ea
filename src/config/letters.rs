//! Who writes the letters, and what they say where that is the owner's to decide.

use std::fmt;

use chrono::NaiveDate;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{ConfigProblem, value};
use crate::domain::person::{ByLanguage, Language, is_address, languages};

/// Days that a service has for its answer.
const PROCESSOR_DAYS: u16 = 14;

/// Who writes the letters; what is not said is `None`, and a letter that needs it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// Name.
    pub name: Option<String>,
    /// Postal address, in one line.
    pub address: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Website.
    pub site: Option<String>,
}

impl Controller {
    /// Without blanks and empty texts, which say nothing.
    pub(super) fn checked(self, problems: &mut Vec<ConfigProblem>) -> Self {
        let said = |text: Option<String>| {
            let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(text).filter(|text| !text.is_empty())
        };
        let email = said(self.email);
        if let Some(bad) = email.as_deref().filter(|email| !is_address(email)) {
            problems.push(value("controller.email", bad, "kontakt@example.dk"));
        }
        Self {
            name: said(self.name),
            address: said(self.address),
            email,
            phone: said(self.phone),
            site: said(self.site),
        }
    }
}

/// What letters say where that is for the owner to decide (the ⚙ of RULES §5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterSettings {
    /// Where to complain; what is not said is a text of the program.
    pub complaint: ByLanguage<Option<String>>,
    /// Local date on which the owner last looked whether that is still so.
    pub complaint_checked: Option<NaiveDate>,
    /// Days that a service has for its answer.
    pub processor_days: u16,
}

impl Default for LetterSettings {
    fn default() -> Self {
        Self {
            complaint: ByLanguage::default(),
            complaint_checked: None,
            processor_days: PROCESSOR_DAYS,
        }
    }
}

/// The table as it is written.
#[derive(Debug, Default)]
pub(super) struct WrittenLetters {
    complaint: ByLanguage<Option<String>>,
    complaint_checked: Option<String>,
    processor_days: Option<i64>,
}

/// A name in the table. They are read by hand, because one of them stands for every language there is.
enum Name {
    Complaint(Language),
    ComplaintChecked,
    ProcessorDays,
}

impl Name {
    const ALL: &[&str] = {
        macro_rules! names {
            ($($name:ident $code:literal $called:literal,)+) => {
                &[$(concat!("complaint_", $code),)+ "complaint_checked", "processor_days"]
            };
        }
        languages!(names)
    };

    fn of(name: &str) -> Option<Self> {
        match name {
            "complaint_checked" => Some(Self::ComplaintChecked),
            "processor_days" => Some(Self::ProcessorDays),
            _ => {
                let code = name.strip_prefix("complaint_")?;
                Language::of_code(code).map(Self::Complaint)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::of(&name).ok_or_else(|| D::Error::unknown_field(&name, Self::ALL))
    }
}

impl<'de> Deserialize<'de> for WrittenLetters {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Names)
    }
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = WrittenLetters;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct WrittenLetters")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut table: M) -> Result<WrittenLetters, M::Error> {
        let mut written = WrittenLetters::default();
        while let Some(name) = table.next_key()? {
            match name {
                Name::Complaint(language) => {
                    *written.complaint.get_mut(language) = Some(table.next_value()?);
                }
                Name::ComplaintChecked => written.complaint_checked = Some(table.next_value()?),
                Name::ProcessorDays => written.processor_days = Some(table.next_value()?),
            }
        }
        Ok(written)
    }
}

impl WrittenLetters {
    pub(super) fn settings(&self, problems: &mut Vec<ConfigProblem>) -> LetterSettings {
        let said = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let mut settings = LetterSettings {
            complaint: ByLanguage::of(|language| said(self.complaint.get(language))),
            ..LetterSettings::default()
        };
        if let Some(text) = said(&self.complaint_checked) {
            match text.parse() {
                Ok(date) => settings.complaint_checked = Some(date),
                Err(_) => problems.push(value("letters.complaint_checked", &text, "2026-11-23")),
            }
        }
        match self.processor_days {
            None => {}
            Some(days @ 1..=90) => {
                settings.processor_days = u16::try_from(days).unwrap_or(u16::MAX);
            }
            Some(days) => problems.push(value("letters.processor_days", &days.to_string(), "1–90")),
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use crate::config::parse;
    use crate::domain::person::Language;

    #[test]
    fn who_writes_and_where_to_complain_are_settings() {
        let settings = parse(
            "[controller]\nname = \" Havanna  Luma \"\nemail = \"kontakt@example.dk\"\nphone = \"\"\n\
             [letters]\ncomplaint_da = \"Klag her.\"\ncomplaint_checked = \"2026-01-02\"\nprocessor_days = 7",
        )
        .unwrap();
        assert_eq!(settings.controller.name.as_deref(), Some("Havanna Luma"));
        assert_eq!(settings.controller.phone, None);
        let complaint = |language| settings.letters.complaint.get(language).as_deref();
        assert_eq!(complaint(Language::Da), Some("Klag her."));
        assert_eq!(complaint(Language::En), None);
        assert_eq!(settings.letters.processor_days, 7);
        let problems = parse(
            "[controller]\nemail = \"kontakt\"\n[letters]\ncomplaint_checked = \"i går\"\nprocessor_days = 0",
        );
        assert_eq!(problems.unwrap_err().len(), 3);
        assert!(parse("[controller]\nfax = \"1\"").is_err());
        for unknown in ["complaint_xx", "complaint_", "complaint", "reply_days"] {
            let problems = parse(&format!("[letters]\n{unknown} = \"1\"")).unwrap_err();
            let said = format!("{problems:?}");
            assert!(
                said.contains("complaint_da") && said.contains(unknown),
                "{said}"
            );
        }
    }
}
