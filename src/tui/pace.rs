//! How soon after a frame the next one may be drawn: keys that come faster share a frame, and on a slow line a frame waits
//! until the one before it has had the time to go out, so that pictures are left out instead of queueing up.

use std::time::{Duration, Instant};

/// Sixty pictures a second are as many as a screen shows.
const BETWEEN_FRAMES: Duration = Duration::from_millis(16);

/// After a small one the next may come sooner: a letter of a search is shown at once, and what it finds not much later.
const AFTER_A_SMALL_FRAME: Duration = Duration::from_millis(4);

/// Bytes up to which a frame is a small one.
const SMALL: usize = 512;

/// Lines of this speed and above are none: every pseudo-terminal says 38,400 bit/s or more, whatever is behind it.
const NO_SERIAL_LINE: u32 = 38_400;

/// A byte is ten bits on a serial line.
const BITS_PER_BYTE: u32 = 10;

/// When the next frame may be drawn.
#[derive(Debug)]
pub(super) struct Pace {
    /// Of a line that is known to be slow.
    bytes_per_second: Option<u32>,
    next: Option<Instant>,
}

impl Pace {
    /// The pace of a line of a speed in bit/s; ssh passes on that of the terminal it runs in.
    pub(super) fn of(bits_per_second: Option<u32>) -> Self {
        Self {
            bytes_per_second: bits_per_second
                .filter(|speed| *speed < NO_SERIAL_LINE)
                .map(|speed| speed / BITS_PER_BYTE)
                .filter(|speed| *speed > 0),
            next: None,
        }
    }

    /// When a frame may be drawn that is wanted at `wanted`.
    pub(super) fn not_before(&self, wanted: Instant) -> Instant {
        self.next.map_or(wanted, |next| next.max(wanted))
    }

    /// Takes note of a frame of so many bytes; one without any was none.
    pub(super) fn drawn(&mut self, now: Instant, bytes: usize) {
        if bytes == 0 {
            return;
        }
        let between = if bytes <= SMALL {
            AFTER_A_SMALL_FRAME
        } else {
            BETWEEN_FRAMES
        };
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let under_way = self.bytes_per_second.map_or(Duration::ZERO, |speed| {
            Duration::from_secs(1) * bytes / speed
        });
        self.next = Some(now + under_way.max(between));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_line_is_given_time_and_others_none() {
        let now = Instant::now();
        let after = |speed, bytes| {
            let mut pace = Pace::of(speed);
            assert_eq!(pace.not_before(now), now);
            pace.drawn(now, bytes);
            pace.not_before(now) - now
        };
        assert_eq!(after(Some(9_600), 960), Duration::from_secs(1));
        assert_eq!(after(Some(9_600), 1), AFTER_A_SMALL_FRAME);
        assert_eq!(after(Some(38_400), 9_600), BETWEEN_FRAMES);
        assert_eq!(after(Some(0), 9_600), BETWEEN_FRAMES);
        assert_eq!(after(None, 9_600), BETWEEN_FRAMES);
        assert_eq!(after(Some(9_600), 0), Duration::ZERO);
    }
}
