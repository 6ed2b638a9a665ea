//! Letters: which there are, which fit a record, what each must say (RULES §5), and what is kept of those that were sent.
//!
//! It writes none: words and templates are `crate::letters`. What a letter must say is checked on its text as it stands, so
//! that a template of the owner's, or a sentence she struck out, is held to the same.

mod checks;
mod facts;
mod outgoing;
mod parts;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::checks::{Requirement, Says, missing, requirements};
pub use self::facts::{
    ControllerFacts, ExtensionFacts, LetterFacts, PersonFacts, RecordingFacts, RejectionFacts,
    ServiceFacts, TaskFacts, Tasks, Turn,
};
pub use self::outgoing::{Failure, Outgoing, free_message_id};
pub use self::parts::{Missing, Part};
use super::item::Item;
use super::person::Language;
use super::recording::{Recording, RecordingCopy};
use super::request::{Channel, Kind, Outcome, Request, Status};
use super::retention;

/// What a letter is (CONTRACT, `letter`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterType {
    /// It arrived, and by when there is an answer.
    Receipt,
    /// Who are you (art. 12(6))?
    Identity,
    /// What do you mean?
    Clarification,
    /// It takes longer (art. 12(3)).
    Extension,
    /// The answer: to a request for access all of art. 15, to others what was done.
    Answer,
    /// There is nothing.
    NothingHeld,
    /// A part is refused.
    Partial,
    /// It is refused (art. 12(4)–(5)).
    Refusal,
    /// It costs (art. 12(5)).
    Fee,
    /// Consent is withdrawn (art. 7(3)).
    Withdrawal,
    /// It is erased (art. 17, 19).
    Erasure,
    /// A name is edited out of videos.
    NameRedaction,
    /// A recording is deleted.
    RecordingDeleted,
    /// She is off the newsletter.
    OptOut,
    /// A complaint is answered.
    Complaint,
    /// To the supervisory authority.
    Authority,
    /// To a service.
    Processor,
}

/// The types with their words, in the order in which they are offered. As in `languages`, whoever needs something of each
/// gives a macro that is called with all of them, after what else is given: the list and the words below, the templates.
macro_rules! letter_types {
    ($each:ident $($given:tt)*) => {
        $each! {
            $($given)*
            Receipt "receipt",
            Identity "identity",
            Clarification "clarification",
            Extension "extension",
            Answer "answer",
            NothingHeld "nothing-held",
            Partial "partial",
            Refusal "refusal",
            Fee "fee",
            Withdrawal "withdrawal",
            Erasure "erasure",
            NameRedaction "name-redaction",
            RecordingDeleted "recording-deleted",
            OptOut "opt-out",
            Complaint "complaint",
            Authority "authority",
            Processor "processor",
        }
    };
}
pub(crate) use letter_types;

macro_rules! words_of_letters {
    ($($name:ident $word:literal,)+) => {
        impl LetterType {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word used on the command line, in JSON, and as the name of the template.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}
letter_types!(words_of_letters);

/// A text that a letter needs, and that the owner gives where the case has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field {
    /// Its name, in templates and on the command line.
    pub name: &'static str,
    /// Whether there is no letter without it.
    pub required: bool,
}

const fn needs(name: &'static str) -> Field {
    Field {
        name,
        required: true,
    }
}

const fn takes(name: &'static str) -> Field {
    Field {
        name,
        required: false,
    }
}

impl LetterType {
    /// Whether the person has her answer with it, so that the case can be closed.
    pub const fn is_answer(self) -> bool {
        matches!(
            self,
            Self::Answer
                | Self::NothingHeld
                | Self::Partial
                | Self::Withdrawal
                | Self::Erasure
                | Self::NameRedaction
                | Self::RecordingDeleted
                | Self::OptOut
                | Self::Complaint
        )
    }

    /// Whether it goes to the person; the others go to an authority or a service.
    pub const fn is_to_person(self) -> bool {
        !matches!(self, Self::Authority | Self::Processor)
    }

    /// The outcome it tells, where it tells another than the tasks do.
    pub const fn outcome(self) -> Option<Outcome> {
        match self {
            Self::NothingHeld => Some(Outcome::NothingHeld),
            Self::Partial => Some(Outcome::PartlyMet),
            _ => None,
        }
    }

    /// The texts that the owner can give for it.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Receipt | Self::RecordingDeleted | Self::OptOut => &[],
            Self::Identity => const { &[needs("doubt"), takes("proof")] },
            Self::Clarification => const { &[needs("question")] },
            Self::Extension => const { &[needs("reason"), takes("given")] },
            Self::Answer => const { &[takes("remark"), takes("enclosed"), takes("left_out")] },
            Self::NothingHeld => const { &[takes("identifiers")] },
            Self::Partial => {
                const {
                    &[
                        needs("provision"),
                        needs("weighed"),
                        takes("reasons"),
                        takes("enclosed"),
                    ]
                }
            }
            Self::Refusal => const { &[takes("remark"), takes("provision")] },
            Self::Fee => const { &[needs("why"), needs("amount"), needs("basis")] },
            Self::Withdrawal => const { &[takes("consent")] },
            Self::Erasure => const { &[takes("told"), takes("backups")] },
            Self::NameRedaction => const { &[takes("out_of_reach")] },
            Self::Complaint => const { &[needs("points"), needs("changes")] },
            Self::Authority => const { &[takes("matter"), takes("to")] },
            Self::Processor => const { &[needs("service"), needs("ask"), takes("to")] },
        }
    }
}

/// A letter that was sent, as the record keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentLetter {
    /// What it was.
    #[serde(rename = "type")]
    pub letter: LetterType,
    /// The language it was written in.
    pub language: Language,
    /// Local date on which it went.
    pub on: NaiveDate,
    /// How it went.
    pub channel: Channel,
    /// Its subject; `None` once it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Its text; `None` once it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The address it went to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The Message-ID of a mail, without angle brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
}

/// Whether a letter of this type was sent.
pub fn was_sent(item: &Item, letter: LetterType) -> bool {
    item.letters().iter().any(|sent| sent.letter == letter)
}

/// The types of letter that fit a record as it stands, in the order in which they are offered.
pub fn fitting(item: &Item) -> Vec<LetterType> {
    if retention::is_erased(item) {
        return Vec::new();
    }
    match item {
        Item::Request(request) => LetterType::ALL
            .iter()
            .copied()
            .filter(|letter| fits_request(request, *letter))
            .collect(),
        Item::Recording(recording) if is_deleted(recording) => {
            vec![LetterType::RecordingDeleted, LetterType::Processor]
        }
        Item::Recording(_) => vec![LetterType::Processor],
        Item::OptOut(_) => vec![LetterType::OptOut, LetterType::Processor],
        Item::Mail(_) => Vec::new(),
    }
}

/// Whether nothing is left of a recording.
fn is_deleted(recording: &Recording) -> bool {
    recording.closing.is_some()
        || !recording.copies.is_empty() && recording.copies.iter().all(RecordingCopy::is_gone)
}

fn fits_request(request: &Request, letter: LetterType) -> bool {
    let is_open = request.closing.is_none();
    let outcome = request.closing.as_ref().and_then(|closing| closing.outcome);
    // The letter may be written after the case was closed, but only the one that tells how it ended.
    let ended = |wanted: Outcome| is_open || outcome == Some(wanted);
    let kind = request.kind;
    match letter {
        LetterType::Receipt | LetterType::Clarification => is_open,
        LetterType::Identity => {
            is_open
                && request
                    .identity
                    .as_ref()
                    .is_none_or(|identity| identity.confirmed_on.is_none())
        }
        LetterType::Extension => is_open && kind.can_be_extended(),
        LetterType::Answer => {
            ended(Outcome::Answered)
                && matches!(
                    kind,
                    Kind::Access
                        | Kind::Rectification
                        | Kind::Restriction
                        | Kind::Portability
                        | Kind::Objection
                        | Kind::Other
                )
        }
        LetterType::NothingHeld => ended(Outcome::NothingHeld) && kind != Kind::Complaint,
        LetterType::Partial => ended(Outcome::PartlyMet) && !kind.is_never_refusable(),
        LetterType::Refusal => request.rejection.is_some(),
        LetterType::Fee => is_open && !kind.is_never_refusable(),
        LetterType::Withdrawal => ended(Outcome::Answered) && kind == Kind::Withdrawal,
        LetterType::Erasure => ended(Outcome::Answered) && kind == Kind::Erasure,
        LetterType::NameRedaction => ended(Outcome::Answered) && kind == Kind::NameRedaction,
        LetterType::Complaint => ended(Outcome::Answered) && kind == Kind::Complaint,
        LetterType::RecordingDeleted | LetterType::OptOut => false,
        LetterType::Authority | LetterType::Processor => true,
    }
}

/// The letter that answers a request of this kind in full.
pub const fn answer_to(kind: Kind) -> LetterType {
    match kind {
        Kind::Withdrawal => LetterType::Withdrawal,
        Kind::Erasure => LetterType::Erasure,
        Kind::NameRedaction => LetterType::NameRedaction,
        Kind::Complaint => LetterType::Complaint,
        Kind::Access
        | Kind::Rectification
        | Kind::Restriction
        | Kind::Portability
        | Kind::Objection
        | Kind::Other => LetterType::Answer,
    }
}

/// The one letter that plainly comes next: the one the state calls for, when it was not sent yet.
pub fn next(item: &Item) -> Option<LetterType> {
    let wanted = match item {
        Item::Request(request) => next_of_request(request)?,
        Item::Recording(recording) if is_deleted(recording) => LetterType::RecordingDeleted,
        Item::OptOut(_) => LetterType::OptOut,
        Item::Recording(_) | Item::Mail(_) => return None,
    };
    (fitting(item).contains(&wanted) && !was_sent(item, wanted)).then_some(wanted)
}

fn next_of_request(request: &Request) -> Option<LetterType> {
    let sent = |letter| request.letters.iter().any(|sent| sent.letter == letter);
    if let Some(closing) = &request.closing {
        return match closing.outcome? {
            Outcome::Answered => Some(answer_to(request.kind)),
            Outcome::PartlyMet => Some(LetterType::Partial),
            Outcome::NothingHeld => Some(LetterType::NothingHeld),
            Outcome::Rejected => Some(LetterType::Refusal),
            Outcome::WithdrawnByPerson
            | Outcome::Duplicate
            | Outcome::NoReply
            | Outcome::NotARequest => None,
        };
    }
    if request.extension.is_some() && !sent(LetterType::Extension) {
        return Some(LetterType::Extension);
    }
    match request.status() {
        Status::New => Some(LetterType::Receipt),
        Status::AwaitingIdentity => Some(LetterType::Identity),
        Status::Ready if super::conduct::outcome_of_tasks(request) == Outcome::NothingHeld => {
            Some(LetterType::NothingHeld)
        }
        Status::Ready => Some(answer_to(request.kind)),
        Status::AwaitingClarification
        | Status::InProgress
        | Status::AwaitingThirdParty
        | Status::Closed => None,
    }
}
