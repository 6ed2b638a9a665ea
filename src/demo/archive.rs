//! An archive of any size, for measuring: twenty years of cases, nearly all of them closed.
//!
//! The same seed gives the same cases on the same day. They come in and are closed day by day through the rules of
//! `domain`, as a single owner would have left them; only that a day is one change of the store. The words they are
//! made of are in `assets/archive.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Days, NaiveDate, NaiveTime};
use fastrand::Rng;
use serde::Deserialize;

use super::{must_be_new, person};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::conduct::Resolution;
use crate::domain::ids::ItemId;
use crate::domain::opt_out::Source;
use crate::domain::person::Language;
use crate::domain::recording::Form;
use crate::domain::request::{Channel, Kind};
use crate::ops::add::{MailFacts, NewOptOut, NewRecording, NewRequest};
use crate::ops::together::Entry;
use crate::ops::{Action, Desk, OpError};
use crate::store::{Store, Via};
use crate::when::ReceivedAt;

/// One case in so many is still open.
const OPEN_ONE_IN: usize = 33;
/// The open ones came in within so many days.
const OPEN_DAYS: u64 = 40;
/// The longest that an archive goes back: twenty years.
const DAYS: usize = 7300;
/// So few cases come in a day, as long as the archive is younger than that.
const A_DAY: usize = 20;
/// A text has at least so many letters.
const TEXT_LEN: usize = 540;

/// What cases are made of.
#[derive(Debug, Deserialize)]
struct Words {
    first_names: Vec<String>,
    surnames: Vec<String>,
    subjects: Vec<String>,
    titles: Vec<String>,
    sentences: Vec<String>,
}

/// Fills a new store at `path` with `count` cases as they stand on `today`. `progress` is told how many are there.
///
/// # Errors
/// [`OpError::Unwritable`] when there is a file at `path`; [`OpError::Store`] from the store.
///
/// # Panics
/// Never in a program whose tests ran: one of them reads the same words.
pub fn fill_archive(
    path: &Path,
    settings: &Settings,
    today: NaiveDate,
    (count, seed): (usize, u64),
    progress: &mut dyn FnMut(usize),
) -> Result<(), OpError> {
    must_be_new(path)?;
    let words = match toml::from_str(include_str!("../../assets/archive.toml")) {
        Ok(words) => words,
        Err(error) => unreachable!("assets/archive.toml: {error}"),
    };
    let mut maker = Maker {
        words,
        random: Rng::with_seed(seed),
        made: 0,
    };
    let mut desk = Desk::new(
        Store::at(path, true),
        settings.clone(),
        Clock::new(settings.zone, Some(today)),
        Via::Demo,
    );
    let open = count.div_ceil(OPEN_ONE_IN);
    let closed = count - open;
    let old_days = (closed / A_DAY).clamp(1, DAYS);
    let open_days = usize::try_from(OPEN_DAYS).unwrap_or(usize::MAX);
    let first = today - Days::new(OPEN_DAYS + old_days as u64);
    let mut to_close: BTreeMap<NaiveDate, Vec<ItemId>> = BTreeMap::new();
    let hour = NaiveTime::from_hms_opt(7, 0, 0).unwrap_or_default();
    for (index, day) in first.iter_days().take(old_days + open_days).enumerate() {
        desk.clock = Clock::fixed(settings.zone, day.and_time(hour));
        let is_old = index < old_days;
        let due_by = if is_old {
            closed * (index + 1) / old_days
        } else {
            closed + open * (index - old_days + 1) / open_days
        };
        let mut entries = Vec::new();
        while maker.made < due_by {
            entries.push(maker.case(day));
        }
        // What is left is closed before those come in that stay open.
        let closing = if index + 1 == old_days {
            std::mem::take(&mut to_close)
                .into_values()
                .flatten()
                .collect()
        } else {
            to_close.remove(&day).unwrap_or_default()
        };
        let closing: Vec<_> = closing
            .into_iter()
            .map(|id| (id, maker.closing()))
            .collect();
        let came = desk.run_together(&entries, &closing)?;
        if is_old {
            for id in came {
                let day = day + Days::new(maker.random.u64(1..25));
                to_close.entry(day).or_default().push(id);
            }
        }
        progress(maker.made);
    }
    // Those of the last old day came in after its closing.
    let closing: Vec<_> = to_close
        .into_values()
        .flatten()
        .map(|id| (id, maker.closing()))
        .collect();
    desk.run_together(&[], &closing)?;
    desk.compact()
}

/// Makes one case after another.
struct Maker {
    words: Words,
    random: Rng,
    made: usize,
}

impl Maker {
    fn one_of<'w>(random: &mut Rng, words: &'w [String]) -> &'w str {
        random.choice(words).map_or("", String::as_str)
    }

    fn case(&mut self, day: NaiveDate) -> Entry {
        self.made += 1;
        let random = &mut self.random;
        let first = Self::one_of(random, &self.words.first_names);
        let last = Self::one_of(random, &self.words.surnames);
        let name = format!("{first} {last}");
        // One person in eight is the same as an earlier one.
        let number = if random.u8(..8) == 0 {
            random.usize(..self.made)
        } else {
            self.made
        };
        let email = format!("kunde{number}@example.dk");
        match random.u8(..10) {
            0..3 => Entry::OptOut(NewOptOut {
                email,
                name: Some(name),
                received_on: Some(day),
                source: Source::Link,
            }),
            3..5 => Entry::Recording(NewRecording {
                title: Self::one_of(random, &self.words.titles).to_owned(),
                person: person(&name, &[email]),
                recorded_on: day,
                form: Form::Private,
                link_sent_on: Some(day),
                link_expires_on: None,
                copies: vec![(
                    "zoom".to_owned(),
                    Some(format!("zoom.us/rec/{}", self.made)),
                )],
                declined: false,
            }),
            _ => Entry::Request(NewRequest {
                kind: *random.choice(&Kind::ALL).unwrap_or(&Kind::Access),
                person: person(&name, &[email]),
                received: Some(ReceivedAt::Date(day)),
                channel: Channel::Mail,
                language: Language::Da,
                mail: Some(Box::new(MailFacts {
                    subject: Some(Self::one_of(random, &self.words.subjects).to_owned()),
                    ..MailFacts::default()
                })),
                message: Some(self.text()),
            }),
        }
    }

    fn text(&mut self) -> String {
        // A number of its own, so that no two texts are the same and each can be looked for.
        let mut text = format!("Ref. {}.", self.made);
        while text.len() < TEXT_LEN {
            text.push(' ');
            text.push_str(Self::one_of(&mut self.random, &self.words.sentences));
        }
        text
    }

    fn closing(&mut self) -> Action {
        Action::Resolve(Resolution {
            override_reason: Some(Self::one_of(&mut self.random, &self.words.sentences).to_owned()),
            ..Resolution::default()
        })
    }
}
