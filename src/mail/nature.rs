//! Whether a person wrote a mail, or a machine: a letter that came back, an automatic answer, a mailing to many.
//!
//! Read from the headers that say so (RFC 3464, 3834, 2919, 2369), and from what mail programs do that know none of
//! them. What follows from it is decided elsewhere.

use mail_parser::{Message, MimeHeaders};

use super::{Incoming, Mailbox, clean};

/// How much of a mail is searched for the headers of the letter that came back.
const RETURNED_BYTES: usize = 256 * 1024;
/// How many ids and addresses of a letter that came back are kept.
const RETURNED_LIMIT: usize = 50;

/// What wrote a mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Nature {
    /// A person, as far as can be seen.
    #[default]
    Person,
    /// A mail server: a letter did not arrive, or not yet.
    Bounce(Returned),
    /// A machine, on somebody's behalf: an absence, a receipt.
    Autoresponse,
    /// A machine that writes to many: a newsletter, a mailing list.
    Bulk,
}

/// What is known of a letter that came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Returned {
    /// Its ids and those it answered, without angle brackets.
    pub ids: Vec<String>,
    /// The addresses it did not reach.
    pub recipients: Vec<String>,
}

/// Senders that are mail servers and nobody else.
const DAEMONS: [&str; 7] = [
    "mailer-daemon",
    "mailer daemon",
    "mail-daemon",
    "mail delivery system",
    "mail delivery subsystem",
    "mail.delivery.system",
    "post_master",
];
/// A sender that is a mail server, and a person when she looks after one.
const POSTMASTER: &str = "postmaster";
/// What the subjects of letters that came back say, as mail servers write them.
const RETURNED_SUBJECTS: [&str; 18] = [
    "undeliver",
    "delivery status",
    "delivery failure",
    "failure delivery",
    "delivery has failed",
    "delivery failed",
    "mail delivery",
    "could not be delivered",
    "returned mail",
    "returning to sender",
    "failure notice",
    "delayed mail",
    "kunne ikke leveres",
    "kan ikke leveres",
    "ikke leveret",
    "ikke levert",
    "kunde inte levereras",
    "unzustellbar",
];
/// Subjects of automatic answers, as mail programs write them.
const AUTOMATIC_SUBJECTS: [&str; 14] = [
    "automatisk svar",
    "autosvar",
    "auto-svar",
    "autosvar:",
    "fraværsbesked",
    "fraværende",
    "automatic reply",
    "auto reply",
    "autoreply",
    "out of office",
    "out of the office",
    "automatische antwort",
    "abwesenheitsnotiz",
    "frånvaro",
];

/// How the addresses begin from which programs write that read no answer, and those of mailings.
const ALONE: [&str; 22] = [
    "noreply",
    "no-reply",
    "no_reply",
    "no.reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "ikke-svar",
    "svar-ikke",
    "notification",
    "notify",
    "newsletter",
    "nyhedsbrev",
    "nyhetsbrev",
    "news@",
    "nyt@",
    "nyheder@",
    "mailer@",
    "marketing@",
    "alerts@",
    "invitations@",
    "messages-noreply",
];

/// Whether a mail comes from an address that takes no answers, and names no other. A form on a website names one:
/// the address of whoever filled it in.
pub(super) fn writes_alone(mail: &Incoming) -> bool {
    let is_alone = |mailbox: &Mailbox| {
        let email = mailbox.email.to_lowercase();
        ALONE.iter().any(|begin| email.starts_with(begin))
    };
    mail.from.as_ref().is_some_and(is_alone) && mail.reply_to.as_ref().is_none_or(is_alone)
}

/// The nature of a mail, from its headers and, for a letter that came back, its bytes.
pub(super) fn of(message: &Message<'_>, raw: &[u8]) -> Nature {
    let headers = Headers::of(message);
    if headers.is_bounce(message) {
        return Nature::Bounce(returned(&headers, raw));
    }
    if headers.is_automatic(message) {
        return Nature::Autoresponse;
    }
    if headers.is_bulk() {
        return Nature::Bulk;
    }
    Nature::Person
}

/// The header fields that speak of it, names and values in lower case.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn of(message: &Message<'_>) -> Self {
        let fields = message.headers_raw();
        Self(
            fields
                .map(|(name, value)| {
                    let value = clean::line(value).to_lowercase();
                    (name.trim().to_lowercase(), value)
                })
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(known, _)| known == name);
        field.map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether the sender is called so, or has such an address.
    fn is_from(&self, who: &str) -> bool {
        let from = self.get("from").unwrap_or_default();
        from.match_indices(who).any(|(at, _)| {
            let rest = &from[at + who.len()..];
            rest.is_empty() || rest.starts_with(['@', '>', ' ', '"', ')'])
        })
    }

    /// No answer is wanted, and none could be given (RFC 5321 §4.5.5).
    fn is_from_nobody(&self, field: &str) -> bool {
        self.get(field).is_some_and(|value| value.ends_with("<>"))
    }

    fn is_bounce(&self, message: &Message<'_>) -> bool {
        let subject = message.subject().unwrap_or_default().to_lowercase();
        let says_so = RETURNED_SUBJECTS.iter().any(|said| subject.contains(said));
        let is_posted_by_nobody = self.is_from_nobody("return-path");
        let is_postmaster = self.is_from(POSTMASTER);
        report_type(message).as_deref() == Some("delivery-status")
            || self.has("x-failed-recipients")
            || self.is_from_nobody("from")
            || DAEMONS.iter().any(|daemon| self.is_from(daemon))
            || (is_postmaster && is_posted_by_nobody)
            || (says_so && (is_postmaster || is_posted_by_nobody))
    }

    fn is_automatic(&self, message: &Message<'_>) -> bool {
        let subject = message.subject().unwrap_or_default().to_lowercase();
        let submitted = self.get("auto-submitted").unwrap_or("no");
        matches!(
            report_type(message).as_deref(),
            // A receipt, and the complaint of a mail service about a mailing (RFC 5965).
            Some("disposition-notification" | "feedback-report")
        ) || !submitted.starts_with("no")
            || ["x-autoreply", "x-autorespond", "x-auto-reply"]
                .iter()
                .any(|name| self.has(name))
            || self
                .get("precedence")
                .is_some_and(|said| said.contains("auto_reply"))
            || AUTOMATIC_SUBJECTS
                .iter()
                .any(|said| subject.trim_start().starts_with(said))
    }

    fn is_bulk(&self) -> bool {
        const OF_LISTS: [&str; 7] = [
            "list-id",
            "list-subscribe",
            "mailing-list",
            "list-unsubscribe",
            "list-post",
            "feedback-id",
            "x-campaign-id",
        ];
        OF_LISTS.iter().any(|name| self.has(name))
            || self
                .get("precedence")
                .is_some_and(|said| ["bulk", "list", "junk"].contains(&said))
    }
}

/// The `report-type` of a `multipart/report` (RFC 6522).
fn report_type(message: &Message<'_>) -> Option<String> {
    let content_type = message.content_type()?;
    let is_report = content_type.ctype().eq_ignore_ascii_case("multipart")
        && content_type
            .subtype()
            .is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"));
    let report_type = content_type.attribute("report-type")?;
    is_report.then(|| report_type.to_lowercase())
}

/// What the mail server says of the letter: its headers stand somewhere below, in a part of their own or in the text.
fn returned(headers: &Headers, raw: &[u8]) -> Returned {
    let mut returned = Returned::default();
    let text = String::from_utf8_lossy(&raw[..raw.len().min(RETURNED_BYTES)]);
    let mut continued = false;
    for line in text.lines().skip_while(|line| !line.trim().is_empty()) {
        let name = line
            .split(':')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        let is_field = !line.starts_with([' ', '\t']);
        if is_field {
            continued = matches!(name.as_str(), "message-id" | "in-reply-to" | "references");
        }
        if continued {
            let words = line.split(['<', '>', ' ', '\t', ',']);
            let ids = words.filter(|word| word.contains('@')).map(clean::line);
            returned.ids.extend(ids);
        } else if is_field && matches!(name.as_str(), "final-recipient" | "original-recipient") {
            returned.recipients.extend(addresses(line));
        }
        if returned.ids.len() >= RETURNED_LIMIT || returned.recipients.len() >= RETURNED_LIMIT {
            break;
        }
    }
    returned.recipients.extend(
        headers
            .get("x-failed-recipients")
            .into_iter()
            .flat_map(addresses),
    );
    returned.recipients.dedup();
    // A single line may name any number of them.
    returned.ids.truncate(RETURNED_LIMIT);
    returned.recipients.truncate(RETURNED_LIMIT);
    returned
}

/// The words of a field that are addresses: `rfc822; mette@example.dk`.
fn addresses(field: &str) -> impl Iterator<Item = String> {
    field
        .split([' ', ';', ',', '<', '>', ':'])
        .filter(|word| word.contains('@'))
        .map(|word| clean::line(word).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{Limits, parse};

    fn nature(raw: &str) -> Nature {
        parse::parse(raw.as_bytes(), None, &Limits::default()).nature
    }

    #[test]
    fn a_letter_that_came_back_says_which() {
        let bounce = nature(
            "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\nTo: ejer@praksis.example\n\
             Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n\
             --b\nContent-Type: text/plain\n\nI'm sorry.\n\n\
             --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
             Final-Recipient: rfc822; Mette@Example.dk\nAction: failed\nStatus: 5.1.1\n\n\
             --b\nContent-Type: message/rfc822\n\nMessage-ID: <answer@praksis.example>\n\
             References: <0@example.dk>\n <1@example.dk>\nSubject: Svar\n\nHej\n--b--\n",
        );
        assert_eq!(
            bounce,
            Nature::Bounce(Returned {
                ids: ["answer@praksis.example", "0@example.dk", "1@example.dk"]
                    .map(str::to_owned)
                    .to_vec(),
                recipients: vec!["mette@example.dk".to_owned()],
            })
        );
    }

    #[test]
    fn no_more_is_kept_of_it_than_anybody_needs() {
        let many = "a@b.example ".repeat(5000);
        let bounce = nature(&format!(
            "From: MAILER-DAEMON@mx.example\nX-Failed-Recipients: {}\n\nMessage-ID: {many}\n",
            many.replace(' ', ",")
        ));
        let Nature::Bounce(returned) = bounce else {
            panic!("{bounce:?}");
        };
        assert!(returned.ids.len() <= RETURNED_LIMIT);
        assert!(returned.recipients.len() <= RETURNED_LIMIT);
    }

    #[test]
    fn machines_are_told_from_people() {
        let head = "From: Mette <mette@example.dk>\nSubject: ";
        for (rest, expected) in [
            ("Indsigt\n\nHej\n", Nature::Person),
            ("Re: Autosvar til mig\n\nHej\n", Nature::Person),
            ("Indsigt\nAuto-Submitted: no\n\nHej\n", Nature::Person),
            (
                "Automatisk svar: Indsigt\n\nJeg har ferie\n",
                Nature::Autoresponse,
            ),
            (
                "=?utf-8?q?Frav=C3=A6rsbesked?=\n\nJeg har ferie\n",
                Nature::Autoresponse,
            ),
            (
                "Re: Indsigt\nAuto-Submitted: auto-replied (vacation)\n\nFerie\n",
                Nature::Autoresponse,
            ),
            ("Nyt\nPrecedence: bulk\n\nKøb\n", Nature::Bulk),
            (
                "Nyt\nList-Unsubscribe: <https://x.example/u>\n\nKøb\n",
                Nature::Bulk,
            ),
        ] {
            assert_eq!(nature(&format!("{head}{rest}")), expected, "{rest}");
        }
        assert_eq!(
            nature(
                "From: Postmaster <postmaster@praksis.example>\nSubject: Indsigt\n\nHvad har I om mig?\n"
            ),
            Nature::Person,
            "a postmaster is somebody, too"
        );
    }

    /// Mail servers write in many ways; no person writes in these.
    #[test]
    fn letters_that_came_back_are_known_without_the_standard() {
        for head in [
            "From: MAILER-DAEMON@mx.example\nSubject: Delayed Mail (still being retried)",
            "From: Mail Delivery System <>\nSubject: Hej",
            "From: <>\nSubject: Hej",
            "Return-Path: <>\nFrom: Ops <sysadmin@mx.example>\nSubject: Undeliverable Message",
            "From: \"Scan\" <postmaster@mx.example>\nSubject: =?utf-8?q?Mail_could_not_be_delivered?=",
            "Return-Path: <>\nFrom: postmaster@mx.example\nSubject: Indsigt",
            "From: post_master@mx.example\nSubject: Re:Indsigt",
            "From: MX <x@mx.example>\nSubject: Hej\nX-Failed-Recipients: mette@example.dk",
        ] {
            let nature = nature(&format!("{head}\n\nHej\n"));
            assert!(matches!(nature, Nature::Bounce(_)), "{head}");
        }
        let complaint = "From: fbl@x.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nHej\n--b--\n";
        assert_eq!(nature(complaint), Nature::Autoresponse);
        for head in [
            "From: Mette <mette@mailer-daemonen.example>\nSubject: Slet mig",
            "From: Mette <mette@example.dk>\nSubject: Fwd: Undelivered Mail Returned to Sender",
        ] {
            assert_eq!(
                nature(&format!("{head}\n\nHej\n")),
                Nature::Person,
                "{head}"
            );
        }
    }
}
