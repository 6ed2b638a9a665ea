//! Phrases, and where they stand in a sentence.
//!
//! A mail is asked for hundreds of phrases, nearly all of which are not there. So what costs is saying no, and most of
//! that is said by the words alone: a phrase whose words are not all in the sentence is not looked for place by place.

use std::cell::OnceCell;

use super::vocabulary::Vocabulary;

/// Most words that `..` stands for.
const GAP: usize = 5;
/// How many words the parts of a phrase (`a + b`) may stand from the first one.
const SPAN: usize = 15;

/// A phrase: its parts stand in one sentence, in any order.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) text: String,
    pub(super) parts: Vec<Sequence>,
    /// The word of it that is most often missing.
    key: Option<u32>,
    /// What all of it consists of.
    needs: Needs,
}

impl Phrase {
    pub(super) fn new(text: String, parts: Vec<Sequence>) -> Self {
        let needs = Needs::of(parts.iter().flatten());
        Self {
            text,
            parts,
            key: needs.words.first().copied(),
            needs,
        }
    }
}

/// What can stand for `{name}`: one of these.
#[derive(Debug, Default)]
pub(super) struct Group {
    choices: Vec<(Sequence, Needs)>,
    /// A word of each choice: without any of them none can stand.
    keys: Numbers,
    /// Whether there is a choice without a word of its own.
    is_open: bool,
}

impl FromIterator<Sequence> for Group {
    fn from_iter<I: IntoIterator<Item = Sequence>>(sequences: I) -> Self {
        let choices = sequences.into_iter().map(|sequence| {
            let needs = Needs::of(&sequence);
            (sequence, needs)
        });
        let mut group = Self {
            choices: choices.collect(),
            ..Self::default()
        };
        for (_, needs) in &group.choices {
            match needs.words.first() {
                Some(word) => group.keys.add(*word),
                None => group.is_open = true,
            }
        }
        group
    }
}

/// A set of words by their numbers, a bit for each.
#[derive(Debug, Clone, Default)]
struct Numbers(Vec<u64>);

impl Numbers {
    fn add(&mut self, number: u32) {
        let (block, bit) = bit_of(number);
        if self.0.len() <= block {
            self.0.resize(block + 1, 0);
        }
        self.0[block] |= bit;
    }

    fn has(&self, number: u32) -> bool {
        let (block, bit) = bit_of(number);
        self.0.get(block).is_some_and(|bits| bits & bit != 0)
    }

    fn meets(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .any(|(one, other)| one & other != 0)
    }
}

pub(super) type Sequence = Vec<Element>;

/// An element of a part.
#[derive(Debug, Clone, Copy)]
pub(super) enum Element {
    /// A word or the beginning of one, by its number in the vocabulary.
    Word(u32),
    /// A few other words, or none.
    Gap,
    /// One of the sequences of a group.
    Group(usize),
}

/// The words and groups without which something stands nowhere.
#[derive(Debug, Clone, Default)]
struct Needs {
    words: Vec<u32>,
    groups: Vec<usize>,
}

impl Needs {
    fn of<'e>(elements: impl IntoIterator<Item = &'e Element>) -> Self {
        let mut needs = Self::default();
        for element in elements {
            match *element {
                Element::Word(number) => needs.words.push(number),
                Element::Gap => {}
                Element::Group(group) => needs.groups.push(group),
            }
        }
        // A word that came late into the vocabulary is in few phrases, and most often the one that is not there.
        needs.words.sort_unstable_by(|one, other| other.cmp(one));
        needs
    }
}

/// A sentence whose words were looked up.
pub(in crate::mail) struct Looked<'r> {
    groups: &'r [Group],
    /// For each word the numbers of what it is.
    words: Vec<Vec<u32>>,
    /// All of these numbers.
    known: Numbers,
    /// What is found out of each group when it is asked for.
    of_groups: Vec<OfGroup>,
}

/// What was found out of a group in a sentence.
#[derive(Default)]
struct OfGroup {
    /// Whether the words for it are there.
    can_stand: OnceCell<bool>,
    /// Where it ends when it begins at a word, for each word.
    ends: OnceCell<Vec<Vec<usize>>>,
}

impl<'r> Looked<'r> {
    pub(super) fn new(vocabulary: &Vocabulary, groups: &'r [Group], words: &[String]) -> Self {
        let words: Vec<Vec<u32>> = words
            .iter()
            .map(|word| vocabulary.numbers_of(word))
            .collect();
        let mut known = Numbers::default();
        for number in words.iter().flatten() {
            known.add(*number);
        }
        Self {
            groups,
            words,
            known,
            of_groups: groups.iter().map(|_| OfGroup::default()).collect(),
        }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is nothing but the phrase.
    pub(super) fn is_all(&self, phrase: &Phrase) -> bool {
        let [part] = phrase.parts.as_slice() else {
            return false;
        };
        let mut ends = Vec::new();
        self.ends(part, 0, &mut ends);
        !self.words.is_empty() && ends.contains(&self.words.len())
    }

    pub(super) fn has(&self, phrase: &Phrase) -> bool {
        self.place_of(phrase).is_some()
    }

    /// From the first word of a phrase to behind its last one, if it is here.
    pub(super) fn place_of(&self, phrase: &Phrase) -> Option<(usize, usize)> {
        if phrase.key.is_some_and(|word| !self.known.has(word)) || !self.has_all(&phrase.needs) {
            return None;
        }
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
                // Where two parts could be the same words, they are others; one may stand in the gap of the other
                // ("trækker mit samtykke tilbage").
                let (from, to) = places[near..]
                    .iter()
                    .take_while(|(from, _)| *from <= at + SPAN)
                    .find(|(from, to)| {
                        let is_beside = *to <= at || *from >= end;
                        let is_inside = *from > at && *to < end || *from < at && *to > end;
                        is_beside || is_inside
                    })?;
                span = (span.0.min(*from), span.1.max(*to));
            }
            Some(span)
        })
    }

    /// Whether everything is here, wherever.
    fn has_all(&self, needs: &Needs) -> bool {
        needs.words.iter().all(|word| self.known.has(*word))
            && needs.groups.iter().all(|group| self.has_one_of(*group))
    }

    fn has_one_of(&self, group: usize) -> bool {
        *self.of_groups[group].can_stand.get_or_init(|| {
            let group = &self.groups[group];
            let mut choices = group.choices.iter();
            (group.is_open || group.keys.meets(&self.known))
                && choices.any(|(_, needs)| self.has_all(needs))
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
                let word = self.words.get(at);
                if word.is_some_and(|word| word.contains(&number)) {
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
                    self.ends(rest, *end, ends);
                }
            }
        }
    }

    fn group_ends(&self, group: usize, at: usize) -> &[usize] {
        let all = self.of_groups[group].ends.get_or_init(|| {
            let here: Vec<&Sequence> = self.groups[group]
                .choices
                .iter()
                .filter(|(_, needs)| self.has_all(needs))
                .map(|(sequence, _)| sequence)
                .collect();
            let ends_from = |at| {
                let mut ends = Vec::new();
                for sequence in &here {
                    self.ends(sequence, at, &mut ends);
                }
                ends
            };
            (0..self.words.len()).map(ends_from).collect()
        });
        all.get(at).map_or(&[], Vec::as_slice)
    }
}

/// Where the bit of a number stands.
fn bit_of(number: u32) -> (usize, u64) {
    ((number / u64::BITS) as usize, 1 << (number % u64::BITS))
}
