//! What is drawn in the body of the screen: one file a screen.

pub mod calendar;
pub mod detail;
pub mod empty;
pub mod history;
pub mod list;
pub mod report;
pub mod today;
