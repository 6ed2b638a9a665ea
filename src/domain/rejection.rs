//! Refusing a request as unreasonable (RULES §4; GDPR art. 12(5)): the four questions, the grounds, and what is none.
//!
//! The controller bears the burden of proof. So the program answers the questions from what it knows, keeps question
//! and answer with the case, and lets a red answer pass only when the owner takes that burden on in so many words.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::deadline::nominal;
use super::ids::ItemId;
use super::item::Item;
use super::request::{Outcome, Request};
use super::text::fold;

/// Characters of fact a refusal needs at the least (RULES §4).
pub const FACTS_MIN_CHARS: usize = 40;
/// Months after which an earlier request can no longer carry a refusal: "a one-year interval will in any case be too
/// large" (EDPB Guidelines 01/2022 §185).
const TOO_LARGE_MONTHS: u32 = 12;
/// Days after which the interval begins to speak for the person.
const HALF_YEAR_DAYS: i64 = 183;

/// The ground of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// Excessive because repeated (art. 12(5)).
    Repetition,
    /// Manifestly unfounded (art. 12(5)).
    Unfounded,
    /// Abuse of the right (C-526/24).
    Abuse,
    /// The person cannot be identified (art. 11(2), 12(2)).
    Unidentified,
    /// The rights of others (art. 15(4)).
    OthersRights,
    /// A legal obligation to keep the data, such as bookkeeping (art. 17(3)(b)).
    LegalObligation,
    /// Legal claims (art. 17(3)(e)).
    LegalClaims,
    /// The contract still needs the data.
    Contract,
    /// Somebody else is the controller.
    NotController,
}

impl Ground {
    /// All grounds, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Repetition,
        Self::Unfounded,
        Self::Abuse,
        Self::Unidentified,
        Self::OthersRights,
        Self::LegalObligation,
        Self::LegalClaims,
        Self::Contract,
        Self::NotController,
    ];

    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Repetition => "repetition",
            Self::Unfounded => "unfounded",
            Self::Abuse => "abuse",
            Self::Unidentified => "unidentified",
            Self::OthersRights => "others-rights",
            Self::LegalObligation => "legal-obligation",
            Self::LegalClaims => "legal-claims",
            Self::Contract => "contract",
            Self::NotController => "not-controller",
        }
    }

    /// Whether it usually covers only a part of what is asked for (RULES §4: offered as `partly-met` first).
    pub const fn is_usually_partial(self) -> bool {
        matches!(
            self,
            Self::OthersRights | Self::LegalObligation | Self::LegalClaims | Self::Contract
        )
    }

    /// Whether it calls the request itself unreasonable, so that facts and the burden of proof are needed.
    pub const fn is_unreasonableness(self) -> bool {
        matches!(self, Self::Repetition | Self::Unfounded | Self::Abuse)
    }
}

/// How far an answer carries a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Light {
    /// It supports a refusal.
    Green,
    /// It is doubtful.
    Amber,
    /// It speaks against one.
    Red,
}

/// One of the four questions with the program's own answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "question", rename_all = "kebab-case")]
pub enum Question {
    /// Is there an earlier request for the same?
    EarlierRequest {
        /// How far the answer carries.
        light: Light,
        /// The earlier request.
        earlier: Option<ItemId>,
    },
    /// Was it fully answered?
    FullyAnswered {
        /// How far the answer carries.
        light: Light,
        /// Its outcome.
        outcome: Option<Outcome>,
    },
    /// How long ago was it?
    HowLongAgo {
        /// How far the answer carries.
        light: Light,
        /// Days between the two receipts.
        days: Option<i64>,
    },
    /// What has changed since?
    WhatChanged {
        /// How far the answer carries.
        light: Light,
        /// What came in after the earlier one was closed.
        since: Vec<ItemId>,
    },
}

impl Question {
    /// How far the answer carries.
    pub const fn light(&self) -> Light {
        match self {
            Self::EarlierRequest { light, .. }
            | Self::FullyAnswered { light, .. }
            | Self::HowLongAgo { light, .. }
            | Self::WhatChanged { light, .. } => *light,
        }
    }
}

/// A refusal as it is kept with the case: it is the proof (C-416/23, C-526/24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The ground.
    pub ground: Ground,
    /// The facts, in the owner's words.
    pub facts: String,
    /// Whether the burden of proof was accepted in so many words.
    pub burden_accepted: bool,
    /// Local date.
    pub on: NaiveDate,
    /// Whether it came after the last day for an answer.
    #[serde(default)]
    pub late: bool,
    /// What was shown and answered.
    pub questions: Vec<Question>,
}

/// The earlier request of the same person for the same that bears most on this one: one that is not answered yet, else
/// the latest that was answered, else the latest.
pub fn earlier_twin<'a>(
    request: &Request,
    related: impl Iterator<Item = &'a Item>,
) -> Option<&'a Request> {
    related
        .filter_map(|item| match item {
            Item::Request(other) => Some(&**other),
            _ => None,
        })
        .filter(|other| {
            other.kind == request.kind
                && (other.received_on, other.id) < (request.received_on, request.id)
        })
        .filter_map(|other| Some((bearing(other)?, other.received_on, other.id, other)))
        .max_by_key(|(bearing, received_on, id, _)| (*bearing, *received_on, *id))
        .map(|(.., other)| other)
}

/// How much an earlier request bears on a later one; `None` when it was none after all.
fn bearing(earlier: &Request) -> Option<u8> {
    match earlier.closing.as_ref().map(|closing| closing.outcome) {
        None => Some(2),
        Some(Some(outcome)) if outcome.is_answer() => Some(1),
        Some(Some(Outcome::Duplicate | Outcome::NotARequest | Outcome::WithdrawnByPerson)) => None,
        Some(_) => Some(0),
    }
}

/// The four questions with the program's answers, from everything known of the person.
pub fn questions(request: &Request, related: &[Item]) -> Vec<Question> {
    let earlier = earlier_twin(request, related.iter());
    let outcome = earlier
        .and_then(|twin| twin.closing.as_ref())
        .and_then(|closing| closing.outcome);
    let days = earlier.map(|twin| {
        request
            .received_on
            .signed_duration_since(twin.received_on)
            .num_days()
    });
    let too_large = earlier
        .is_none_or(|twin| nominal(twin.received_on, TOO_LARGE_MONTHS) <= request.received_on);
    let since = earlier.map_or_else(Vec::new, |twin| changed_since(request, twin, related));
    vec![
        Question::EarlierRequest {
            light: if earlier.is_some() {
                Light::Green
            } else {
                Light::Red
            },
            earlier: earlier.map(|twin| twin.id),
        },
        Question::FullyAnswered {
            light: match outcome {
                Some(Outcome::Answered | Outcome::NothingHeld) => Light::Green,
                Some(Outcome::PartlyMet) => Light::Amber,
                _ => Light::Red,
            },
            outcome,
        },
        Question::HowLongAgo {
            light: match days {
                Some(days) if days < HALF_YEAR_DAYS => Light::Green,
                _ if too_large => Light::Red,
                _ => Light::Amber,
            },
            days,
        },
        Question::WhatChanged {
            light: if earlier.is_some() && since.is_empty() {
                Light::Green
            } else {
                Light::Red
            },
            since,
        },
    ]
}

/// What came in on the person after the earlier request was closed (or received, when it is still open).
pub(super) fn changed_since(request: &Request, earlier: &Request, related: &[Item]) -> Vec<ItemId> {
    let from = earlier
        .closing
        .as_ref()
        .map_or(earlier.received_on, |closing| closing.on);
    related
        .iter()
        .filter(|item| {
            !matches!(item, Item::Mail(_))
                && item.id() != request.id
                && item.id() != earlier.id
                && item.received_on() > from
        })
        .map(Item::id)
        .collect()
}

/// Something people give as a reason that the law does not take as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NonGround {
    /// It is much work, or takes long.
    WorkLoad,
    /// It costs money.
    Cost,
    /// The person is rude.
    Tone,
    /// The person gives no reason, or the wrong one.
    Purpose,
    /// A lawsuit is expected.
    Lawsuit,
    /// The owner is on holiday.
    Holiday,
}

impl NonGround {
    /// The key under which `i18n` names it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WorkLoad => "work-load",
            Self::Cost => "cost",
            Self::Tone => "tone",
            Self::Purpose => "purpose",
            Self::Lawsuit => "lawsuit",
            Self::Holiday => "holiday",
        }
    }
}

/// Words that give a non-ground away, folded (see [`fold`]); Danish first, then English.
const NON_GROUND_WORDS: [(NonGround, &[&str]); 6] = [
    (
        NonGround::WorkLoad,
        &[
            "arbejde",
            "travl",
            "tidskraevende",
            "lang tid",
            "besvaer",
            "ressourcer",
            "for meget",
            "tager tid",
            "orker",
            "naar det ikke",
            "workload",
            "work load",
            "much work",
            "busy",
            "time-consuming",
            "time consuming",
            "takes long",
            "takes too long",
            "takes a lot of time",
            "too much effort",
            "of work",
            "too much",
        ],
    ),
    (
        NonGround::Cost,
        &[
            "dyrt",
            "koste",
            "omkostning",
            "udgift",
            "penge",
            "oekonomi",
            "cost",
            "expensive",
            "money",
        ],
    ),
    (
        NonGround::Tone,
        &[
            "uhoeflig",
            "grov",
            "tonen",
            "ubehagelig",
            "vred",
            "sur ",
            "rude",
            "impolite",
            "angry",
            "unfriendly",
            "tone",
            "insult",
            "fornaermende",
        ],
    ),
    (
        NonGround::Purpose,
        &[
            "begrundelse",
            "begrunder",
            "formaal",
            "hvorfor",
            "nysgerrig",
            "uden grund",
            "ingen grund",
            "no reason",
            "purpose",
            "curious",
            "does not say why",
        ],
    ),
    (
        NonGround::Lawsuit,
        &[
            "sagsoeg",
            "retssag",
            "advokat",
            "erstatning",
            "sagsanlaeg",
            "lawsuit",
            "to sue",
            "sue me",
            "sue us",
            "lawyer",
            "in court",
            "compensation",
            "legal action",
        ],
    ),
    (
        NonGround::Holiday,
        &[
            "ferie",
            "paa rejse",
            "bortrejst",
            "holiday",
            "vacation",
            "travelling",
            "juleferie",
            "sommerferie",
            "julen",
            "nytaar",
            "paasken",
            "syg",
            "sygdom",
            "christmas",
            "easter",
            "sick",
            "illness",
            "i am ill",
        ],
    ),
];

/// What remains of a text as concrete fact, and the non-grounds named in the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// Characters in clauses that name no non-ground.
    pub fact_chars: usize,
    /// The non-grounds named.
    pub non_grounds: Vec<NonGround>,
}

/// Weighs a reason clause by clause: a clause that only names a non-ground counts for nothing.
///
/// A clause that also holds a figure (a date, a number of things, an id) counts as fact, since that can be checked; an
/// amount of time or money does not, being the work load or the cost itself.
pub fn weigh(text: &str) -> Weighed {
    let mut non_grounds = Vec::new();
    let mut fact_chars = 0;
    let mut dropped = false;
    for clause in text.split(['.', '!', '?', ';', ',', '\n']) {
        let clause = clause.trim();
        let folded = fold(clause);
        let named: Vec<NonGround> = NON_GROUND_WORDS
            .into_iter()
            .filter(|(_, words)| words.iter().any(|word| begins_a_word(&folded, word)))
            .map(|(ground, _)| ground)
            .collect();
        if named.is_empty() || holds_a_figure(&folded) {
            fact_chars += clause.chars().count();
        } else {
            dropped = true;
        }
        for ground in named {
            if !non_grounds.contains(&ground) {
                non_grounds.push(ground);
            }
        }
    }
    if !dropped {
        fact_chars = text.trim().chars().count();
    }
    Weighed {
        fact_chars,
        non_grounds,
    }
}

/// Units of time and money, folded: what stands before one is an amount of it.
const UNITS: [&str; 14] = [
    "time", "minut", "dag", "uge", "maaned", "hour", "minute", "day", "week", "month", "kr", "dkk",
    "euro", "eur",
];

/// Whether a folded clause holds a figure that can be checked, and not only amounts of time or money.
fn holds_a_figure(folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let is_unit = |word: &str| UNITS.iter().any(|unit| word.starts_with(unit));
    words.iter().enumerate().any(|(n, word)| {
        let after_figure = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let amount = after_figure.len() < word.len() && is_unit(after_figure);
        let counted = words.get(n + 1).is_some_and(|next| is_unit(next));
        let of_money = n
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|before| ["kr", "dkk", "eur", "euro"].contains(before));
        word.contains(|c: char| c.is_ascii_digit()) && !amount && !counted && !of_money
    })
}

/// Whether `word` stands in `text` at the beginning of a word: `arbejde` is not in `samarbejde`.
fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        text.get(..at)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|letter| !letter.is_alphanumeric())
    })
}

/// What the owner gives for a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectionDraft {
    /// The ground.
    pub ground: Ground,
    /// The facts.
    pub facts: String,
    /// Whether the burden of proof is accepted in so many words.
    pub burden_accepted: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_non_grounds_leave_no_fact() {
        for text in [
            "Det er alt for meget arbejde, jeg har travlt, og det tager lang tid at finde det hele.",
            "Hun er uhøflig i tonen og vil sagsøge mig",
            "It is far too much work and she is rude about it, and it costs money",
        ] {
            let weighed = weigh(text);
            assert!(weighed.fact_chars < FACTS_MIN_CHARS, "{text}: {weighed:?}");
            assert!(!weighed.non_grounds.is_empty(), "{text}");
        }
    }

    #[test]
    fn facts_beside_a_non_ground_still_count() {
        let weighed = weigh(
            "Samme anmodning blev besvaret fuldt ud den 3. oktober 2026, intet er ændret siden. Det er meget arbejde.",
        );
        assert!(weighed.fact_chars >= FACTS_MIN_CHARS);
        assert_eq!(weighed.non_grounds, vec![NonGround::WorkLoad]);
    }

    #[test]
    fn amounts_of_time_and_money_are_no_facts_but_dates_and_numbers_of_things_are() {
        for text in [
            "Answering takes 12 hours of work",
            "it costs 3000kr",
            "the cost is kr 3000",
            "Jeg har ferie i 3 uger",
        ] {
            assert_eq!(weigh(text).fact_chars, 0, "{text}");
        }
        for text in [
            "much work with 61 recordings",
            "the work was done on 3 March",
            "meget arbejde med R-2026-0001",
        ] {
            assert!(weigh(text).fact_chars > 20, "{text}");
        }
    }

    #[test]
    fn a_word_inside_another_is_not_meant() {
        let weighed =
            weigh("Vores samarbejde og hendes betoning af det private er uden betydning her");
        assert_eq!(weighed.non_grounds, Vec::new());
    }
}
