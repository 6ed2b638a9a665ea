//! Reading mails: all that can be found out about one without the store, for many of them on all processors at once.
//!
//! Where a mail belongs and what becomes of it is decided by who has the store open (`intake`, `sorting`).

use std::panic;
use std::thread;

use crate::domain::cpr::without_cpr;
use crate::domain::person::normalise;
use crate::mail::classify::{Suggestion, suggest};
use crate::mail::rules::Rules;
use crate::mail::source::RawMail;
use crate::mail::{Incoming, Limits};

/// Fewer mails than this for each thread are not worth one.
const WORTH_A_THREAD: usize = 16;

/// A mail with what it says and seems to ask for.
pub(super) struct ReadMail {
    /// Where it came from, to tell it by.
    pub(super) place: String,
    /// What makes it the same mail when it comes again.
    pub(super) identity: Vec<u8>,
    /// The mail, without CPR numbers: they are never kept (RULES §2).
    pub(super) mail: Incoming,
    /// What it seems to ask for.
    pub(super) suggestion: Suggestion,
}

/// Reads mails, in their order.
pub(super) fn read_all(mails: &[RawMail], rules: &Rules, limits: &Limits) -> Vec<ReadMail> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = mails.len().div_ceil(threads).max(WORTH_A_THREAD);
    let each = |mails: &[RawMail]| -> Vec<ReadMail> {
        mails.iter().map(|raw| read(raw, rules, limits)).collect()
    };
    let (mine, others) = mails.split_at(share.min(mails.len()));
    thread::scope(|scope| {
        let others: Vec<_> = others
            .chunks(share)
            .map(|mails| scope.spawn(move || each(mails)))
            .collect();
        let mut all = each(mine);
        for thread in others {
            match thread.join() {
                Ok(read) => all.extend(read),
                Err(panic) => panic::resume_unwind(panic),
            }
        }
        all
    })
}

fn read(raw: &RawMail, rules: &Rules, limits: &Limits) -> ReadMail {
    let mut mail = raw.read(limits);
    let identity = identity(&mail);
    mail.subject = without_cpr(&mail.subject);
    mail.text = without_cpr(&mail.text);
    if let Some(from) = &mut mail.from {
        from.name = from.name.as_deref().map(without_cpr);
    }
    ReadMail {
        place: raw.place.clone(),
        suggestion: suggest(rules, &mail),
        identity,
        mail,
    }
}

/// What makes a mail the same mail: its Message-ID together with sender and text, since a Message-ID is sometimes
/// used again for another mail; without one, everything that identifies it.
fn identity(mail: &Incoming) -> Vec<u8> {
    let Some(id) = &mail.message_id else {
        return mail.fingerprint_source();
    };
    let sender = mail
        .from
        .as_ref()
        .map(|from| normalise(&from.email))
        .unwrap_or_default();
    // White space and the quoting of `From ` differ between routes; words do not.
    let words: Vec<&str> = mail
        .text
        .lines()
        .map(|line| match line.trim_start_matches('>') {
            bare if bare.starts_with("From ") => bare,
            _ => line,
        })
        .flat_map(str::split_whitespace)
        .collect();
    [id.as_str(), &sender, &mail.subject, &words.join(" ")]
        .join("\u{0}")
        .into_bytes()
}
