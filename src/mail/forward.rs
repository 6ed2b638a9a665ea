//! Who wrote a mail that somebody else passed on: the sender of a mail inside the mail, or of one that was copied into
//! the text below a header of its own, as mail programs do in several languages.
//!
//! A suggestion for the owner and no more: the mail stays its sender's until she says otherwise.

use super::{Mailbox, clean};

/// What a subject begins with when a mail was passed on, in small letters (Danish, English, Swedish, Norwegian, German).
const MARKS: [&str; 9] = [
    "fwd:",
    "fw:",
    "vs:",
    "vb:",
    "wg:",
    "tr:",
    "videresendt:",
    "videresend:",
    "forward:",
];
/// What the sender's line in a copied header begins with.
const SENDER: [&str; 6] = ["from:", "fra:", "från:", "von:", "de:", "afsender:"];
/// What other lines of such a header begin with: one of them must follow, or it is no header.
const OTHERS: [&str; 16] = [
    "subject:",
    "emne:",
    "ämne:",
    "betreff:",
    "sent:",
    "sendt:",
    "skickat:",
    "gesendet:",
    "date:",
    "dato:",
    "datum:",
    "to:",
    "til:",
    "till:",
    "an:",
    "cc:",
];
/// How many lines of a copied header are looked at.
const HEADER_LINES: usize = 8;

/// Whether the subject says that the mail was passed on.
pub(super) fn is_passed_on(subject: &str) -> bool {
    let subject = subject.trim_start().to_lowercase();
    MARKS.iter().any(|mark| subject.starts_with(mark))
}

/// The sender in the first copied header of a text.
pub(super) fn copied_sender(text: &str) -> Option<Mailbox> {
    // Some programs quote what they pass on, and some make names bold.
    let bare = |line: &str| {
        let line = line.trim_start_matches(['>', ' ', '*']).replace('*', "");
        line.trim().to_owned()
    };
    let lines: Vec<String> = text.lines().map(bare).collect();
    lines.iter().enumerate().find_map(|(at, line)| {
        let value = after(line, &SENDER)?;
        let following = lines.iter().skip(at + 1).take(HEADER_LINES);
        let is_header = following
            .take_while(|line| !line.is_empty())
            .any(|line| after(line, &OTHERS).is_some());
        is_header.then(|| mailbox(value)).flatten()
    })
}

/// What stands behind one of these words at the beginning of a line.
fn after<'a>(line: &'a str, words: &[&str]) -> Option<&'a str> {
    let (word, value) = line.split_once(':')?;
    let word = format!("{}:", word.trim().to_lowercase());
    words.contains(&word.as_str()).then(|| value.trim())
}

/// `Mette Hansen <mette@example.dk>`, `Mette Hansen [mailto:mette@example.dk]`, `mette@example.dk`.
fn mailbox(text: &str) -> Option<Mailbox> {
    let word = text.split_whitespace().find(|word| word.contains('@'))?;
    let email = word.trim_matches(|c: char| "<>[]()\"',;".contains(c));
    let email = email.strip_prefix("mailto:").unwrap_or(email);
    // A page turned into text repeats the address as its link.
    let email = email.split(['<', '>', '[', '(']).next().unwrap_or(email);
    let name = text.split(word).next().unwrap_or_default();
    let name = clean::line(name.trim_matches(|c: char| " <[(\"',".contains(c)));
    let is_name = !name.is_empty() && !name.eq_ignore_ascii_case(email);
    let is_address = email.split('@').all(|part| !part.is_empty());
    is_address.then(|| Mailbox {
        name: is_name.then_some(name),
        email: clean::line(email),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_of_a_copied_mail() {
        for (text, name, email) in [
            (
                "Se nedenfor\n\n---------- Forwarded message ---------\nFra: Mette Hansen <mette@example.dk>\nDate: man. 2. mar. 2026\nSubject: Sletning\nTo: <x@y.dk>\n\nHej",
                Some("Mette Hansen"),
                "mette@example.dk",
            ),
            (
                "Start på videresendt besked:\n\n> Fra: \"Hansen, Mette\" <mette@example.dk>\n> Emne: Sletning\n> Dato: 2. marts 2026\n>\n> Hej",
                Some("Hansen, Mette"),
                "mette@example.dk",
            ),
            (
                "-----Oprindelig meddelelse-----\nFra: Mette Hansen [mailto:mette@example.dk]\nSendt: 2. marts 2026 10:00\nTil: Luma\nEmne: Sletning",
                Some("Mette Hansen"),
                "mette@example.dk",
            ),
            (
                "*Von:* m@example.de <m@example.de>\n*Gesendet:* Montag\n*Betreff:* Daten",
                None,
                "m@example.de",
            ),
        ] {
            let found = copied_sender(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.name.as_deref(), found.email.as_str()), (name, email));
        }
        for text in [
            "Fra: mig til dig\n\nHej",
            "Fra: Mette <mette@example.dk>\n\nEmne er noget andet",
            "Hej",
        ] {
            assert_eq!(copied_sender(text), None, "{text}");
        }
    }
}
