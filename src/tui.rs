//! The terminal UI.
pub mod input;
pub mod terminal;
pub use self::terminal::{Surroundings, Unusable};
use crate::i18n::Texts;
use crate::ops::{Desk, OpError};

/// Why the terminal UI could not be opened, or ended.
#[derive(Debug)]
pub enum Unable {
    /// The terminal is none, or too simple.
    Terminal(Unusable),
    /// The store.
    Op(OpError),
    /// The terminal failed.
    Io(std::io::Error),
}
/// x
pub fn run(_desk: Desk, _texts: Texts, _s: Surroundings, _color: bool) -> Result<(), Unable> { Ok(()) }
