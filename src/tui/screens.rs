//! What is drawn in the body of the screen: one file a screen.

pub mod detail;
pub mod history;
pub mod list;
pub mod report;
