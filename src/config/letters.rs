//! Who writes the letters, and what they say where that is the owner's to decide.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{ConfigProblem, value};
use crate::domain::person::{Language, is_address};

/// Where to complain (RULES §5), unless the settings say otherwise.
const COMPLAINT_DA: &str = "Du kan klage til Datatilsynet, Carl Jacobsens Vej 35, 2500 Valby, tlf. 33 19 32 00, \
    dt@datatilsynet.dk, www.datatilsynet.dk. Du kan også indbringe sagen for domstolene.";
const COMPLAINT_EN: &str = "You can complain to Datatilsynet, the Danish Data Protection Agency, Carl Jacobsens Vej 35, \
    DK-2500 Valby, tel. +45 33 19 32 00, dt@datatilsynet.dk, www.datatilsynet.dk. You can also bring the matter before \
    the courts.";

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
    /// Where to complain, in Danish.
    pub complaint_da: String,
    /// Where to complain, in English.
    pub complaint_en: String,
    /// Local date on which the owner last looked whether that is still so.
    pub complaint_checked: Option<NaiveDate>,
    /// Days that a service has for its answer.
    pub processor_days: u16,
}

impl Default for LetterSettings {
    fn default() -> Self {
        Self {
            complaint_da: COMPLAINT_DA.to_owned(),
            complaint_en: COMPLAINT_EN.to_owned(),
            complaint_checked: None,
            processor_days: PROCESSOR_DAYS,
        }
    }
}

impl LetterSettings {
    /// Where to complain.
    pub fn complaint(&self, language: Language) -> &str {
        match language {
            Language::Da => &self.complaint_da,
            Language::En => &self.complaint_en,
        }
    }
}

/// The table as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenLetters {
    complaint_da: Option<String>,
    complaint_en: Option<String>,
    complaint_checked: Option<String>,
    processor_days: Option<i64>,
}

impl WrittenLetters {
    pub(super) fn settings(&self, problems: &mut Vec<ConfigProblem>) -> LetterSettings {
        let mut settings = LetterSettings::default();
        let said = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        if let Some(text) = said(&self.complaint_da) {
            settings.complaint_da = text;
        }
        if let Some(text) = said(&self.complaint_en) {
            settings.complaint_en = text;
        }
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

    #[test]
    fn who_writes_and_where_to_complain_are_settings() {
        let settings = parse(
            "[controller]\nname = \" Havanna  Luma \"\nemail = \"kontakt@example.dk\"\nphone = \"\"\n\
             [letters]\ncomplaint_da = \"Klag her.\"\ncomplaint_checked = \"2026-01-02\"\nprocessor_days = 7",
        )
        .unwrap();
        assert_eq!(settings.controller.name.as_deref(), Some("Havanna Luma"));
        assert_eq!(settings.controller.phone, None);
        assert_eq!(settings.letters.complaint_da, "Klag her.");
        assert!(settings.letters.complaint_en.contains("courts"));
        assert_eq!(settings.letters.processor_days, 7);
        let problems = parse(
            "[controller]\nemail = \"kontakt\"\n[letters]\ncomplaint_checked = \"i går\"\nprocessor_days = 0",
        );
        assert_eq!(problems.unwrap_err().len(), 3);
        assert!(parse("[controller]\nfax = \"1\"").is_err());
    }
}
