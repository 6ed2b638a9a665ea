//! What a record keeps of the mail it was made of: the person, the language, the text, how it is known again.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::add::{MailFacts, NewRequest};
use crate::domain::attachment::Attachment;
use crate::domain::conduct::Moment;
use crate::domain::correspondence::{Aside, AsideWhy, CaseMail, Relation};
use crate::domain::ids::ItemId;
use crate::domain::person::{Language, Person, is_address};
use crate::domain::request::{Channel, Closing, Kind};
use crate::mail::Incoming;
use crate::when::ReceivedAt;

/// A mail with what was found out about it.
pub(super) struct Letter<'a> {
    /// The mail.
    pub(super) mail: &'a Incoming,
    /// The instant of arrival, when one can be believed.
    pub(super) received_at: Option<DateTime<Utc>>,
    /// The local date of arrival; today when the instant is not known.
    pub(super) received_on: NaiveDate,
    /// The digest by which it is known again.
    pub(super) digest: String,
    /// What was wrong with it, as codes.
    pub(super) problems: Vec<String>,
    /// The files that came with it, as far as they are kept.
    pub(super) attachments: Vec<Attachment>,
}

impl Letter<'_> {
    fn subject(&self) -> Option<String> {
        Some(self.mail.subject.clone()).filter(|subject| !subject.is_empty())
    }

    fn text(&self) -> Option<String> {
        Some(self.mail.text.clone()).filter(|text| !text.trim().is_empty())
    }

    fn inner_sender(&self) -> Option<Person> {
        let inner = self.mail.inner_sender.as_ref()?;
        is_address(&inner.email).then(|| Person {
            name: inner.name.clone().unwrap_or_default(),
            emails: vec![inner.email.clone()],
        })
    }

    /// A new request of it.
    pub(super) fn request(&self, kind: Kind) -> NewRequest {
        NewRequest {
            kind,
            person: person_of(self.mail),
            received: self.received_at.map(ReceivedAt::Instant),
            channel: Channel::Mail,
            language: language_of(self.mail),
            message: self.text(),
            mail: Some(Box::new(MailFacts {
                subject: self.subject(),
                message_id: self.mail.message_id.clone(),
                digest: self.digest.clone(),
                problems: self.problems.clone(),
                attachments: self.attachments.clone(),
                inner_sender: self.inner_sender(),
            })),
        }
    }

    /// The mail as a case keeps it.
    pub(super) fn on_case(&self, relation: Relation) -> CaseMail {
        CaseMail {
            relation,
            from: person_of(self.mail),
            subject: self.subject(),
            text: self.text(),
            received_at: self.received_at,
            received_on: self.received_on,
            message_id: self.mail.message_id.clone(),
            intake_digest: self.digest.clone(),
            intake_problems: self.problems.clone(),
        }
    }

    /// The mail as it is set aside.
    pub(super) fn aside(&self, id: ItemId, why: AsideWhy, moment: Moment) -> Aside {
        Aside {
            id,
            version: 1,
            why,
            person: person_of(self.mail),
            language: language_of(self.mail),
            subject: self.subject(),
            text: self.text(),
            received_at: self.received_at,
            received_on: self.received_on,
            registered_at: moment.now,
            message_id: self.mail.message_id.clone(),
            intake_digest: self.digest.clone(),
            intake_problems: self.problems.clone(),
            attachments: self.attachments.clone(),
            inner_sender: self.inner_sender(),
            taken_as: None,
            notes: Vec::new(),
            hold: None,
            erasure: None,
            closing: Some(Closing {
                on: moment.today,
                at: moment.now,
                outcome: None,
                note: None,
                override_reason: None,
                duplicate_of: None,
            }),
        }
    }
}

/// Stands for the name of a sender a mail does not give; the case says so among its problems.
pub(super) const NOBODY: &str = "?";

/// The sender as the person. A mail that names nobody is taken in all the same.
pub(super) fn person_of(mail: &Incoming) -> Person {
    let Some(from) = &mail.from else {
        return Person {
            name: NOBODY.to_owned(),
            emails: Vec::new(),
        };
    };
    let name = from.name.clone().or_else(|| signed(&mail.text));
    let name = name.unwrap_or_default();
    if is_address(&from.email) {
        return Person {
            name,
            emails: vec![from.email.clone()],
        };
    }
    // A bare local name (`root`) finds nobody again, but says who it was.
    let name = match (name.trim(), from.email.trim()) {
        ("", "") => NOBODY.to_owned(),
        ("", local) => local.to_owned(),
        _ => name,
    };
    Person {
        name,
        emails: Vec::new(),
    }
}

/// The language to answer in: Danish when the text has Danish letters or everyday words, else English.
fn language_of(mail: &Incoming) -> Language {
    const DANISH: [&str; 12] = [
        "jeg", "og", "ikke", "mig", "det", "har", "vil", "hilsen", "mine", "venlig", "hej", "om",
    ];
    let text = format!("{} {}", mail.subject, mail.text).to_lowercase();
    let danish = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| DANISH.contains(word))
        .take(3)
        .count();
    if danish >= 2 || text.contains(['æ', 'ø', 'å']) {
        Language::Da
    } else {
        Language::En
    }
}

/// Words before a name at the end of a letter, in small letters.
const GREETINGS: [&str; 22] = [
    "mvh",
    "m.v.h",
    "kh",
    "hilsen",
    "hilsner",
    "venlig hilsen",
    "med venlig hilsen",
    "de bedste hilsner",
    "bedste hilsner",
    "bedste hilsen",
    "kærlig hilsen",
    "mange hilsner",
    "kind regards",
    "best regards",
    "regards",
    "best wishes",
    "sincerely",
    "yours sincerely",
    "med vänlig hälsning",
    "vennlig hilsen",
    "mit freundlichen grüßen",
    "viele grüße",
];
/// A name has no more words than this.
const NAME_WORDS: usize = 5;

/// The name under a letter: on the line of the greeting or the one below it.
fn signed(text: &str) -> Option<String> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('>'))
        .peekable();
    while let Some(line) = lines.next() {
        let bare = line.trim_end_matches([',', '.', '!', ' ']).to_lowercase();
        let greeting = GREETINGS.iter().find(|greeting| {
            bare.strip_prefix(**greeting)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        });
        let Some(greeting) = greeting else { continue };
        // Same line: "Mvh Mette Hansen".
        let rest: String = line.chars().skip(greeting.chars().count()).collect();
        let rest = rest.trim_matches([',', '.', ' ', '!']).to_owned();
        let candidate = if rest.is_empty() {
            (*lines.peek()?).to_owned()
        } else {
            rest
        };
        if is_name(&candidate) {
            return Some(candidate);
        }
    }
    None
}

fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=NAME_WORDS).contains(&words.len())
        && text
            .chars()
            .all(|c| c.is_alphabetic() || " .-'’".contains(c))
        && words
            .first()
            .and_then(|word| word.chars().next())
            .is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_under_a_letter_is_found() {
        for (text, name) in [
            (
                "Hej\n\nSlet mig.\n\nVenlig hilsen\nMette Hansen\n",
                Some("Mette Hansen"),
            ),
            (
                "Slet mig. \nMvh Jens-Peter Å. Holm",
                Some("Jens-Peter Å. Holm"),
            ),
            (
                "Hi\n\nKind regards,\n\nAnn O'Neill\nAcme Ltd.",
                Some("Ann O'Neill"),
            ),
            ("Hej\n\nMvh\nmette@example.dk", None),
            ("Mvh", None),
            ("Hilsen fra os alle her på kontoret i dag", None),
            ("> Venlig hilsen\n> Bo\n\nHej", None),
        ] {
            assert_eq!(signed(text).as_deref(), name, "{text}");
        }
    }
}
