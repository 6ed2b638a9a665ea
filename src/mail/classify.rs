//! What a mail asks for, as a suggestion with the sentences it rests on.
//!
//! The phrases are data (`assets/intake.toml`), so that the owner can read why. Doubt is [`Kind::Other`] with whatever
//! spoke for each kind: a person decides then. What no person wrote is told apart by `nature`, before this is asked.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Incoming;
use crate::domain::request::Kind;

/// The rules the program ships with.
const SHIPPED: &str = include_str!("../../assets/intake.toml");
/// A kind needs this much to be suggested: one plain phrase.
const ENOUGH: u32 = 2;
/// A phrase in the subject says more about the mail than one in its text.
const SUBJECT_FACTOR: u32 = 2;
/// Most words that `..` stands for.
const GAP: usize = 5;
/// Longest sentence in a reason, in characters.
const SENTENCE_LIMIT: usize = 160;
/// Beyond this many words a text is not read further: requests are short, archives pasted below them are not.
const WORD_LIMIT: usize = 5000;
/// Lines below which another mail is quoted.
const QUOTE_MARKS: [&str; 6] = [
    "-----original message",
    "-----oprindelig meddelelse",
    "----- original message",
    "-----ursprüngliche nachricht",
    "-----ursprungligt meddelande",
    "-----opprinnelig melding",
];

/// What somebody can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A right, or something else that is a request.
    For(Kind),
    /// No more newsletters.
    OptOut,
}

impl Asked {
    /// The word in JSON and in `assets/intake.toml`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::For(kind) => kind.word(),
            Self::OptOut => "optout",
        }
    }
}

/// What a mail seems to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What, or [`Kind::Other`] where nothing or not one thing alone was found.
    pub asked: Asked,
    /// What spoke for anything, strongest first: several rights can be asked for in one letter.
    pub reasons: Vec<Reason>,
}

/// One phrase that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it speaks for.
    pub asked: Asked,
    /// The phrase as `assets/intake.toml` has it.
    pub phrase: String,
    /// The sentence it stands in, at most 160 characters.
    pub sentence: String,
    /// Whether it stands in the subject.
    pub in_subject: bool,
    /// What it counts.
    pub weight: u32,
}

impl Reason {
    /// Whether it would be enough by itself.
    pub const fn is_plain(&self) -> bool {
        self.weight >= ENOUGH
    }
}

/// Suggests a kind by the shipped rules.
pub fn suggest(mail: &Incoming) -> Suggestion {
    suggest_for(&mail.subject, &mail.text)
}

/// As [`suggest`], for a subject and a text that did not come by mail.
pub fn suggest_for(subject: &str, text: &str) -> Suggestion {
    let own = own_words(text);
    let mut sentences = sentences(subject, true);
    let mut words: usize = 0;
    for sentence in self::sentences(&own, false) {
        words += sentence.words.len();
        sentences.push(sentence);
        if words > WORD_LIMIT {
            break;
        }
    }
    let mut reasons: Vec<Reason> = RULES
        .iter()
        .filter_map(|phrase| phrase.reason_in(&sentences))
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight));
    // A sentence speaks once for a kind: phrases overlap, and who has more of them in the file must not win by that.
    let mut spoken: Vec<(Asked, String)> = Vec::new();
    reasons.retain(|reason| {
        let said = (reason.asked, reason.sentence.clone());
        let is_new = !spoken.contains(&said);
        if is_new {
            spoken.push(said);
        }
        is_new
    });
    Suggestion {
        asked: winner(&reasons),
        reasons,
    }
}

/// The kind that has most, if it has enough and no other has as much.
fn winner(reasons: &[Reason]) -> Asked {
    let mut sums: Vec<(Asked, u32)> = Vec::new();
    for reason in reasons {
        match sums.iter_mut().find(|(asked, _)| *asked == reason.asked) {
            Some((_, sum)) => *sum += reason.weight,
            None => sums.push((reason.asked, reason.weight)),
        }
    }
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    match sums.as_slice() {
        [(asked, sum), rest @ ..]
            if *sum >= ENOUGH && rest.first().is_none_or(|(_, next)| next < sum) =>
        {
            *asked
        }
        _ => Asked::For(Kind::Other),
    }
}

/// The text without what others wrote: quoted lines, what stands below a forwarding mark, the signature. If nothing is
/// left (somebody only forwards), all of it.
fn own_words(text: &str) -> String {
    let mut own = String::new();
    for line in text.lines() {
        let lower = line.trim().to_lowercase();
        if line == "-- " || line == "--" || QUOTE_MARKS.iter().any(|mark| lower.starts_with(mark)) {
            break;
        }
        if !line.trim_start().starts_with('>') {
            own.push_str(line);
            own.push('\n');
        }
    }
    if own.trim().is_empty() {
        text.to_owned()
    } else {
        own
    }
}

struct Sentence {
    shown: String,
    words: Vec<String>,
    in_subject: bool,
}

/// Cuts at full stops and blank lines; a single line end is only where the writer's program broke the line.
fn sentences(text: &str, in_subject: bool) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut current = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let ends = match c {
            '!' | '?' => true,
            '\n' => next.is_none_or(|next| next == '\n'),
            // Not "stk. 3", "art. 15", "d. 3. maj": there a small letter or a digit follows.
            '.' => {
                next.is_none_or(char::is_whitespace)
                    && !chars
                        .clone()
                        .find(|c| !c.is_whitespace())
                        .is_some_and(|c| c.is_numeric() || c.is_lowercase())
            }
            _ => false,
        };
        current.push(c);
        if ends {
            push_sentence(&mut all, &current, in_subject);
            current.clear();
        }
    }
    push_sentence(&mut all, &current, in_subject);
    all
}

fn push_sentence(all: &mut Vec<Sentence>, text: &str, in_subject: bool) {
    let words = words(text);
    if !words.is_empty() {
        let shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        all.push(Sentence {
            shown,
            words,
            in_subject,
        });
    }
}

fn words(text: &str) -> Vec<String> {
    let pieces = text.split(|c: char| !c.is_alphanumeric());
    pieces
        .filter(|word| !word.is_empty())
        .take(WORD_LIMIT)
        .map(str::to_lowercase)
        .collect()
}

/// A piece of a phrase.
enum Piece {
    Word(String),
    Stem(String),
    Gap,
}

struct Phrase {
    asked: Asked,
    weight: u32,
    text: String,
    pieces: Vec<Piece>,
}

impl Phrase {
    fn new(asked: Asked, weight: u32, text: &str) -> Self {
        let piece = |word: &str| match word.strip_suffix('*') {
            _ if word == ".." => Piece::Gap,
            Some(stem) => Piece::Stem(stem.to_lowercase()),
            None => Piece::Word(word.to_lowercase()),
        };
        Self {
            asked,
            weight,
            text: text.to_owned(),
            pieces: text.split_whitespace().map(piece).collect(),
        }
    }

    /// The best place of the phrase; standing there twice says no more than once.
    fn reason_in(&self, sentences: &[Sentence]) -> Option<Reason> {
        let is_here = |sentence: &&Sentence| {
            (0..sentence.words.len()).any(|at| matches(&self.pieces, &sentence.words[at..]))
        };
        // The subject comes first, so the first place is the best.
        let sentence = sentences.iter().find(is_here)?;
        let factor = if sentence.in_subject {
            SUBJECT_FACTOR
        } else {
            1
        };
        Some(Reason {
            asked: self.asked,
            phrase: self.text.clone(),
            sentence: shortened(&sentence.shown),
            in_subject: sentence.in_subject,
            weight: self.weight * factor,
        })
    }
}

/// Whether the words begin with the phrase.
fn matches(pieces: &[Piece], words: &[String]) -> bool {
    let Some((piece, pieces)) = pieces.split_first() else {
        return true;
    };
    match piece {
        Piece::Gap => (0..=GAP.min(words.len())).any(|skipped| matches(pieces, &words[skipped..])),
        Piece::Word(word) => {
            words.first().is_some_and(|first| first == word) && matches(pieces, &words[1..])
        }
        Piece::Stem(stem) => {
            words
                .first()
                .is_some_and(|first| first.starts_with(stem.as_str()))
                && matches(pieces, &words[1..])
        }
    }
}

fn shortened(sentence: &str) -> String {
    if sentence.chars().count() <= SENTENCE_LIMIT {
        return sentence.to_owned();
    }
    let mut short: String = sentence.chars().take(SENTENCE_LIMIT - 1).collect();
    short.push('…');
    short
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    kind: String,
    weight: u32,
    phrases: Vec<String>,
}

/// The shipped rules; a test holds that every one of them is read.
static RULES: LazyLock<Vec<Phrase>> = LazyLock::new(|| phrases(SHIPPED).unwrap_or_default());

/// The phrases of a rule file; `None` if it cannot be read or names a kind that is none.
fn phrases(file: &str) -> Option<Vec<Phrase>> {
    let file: File = toml::from_str(file).ok()?;
    let mut phrases = Vec::new();
    for rule in file.rule {
        let asked = named(&rule.kind)?;
        phrases.extend(
            rule.phrases
                .iter()
                .map(|text| Phrase::new(asked, rule.weight, text)),
        );
    }
    Some(phrases)
}

fn named(name: &str) -> Option<Asked> {
    if name == Asked::OptOut.word() {
        return Some(Asked::OptOut);
    }
    Kind::ALL
        .into_iter()
        .find(|kind| kind.word() == name && *kind != Kind::Other)
        .map(Asked::For)
}

#[cfg(test)]
mod tests;
