//! The words of registers: kinds, outcomes, statuses and channels, in Danish and English, by their stems.

use crate::domain::request::{Channel, Kind, Outcome};
use crate::tables::columns::key;

/// What a status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Open,
    /// Ended, and how where the word says that too ("besvaret").
    Closed(Option<Outcome>),
    Unknown,
}

/// Whether a request is open, by the word of its status. A negated word ("ikke besvaret") is an open one.
pub(super) fn status_of(word: &str) -> Status {
    const OPEN: [&str; 21] = [
        "åben",
        "open",
        "ny",
        "new",
        "igang",
        "inprogress",
        "afvent",
        "pending",
        "await",
        "venter",
        "ikke",
        "not",
        "ubesvaret",
        "uafsluttet",
        "unanswered",
        "undervejs",
        "underbehandling",
        "modtaget",
        "received",
        "aktiv",
        "active",
    ];
    const CLOSED: [&str; 10] = [
        "luk", "close", "afslut", "færdig", "done", "complet", "resolved", "finish", "arkiv",
        "udført",
    ];
    let key = key(word);
    let begins = |starts: &[&str]| starts.iter().any(|start| key.starts_with(start));
    match outcome_of(word) {
        Some(outcome @ (Outcome::NotARequest | Outcome::NothingHeld | Outcome::NoReply)) => {
            Status::Closed(Some(outcome))
        }
        _ if begins(&OPEN) => Status::Open,
        Some(outcome) if !begins(&CLOSED) => Status::Closed(Some(outcome)),
        _ if begins(&CLOSED) => Status::Closed(None),
        _ => Status::Unknown,
    }
}

/// The outcome that a word names. The narrower ones come first: "delvist besvaret" is not "besvaret".
pub(super) fn outcome_of(word: &str) -> Option<Outcome> {
    const STEMS: [(Outcome, &[&str]); 8] = [
        (
            Outcome::NotARequest,
            &["ikkeenanmodning", "ingenanmodning", "notarequest"],
        ),
        (
            Outcome::NoReply,
            &[
                "ingensvar",
                "intetsvar",
                "noreply",
                "noresponse",
                "svaredeikke",
            ],
        ),
        (
            Outcome::PartlyMet,
            &["delvis", "partly", "partial", "tildels"],
        ),
        (
            Outcome::NothingHeld,
            &[
                "intet",
                "nothing",
                "ingendata",
                "nodata",
                "ingenoplysninger",
            ],
        ),
        (
            Outcome::WithdrawnByPerson,
            &["trukket", "frafald", "withdrawn", "fortrudt"],
        ),
        (Outcome::Duplicate, &["dublet", "duplikat", "duplicate"]),
        (
            Outcome::Rejected,
            &["afvist", "afslag", "afslået", "reject", "refus", "denied"],
        ),
        (
            Outcome::Answered,
            &[
                "besvaret",
                "answered",
                "imødekom",
                "granted",
                "opfyldt",
                "fulfilled",
                "efterkom",
                "gennemført",
                "udleveret",
                "slettet",
                "udført",
                "complied",
                "done",
                "completed",
            ],
        ),
    ];
    let key = key(word);
    let negated = key.starts_with("ikke")
        || key.starts_with("ubesvaret")
        || key.starts_with("unanswered")
        || (key.starts_with("not") && !key.starts_with("nothing"));
    let mut fitting = STEMS
        .iter()
        .filter(|(_, stems)| stems.iter().any(|stem| key.contains(stem)));
    let (outcome, _) = fitting.next()?;
    (!negated || *outcome == Outcome::NotARequest).then_some(*outcome)
}

/// Parts of words by which the kinds are known, the articles of the GDPR among them.
const KIND_STEMS: [(Kind, &[&str]); 10] = [
    (
        Kind::Access,
        &[
            "indsigt",
            "access",
            "dsar",
            "art15",
            "artikel15",
            "article15",
        ],
    ),
    (
        Kind::Withdrawal,
        &[
            "tilbagekald",
            "tilbagetr",
            "withdraw",
            "art7",
            "artikel7",
            "article7",
        ],
    ),
    (
        Kind::Erasure,
        &[
            "slet",
            "eras",
            "delet",
            "glemt",
            "forgotten",
            "art17",
            "artikel17",
            "article17",
        ],
    ),
    (
        Kind::Rectification,
        &[
            "berigtig",
            "rettelse",
            "rectif",
            "correct",
            "art16",
            "artikel16",
            "article16",
        ],
    ),
    (
        Kind::Restriction,
        &["begræns", "restrict", "art18", "artikel18", "article18"],
    ),
    (
        Kind::Portability,
        &["portab", "art20", "artikel20", "article20"],
    ),
    (
        Kind::Objection,
        &["indsigelse", "objection", "art21", "artikel21", "article21"],
    ),
    (
        Kind::NameRedaction,
        &["redig", "redact", "anonymis", "navnfjern"],
    ),
    (Kind::Complaint, &["klage", "complain"]),
    (Kind::Other, &["andet", "other", "øvrig", "diverse"]),
];

/// The one kind that a word names; none when it names several ("indsigt og sletning").
pub(super) fn kind_of(word: &str) -> Option<Kind> {
    let whole: String = word
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if whole == "sar" {
        return Some(Kind::Access);
    }
    let mut fitting = KIND_STEMS
        .iter()
        .filter(|(_, stems)| stems.iter().any(|stem| whole.contains(stem)))
        .map(|(kind, _)| *kind);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The channel that a word names.
pub(super) fn channel_of(word: &str) -> Option<Channel> {
    const STEMS: [(Channel, &[&str]); 7] = [
        (
            Channel::Authority,
            &["datatilsyn", "myndighed", "authority"],
        ),
        (Channel::Form, &["form", "website", "hjemmeside"]),
        (Channel::Mail, &["mail", "epost"]),
        (Channel::Phone, &["telefon", "phone", "tlf", "opkald"]),
        (
            Channel::InPerson,
            &["personlig", "inperson", "fremmøde", "mundtlig"],
        ),
        (Channel::Letter, &["brev", "letter", "post"]),
        (
            Channel::Message,
            &[
                "besked",
                "message",
                "chat",
                "messenger",
                "facebook",
                "sms",
                "instagram",
            ],
        ),
    ];
    let key = key(word);
    let fits = |stems: &&[&str]| stems.iter().any(|stem| key.contains(stem));
    STEMS
        .iter()
        .find(|(_, stems)| fits(stems))
        .map(|(channel, _)| *channel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_in_the_words_of_people() {
        for (word, kind) in [
            ("Indsigt", Kind::Access),
            ("Anmodning om indsigt (art. 15)", Kind::Access),
            ("Subject Access Request", Kind::Access),
            ("SAR", Kind::Access),
            ("Indsigelse", Kind::Objection),
            ("Tilbagetrækning af samtykke", Kind::Withdrawal),
            ("Tilbagekaldelse", Kind::Withdrawal),
            ("Slet mine data", Kind::Erasure),
            ("Retten til at blive glemt", Kind::Erasure),
            ("Berigtigelse", Kind::Rectification),
            ("Begrænsning", Kind::Restriction),
            ("dataportabilitet", Kind::Portability),
            ("name-redaction", Kind::NameRedaction),
            ("Klage", Kind::Complaint),
            ("Andet", Kind::Other),
        ] {
            assert_eq!(kind_of(word), Some(kind), "{word}");
        }
        for kind in Kind::ALL {
            assert_eq!(kind_of(kind.word()), Some(kind), "the program's own word");
        }
        for word in ["Indsigt og sletning", "Faktura", "?"] {
            assert_eq!(kind_of(word), None, "{word}");
        }
    }

    #[test]
    fn outcomes_and_statuses_in_the_words_of_people() {
        for outcome in Outcome::ALL {
            assert_eq!(outcome_of(outcome.word()), Some(outcome), "{outcome:?}");
        }
        for channel in Channel::ALL {
            assert_eq!(channel_of(channel.word()), Some(channel), "{channel:?}");
        }
        for (word, status) in [
            ("Åben", Status::Open),
            ("Ikke besvaret", Status::Open),
            ("ubesvaret", Status::Open),
            ("I gang", Status::Open),
            ("not answered", Status::Open),
            ("Lukket", Status::Closed(None)),
            ("closed", Status::Closed(None)),
            ("Afsluttet", Status::Closed(None)),
            ("Besvaret", Status::Closed(Some(Outcome::Answered))),
            (
                "Delvist imødekommet",
                Status::Closed(Some(Outcome::PartlyMet)),
            ),
            ("Afvist", Status::Closed(Some(Outcome::Rejected))),
            ("Intet svar", Status::Closed(Some(Outcome::NoReply))),
            (
                "Ikke en anmodning",
                Status::Closed(Some(Outcome::NotARequest)),
            ),
            ("?", Status::Unknown),
        ] {
            assert_eq!(status_of(word), status, "{word}");
        }
    }
}
