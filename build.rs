//! Tells the program which commit it is built from, for `--version`: from git where the sources are a checkout, from cargo's
//! own note where they are a published package, else not at all. The same sources give the same words on every machine.
//!
//! It runs again only when the commit changes: what is looked at are the few files of git that say so.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Digits of a commit that are told: enough for any history.
const DIGITS: usize = 12;

/// Where `cargo package` notes the commit.
const NOTE: &str = ".cargo_vcs_info.json";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let commit = if Path::new(".git").exists() {
        checked_out()
    } else {
        noted()
    };
    if let Some(commit) = commit.filter(|commit| is_commit(commit)) {
        println!(
            "cargo::rustc-env=INDSIGT_VERSION={} ({})",
            env!("CARGO_PKG_VERSION"),
            &commit[..DIGITS]
        );
    }
}

/// What git says is checked out. Whether files were changed since is not asked: that would be a build for every question.
fn checked_out() -> Option<String> {
    // The log changes with every commit, HEAD itself only with the branch.
    for name in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--git-path", name])?;
        // cargo takes a file that is not there for one that has changed.
        if Path::new(&path).exists() {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    git(&["rev-parse", "HEAD"])
}

/// The first line that git prints; nothing where there is no git, or it refuses.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let line = text.lines().next().map(str::to_owned);
    line.filter(|_| output.status.success())
}

/// What cargo noted when it made the package.
fn noted() -> Option<String> {
    if Path::new(NOTE).exists() {
        println!("cargo::rerun-if-changed={NOTE}");
    }
    let note = fs::read_to_string(NOTE).ok()?;
    let (_, rest) = note.split_once("\"sha1\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}

fn is_commit(text: &str) -> bool {
    text.len() >= DIGITS && text.chars().all(|c| c.is_ascii_hexdigit())
}
