//! x
use crate::config::Settings;
use crate::ops::OpError;
/// x
pub fn fill(_path: &std::path::Path, _settings: &Settings, _today: chrono::NaiveDate) -> Result<(), OpError> { Ok(()) }
