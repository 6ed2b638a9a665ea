//! The only place that reads the clock.
//!
//! The local date is the controller's, not the machine's: a server in UTC and a laptop in Copenhagen must name the
//! same day. `--today` moves the date for planning and rehearsals; the time of day stays.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::domain::conduct::Moment;
use crate::domain::deadline::local_date;

/// What time it is at the controller's place.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    zone: Tz,
    today: Option<NaiveDate>,
    wall: Option<NaiveDateTime>,
}

impl Clock {
    /// A clock for a zone, on the given date instead of today's when there is one.
    pub fn new(zone: Tz, today: Option<NaiveDate>) -> Self {
        Self {
            zone,
            today,
            wall: None,
        }
    }

    /// A clock that stands still at a wall-clock time, for invented cases.
    pub fn fixed(zone: Tz, wall: NaiveDateTime) -> Self {
        Self {
            zone,
            today: None,
            wall: Some(wall),
        }
    }

    /// The controller's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Whether it was put on another date, for planning and rehearsals.
    pub fn is_rehearsal(&self) -> bool {
        self.today.is_some()
    }

    /// Now: the instant and the local date, which always belong together.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the clock"
    )]
    pub fn moment(&self) -> Moment {
        if let Some(wall) = self.wall {
            return Moment {
                now: self.instant(wall),
                today: wall.date(),
            };
        }
        let real = Utc::now();
        let Some(today) = self.today else {
            return Moment {
                now: real,
                today: local_date(real, self.zone),
            };
        };
        let time = real.with_timezone(&self.zone).time();
        let now = self.instant(today.and_time(time));
        Moment { now, today }
    }

    /// The instant of a wall-clock time at the controller's place; the earlier one where the clock is turned back,
    /// and an hour later where it is turned forward over it.
    pub fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        self.zone
            .from_local_datetime(&wall)
            .earliest()
            .or_else(|| {
                let later = wall.checked_add_signed(chrono::TimeDelta::hours(1))?;
                self.zone.from_local_datetime(&later).earliest()
            })
            .map_or_else(|| wall.and_utc(), |local| local.with_timezone(&Utc))
    }
}
