#![doc = include_str!("architecture.md")]

pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod export;
pub mod i18n;
pub mod mail;
pub mod ops;
pub mod seal;
pub mod store;
pub mod tables;
pub mod tui;
pub mod when;
pub mod width;
