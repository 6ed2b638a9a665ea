//! Reading rule files: the shipped one and the owner's, with every problem of the owner's by its line.
//!
//! The owner's words are added to the groups of the same name, and her rules to the shipped ones.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::phrase::{Element, Phrase, Sequence};
use super::{Always, Rule, Rules, Sort, Vocabulary, asked, words};
use crate::catalogue::{CatalogueProblem, Expected, Problem};
use crate::domain::request::Kind;
use crate::mail::classify::Asked;

/// Groups may name groups, but not more deeply than this.
const DEPTH: usize = 5;
/// Weights from 1 to this: beyond it a rule would silence all others, which `[[always]]` says more plainly.
const HEAVIEST: i64 = 9;
/// The word for a request of whatever kind the text says.
const REQUEST: &str = "request";

type Problems = Vec<CatalogueProblem>;
type Table<'t> = Spanned<DeTable<'t>>;

/// The rules of `shipped` with what `own` adds and switches off.
pub(super) fn rules(shipped: &str, own: Option<&str>) -> Result<Rules, Problems> {
    let mut draft = Draft::default();
    let mut reader = Reader::new(shipped, false);
    reader.read(&mut draft);
    let mut problems = reader.problems;
    if let Some(own) = own {
        let mut reader = Reader::new(own, true);
        reader.read(&mut draft);
        problems.append(&mut reader.problems);
    }
    draft.check(&mut problems);
    problems.sort_by_key(|problem| problem.line);
    problems.dedup();
    if problems.is_empty() {
        Ok(draft.compiled())
    } else {
        Err(problems)
    }
}

/// A phrase as it is written, and where.
#[derive(Debug, Clone)]
struct Written {
    text: String,
    line: usize,
    own: bool,
}

#[derive(Debug, Default)]
struct DraftRule {
    name: Option<String>,
    asked: Option<Asked>,
    weight: u32,
    phrases: Vec<Written>,
    subjects: Vec<Written>,
    unless: Vec<Written>,
    with: Vec<Written>,
    not_with: Vec<Written>,
    instead_of: Vec<Asked>,
    own: bool,
}

#[derive(Debug)]
struct DraftAlways {
    sort: Sort,
    from: Vec<String>,
    to: Vec<String>,
    subject: Vec<Written>,
    own: bool,
}

#[derive(Debug, Default)]
struct Draft {
    groups: BTreeMap<String, Vec<Written>>,
    personal: Vec<Written>,
    ignored: Vec<Written>,
    rules: Vec<DraftRule>,
    /// The owner's before the shipped ones.
    always: Vec<DraftAlways>,
    without: Vec<Written>,
}

impl Draft {
    /// Every phrase there is.
    fn written(&self) -> impl Iterator<Item = &Written> {
        let of_rules = self.rules.iter().flat_map(|rule| {
            [
                &rule.phrases,
                &rule.subjects,
                &rule.unless,
                &rule.with,
                &rule.not_with,
            ]
            .into_iter()
            .flatten()
        });
        let of_always = self.always.iter().flat_map(|always| &always.subject);
        self.groups
            .values()
            .flatten()
            .chain(&self.personal)
            .chain(&self.ignored)
            .chain(of_rules)
            .chain(of_always)
    }

    /// What can only be seen when everything was read: groups that are not there or go round in a circle, and what is
    /// to be switched off and is not there.
    fn check(&self, problems: &mut Problems) {
        let deep: BTreeSet<&str> = self
            .groups
            .keys()
            .map(String::as_str)
            .filter(|name| self.is_too_deep(name, 0))
            .collect();
        for written in self.written() {
            for name in groups_in(&written.text) {
                let problem = if !self.groups.contains_key(name) {
                    Problem::UnknownGroup {
                        name: name.to_owned(),
                    }
                } else if deep.contains(name) {
                    Problem::CircleOfGroups {
                        name: name.to_owned(),
                    }
                } else {
                    continue;
                };
                problems.push(CatalogueProblem {
                    line: Some(written.line),
                    place: written.text.clone(),
                    problem,
                });
            }
        }
        let known: BTreeSet<&str> = self
            .rules
            .iter()
            .filter(|rule| !rule.own)
            .flat_map(|rule| {
                let texts = rule.phrases.iter().chain(&rule.subjects);
                texts
                    .map(|written| written.text.as_str())
                    .chain(rule.name.as_deref())
            })
            .chain(
                self.groups
                    .values()
                    .flatten()
                    .map(|word| word.text.as_str()),
            )
            .collect();
        for written in &self.without {
            if !known.contains(written.text.as_str()) {
                problems.push(CatalogueProblem {
                    line: Some(written.line),
                    place: "without".to_owned(),
                    problem: Problem::NothingToSwitchOff {
                        phrase: written.text.clone(),
                    },
                });
            }
        }
    }

    fn is_too_deep(&self, name: &str, depth: usize) -> bool {
        depth > DEPTH
            || self.groups.get(name).is_some_and(|group| {
                group
                    .iter()
                    .flat_map(|written| groups_in(&written.text))
                    .any(|inner| self.is_too_deep(inner, depth + 1))
            })
    }

    /// The rules without what is switched off. Only what [`Draft::check`] found nothing wrong with.
    fn compiled(self) -> Rules {
        let off: BTreeSet<String> = self
            .without
            .iter()
            .map(|written| written.text.clone())
            .collect();
        let is_on = |written: &Written| written.own || !off.contains(&written.text);
        let names: BTreeMap<&str, usize> =
            self.groups.keys().map(String::as_str).zip(0..).collect();
        let mut vocabulary = Vocabulary::default();
        let mut phrase = |written: &Written| {
            let parts = parts(&written.text).map(|part| sequence(part, &names, &mut vocabulary));
            Phrase::new(written.text.clone(), parts.collect())
        };
        let groups = self
            .groups
            .values()
            .map(|group| {
                let on = group.iter().filter(|written| is_on(written));
                on.flat_map(|written| phrase(written).parts).collect()
            })
            .collect();
        let mut phrases = |list: &[Written]| -> Vec<Phrase> {
            let on = list.iter().filter(|written| is_on(written));
            on.map(&mut phrase).collect()
        };
        let rules = self
            .rules
            .iter()
            .filter(|rule| rule.own || rule.name.as_ref().is_none_or(|name| !off.contains(name)))
            .map(|rule| Rule {
                asked: rule.asked.unwrap_or(Asked::Nothing),
                weight: rule.weight,
                phrases: phrases(&rule.phrases),
                subjects: phrases(&rule.subjects),
                unless: phrases(&rule.unless),
                with: phrases(&rule.with),
                not_with: phrases(&rule.not_with),
                instead_of: rule.instead_of.clone(),
                own: rule.own,
            })
            .collect();
        let personal = phrases(&self.personal);
        let ignored = phrases(&self.ignored);
        let always = self
            .always
            .iter()
            .map(|always| Always {
                sort: always.sort,
                from: always.from.clone(),
                to: always.to.clone(),
                subject: phrases(&always.subject),
                own: always.own,
            })
            .collect();
        Rules {
            vocabulary,
            groups,
            personal,
            ignored,
            of_words: rules,
            always,
        }
    }
}

/// The parts of a phrase: `a + b`.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(" + ")
}

fn groups_in(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter_map(group_name)
}

fn group_name(word: &str) -> Option<&str> {
    word.strip_prefix('{')?.strip_suffix('}')
}

fn sequence(part: &str, names: &BTreeMap<&str, usize>, vocabulary: &mut Vocabulary) -> Sequence {
    let mut sequence = Sequence::new();
    for word in part.split_whitespace() {
        if word == ".." {
            sequence.push(Element::Gap);
        } else if let Some(group) = group_name(word) {
            sequence.extend(names.get(group).map(|number| Element::Group(*number)));
        } else {
            // "don't" is two words in a mail too; only the last of them can be the beginning of one.
            let is_stem = word.ends_with('*');
            let pieces = words(word);
            for (index, piece) in pieces.iter().enumerate() {
                let is_stem = is_stem && index + 1 == pieces.len();
                sequence.push(Element::Word(vocabulary.add(piece, is_stem)));
            }
        }
    }
    sequence
}

/// Whether a part is something that can stand in a mail.
fn can_stand(part: &str) -> bool {
    let elements: Vec<&str> = part.split_whitespace().collect();
    let is_gap = |element: Option<&&str>| element.is_none_or(|element| *element == "..");
    !is_gap(elements.first())
        && !is_gap(elements.last())
        && elements
            .iter()
            .all(|element| *element == ".." || group_name(element).is_some() || is_word(element))
}

fn is_word(element: &str) -> bool {
    let bare = element.strip_suffix('*').unwrap_or(element);
    !words(bare).is_empty() && !bare.contains(['*', '{', '}', '+'])
}

struct Reader<'t> {
    text: &'t str,
    /// Where each line ends.
    line_ends: Vec<usize>,
    own: bool,
    problems: Problems,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, own: bool) -> Self {
        Self {
            text,
            line_ends: text.match_indices('\n').map(|(at, _)| at).collect(),
            own,
            problems: Vec::new(),
        }
    }

    fn line_of(&self, span: &Range<usize>) -> usize {
        1 + self.line_ends.partition_point(|end| *end < span.start)
    }

    fn report(&mut self, span: &Range<usize>, place: &str, problem: Problem) {
        self.problems.push(CatalogueProblem {
            line: Some(self.line_of(span)),
            place: place.to_owned(),
            problem,
        });
    }

    fn read(&mut self, draft: &mut Draft) {
        let (root, errors) = DeTable::parse_recoverable(self.text);
        self.root(&root, draft);
        // What else is found on a line that is not TOML only follows from it.
        let mut lines = BTreeSet::new();
        for error in &errors {
            let line = error.span().map(|span| self.line_of(&span));
            if lines.insert(line) {
                self.problems.retain(|problem| problem.line != line);
                self.problems.push(CatalogueProblem {
                    line,
                    place: String::new(),
                    problem: Problem::Syntax {
                        message: error.message().to_owned(),
                    },
                });
            }
        }
        if !errors.is_empty() {
            let is_absence = |problem: &CatalogueProblem| problem.problem.is_absence();
            self.problems.retain(|problem| !is_absence(problem));
        }
    }

    fn root(&mut self, root: &Table<'_>, draft: &mut Draft) {
        const OWN: [&str; 7] = [
            "words", "self", "ignore", "rule", "always", "without", "shipped",
        ];
        let table = root.get_ref();
        self.only(table, "", &OWN);
        if let Some(shipped) = table.get("shipped") {
            match shipped.get_ref().as_bool() {
                // The words stay: her own rules may be made of them.
                Some(false) => draft.rules.clear(),
                Some(true) => {}
                None => self.wrong(shipped, "shipped", Expected::Flag),
            }
        }
        if let Some(words) = table.get("words") {
            match words.get_ref().as_table() {
                None => self.wrong(words, "words", Expected::Table),
                Some(groups) => {
                    for (name, list) in groups {
                        let name = name.get_ref();
                        let list = self.phrases(list, &format!("words.{name}"), false);
                        draft
                            .groups
                            .entry(name.to_string())
                            .or_default()
                            .extend(list);
                    }
                }
            }
        }
        for (field, list) in [
            ("self", &mut draft.personal),
            ("ignore", &mut draft.ignored),
        ] {
            if let Some(value) = table.get(field) {
                list.extend(self.phrases(value, field, true));
            }
        }
        if let Some(value) = table.get("without") {
            draft.without.extend(self.texts(value, "without"));
        }
        for (place, rule) in self.tables(table, "rule") {
            draft.rules.push(self.rule(&rule, &place));
        }
        let mut always: Vec<_> = self
            .tables(table, "always")
            .into_iter()
            .filter_map(|(place, rule)| self.always(&rule, &place))
            .collect();
        always.append(&mut draft.always);
        draft.always = always;
    }

    /// The tables of a list with headers `[[name]]`, and how to name each.
    fn tables<'a>(
        &mut self,
        root: &'a DeTable<'a>,
        name: &str,
    ) -> Vec<(String, Spanned<&'a DeTable<'a>>)> {
        let Some(value) = root.get(name) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(value, name, Expected::Table);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (index, item) in list.iter().enumerate() {
            let place = format!("{name} {}", index + 1);
            match item.get_ref().as_table() {
                Some(table) => tables.push((place, Spanned::new(item.span(), table))),
                None => self.wrong(item, &place, Expected::Table),
            }
        }
        tables
    }

    fn rule(&mut self, section: &Spanned<&DeTable<'_>>, place: &str) -> DraftRule {
        const FIELDS: [&str; 9] = [
            "name",
            "kind",
            "weight",
            "phrases",
            "subject",
            "unless",
            "with",
            "not_with",
            "instead_of",
        ];
        let table = *section.get_ref();
        self.only(table, place, &FIELDS);
        let list = |reader: &mut Self, field: &str| match table.get(field) {
            Some(value) => reader.phrases(value, &format!("{place}.{field}"), true),
            None => Vec::new(),
        };
        let mut rule = DraftRule {
            phrases: list(self, "phrases"),
            subjects: list(self, "subject"),
            unless: list(self, "unless"),
            with: list(self, "with"),
            not_with: list(self, "not_with"),
            own: self.own,
            ..DraftRule::default()
        };
        if !table.contains_key("phrases") && !table.contains_key("subject") {
            let problem = Problem::MissingField { field: "phrases" };
            self.report(&section.span(), place, problem);
        }
        if let Some(name) = table.get("name") {
            rule.name = self
                .one(name, &format!("{place}.name"))
                .map(|name| name.text);
        }
        match table.get("kind") {
            None => self.report(
                &section.span(),
                place,
                Problem::MissingField { field: "kind" },
            ),
            Some(kind) => rule.asked = self.asked(kind, &format!("{place}.kind")),
        }
        let weight = table.get("weight");
        match weight.map(|weight| (weight, weight_of(weight))) {
            None => self.report(
                &section.span(),
                place,
                Problem::MissingField { field: "weight" },
            ),
            Some((_, Some(weight))) => rule.weight = weight,
            Some((weight, None)) => {
                self.wrong(weight, &format!("{place}.weight"), Expected::Weight);
            }
        }
        if let Some(value) = table.get("instead_of") {
            let place = format!("{place}.instead_of");
            match value.get_ref().as_array() {
                None => self.wrong(value, &place, Expected::List),
                Some(kinds) => {
                    let kinds: Vec<_> = kinds
                        .iter()
                        .filter_map(|kind| self.asked(kind, &place))
                        .collect();
                    rule.instead_of = kinds;
                }
            }
        }
        rule
    }

    fn always(&mut self, section: &Spanned<&DeTable<'_>>, place: &str) -> Option<DraftAlways> {
        let table = *section.get_ref();
        self.only(table, place, &["is", "from", "to", "subject"]);
        let addresses = |reader: &mut Self, field: &str| match table.get(field) {
            Some(value) => {
                let texts = reader.texts(value, &format!("{place}.{field}"));
                texts.into_iter().map(|written| written.text).collect()
            }
            None => Vec::new(),
        };
        let from = addresses(self, "from");
        let to = addresses(self, "to");
        let subject = match table.get("subject") {
            Some(value) => self.phrases(value, &format!("{place}.subject"), false),
            None => Vec::new(),
        };
        if !["from", "to", "subject"]
            .iter()
            .any(|field| table.contains_key(*field))
        {
            let problem = Problem::MissingField { field: "from" };
            self.report(&section.span(), place, problem);
        }
        let Some(is) = table.get("is") else {
            self.report(
                &section.span(),
                place,
                Problem::MissingField { field: "is" },
            );
            return None;
        };
        let sort = if is.get_ref().as_str() == Some(REQUEST) {
            Sort::Request
        } else {
            Sort::Is(self.asked(is, &format!("{place}.is"))?)
        };
        Some(DraftAlways {
            sort,
            from,
            to,
            subject,
            own: self.own,
        })
    }

    fn asked(&mut self, value: &Spanned<DeValue<'_>>, place: &str) -> Option<Asked> {
        let Some(word) = value.get_ref().as_str() else {
            self.wrong(value, place, Expected::Text);
            return None;
        };
        let asked = asked(word);
        if asked.is_none() {
            let kinds = Kind::ALL.iter().map(|kind| kind.word());
            let is = place
                .rsplit('.')
                .next()
                .filter(|field| *field == "is")
                .map(|_| REQUEST);
            let problem = Problem::UnknownWord {
                word: word.to_owned(),
                allowed: kinds
                    .chain([Asked::OptOut.word(), Asked::Nothing.word()])
                    .chain(is)
                    .collect(),
            };
            self.report(&value.span(), place, problem);
        }
        asked
    }

    /// A list of phrases, each of which can stand in a mail. `+` only where the words of one sentence are looked for.
    fn phrases(&mut self, value: &Spanned<DeValue<'_>>, place: &str, plus: bool) -> Vec<Written> {
        let mut written = self.texts(value, place);
        written.retain(|phrase| {
            let is_good =
                parts(&phrase.text).all(can_stand) && (plus || parts(&phrase.text).count() == 1);
            if !is_good {
                self.problems.push(CatalogueProblem {
                    line: Some(phrase.line),
                    place: place.to_owned(),
                    problem: Problem::BadPhrase {
                        phrase: phrase.text.clone(),
                    },
                });
            }
            is_good
        });
        written
    }

    fn texts(&mut self, value: &Spanned<DeValue<'_>>, place: &str) -> Vec<Written> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(value, place, Expected::List);
            return Vec::new();
        };
        list.iter()
            .filter_map(|item| self.one(item, place))
            .collect()
    }

    fn one(&mut self, item: &Spanned<DeValue<'_>>, place: &str) -> Option<Written> {
        let Some(text) = item.get_ref().as_str() else {
            self.wrong(item, place, Expected::Text);
            return None;
        };
        if text.trim().is_empty() {
            self.report(&item.span(), place, Problem::EmptyText);
            return None;
        }
        Some(Written {
            text: text.to_owned(),
            line: self.line_of(&item.span()),
            own: self.own,
        })
    }

    fn only(&mut self, table: &DeTable<'_>, place: &str, allowed: &[&'static str]) {
        for (name, _) in table {
            if !allowed.contains(&name.get_ref().as_ref()) {
                let field = name.get_ref().to_string();
                self.report(&name.span(), place, Problem::UnknownField { field });
            }
        }
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, place: &str, expected: Expected) {
        let found = value.get_ref().type_str();
        self.report(&value.span(), place, Problem::WrongType { expected, found });
    }
}

fn weight_of(value: &Spanned<DeValue<'_>>) -> Option<u32> {
    let number = value.get_ref().as_integer()?;
    let number = i64::from_str_radix(number.as_str(), number.radix()).ok()?;
    (1..=HEAVIEST)
        .contains(&number)
        .then(|| u32::try_from(number).ok())?
}
