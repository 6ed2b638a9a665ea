//! The rules of the intake: which words in a mail speak for which request, or for none.
//!
//! The rules are data (`assets/intake.toml`, whose head explains the format, and the owner's `intake.toml` beside her
//! settings), so that the owner can read why, and change it. Here they are held and looked up in a text; `phrase`
//! finds a phrase in a sentence, `read` reads the files, and what follows from what was found is decided in [`super::classify`].

mod phrase;
mod read;
mod vocabulary;

use std::cell::OnceCell;

use super::classify::Asked;
use crate::catalogue::CatalogueProblem;
use crate::domain::request::Kind;
pub(super) use phrase::Looked;
use phrase::{Group, Phrase};
use vocabulary::Vocabulary;
pub(super) use vocabulary::words;

/// The rules the program ships with.
const SHIPPED: &str = include_str!("../../assets/intake.toml");

/// All rules in force.
#[derive(Debug)]
pub struct Rules {
    vocabulary: Vocabulary,
    groups: Vec<Group>,
    /// Phrases that show that somebody writes of himself.
    personal: Vec<Phrase>,
    /// Sentences with one of these are not read.
    ignored: Vec<Phrase>,
    of_words: Vec<Rule>,
    always: Vec<Always>,
}

/// Some phrases that speak for one thing.
#[derive(Debug)]
struct Rule {
    asked: Asked,
    weight: u32,
    phrases: Vec<Phrase>,
    /// What the whole subject consists of.
    subjects: Vec<Phrase>,
    /// Does not count in a sentence with one of these.
    unless: Vec<Phrase>,
    /// Counts only in a mail with one of these.
    with: Vec<Phrase>,
    /// Does not count in a mail with one of these.
    not_with: Vec<Phrase>,
    /// Where a phrase was found, nothing else speaks for these in the same sentence.
    instead_of: Vec<Asked>,
    own: bool,
}

/// What the owner says of a mail by its sender, its recipient or its subject.
#[derive(Debug)]
struct Always {
    sort: Sort,
    from: Vec<String>,
    to: Vec<String>,
    subject: Vec<Phrase>,
    own: bool,
}

/// What a mail always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A request of this kind, an opt-out, or nothing.
    Is(Asked),
    /// A request, of the kind that its text says.
    Request,
}

/// A place where a phrase was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) asked: Asked,
    pub(super) weight: u32,
    pub(super) phrase: String,
    /// From the first word of the phrase to behind its last.
    pub(super) span: (usize, usize),
    pub(super) own: bool,
    /// Kinds for which nothing counts in this sentence.
    pub(super) instead_of: Vec<Asked>,
}

/// A rule of the owner's that decides alone, and the words of the mail it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decided {
    pub(super) sort: Sort,
    /// The condition as the file has it.
    pub(super) condition: String,
    /// The address or the subject.
    pub(super) said: String,
    pub(super) in_subject: bool,
    pub(super) own: bool,
}

/// The envelope of a mail as `always` looks at it.
pub(super) struct Envelope<'a> {
    pub(super) from: Option<&'a str>,
    pub(super) to: Vec<&'a str>,
    pub(super) subject: &'a str,
}

impl Rules {
    /// The rules that come with the program. They are read at each call: keep the result where it is used often.
    ///
    /// # Panics
    /// Never in a program whose tests ran: one of them reads the same text.
    pub fn built_in() -> Self {
        match read::rules(SHIPPED, None) {
            Ok(rules) => rules,
            Err(problems) => unreachable!("assets/intake.toml: {problems:?}"),
        }
    }

    /// The rules that come with the program, with what the owner's file `own` adds and switches off.
    ///
    /// # Errors
    /// Every problem of the owner's file, by line; never an empty list.
    pub fn with_own(own: &str) -> Result<Self, Vec<CatalogueProblem>> {
        read::rules(SHIPPED, Some(own))
    }

    /// Reads the words of a sentence.
    pub(super) fn look_at<'r>(&'r self, words: &[String]) -> Looked<'r> {
        Looked::new(&self.vocabulary, &self.groups, words)
    }

    /// What is found in the sentences of a mail, sentence by sentence; `whole` is its subject,
    /// if that is the writer's own.
    pub(super) fn find(&self, whole: &Looked<'_>, sentences: &[Looked<'_>]) -> Vec<Vec<Found>> {
        // Hardly a rule finds anything: what keeps it from counting is only asked where it has.
        let counting = vec![OnceCell::new(); self.of_words.len()];
        let counts = |index: usize| {
            let rule = &self.of_words[index];
            *counting[index].get_or_init(|| {
                (rule.with.is_empty() || is_any(&rule.with, sentences))
                    && !is_any(&rule.not_with, sentences)
            })
        };
        let mut all: Vec<Vec<Found>> = sentences
            .iter()
            .map(|sentence| {
                let found_by = |(index, rule): (usize, &Rule)| {
                    let found = rule.found_in(sentence)?;
                    let unless = rule.unless.iter().any(|phrase| sentence.has(phrase));
                    (!unless && counts(index)).then_some(found)
                };
                let rules = self.of_words.iter().enumerate();
                let mut found: Vec<Found> = rules.filter_map(found_by).collect();
                let instead: Vec<Asked> = found
                    .iter()
                    .flat_map(|found| found.instead_of.clone())
                    .collect();
                found.retain(|found| !instead.contains(&found.asked));
                found
            })
            .collect();
        if let Some(subject) = all.first_mut() {
            for (index, rule) in self.of_words.iter().enumerate() {
                let of_subject = rule.subjects.iter().find(|phrase| whole.is_all(phrase));
                subject.extend(of_subject.filter(|_| counts(index)).map(|phrase| Found {
                    span: (0, whole.len()),
                    ..rule.found(phrase, (0, 0))
                }));
            }
        }
        all
    }

    /// Whether a sentence is one that nobody wrote for this mail (a mail program's line, a lawyer's footer).
    pub(super) fn ignores(&self, sentence: &Looked<'_>) -> bool {
        self.ignored.iter().any(|phrase| sentence.has(phrase))
    }

    /// Whether somebody writes of himself.
    pub(super) fn is_personal(&self, sentences: &[Looked<'_>]) -> bool {
        is_any(&self.personal, sentences)
    }

    /// What the first matching `always` says of a mail; the owner's come first.
    pub(super) fn decided(&self, mail: &Envelope<'_>) -> Option<Decided> {
        let subject = self.look_at(&words(mail.subject));
        self.always
            .iter()
            .find_map(|rule| rule.applies(mail, &subject))
    }
}

fn is_any(phrases: &[Phrase], sentences: &[Looked<'_>]) -> bool {
    sentences
        .iter()
        .any(|sentence| phrases.iter().any(|phrase| sentence.has(phrase)))
}

impl Rule {
    fn found_in(&self, sentence: &Looked<'_>) -> Option<Found> {
        self.phrases
            .iter()
            .find_map(|phrase| Some(self.found(phrase, sentence.place_of(phrase)?)))
    }

    fn found(&self, phrase: &Phrase, span: (usize, usize)) -> Found {
        Found {
            asked: self.asked,
            weight: self.weight,
            phrase: phrase.text.clone(),
            span,
            own: self.own,
            instead_of: self.instead_of.clone(),
        }
    }
}

impl Always {
    fn applies(&self, mail: &Envelope<'_>, subject: &Looked<'_>) -> Option<Decided> {
        let of_sender = |pattern: &&String| mail.from.is_some_and(|from| is_like(from, pattern));
        let of_recipient = |pattern: &&String| mail.to.iter().any(|to| is_like(to, pattern));
        let said = |condition: &str, said: &str, in_subject| {
            Some(Decided {
                sort: self.sort,
                condition: condition.to_owned(),
                said: said.to_owned(),
                in_subject,
                own: self.own,
            })
        };
        // Every condition that is named must hold; the last one is what is shown.
        let mut decided = None;
        if !self.from.is_empty() {
            let pattern = self.from.iter().find(of_sender)?;
            decided = said(pattern, mail.from.unwrap_or_default(), false);
        }
        if !self.to.is_empty() {
            let pattern = self.to.iter().find(of_recipient)?;
            decided = said(pattern, &mail.to.join(", "), false);
        }
        if !self.subject.is_empty() {
            let phrase = self.subject.iter().find(|phrase| subject.has(phrase))?;
            decided = said(&phrase.text, mail.subject, true);
        }
        decided
    }
}

/// Whether an address is meant by a pattern in which `*` stands for anything; `@firm.dk` is everybody there.
fn is_like(address: &str, pattern: &str) -> bool {
    let address = address.trim().to_lowercase();
    let pattern = pattern.trim().to_lowercase();
    if let Some(domain) = pattern.strip_prefix('@') {
        return address.rsplit('@').next() == Some(domain);
    }
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| address.strip_prefix(first)) else {
        return false;
    };
    let mut is_open = false;
    for piece in pieces {
        is_open = true;
        let Some(at) = rest.rfind(piece) else {
            return false;
        };
        is_open = is_open && piece.is_empty();
        rest = &rest[at + piece.len()..];
    }
    is_open || rest.is_empty()
}

/// What a rule can speak for, by its word in the file.
fn asked(word: &str) -> Option<Asked> {
    [Asked::OptOut, Asked::Nothing]
        .into_iter()
        .chain(Kind::ALL.into_iter().map(Asked::For))
        .find(|asked| asked.word() == word)
}

#[cfg(test)]
mod tests;
