//! Spans of days, for counting what lies before a day without a row for each day of twenty years: single days, and spans of
//! 32 and of 1,024 of them, each with its count.

use std::ops::Range;

/// A span is so many times as long as one of the level below, as a power of two.
const WIDTH: u8 = 5;
/// The levels there are: 0 has the single days.
const LEVELS: u8 = 3;

/// A level, and the number of a span in it.
pub(super) type Span = (u8, u32);

/// The spans a day lies in, one of each level.
pub(super) fn around(day: u32) -> impl Iterator<Item = Span> {
    (0..LEVELS).map(move |level| (level, number(level, day)))
}

/// Ranges of spans that hold every day up to and with `day`, and each once.
pub(super) fn up_to(day: u32) -> impl Iterator<Item = Range<Span>> {
    let end = day.saturating_add(1);
    (0..LEVELS).map(move |level| {
        let last = number(level, end);
        // What the level above counts in whole spans need not be counted here.
        let first = match level + 1 {
            LEVELS => 0,
            above => number(above, end) << WIDTH,
        };
        (level, first)..(level, last)
    })
}

fn number(level: u8, day: u32) -> u32 {
    day >> (WIDTH * level)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{around, up_to};

    proptest! {
        #[test]
        fn every_day_before_is_counted_once(
            days in prop::collection::vec(0_u32..5_000, 0..200),
            until in 0_u32..5_000,
        ) {
            let mut counts: BTreeMap<_, usize> = BTreeMap::new();
            for span in days.iter().flat_map(|day| around(*day)) {
                *counts.entry(span).or_default() += 1;
            }
            let ranges = up_to(until).flat_map(|range| counts.range(range));
            let counted: usize = ranges.map(|(_, count)| count).sum();
            prop_assert_eq!(counted, days.iter().filter(|day| **day <= until).count());
        }
    }

    #[test]
    fn few_rows_are_read_for_a_day_of_this_century() {
        let rows: u32 = up_to(740_000)
            .map(|range| range.end.1 - range.start.1)
            .sum();
        assert!(rows < 800, "{rows}");
    }
}
