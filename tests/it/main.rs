//! The program from outside: every test starts the real binary in a world of its own.
//!
//! One binary for all of them, so that there is one thing to link; `tidy` sees to it that no file is forgotten here.

mod bad_input;
mod cases;
mod contract;
mod help;
mod history;
mod intake;
mod invocation;
mod oracle;
mod processes;
// mod pty;
// mod pty_harness;
mod properties;
mod recordings;
mod reference;
mod rules;
mod tidy;
mod working;
mod world;
