//! Dates as people of the language write them.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::Texts;

impl Texts {
    /// `mandag den 23. november 2026`, `Monday 23 November 2026`.
    pub fn date_with_weekday(&self, date: NaiveDate) -> String {
        self.with(
            "date-with-weekday",
            &[
                ("weekday", self.weekday(date).into()),
                ("date", self.date(date).into()),
            ],
        )
    }

    /// `23. november 2026`, `23 November 2026`.
    pub fn date(&self, date: NaiveDate) -> String {
        self.with(
            "date",
            &[
                ("day", date.day().to_string().into()),
                ("month", self.get(&format!("month-{}", date.month())).into()),
                ("year", date.year().to_string().into()),
            ],
        )
    }

    /// `ma 23.11.`, `Mon 23 Nov`: for lists; the year is added when it is not that of `today`.
    pub fn date_in_list(&self, date: NaiveDate, today: NaiveDate) -> String {
        let id = if date.year() == today.year() {
            "date-in-list"
        } else {
            "date-in-list-with-year"
        };
        let month_short = self.get(&format!("month-short-{}", date.month()));
        self.with(
            id,
            &[
                ("weekday", self.weekday_short(date).into()),
                ("day", format!("{:02}", date.day()).into()),
                ("month-number", format!("{:02}", date.month()).into()),
                ("month", month_short.into()),
                ("year", format!("{:02}", date.year().rem_euclid(100)).into()),
            ],
        )
    }

    /// `i dag kl. 9.30`, `yesterday 21:14`, `20. november 2026 kl. 9.30`: an instant on the controller's clock.
    pub fn moment(&self, at: NaiveDateTime, today: NaiveDate) -> String {
        let day = match today.signed_duration_since(at.date()).num_days() {
            0 => self.get("moment-today"),
            1 => self.get("moment-yesterday"),
            _ => self.date(at.date()),
        };
        self.with(
            "moment",
            &[
                ("day", day.into()),
                ("hour", at.format("%-H").to_string().into()),
                ("minute", at.format("%M").to_string().into()),
            ],
        )
    }

    /// As [`Texts::moment`], with the weekday of the days before yesterday: `i fredags kl. 14.05`, `Friday at 14:05`.
    pub fn moment_past(&self, at: NaiveDateTime, today: NaiveDate) -> String {
        let days = today.signed_duration_since(at.date()).num_days();
        if !(2..7).contains(&days) {
            return self.moment(at, today);
        }
        let weekday = self.weekday(at.date()).into();
        self.with(
            "moment",
            &[
                (
                    "day",
                    self.with("moment-weekday", &[("weekday", weekday)]).into(),
                ),
                ("hour", at.format("%-H").to_string().into()),
                ("minute", at.format("%M").to_string().into()),
            ],
        )
    }

    /// `mandag`, `Monday`.
    pub fn weekday(&self, date: NaiveDate) -> String {
        let number = date.weekday().number_from_monday();
        self.get(&format!("weekday-{number}"))
    }

    /// `ma`, `Mon`.
    pub fn weekday_short(&self, date: NaiveDate) -> String {
        let number = date.weekday().number_from_monday();
        self.get(&format!("weekday-short-{number}"))
    }

    /// `i dag`, `om 3 dage`, `3 dage over`: how far a date is from today.
    pub fn days_left(&self, days: i64) -> String {
        match days {
            0 => self.get("days-left-today"),
            1 => self.get("days-left-tomorrow"),
            2.. => self.with("days-left", &[("n", days.into())]),
            _ => self.with("days-past", &[("n", (-days).into())]),
        }
    }
}
