//! What a mail asks for, as a suggestion with the sentences it rests on.
//!
//! The phrases are data ([`super::rules`]), so that the owner can read why. Doubt is [`Kind::Other`] with whatever
//! spoke for each kind: a person decides then. What no person wrote is told apart by `nature`, before this is asked.

use super::rules::{Decided, Envelope, Found, Looked, Rules, Sort, words};
use super::{Incoming, nature};
use crate::domain::request::Kind;

/// A kind needs this much to be suggested: one plain phrase.
const ENOUGH: u32 = 2;
/// A phrase in the subject says more about the mail than one in its text.
const SUBJECT_FACTOR: u32 = 2;
/// Longest sentence in a reason, in characters.
const SENTENCE_LIMIT: usize = 160;
/// Beyond this many words a text is not read further: requests are short, archives pasted below them are not.
const WORD_LIMIT: usize = 5000;
/// Sentences of a subject that are looked at: more than anybody writes there.
const SUBJECT_SENTENCES: usize = 50;
/// Who writes more words than this without a word of himself asks for nothing for himself.
const IMPERSONAL: usize = 30;
/// Who wants to leave the newsletter says so before he has written this many words.
const FAR_DOWN: usize = 150;
/// The link of a newsletter that leaves it has no more words than this, and stands below more words than these.
const BARE: usize = 5;
const BARE_BELOW: usize = 15;
/// What people add to it (in the spelling of the rules), and programs do not.
const COURTESY: [&str; 10] = [
    "please",
    "venligst",
    "tak",
    "thanks",
    "thank",
    "bitte",
    "danke",
    "tack",
    "vaenligen",
    "takk",
];
/// Lines below which another mail is quoted.
const QUOTE_MARKS: [&str; 9] = [
    "-----original message",
    "-----oprindelig meddelelse",
    "----- original message",
    "-----ursprüngliche nachricht",
    "-----ursprungligt meddelande",
    "-----opprinnelig melding",
    "---------- forwarded message",
    "begin forwarded message",
    "________________________________",
];
/// How mail programs begin the head of the mail that they quote, and a later line of it.
const QUOTED_HEADS: [&str; 5] = ["from:", "fra:", "från:", "von:", "de:"];
const QUOTED_SUBJECTS: [&str; 4] = ["subject:", "emne:", "ämne:", "betreff:"];
/// The head of a quoted mail has no more lines than this.
const HEAD_LINES: usize = 7;
/// The words before the colon of a line above a quoted mail: "Den 3. maj skrev Mette:".
const WROTE: [&str; 4] = ["wrote", "skrev", "schrieb", "skreiv"];

/// What somebody can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A right, or something else that is a request.
    For(Kind),
    /// No more newsletters.
    OptOut,
    /// Nothing that a person has a right to: advertising, news, another firm's terms.
    Nothing,
}

impl Asked {
    /// The word in JSON and in `assets/intake.toml`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::For(kind) => kind.word(),
            Self::OptOut => "optout",
            Self::Nothing => "aside",
        }
    }
}

/// What a mail seems to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What, or [`Kind::Other`] where nothing or not one thing alone was found.
    pub asked: Asked,
    /// What else is plainly asked for, in other words of the mail.
    pub also: Vec<Asked>,
    /// What spoke for anything, strongest first: several rights can be asked for in one letter.
    pub reasons: Vec<Reason>,
    /// Whether a rule for sender, recipient or subject decided: then nothing about the mail's looks does.
    pub is_decided: bool,
    /// Whether it is a long text in which nobody speaks of himself.
    pub is_impersonal: bool,
}

/// One phrase that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it speaks for.
    pub asked: Asked,
    /// The phrase as the rules have it.
    pub phrase: String,
    /// The sentence it stands in, at most 160 characters.
    pub sentence: String,
    /// Whether it stands in the subject.
    pub in_subject: bool,
    /// What it counts.
    pub weight: u32,
    /// Whether the rule is the owner's own.
    pub own: bool,
    /// Where it stands: the sentence by its number, and the words in it.
    place: Place,
    /// Where weaker phrases stand that say the same in the same sentence.
    repeated: Vec<Place>,
}

/// A sentence by its number, and in it from the first word to behind the last.
type Place = (usize, (usize, usize));

impl Reason {
    /// Whether it would be enough by itself.
    pub const fn is_plain(&self) -> bool {
        self.weight >= ENOUGH
    }

    /// Whether both rest on the same words.
    fn overlaps(&self, other: &Self) -> bool {
        is_same(self.place, other.place)
    }

    /// Whether words of `other` also say this, here or in a weaker phrase.
    fn covers(&self, other: &Self) -> bool {
        self.overlaps(other)
            || self
                .repeated
                .iter()
                .any(|place| is_same(*place, other.place))
    }
}

/// Whether two places have words in common.
const fn is_same((here, one): Place, (there, two): Place) -> bool {
    here == there && one.0 < two.1 && two.0 < one.1
}

/// Suggests what a mail asks for.
pub fn suggest(rules: &Rules, mail: &Incoming) -> Suggestion {
    // What an address writes that takes no answer asks for something only where somebody speaks of himself in it.
    let wordy = if nature::writes_alone(mail) {
        0
    } else {
        IMPERSONAL
    };
    // Who passes a mail on asks for what stands in it.
    let suggestion = if mail.inner_sender.is_some() {
        let unmarked: Vec<&str> = mail
            .text
            .lines()
            .map(|line| line.trim_start_matches(['>', ' ']))
            .collect();
        suggest_in(rules, &mail.subject, &unmarked.join("\n"), wordy)
    } else {
        suggest_in(rules, &mail.subject, &own_words(&mail.text), wordy)
    };
    let envelope = Envelope {
        from: mail.from.as_ref().map(|from| from.email.as_str()),
        to: mail.to.iter().map(|to| to.email.as_str()).collect(),
        subject: &mail.subject,
    };
    match rules.decided(&envelope) {
        Some(decided) => suggestion.decided(decided),
        None => suggestion,
    }
}

/// As [`suggest`], for a subject and a text that did not come by mail.
pub fn suggest_for(rules: &Rules, subject: &str, text: &str) -> Suggestion {
    suggest_in(rules, subject, &own_words(text), IMPERSONAL)
}

/// As [`suggest_for`], for a text of which every word counts; with more than `wordy` words it must speak of somebody.
fn suggest_in(rules: &Rules, subject: &str, text: &str, wordy: usize) -> Suggestion {
    let is_answer = is_answer(subject);
    let whole = if is_answer {
        Vec::new()
    } else {
        words(subject)
    };
    let mut sentences = sentences(subject, true);
    sentences.truncate(SUBJECT_SENTENCES);
    let mut count: usize = 0;
    for sentence in self::sentences(text, false) {
        count += sentence.words.len();
        sentences.push(sentence);
        if count > WORD_LIMIT {
            break;
        }
    }
    let looked: Vec<Looked<'_>> = sentences
        .iter()
        .map(|sentence| rules.look_at(&sentence.words))
        .collect();
    // What was not written for this mail is left out; the subject always was.
    let (sentences, looked): (Vec<_>, Vec<_>) = sentences
        .iter()
        .zip(looked)
        .filter(|(sentence, looked)| sentence.in_subject || !rules.ignores(looked))
        .unzip();
    let mut reasons: Vec<Reason> = rules
        .find(&rules.look_at(&whole), &looked)
        .into_iter()
        .enumerate()
        .flat_map(|(number, found)| {
            let sentence = sentences[number];
            found
                .into_iter()
                .map(move |found| Reason::of(found, number, sentence))
        })
        .collect();
    // So far down only the foot of a mailing tells how to leave.
    reasons.retain(|reason| {
        if reason.asked != Asked::OptOut || reason.in_subject {
            return true;
        }
        let (above, rest) = sentences.split_at(reason.place.0);
        let above: usize = above.iter().map(|sentence| sentence.words.len()).sum();
        let here = &rest[0].words;
        // A bare word or two below a text that does not come to it: "Unsubscribe | example.org".
        let is_bare = above > BARE_BELOW
            && here.len() <= BARE
            && !here.iter().any(|word| COURTESY.contains(&word.as_str()))
            && !rules.is_personal(&looked[reason.place.0..=reason.place.0]);
        above <= FAR_DOWN && !is_bare
    });
    // What the subject of an answer advertises is what the owner wrote.
    reasons.retain(|reason| !(is_answer && reason.in_subject && reason.asked == Asked::Nothing));
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight));
    let reasons = once_a_sentence(reasons);
    let is_impersonal = count > wordy && !rules.is_personal(&looked);
    let asked = winner(&reasons, is_impersonal);
    Suggestion {
        asked,
        also: also(asked, &reasons),
        reasons,
        is_decided: false,
        is_impersonal,
    }
}

/// A sentence speaks once for a kind: phrases overlap, and who has more of them in the file must not win by that.
fn once_a_sentence(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut spoken: Vec<Reason> = Vec::new();
    for reason in reasons {
        let said = spoken
            .iter_mut()
            .find(|said| said.asked == reason.asked && said.sentence == reason.sentence);
        match said {
            Some(said) => said.repeated.push(reason.place),
            None => spoken.push(reason),
        }
    }
    spoken
}

impl Suggestion {
    /// What a rule for sender, recipient or subject makes of it.
    fn decided(mut self, decided: Decided) -> Self {
        self.asked = match decided.sort {
            Sort::Is(asked) => asked,
            Sort::Request if self.asked == Asked::Nothing => Asked::For(Kind::Other),
            Sort::Request => self.asked,
        };
        let reason = Reason {
            asked: self.asked,
            phrase: decided.condition,
            sentence: shortened(&decided.said),
            in_subject: decided.in_subject,
            weight: ENOUGH,
            own: decided.own,
            place: (usize::MAX, (0, 0)),
            repeated: Vec::new(),
        };
        self.reasons.insert(0, reason);
        self.also = also(self.asked, &self.reasons);
        self.is_decided = true;
        self
    }
}

impl Reason {
    fn of(found: Found, number: usize, sentence: &Sentence) -> Self {
        // A subject promises what the mail asks for; people also name in it whose website they were on.
        let factor = if sentence.in_subject && found.asked != Asked::Nothing {
            SUBJECT_FACTOR
        } else {
            1
        };
        Self {
            asked: found.asked,
            phrase: found.phrase,
            sentence: shortened(&sentence.shown),
            in_subject: sentence.in_subject,
            weight: found.weight * factor,
            own: found.own,
            place: (number, found.span),
            repeated: Vec::new(),
        }
    }
}

/// What has most, if it has enough. Of two that have as much the one that is asked for first, if each is asked for in
/// its own words; else it is doubt.
fn winner(reasons: &[Reason], is_impersonal: bool) -> Asked {
    const DOUBT: Asked = Asked::For(Kind::Other);
    let sum_of = |asked: Asked| -> u32 {
        let of_it = reasons.iter().filter(|reason| reason.asked == asked);
        of_it.map(|reason| reason.weight).sum()
    };
    let mut sums: Vec<(Asked, u32)> = Vec::new();
    for reason in reasons {
        let is_right = ![Asked::Nothing, DOUBT].contains(&reason.asked);
        if is_right && sums.iter().all(|(asked, _)| *asked != reason.asked) {
            sums.push((reason.asked, sum_of(reason.asked)));
        }
    }
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    let most = sums.first().map_or(0, |(_, sum)| *sum);
    let against = sum_of(Asked::Nothing);
    // Hints of a seller in a mail in which nothing speaks for a wish are no doubt.
    let asks = reasons.iter().any(|reason| reason.asked != Asked::Nothing);
    let is_outweighed = against >= most && (against >= ENOUGH || !asks);
    if !reasons.is_empty() && (is_outweighed || is_impersonal) {
        return Asked::Nothing;
    }
    if most < ENOUGH {
        return DOUBT;
    }
    let equal: Vec<Asked> = sums
        .iter()
        .filter(|(_, sum)| *sum == most)
        .map(|(asked, _)| *asked)
        .collect();
    if let [only] = equal.as_slice() {
        return match only {
            Asked::OptOut => right_beside_leaving(reasons).unwrap_or(Asked::OptOut),
            only => *only,
        };
    }
    let best_of = |asked: &Asked| reasons.iter().find(|reason| reason.asked == *asked);
    let best: Vec<&Reason> = equal.iter().filter_map(best_of).collect();
    let is_apart = best.iter().enumerate().all(|(index, reason)| {
        reason.is_plain() && best[..index].iter().all(|other| !reason.overlaps(other))
    });
    let first = best.iter().min_by_key(|reason| reason.place);
    match first {
        Some(reason) if is_apart => reason.asked,
        _ => DOUBT,
    }
}

/// What is asked for by its own words, strongest first, beside leaving the newsletter: it is the greater thing.
fn right_beside_leaving(reasons: &[Reason]) -> Option<Asked> {
    let leaves = |other: &&Reason| other.asked == Asked::OptOut;
    reasons
        .iter()
        .filter(|reason| {
            !leaves(reason)
                && !matches!(reason.asked, Asked::Nothing | Asked::For(Kind::Other))
                && reason.weight > ENOUGH
        })
        .find(|reason| {
            reasons
                .iter()
                .filter(leaves)
                .all(|other| !other.overlaps(reason))
        })
        .map(|reason| reason.asked)
}

/// What else is plainly asked for, in words that say nothing else: each is a case of its own.
fn also(asked: Asked, reasons: &[Reason]) -> Vec<Asked> {
    let mut also = Vec::new();
    for reason in reasons.iter().filter(|reason| reason.is_plain()) {
        let is_another = reason.asked != asked
            && !matches!(reason.asked, Asked::Nothing | Asked::For(Kind::Other))
            && !also.contains(&reason.asked);
        let is_said_already = reasons.iter().any(|other| {
            (other.asked == asked || also.contains(&other.asked)) && other.covers(reason)
        });
        if is_another && !is_said_already {
            also.push(reason.asked);
        }
    }
    also
}

/// Whether a mail program put "Re:" or the like before a subject: then it is another mail's, and no wish.
fn is_answer(subject: &str) -> bool {
    const PREFIXES: [&str; 8] = ["re", "sv", "aw", "vs", "fwd", "fw", "vb", "wg"];
    subject
        .split_once(':')
        .is_some_and(|(prefix, _)| PREFIXES.contains(&prefix.trim().to_lowercase().as_str()))
}

/// The text without what others wrote: quoted lines, what stands below a forwarding mark, the signature. If nothing is
/// left (somebody only forwards), all of it.
fn own_words(text: &str) -> String {
    let mut own = String::new();
    let lines: Vec<&str> = text.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let below = &lines[number + 1..];
        let lower = line.trim().to_lowercase();
        if *line == "-- "
            || *line == "--"
            || QUOTE_MARKS.iter().any(|mark| lower.starts_with(mark))
            || is_head(&lower, below)
        {
            break;
        }
        if is_attribution(&lower, below) {
            // Answers below or between quoted lines are read; a mail that was pasted without marks is not.
            if below.iter().any(|line| line.trim_start().starts_with('>')) {
                continue;
            }
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

/// Whether a line begins the head of a quoted mail: From, Sent, To, Subject.
fn is_head(line: &str, below: &[&str]) -> bool {
    let begins = |line: &str, marks: &[&str]| {
        let line = line.trim_start_matches(['*', ' ', '\t']).to_lowercase();
        marks.iter().any(|mark| line.starts_with(mark))
    };
    begins(line, &QUOTED_HEADS)
        && below
            .iter()
            .take(HEAD_LINES)
            .any(|line| begins(line, &QUOTED_SUBJECTS))
}

/// Whether a line says who wrote what stands below it; mail programs break it where it is long.
fn is_attribution(line: &str, below: &[&str]) -> bool {
    let next = below.first().map_or("", |line| line.trim());
    [line.to_owned(), format!("{line} {next}").to_lowercase()]
        .iter()
        .any(|line| {
            let has_digit = line.chars().any(|c| c.is_ascii_digit());
            let has_verb = line
                .split(|c: char| !c.is_alphabetic())
                .any(|word| WROTE.contains(&word));
            line.ends_with(':') && has_digit && has_verb && line.contains(['@', ','])
                || line.ends_with(':') && has_digit && has_verb && line.starts_with("den ")
        })
}

struct Sentence {
    shown: String,
    words: Vec<String>,
    in_subject: bool,
}

/// Cuts at full stops, blank lines and before the items of a list; a single line end is only where the writer's
/// program broke the line.
fn sentences(text: &str, in_subject: bool) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut current = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let ends = match c {
            '!' | '?' => true,
            '\n' => next.is_none_or(|next| next == '\n') || begins_item(chars.clone().take(4)),
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

/// Whether a line begins as an item of a list does: `- `, `* `, `1. `, `b) `.
fn begins_item(line: impl Iterator<Item = char>) -> bool {
    let begin: Vec<char> = line.skip_while(|c| *c == ' ').collect();
    match begin.as_slice() {
        ['-' | '*' | '•' | '·' | '–', ' ' | '\t', ..] => true,
        [first, '.' | ')', ..] => first.is_alphanumeric(),
        _ => false,
    }
}

fn push_sentence(all: &mut Vec<Sentence>, text: &str, in_subject: bool) {
    let mut words = words(text);
    words.truncate(WORD_LIMIT);
    if !words.is_empty() {
        let shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        all.push(Sentence {
            shown,
            words,
            in_subject,
        });
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

#[cfg(test)]
mod tests;
