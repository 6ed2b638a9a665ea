//! Deadlines as a calendar (RFC 5545): one all-day event each, on the stored `due` date, with alarms counted from `act_by`.
//!
//! An event keeps its UID as long as its case has a deadline, and its SEQUENCE grows with every change in the store, as
//! another case of the same person can move a day too (an erasure that of a recording): a calendar that takes the file
//! again moves what it has and doubles nothing. A calendar lies on other people's
//! servers: no name and no title is in it unless that was asked for.

use chrono::{DateTime, Days, TimeDelta, Utc};
use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike, Property, Trigger};

use crate::config::Settings;
use crate::domain::item::Item;
use crate::i18n::words::Wording;
use crate::ops::queries::Card;

/// What a calendar holds beside the deadlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminders<'a> {
    /// How many days before `act_by` a reminder comes; 0 is the day itself.
    pub days: &'a [u16],
    /// When the calendar is written.
    pub at: DateTime<Utc>,
    /// The number of the last entry in the history: it only grows.
    pub last_change: u64,
}

impl<'a> Reminders<'a> {
    /// As the settings have it.
    pub fn of(settings: &'a Settings, at: DateTime<Utc>, last_change: u64) -> Self {
        Self {
            days: &settings.calendar_alarm_days,
            at,
            last_change,
        }
    }
}

/// What identifies the program among those that write calendars (RFC 5545 §3.7.3).
const PRODUCT: &str = "-//indsigt//deadlines//EN";
/// The hour of the day, local to whoever sees it, at which a reminder comes.
const ALARM_HOUR: i64 = 8;

/// The deadlines of open records; a closed record has no deadline any more.
pub struct Deadlines<'a> {
    calendar: Calendar,
    names: bool,
    reminders: Reminders<'a>,
}

impl<'a> Deadlines<'a> {
    /// A calendar without a deadline.
    pub fn begin(names: bool, wording: &Wording<'_>, reminders: Reminders<'a>) -> Self {
        let mut calendar = Calendar::new();
        for property in &mut calendar.properties {
            if property.key() == "PRODID" {
                *property = Property::new("PRODID", PRODUCT);
            }
        }
        calendar.append_property(("METHOD", "PUBLISH"));
        calendar.name(&wording.texts.get("calendar-name"));
        // For those who subscribe: cron writes it anew every night.
        calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT6H"));
        calendar.append_property(("X-PUBLISHED-TTL", "PT6H"));
        Self {
            calendar,
            names,
            reminders,
        }
    }

    /// Adds that of a record, where it has one.
    pub fn add(&mut self, card: &Card, wording: &Wording<'_>) {
        if card.item.is_open() {
            self.calendar
                .extend(event(card, self.names, wording, &self.reminders));
        }
    }

    /// The calendar as a file.
    pub fn text(&self) -> String {
        self.calendar.to_string()
    }
}

/// The event of a record; `None` while it has no deadline.
fn event(
    card: &Card,
    names: bool,
    wording: &Wording<'_>,
    reminders: &Reminders<'_>,
) -> Option<Event> {
    let dates = card.standing.dates?;
    let texts = wording.texts;
    let item = &card.item;
    let id = item.id().to_string();
    let what = match item {
        Item::Recording(recording) if names => recording.title.clone(),
        _ => texts.kind_of(item),
    };
    let who = texts.person(item);
    let summary = if names {
        format!("{id} · {what} · {who}")
    } else {
        format!("{id} · {what}")
    };
    let description = texts.with(
        "calendar-description",
        &[
            ("act_by", texts.date_with_weekday(dates.act_by).into()),
            ("due", texts.date_with_weekday(dates.due).into()),
        ],
    );
    let mut event = Event::with_uid(&format!("{id}@indsigt"));
    event
        .summary(&summary)
        .description(&description)
        .starts(dates.due)
        // The end is the first day that is no longer part of it.
        .ends(dates.due.checked_add_days(Days::new(1))?)
        .timestamp(reminders.at)
        .sequence(u32::try_from(reminders.last_change).unwrap_or(u32::MAX))
        .class(Class::Private)
        // An all-day event that does not make the day look busy.
        .add_property("TRANSP", "TRANSPARENT");
    let lead = dates.due.signed_duration_since(dates.act_by);
    for days in reminders.days {
        let before = lead + TimeDelta::days(i64::from(*days)) - TimeDelta::hours(ALARM_HOUR);
        let trigger = if before < TimeDelta::zero() {
            Trigger::after_start(-before)
        } else {
            Trigger::before_start(before)
        };
        // Without one of its own each alarm would be given a new name every time.
        let mut alarm = Alarm::display(&summary, trigger);
        event.alarm(alarm.uid(&format!("{id}-{days}@indsigt")).done());
    }
    Some(event.done())
}
