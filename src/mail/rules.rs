//! The rules of the intake: which words in a mail speak for which request, or for none.
//!
//! The rules are data (`assets/intake.toml`, whose head explains the format, and the owner's `intake.toml` beside her
//! settings), so that the owner can read why, and change it. Here they are held and looked up in a text; `read` reads
//! the files, and what follows from what was found is decided in [`super::classify`].

mod read;
mod vocabulary;

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::classify::Asked;
use crate::catalogue::CatalogueProblem;
use crate::domain::request::Kind;
use vocabulary::Vocabulary;
pub(super) use vocabulary::words;

/// The rules the program ships with.
const SHIPPED: &str = include_str!("../../assets/intake.toml");
/// Most words that `..` stands for.
const GAP: usize = 5;
/// How many words the parts of a phrase (`a + b`) may stand from the first one.
const SPAN: usize = 15;

/// All rules in force.
#[derive(Debug)]
pub struct Rules {
    vocabulary: Vocabulary,
    groups: Vec<Vec<Sequence>>,
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

/// A phrase: its parts stand in one sentence, in any order.
#[derive(Debug, Clone)]
struct Phrase {
    text: String,
    parts: Vec<Sequence>,
}

type Sequence = Vec<Element>;

/// An element of a part.
#[derive(Debug, Clone, Copy)]
enum Element {
    /// A word or the beginning of one, by its number in the vocabulary.
    Word(u32),
    /// A few other words, or none.
    Gap,
    /// One of the sequences of a group.
    Group(usize),
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
        Looked {
            rules: self,
            words: words
                .iter()
                .map(|word| self.vocabulary.numbers_of(word))
                .collect(),
            groups: RefCell::new(BTreeMap::new()),
        }
    }

    /// What is found in the sentences of a mail, sentence by sentence; `whole` is its subject,
    /// if that is the writer's own.
    pub(super) fn find(&self, whole: &Looked<'_>, sentences: &[Looked<'_>]) -> Vec<Vec<Found>> {
        let rules: Vec<&Rule> = self
            .of_words
            .iter()
            .filter(|rule| rule.with.is_empty() || is_any(&rule.with, sentences))
            .filter(|rule| !is_any(&rule.not_with, sentences))
            .collect();
        let mut all: Vec<Vec<Found>> = sentences
            .iter()
            .map(|sentence| {
                let mut found: Vec<Found> = rules
                    .iter()
                    .filter(|rule| !rule.unless.iter().any(|phrase| sentence.has(phrase)))
                    .filter_map(|rule| rule.found_in(sentence))
                    .collect();
                let instead: Vec<Asked> = found
                    .iter()
                    .flat_map(|found| found.instead_of.clone())
                    .collect();
                found.retain(|found| !instead.contains(&found.asked));
                found
            })
            .collect();
        if let Some(subject) = all.first_mut() {
            for rule in rules {
                let of_subject = rule.subjects.iter().find(|phrase| whole.is_all(phrase));
                subject.extend(of_subject.map(|phrase| Found {
                    span: (0, whole.words.len()),
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

/// A sentence whose words were looked up.
pub(super) struct Looked<'r> {
    rules: &'r Rules,
    /// For each word the numbers of what it is.
    words: Vec<Vec<u32>>,
    /// For each group that was asked for: where it ends when it begins at a word.
    groups: RefCell<BTreeMap<usize, Vec<Vec<usize>>>>,
}

impl Looked<'_> {
    /// Whether there is nothing but the phrase.
    fn is_all(&self, phrase: &Phrase) -> bool {
        let [part] = phrase.parts.as_slice() else {
            return false;
        };
        let mut ends = Vec::new();
        self.ends(part, 0, &mut ends);
        !self.words.is_empty() && ends.contains(&self.words.len())
    }

    fn has(&self, phrase: &Phrase) -> bool {
        self.place_of(phrase).is_some()
    }

    /// From the first word of a phrase to behind its last one, if it is here.
    fn place_of(&self, phrase: &Phrase) -> Option<(usize, usize)> {
        let (first, others) = phrase.parts.split_first()?;
        let firsts = self.places_of(first);
        if firsts.is_empty() {
            return None;
        }
        // What stands nowhere is not looked for beside each of the others.
        let mut of_others = Vec::with_capacity(others.len());
        for other in others {
            let places = self.places_of(other);
            if places.is_empty() {
                return None;
            }
            of_others.push(places);
        }
        firsts.into_iter().find_map(|(at, end)| {
            let mut span = (at, end);
            for places in &of_others {
                let near = places.partition_point(|(from, _)| from + SPAN < at);
                // Where two parts could be the same words, they are others.
                let (from, to) = places[near..]
                    .iter()
                    .take_while(|(from, _)| *from <= at + SPAN)
                    .find(|(from, to)| *to <= at || *from >= end)?;
                span = (span.0.min(*from), span.1.max(*to));
            }
            Some(span)
        })
    }

    /// Every place at which a part begins, and the nearest end of it.
    fn places_of(&self, sequence: &[Element]) -> Vec<(usize, usize)> {
        (0..self.words.len())
            .filter_map(|at| Some((at, self.end_of(sequence, at)?)))
            .collect()
    }

    fn end_of(&self, sequence: &[Element], at: usize) -> Option<usize> {
        let mut ends = Vec::new();
        self.ends(sequence, at, &mut ends);
        ends.into_iter().min()
    }

    /// Where a sequence ends that begins at a word, in all ways in which it can be read.
    fn ends(&self, sequence: &[Element], at: usize, ends: &mut Vec<usize>) {
        let Some((element, rest)) = sequence.split_first() else {
            if !ends.contains(&at) {
                ends.push(at);
            }
            return;
        };
        match *element {
            Element::Word(number) => {
                if self
                    .words
                    .get(at)
                    .is_some_and(|word| word.contains(&number))
                {
                    self.ends(rest, at + 1, ends);
                }
            }
            Element::Gap => {
                for at in at..=(at + GAP).min(self.words.len()) {
                    self.ends(rest, at, ends);
                }
            }
            Element::Group(group) => {
                for end in self.group_ends(group, at) {
                    self.ends(rest, end, ends);
                }
            }
        }
    }

    fn group_ends(&self, group: usize, at: usize) -> Vec<usize> {
        let known = |groups: &BTreeMap<usize, Vec<Vec<usize>>>| {
            groups
                .get(&group)
                .map(|ends| ends.get(at).cloned().unwrap_or_default())
        };
        if let Some(ends) = known(&self.groups.borrow()) {
            return ends;
        }
        let all: Vec<Vec<usize>> = (0..self.words.len())
            .map(|at| {
                let mut ends = Vec::new();
                for sequence in &self.rules.groups[group] {
                    self.ends(sequence, at, &mut ends);
                }
                ends
            })
            .collect();
        let ends = all.get(at).cloned().unwrap_or_default();
        self.groups.borrow_mut().insert(group, all);
        ends
    }
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
