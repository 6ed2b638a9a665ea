//! The program from outside: every test starts the real binary in a world of its own.
//!
//! One binary for all of them, so that there is one thing to link; `tidy` sees to it that no file is forgotten here.

mod app;
mod archive;
mod archive_screen;
mod attachments;
mod backup;
mod bad_input;
mod cases;
mod contract;
mod damage;
mod dovecot;
mod drafts;
mod erasing;
mod fetch;
mod formats;
mod full_disk;
mod fuzz_corpus;
mod help;
mod history;
mod hostile;
mod intake;
mod intake_lists;
mod intake_texts;
#[expect(
    unreachable_pub,
    reason = "the fuzz targets reach it from another package"
)]
mod invariants;
mod invocation;
mod keys;
mod letters;
mod letters_sent;
mod mail_server;
mod mailboxes;
mod oracle;
mod outside;
mod packages;
mod plain;
mod plain_terminals;
mod privacy;
mod processes;
mod processes_killed;
mod properties;
mod pty;
mod pty_drafts;
mod pty_harness;
mod pty_slow;
mod pty_terminals;
mod readme;
mod recordings;
mod reference;
mod registers;
mod reminders;
mod report;
mod report_screen;
mod restore;
mod rotation;
mod rules;
mod screens;
mod screens_browse;
mod screens_letters;
mod screens_more;
mod screens_random;
mod screens_safe;
mod screens_today;
mod screens_work;
mod sending;
mod sending_smtp;
mod sorting;
mod ssh;
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
mod verifying;
mod working;
mod world;
