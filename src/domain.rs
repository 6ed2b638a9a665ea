//! What the program knows about requests, recordings and opt-outs, as plain values and functions.
//!
//! The domain decides: which dates follow from a receipt, what may be done in which state, and why not.
//! It does no input or output, reads no clock, and holds no sentence for people: a "no" is a value of
//! [`refusal::Refusal`] that `i18n` puts into words. Every change is an [`event::Event`]; nothing else changes a record.

pub mod ahead;
pub mod attachment;
pub mod conduct;
pub mod correspondence;
pub mod cpr;
pub mod deadline;
pub mod draft;
pub mod event;
pub mod holidays;
pub mod ids;
pub mod item;
pub mod letter;
pub mod next_step;
pub mod opt_out;
pub mod person;
pub mod recording;
pub mod refusal;
pub mod rejection;
pub mod report;
pub mod request;
pub mod retention;
pub mod standing;
pub mod task;
pub mod text;
