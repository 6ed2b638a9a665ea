//! `letter` as clap sees it.

use std::path::PathBuf;

use clap::Args;

use super::word;
use crate::domain::letter::LetterType;
use crate::domain::rejection::Ground;
use crate::domain::request::{Channel, Outcome};

/// `letter`
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub struct LetterArgs {
    /// The id
    pub id: String,
    /// Which letter [default: the one that plainly comes next]
    #[arg(value_name = "TYPE", value_parser = word(LetterType::ALL, LetterType::word))]
    pub letter: Option<LetterType>,
    /// A text that only you can give, by the name of its field; @FILE reads it from a file, `-` from standard input; may be
    /// repeated
    #[arg(long, value_name = "FIELD=TEXT", allow_hyphen_values = true)]
    pub set: Vec<String>,
    /// The ground of a refusal that is not made yet: it is made when the letter goes
    #[arg(long, requires = "facts", value_parser = word(&Ground::ALL, Ground::word))]
    pub ground: Option<Ground>,
    /// The concrete facts behind it
    #[arg(long, value_name = "TEXT", requires = "ground")]
    pub facts: Option<String>,
    /// Take on the burden of proof although an answer speaks against the refusal
    #[arg(long, requires = "ground")]
    pub accept_burden_of_proof: bool,
    /// Write it to this file instead of standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["eml", "mark_sent"])]
    pub out: Option<PathBuf>,
    /// Write it to this file as a draft for a mail program
    #[arg(long, value_name = "FILE", conflicts_with = "mark_sent")]
    pub eml: Option<PathBuf>,
    /// Note that it was sent, and how; what it tells becomes so with it
    #[arg(
        long,
        value_name = "CHANNEL",
        group = "going",
        value_parser = word(&Channel::ALL, Channel::word)
    )]
    pub mark_sent: Option<Channel>,
    /// Send it as a mail now, through what the settings name for sending; what it tells becomes so with it
    #[arg(long, group = "going", conflicts_with_all = ["out", "eml"])]
    pub send: bool,
    /// Send it to this address of the person [default: the first one]
    #[arg(long, value_name = "ADDRESS", requires = "send")]
    pub to: Option<String>,
    /// Show what would be sent, to whom and through what, and send nothing
    #[arg(long, requires = "send")]
    pub dry_run: bool,
    /// Send it although one was sent already, or nobody knows whether it was
    #[arg(long, requires = "send")]
    pub again: bool,
    /// You have looked: the letter of which nobody knew was not sent
    #[arg(long, conflicts_with_all = ["going", "out", "eml", "set"])]
    pub not_sent: bool,
    /// When it was sent [default: today]
    #[arg(long, value_name = "DATE", requires = "mark_sent")]
    pub on: Option<String>,
    /// Close the case with it [default: with what its tasks and the letter say]
    #[arg(
        long,
        value_name = "OUTCOME",
        num_args = 0..=1,
        requires = "going",
        value_parser = word(&Outcome::ALL, Outcome::word)
    )]
    pub resolve: Option<Option<Outcome>>,
}
