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

/// Everyday words of letters in Danish, Norwegian and Swedish.
const NORDIC: [&str; 44] = [
    "jeg",
    "og",
    "ikke",
    "mig",
    "det",
    "har",
    "vil",
    "hilsen",
    "mine",
    "venlig",
    "hej",
    "om",
    "hei",
    "meg",
    "dere",
    "opplysninger",
    "oplysninger",
    "gerne",
    "gjerne",
    "jag",
    "och",
    "inte",
    "ni",
    "mina",
    "vill",
    "att",
    "är",
    "uppgifter",
    "nyhedsbrev",
    "nyhetsbrev",
    "slet",
    "slett",
    "radera",
    "indsigt",
    "innsyn",
    "samtykke",
    "samtycke",
    "tak",
    "takk",
    "tack",
    "mvh",
    "afmeld",
    "avmelding",
    "sletning",
];
/// The same of letters in English.
const ENGLISH: [&str; 22] = [
    "the",
    "and",
    "you",
    "my",
    "me",
    "is",
    "to",
    "of",
    "please",
    "your",
    "have",
    "i",
    "for",
    "data",
    "delete",
    "unsubscribe",
    "hi",
    "hello",
    "dear",
    "regards",
    "thanks",
    "this",
];
/// The same of letters in German.
const GERMAN: [&str; 20] = [
    "ich", "und", "sie", "meine", "meiner", "meinen", "nicht", "bitte", "daten", "mich", "mir",
    "der", "die", "das", "zu", "über", "hiermit", "gruß", "grüßen", "löschen",
];
/// The language to answer in: Danish for what is written in Danish, Norwegian or Swedish (their readers read it), else
/// English. Everyday words of each language are counted; letters decide only where no word does (a subject alone), and
/// "ä ö ü" do not: they are German as often as Swedish.
fn language_of(mail: &Incoming) -> Language {
    let text = format!("{} {}", mail.subject, without_quotes(&mail.text)).to_lowercase();
    let count = |known: &[&str]| {
        let words = text.split(|c: char| !c.is_alphabetic());
        words.filter(|word| known.contains(word)).count()
    };
    let nordic = count(&NORDIC);
    let other = count(&ENGLISH).max(count(&GERMAN));
    let has_letters = text.contains(['æ', 'ø', 'å']);
    if nordic > other || (nordic == other && has_letters) {
        Language::Da
    } else {
        Language::En
    }
}

/// The text without quoted lines: a newsletter in Danish below an English answer is not the person's language.
fn without_quotes(text: &str) -> String {
    let own: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('>'))
        .collect();
    own.join("\n")
}

/// Words before a name at the end of a letter, in small letters; the longer before what they begin with.
const GREETINGS: [&str; 71] = [
    "med venlig hilsen",
    "venlig hilsen",
    "venligst hilsen",
    "med de bedste hilsner",
    "de bedste hilsner",
    "bedste hilsner",
    "bedste hilsen",
    "de venligste hilsner",
    "kærlig hilsen",
    "kærlige hilsner",
    "mange hilsner",
    "mange hilsener",
    "varme hilsner",
    "hilsner",
    "hilsen fra",
    "hilsen",
    "venligst",
    "knus",
    "mvh",
    "m.v.h",
    "vh",
    "v.h",
    "kh",
    "dbh",
    "kind regards",
    "best regards",
    "warm regards",
    "warmest regards",
    "with best wishes",
    "best wishes",
    "all the best",
    "many thanks",
    "regards",
    "yours sincerely",
    "yours faithfully",
    "yours truly",
    "sincerely yours",
    "sincerely",
    "warmly",
    "cheers",
    "best",
    "love",
    "respectfully",
    "med vänlig hälsning",
    "med vänliga hälsningar",
    "vänliga hälsningar",
    "vänlig hälsning",
    "bästa hälsningar",
    "många hälsningar",
    "hälsningar",
    "hälsning",
    "vennlig hilsen",
    "med vennlig hilsen",
    "beste hilsen",
    "klem fra",
    "klem",
    "mit freundlichen grüßen",
    "mit freundlichem gruß",
    "mit freundlichen gruessen",
    "mit besten grüßen",
    "freundliche grüße",
    "viele grüße",
    "liebe grüße",
    "herzliche grüße",
    "beste grüße",
    "schöne grüße",
    "hochachtungsvoll",
    "grüße",
    "gruß",
    "mfg",
    "lg",
];
/// What mail programs write below a letter, in small letters.
const PROGRAM_LINES: [&str; 9] = [
    "sent from",
    "sendt fra",
    "skickat från",
    "von meinem",
    "gesendet von",
    "get outlook",
    "hent outlook",
    "sent via",
    "hämta outlook",
];
/// A name has no more words than this.
const NAME_WORDS: usize = 5;

/// The name under a letter: on the line of the greeting or the one below it, after a dash, under the mark of a
/// signature, or alone on the last line.
fn signed(text: &str) -> Option<String> {
    let all: Vec<&str> = text.lines().map(str::trim_end).collect();
    let lines: Vec<&str> = all
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty() && !line.starts_with('>') && !is_program_line(line))
        .collect();
    greeted(&lines)
        .or_else(|| dashed(&lines))
        .or_else(|| under_mark(&all))
        .or_else(|| last_line(&lines))
}

fn is_program_line(line: &str) -> bool {
    let lower = line.to_lowercase();
    PROGRAM_LINES.iter().any(|said| lower.starts_with(said))
}

fn greeted(lines: &[&str]) -> Option<String> {
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let bare = line.to_lowercase();
        let after = |greeting: &&&str| {
            let rest = bare.strip_prefix(**greeting)?;
            (rest.is_empty() || rest.starts_with([' ', ',', '.', '!', '/', ':'])).then_some(())
        };
        let Some(greeting) = GREETINGS.iter().find(|greeting| after(greeting).is_some()) else {
            continue;
        };
        // Same line: "Mvh Mette Hansen".
        let rest: String = line.chars().skip(greeting.chars().count()).collect();
        let candidate = match bare_name(&rest) {
            "" => bare_name(lines.peek()?),
            rest => rest,
        };
        if is_name(candidate) {
            return Some(candidate.to_owned());
        }
    }
    None
}

/// `/Jonas`, `– Mette Hansen`.
fn dashed(lines: &[&str]) -> Option<String> {
    let last = lines.last()?;
    let end = last.rsplit(['/', '–', '—']).next()?;
    let is_mark = |before: &str| before.trim().is_empty() || before.ends_with([' ', '.', '?', '!']);
    let before = last[..last.len() - end.len()].trim_end_matches(['/', '–', '—']);
    (end.len() < last.len() && is_mark(before) && is_name(bare_name(end)))
        .then(|| bare_name(end).to_owned())
}

/// The first line below `-- ` (RFC 3676 §4.3).
fn under_mark(lines: &[&str]) -> Option<String> {
    let mark = lines.iter().position(|line| *line == "--")?;
    let first = lines[mark + 1..]
        .iter()
        .map(|line| bare_name(line))
        .find(|line| !line.is_empty())?;
    is_name(first).then(|| first.to_owned())
}

/// A last line that is a name of two or three words and stands alone below other lines.
fn last_line(lines: &[&str]) -> Option<String> {
    let [_, .., last] = lines else { return None };
    let name = bare_name(last);
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_full = (2..=3).contains(&words.len())
        && !last.ends_with(['.', '!', '?', ':'])
        && words
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase));
    (is_full && is_name(name)).then(|| name.to_owned())
}

/// A name without what stands round it: "/ Mette", "Mette,".
fn bare_name(text: &str) -> &str {
    text.trim_matches([',', '.', ' ', '!', '/', '–', '—', '-', ':', '*', '_', '\t'])
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
            (
                "Slet mig\n\nMvh.\n/ Mette\n\nSendt fra min iPhone",
                Some("Mette"),
            ),
            (
                "Hej\n\n-- \nOle Lund\nCand.jur.\nTlf. 20 00 00 00",
                Some("Ole Lund"),
            ),
            (
                "Hi\n\nBest,\nAnn Lee\nHead of Sales, Acme\n\nSent from my iPhone",
                Some("Ann Lee"),
            ),
            ("Hej! Radera mig. /Jonas", Some("Jonas")),
            (
                "Hej\n\nMed vänliga hälsningar,\nEva-Lena Ström",
                Some("Eva-Lena Ström"),
            ),
            ("Hei\n\nMed vennlig hilsen Ida Vik", Some("Ida Vik")),
            ("Hallo\n\nLG Anja", Some("Anja")),
            (
                "Guten Tag\n\nMit freundlichen Grüßen\n\nDr. Ralf Peters\n",
                Some("Dr. Ralf Peters"),
            ),
            ("Slet mine data.\n\nJan Mortensen\n", Some("Jan Mortensen")),
            ("Hej\nBest of luck with it", None),
            ("Hej\nMange tak", None),
            ("Svar og/eller Ring", None),
        ] {
            assert_eq!(signed(text).as_deref(), name, "{text}");
        }
    }

    fn language(subject: &str, text: &str) -> Language {
        let raw =
            format!("Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n");
        language_of(&crate::mail::parse::parse(
            raw.as_bytes(),
            None,
            &crate::mail::Limits::default(),
        ))
    }

    #[test]
    fn the_answer_is_in_a_language_the_person_reads() {
        for (subject, text, expected) in [
            ("Indsigt", "Hvilke oplysninger har I om mig?", Language::Da),
            ("Afmeld", "", Language::Da),
            ("", "slet venligst mine data", Language::Da),
            (
                "Radera mig",
                "Jag vill att ni tar bort mina uppgifter. Tack!",
                Language::Da,
            ),
            (
                "Innsyn",
                "Jeg ønsker innsyn i opplysningene om meg.",
                Language::Da,
            ),
            (
                "Löschung",
                "Bitte löschen Sie alle Daten über mich. Mit freundlichen Grüßen",
                Language::En,
            ),
            (
                "Auskunft",
                "Ich möchte wissen, was Sie über mich gespeichert haben.",
                Language::En,
            ),
            (
                "Access",
                "Please send me my data. Regards, Åse Sørensen",
                Language::En,
            ),
            ("unsubscribe", "", Language::En),
            (
                "Re: Nyt",
                "Please delete me from this.\n\n> Hej, jeg har et tilbud til dig, og det er godt\n> Mvh",
                Language::En,
            ),
            ("", "", Language::En),
        ] {
            assert_eq!(language(subject, text), expected, "{subject}: {text}");
        }
    }
}
