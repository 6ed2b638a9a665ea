//! The program from outside: every test starts the real binary in a world of its own.
//!
//! One binary for all of them, so that there is one thing to link; `tidy` sees to it that no file is forgotten here.

mod app;
mod backup;
mod bad_input;
mod cases;
mod contract;
mod damage;
mod formats;
mod full_disk;
mod help;
mod history;
mod intake;
mod invocation;
mod keys;
mod oracle;
mod privacy;
mod processes;
mod properties;
mod pty;
mod pty_harness;
mod recordings;
mod reference;
mod restore;
mod rotation;
mod rules;
mod screens;
mod screens_more;
mod screens_random;
mod screens_safe;
mod screens_work;
mod sorting;
mod stories;
mod stories_dates;
mod stories_edges;
mod stories_identity;
mod stories_recordings;
mod stories_refusals;
mod stories_repeats;
mod stories_requests;
mod stories_retention;
mod stories_services;
mod stories_together;
mod tidy;
mod working;
mod world;
