//! Records as others take them: JSON for scripts, CSV for spreadsheets. Formats only; callers open the files.

pub mod csv;
pub mod json;
