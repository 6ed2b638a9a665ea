//! How the requests, recordings and opt-outs of a year went: counts and times, and nobody's name.
//!
//! A request belongs to the year in which it was received, a recording to that of its deletion date, an opt-out to that of its
//! receipt. What was erased keeps number, kind, dates, outcome and ground (RULES §7), so that it still counts.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::ids::ItemId;
use super::item::Item;
use super::opt_out::OptOut;
use super::recording::Recording;
use super::rejection::Ground;
use super::request::{Kind, Outcome, Request};

/// How often each length of time occurred; of few lengths and many times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Spread(BTreeMap<i64, usize>);

impl Spread {
    fn add(&mut self, length: i64) {
        *self.0.entry(length).or_default() += 1;
    }

    /// Of two in the middle the longer.
    fn median(&self) -> Option<i64> {
        let middle = self.0.values().sum::<usize>() / 2;
        let mut passed = 0;
        self.0.iter().find_map(|(length, times)| {
            passed += times;
            (passed > middle).then_some(*length)
        })
    }

    fn longest(&self) -> Option<i64> {
        self.0.keys().next_back().copied()
    }
}

/// The requests of one kind, or all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Received.
    pub received: usize,
    /// Still open.
    pub open: usize,
    /// Open and past their last day.
    pub overdue: usize,
    /// Answered in any way that gives the person her answer, a refusal included.
    pub answered: usize,
    /// Of those, on or before the last day: the extended one where the period was extended.
    pub in_time: usize,
    /// Closed otherwise: taken back, a duplicate, no reply, no request.
    pub otherwise: usize,
    /// Extended.
    pub extended: usize,
    /// Refused, by ground.
    pub refused: BTreeMap<&'static str, usize>,
    /// Calendar days from receipt to answer.
    days: Spread,
}

impl Line {
    /// The median of the days from receipt to answer; of two in the middle the longer.
    pub fn median_days(&self) -> Option<i64> {
        self.days.median()
    }

    /// The longest time from receipt to answer, in days.
    pub fn worst_days(&self) -> Option<i64> {
        self.days.longest()
    }

    /// Whole per cent of the answers that came in time, rounded down: 99.9 is not all.
    pub fn in_time_percent(&self) -> Option<usize> {
        (self.in_time * 100).checked_div(self.answered)
    }

    fn add(&mut self, request: &Request, today: NaiveDate) {
        self.received += 1;
        self.extended += usize::from(request.extension.is_some());
        let due = request.current_dates().due;
        let Some(closing) = &request.closing else {
            self.open += 1;
            self.overdue += usize::from(today > due);
            return;
        };
        let outcome = closing.outcome;
        if let Some(rejection) = &request.rejection {
            *self
                .refused
                .entry(Ground::word(rejection.ground))
                .or_default() += 1;
        }
        let gives_answer = |it: Outcome| it.is_answer() || it == Outcome::Rejected;
        if !outcome.is_some_and(gives_answer) {
            self.otherwise += 1;
            return;
        }
        self.answered += 1;
        self.in_time += usize::from(closing.on <= due);
        let days = closing.on.signed_duration_since(request.received_on);
        self.days.add(days.num_days());
    }
}

/// The deletions of recordings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deletions {
    /// Due to be deleted, or deleted.
    pub due: usize,
    /// Deleted with every copy.
    pub deleted: usize,
    /// Of those, on or before the day.
    pub on_time: usize,
    /// Not deleted, and past the day.
    pub overdue: usize,
}

/// The opt-outs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OptOuts {
    /// Received.
    pub received: usize,
    /// Carried out.
    pub done: usize,
    /// Of those, on or before their last day.
    pub in_time: usize,
    /// Hours from entry to done.
    hours: Spread,
}

impl OptOuts {
    /// The median of the hours from entry to done; of two in the middle the longer.
    pub fn median_hours(&self) -> Option<i64> {
        self.hours.median()
    }
}

/// What came in and what was or is to be answered in one month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Month {
    /// Requests received.
    pub received: usize,
    /// Requests whose last day lies in it.
    pub due: usize,
    /// Requests closed, with whatever outcome.
    pub closed: usize,
}

/// The report of a year, or of all there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The year; `None` is everything.
    pub year: Option<i32>,
    /// The requests by kind, those kinds alone of which there are any.
    pub kinds: Vec<(Kind, Line)>,
    /// All requests.
    pub all: Line,
    /// The extensions with their reasons; empty where they were erased.
    pub extensions: Vec<(ItemId, String)>,
    /// The deletions of recordings.
    pub recordings: Deletions,
    /// The opt-outs.
    pub opt_outs: OptOuts,
    /// By year and month.
    pub months: BTreeMap<(i32, u32), Month>,
    /// The first and the last year to which anything belongs, whichever year this report is of.
    pub years: Option<(i32, i32)>,
}

impl Report {
    /// An empty report.
    pub fn of(year: Option<i32>) -> Self {
        Self {
            year,
            ..Self::default()
        }
    }

    fn covers(&self, date: NaiveDate) -> bool {
        self.year.is_none_or(|year| date.year() == year)
    }

    /// Counts a record in. `today` is the local date by which what is open is late.
    pub fn add(&mut self, item: &Item, today: NaiveDate) {
        match item {
            Item::Request(request) => self.add_request(request, today),
            Item::Recording(recording) => self.add_recording(recording, today),
            Item::OptOut(opt_out) => self.add_opt_out(opt_out),
            Item::Mail(_) => {}
        }
    }

    fn belongs_to(&mut self, year: i32) {
        let (first, last) = self.years.unwrap_or((year, year));
        self.years = Some((first.min(year), last.max(year)));
    }

    /// The month of a day that counts here.
    fn month(&mut self, day: NaiveDate) -> Option<&mut Month> {
        let month = (day.year(), day.month());
        self.covers(day)
            .then(|| self.months.entry(month).or_default())
    }

    fn add_request(&mut self, request: &Request, today: NaiveDate) {
        self.belongs_to(request.received_on.year());
        if let Some(month) = self.month(request.current_dates().due) {
            month.due += 1;
        }
        if let Some(closing) = &request.closing
            && let Some(month) = self.month(closing.on)
        {
            month.closed += 1;
        }
        if !self.covers(request.received_on) {
            return;
        }
        if let Some(month) = self.month(request.received_on) {
            month.received += 1;
        }
        self.all.add(request, today);
        let at = self
            .kinds
            .binary_search_by_key(&request.kind, |(kind, _)| *kind);
        let at = at.unwrap_or_else(|free| {
            self.kinds.insert(free, (request.kind, Line::default()));
            free
        });
        if let Some((_, line)) = self.kinds.get_mut(at) {
            line.add(request, today);
        }
        if let Some(extension) = &request.extension {
            self.extensions.push((request.id, extension.reason.clone()));
        }
    }

    fn add_recording(&mut self, recording: &Recording, today: NaiveDate) {
        let agreed = recording
            .agreement
            .as_ref()
            .map(|agreement| agreement.dates);
        let Some(due) = agreed.or(recording.dates).map(|dates| dates.due) else {
            return;
        };
        self.belongs_to(due.year());
        if !self.covers(due) {
            return;
        }
        self.recordings.due += 1;
        match &recording.closing {
            Some(closing) => {
                self.recordings.deleted += 1;
                self.recordings.on_time += usize::from(closing.on <= due);
            }
            None => self.recordings.overdue += usize::from(today > due),
        }
    }

    fn add_opt_out(&mut self, opt_out: &OptOut) {
        self.belongs_to(opt_out.received_on.year());
        if !self.covers(opt_out.received_on) {
            return;
        }
        self.opt_outs.received += 1;
        if let Some(closing) = &opt_out.closing {
            self.opt_outs.done += 1;
            self.opt_outs.in_time += usize::from(closing.on <= opt_out.dates.due);
            let hours = closing.at.signed_duration_since(opt_out.registered_at);
            self.opt_outs.hours.add(hours.num_hours().max(0));
        }
    }
}
