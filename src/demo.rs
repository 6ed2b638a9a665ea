//! The invented cases of `indsigt demo`: some fifty of them in all states, dated around today.
//!
//! They are worked through with the same operations as real ones, day by day in the order of the dates, so that
//! numbers, history and undo are what a year and a half of use would have left. The cases themselves are in
//! `assets/demo.toml`; here is only when each of their steps happened.
//!
//! On every day of the year each list has something overdue, to be acted on now, due soon, later and closed. What the
//! rules make impossible is not there: no request ends on a Sunday, and an opt-out, which takes effect at once, is
//! due soon only on a day off and never later.

mod archive;
mod cases;
mod dates;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};

pub use self::archive::fill_archive;
use self::cases::{Cases, Deed, On, OptOutCase, RecordingCase, RequestCase, Step};
use self::dates::{Span, days_after, days_before};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::deadline::{
    Receipt, extended_dates, opt_out_dates, recording_dates, request_dates,
};
use crate::domain::ids::ItemId;
use crate::domain::person::Person;
use crate::domain::request::Channel;
use crate::ops::add::{MailFacts, NewOptOut, NewRecording, NewRequest};
use crate::ops::{Desk, Op, OpError, Target};
use crate::store::{Store, Via};
use crate::when::ReceivedAt;

/// Days back from today within which a request, extended or not, can still be open.
const LONGEST_PERIOD_DAYS: usize = 130;

/// Fills a new store at `path` with the invented cases, as they stand on `today`.
///
/// # Errors
/// [`OpError::Unwritable`] when there is a file at `path`: invented cases must never get among real ones.
///
/// # Panics
/// Never in a program whose tests ran: one of them reads the same cases.
pub fn fill(path: &Path, settings: &Settings, today: NaiveDate) -> Result<(), OpError> {
    must_be_new(path)?;
    let plan = Plan::of(&Cases::built_in(), settings, today);
    // One desk for all days: it reads the service cards once.
    let mut desk = Desk::new(
        Store::at(path, true),
        settings.clone(),
        Clock::new(settings.zone, Some(today)),
        Via::Demo,
    );
    let mut ids: BTreeMap<usize, ItemId> = BTreeMap::new();
    // The owner works on the evening's mail before breakfast: everything of a day is done at seven.
    let hour = NaiveTime::from_hms_opt(7, 0, 0).unwrap_or_default();
    for entry in plan.in_order() {
        desk.clock = Clock::fixed(settings.zone, entry.day.and_time(hour));
        match entry.what {
            What::Enter(case, op) => {
                let done = desk.run(&op)?;
                ids.extend(done.items.first().map(|item| (case, item.id())));
            }
            What::Do(cases, deed) => {
                let targets: Vec<Target> = cases
                    .iter()
                    .filter_map(|case| ids.get(case).copied().map(Target::from))
                    .collect();
                let on = On {
                    day: entry.day,
                    today,
                };
                for op in deed.ops(&targets, on) {
                    desk.run(&op)?;
                }
            }
        }
    }
    Ok(())
}

fn must_be_new(path: &Path) -> Result<(), OpError> {
    if path.exists() {
        return Err(OpError::Unwritable {
            path: path.to_owned(),
            source: io::Error::from(io::ErrorKind::AlreadyExists),
        });
    }
    Ok(())
}

/// Something that happens on a day.
#[derive(Debug)]
struct Happening {
    day: NaiveDate,
    what: What,
}

#[derive(Debug)]
enum What {
    /// A case comes in.
    Enter(usize, Op),
    /// Something is done to cases that came in before.
    Do(Vec<usize>, Deed),
}

/// What happens when.
#[derive(Debug)]
struct Plan<'a> {
    settings: &'a Settings,
    today: NaiveDate,
    happenings: Vec<Happening>,
    keys: BTreeMap<String, usize>,
    cases: usize,
}

impl<'a> Plan<'a> {
    fn of(cases: &Cases, settings: &'a Settings, today: NaiveDate) -> Self {
        let mut plan = Self {
            settings,
            today,
            happenings: Vec::new(),
            keys: BTreeMap::new(),
            cases: 0,
        };
        for case in &cases.request {
            plan.add_request(case);
        }
        for case in &cases.recording {
            plan.add_recording(case);
        }
        for case in &cases.opt_out {
            plan.add_opt_out(case);
        }
        for sitting in &cases.sitting {
            let day = plan.desk_day(days_before(today, sitting.days_ago));
            let of: Vec<usize> = sitting.of.iter().map(|key| plan.case(key)).collect();
            for deed in &sitting.deeds {
                let what = What::Do(of.clone(), deed.clone());
                plan.happenings.push(Happening { day, what });
            }
        }
        plan
    }

    /// What happens, by day; on one day in the order in which it was planned.
    fn in_order(mut self) -> Vec<Happening> {
        self.happenings.sort_by_key(|happening| happening.day);
        self.happenings
    }

    fn case(&self, key: &str) -> usize {
        match self.keys.get(key) {
            Some(case) => *case,
            None => unreachable!("assets/demo.toml: no case is called '{key}'"),
        }
    }

    /// The day on which the owner is at her desk for something of this date: a working day, and never a future one.
    fn desk_day(&self, date: NaiveDate) -> NaiveDate {
        self.settings
            .rules
            .calendar
            .on_or_after(date)
            .min(self.today)
    }

    fn span(&self, extra: usize) -> Span {
        Span {
            today: self.today,
            days: LONGEST_PERIOD_DAYS + extra,
        }
    }

    fn enter(&mut self, key: Option<&String>, day: NaiveDate, op: Op) -> usize {
        let case = self.cases;
        self.cases += 1;
        self.keys.extend(key.map(|key| (key.clone(), case)));
        let what = What::Enter(case, op);
        self.happenings.push(Happening { day, what });
        case
    }

    fn do_steps(&mut self, case: usize, arrived: NaiveDate, entered: NaiveDate, steps: &[Step]) {
        for step in steps {
            let day = self.desk_day(days_after(arrived, step.after)).max(entered);
            let what = What::Do(vec![case], step.deed.clone());
            self.happenings.push(Happening { day, what });
        }
    }

    fn add_request(&mut self, case: &RequestCase) {
        let calendar = self.settings.rules.calendar;
        let by_post = case.channel == Channel::Letter;
        let received_on = case.received.day(self.span(0), |received_on| {
            if case.is_extended() {
                return extended_dates(calendar, received_on, by_post);
            }
            request_dates(
                calendar,
                Receipt {
                    received_on,
                    at_once: case.kind.takes_effect_at_once(),
                    by_post,
                },
            )
        });
        let clock = Clock::new(self.settings.zone, None);
        let (received, entered) = match case.time {
            // It may be before that time of day now: what came in today has only its date.
            Some(time) if received_on < self.today => (
                ReceivedAt::Instant(clock.instant(received_on.and_time(time))),
                self.desk_day(days_after(received_on, 1)),
            ),
            _ => (ReceivedAt::Date(received_on), self.desk_day(received_on)),
        };
        let new = NewRequest {
            kind: case.kind,
            person: person(&case.name, &case.emails),
            received: Some(received),
            channel: case.channel,
            language: case.language,
            message: Some(case.message.trim().to_owned()),
            mail: case.subject.as_ref().map(|subject| {
                Box::new(MailFacts {
                    subject: Some(subject.clone()),
                    ..MailFacts::default()
                })
            }),
        };
        let id = self.enter(case.key.as_ref(), entered, Op::AddRequest(new));
        self.do_steps(id, received_on, entered, &case.steps);
    }

    fn add_recording(&mut self, case: &RecordingCase) {
        let rules = self.settings.rules;
        let span = self.span(usize::from(rules.recording_days));
        let dates =
            |link_sent_on| recording_dates(rules.calendar, link_sent_on, rules.recording_days);
        let link_sent_on = case.link.map(|when| when.day(span, dates));
        let recorded_on = match (case.recorded, link_sent_on) {
            (Some(days), _) => days_before(self.today, days),
            (None, sent_on) => days_before(sent_on.unwrap_or(self.today), 1),
        };
        let arrived = link_sent_on.unwrap_or(recorded_on);
        let entered = self.desk_day(arrived);
        let new = NewRecording {
            title: case.title.clone(),
            person: person(&case.name, &case.emails),
            recorded_on,
            form: case.form,
            link_sent_on,
            link_expires_on: link_sent_on
                .zip(case.expires_after)
                .map(|(sent_on, days)| days_after(sent_on, days)),
            copies: case
                .copies
                .iter()
                .map(|(place, locator)| (place.clone(), Some(locator.clone())))
                .collect(),
            declined: case.declined,
        };
        let id = self.enter(None, entered, Op::AddRecording(new));
        self.do_steps(id, arrived, entered, &case.steps);
    }

    fn add_opt_out(&mut self, case: &OptOutCase) {
        let calendar = self.settings.rules.calendar;
        let received_on = case
            .received
            .day(self.span(0), |day| opt_out_dates(calendar, day));
        let entered = self.desk_day(received_on);
        let new = NewOptOut {
            email: case.email.clone(),
            name: case.name.clone(),
            received_on: Some(received_on),
            source: case.source,
        };
        let id = self.enter(case.key.as_ref(), entered, Op::AddOptOut(new));
        self.do_steps(id, received_on, entered, &case.steps);
    }
}

fn person(name: &str, emails: &[String]) -> Person {
    Person {
        name: name.to_owned(),
        emails: emails.to_vec(),
    }
}
