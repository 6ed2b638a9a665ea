//! Address lists (`From:`, `To:` …): RFC 5322 with groups, comments and quotes, and what people's programs write.

use super::header::decode_words;
use super::{Mailbox, clean};

/// How many addresses of one field are kept.
const ADDRESS_LIMIT: usize = 1000;

/// One entry of a list: what stands before, in and behind the angle brackets. Not decoded.
#[derive(Default)]
struct Entry {
    phrase: String,
    comment: String,
    angle: Option<String>,
}

/// The mailboxes in an undecoded, unfolded address field. An entry that names a person but no address has an empty
/// `email`; the caller decides what that is worth.
pub(super) fn parse(value: &str) -> Vec<Mailbox> {
    let mut mailboxes: Vec<Mailbox> = Vec::new();
    let mut surname: Option<String> = None;
    for entry in entries(value) {
        let has_angle = entry.angle.is_some();
        let Some(mut mailbox) = mailbox(&entry) else {
            continue;
        };
        // `Hansen, Mette <mette@…>` without quotes is one person, not two.
        let before = surname.take();
        if has_angle
            && let (Some(before), Some(name)) = (before, mailbox.name.as_mut())
            && mailboxes.pop().is_some()
        {
            *name = format!("{before}, {name}");
        }
        if !has_angle && !mailbox.email.contains('@') && entry.comment.is_empty() {
            surname.clone_from(if mailbox.email.is_empty() {
                &mailbox.name
            } else {
                &None
            });
            surname = surname.or_else(|| Some(mailbox.email.clone()));
        }
        mailboxes.push(mailbox);
        if mailboxes.len() >= ADDRESS_LIMIT {
            break;
        }
    }
    mailboxes
}

/// Cuts the field at commas and semicolons outside quotes, comments and brackets, and drops the names of groups.
fn entries(value: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut entry = Entry::default();
    let mut chars = value.chars();
    let (mut depth, mut in_quotes) = (0_usize, false);
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_quotes || depth > 0 => {
                let target = if depth > 0 {
                    &mut entry.comment
                } else {
                    open(&mut entry)
                };
                target.push(c);
                target.extend(chars.next());
            }
            '"' if depth == 0 => {
                in_quotes = !in_quotes;
                open(&mut entry).push('"');
            }
            _ if in_quotes => open(&mut entry).push(c),
            '(' => {
                depth += 1;
                if depth > 1 || !entry.comment.is_empty() {
                    entry.comment.push(if depth > 1 { '(' } else { ' ' });
                }
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth > 0 {
                    entry.comment.push(')');
                }
            }
            _ if depth > 0 => entry.comment.push(c),
            '<' if !is_open(&entry) => entry.angle = Some(String::new()),
            '>' if is_open(&entry) => {
                if let Some(angle) = entry.angle.as_mut() {
                    angle.push('>');
                }
            }
            ',' | ';' if !is_open(&entry) => entries.push(std::mem::take(&mut entry)),
            ':' if entry.angle.is_none() && !entry.phrase.contains('@') => entry = Entry::default(),
            c => open(&mut entry).push(c),
        }
    }
    entries.push(entry);
    entries
}

/// The angle bracket is open, its address still being read.
fn is_open(entry: &Entry) -> bool {
    entry
        .angle
        .as_ref()
        .is_some_and(|angle| !angle.ends_with('>'))
}

fn open(entry: &mut Entry) -> &mut String {
    match &mut entry.angle {
        Some(angle) if !angle.ends_with('>') => angle,
        _ => &mut entry.phrase,
    }
}

fn mailbox(entry: &Entry) -> Option<Mailbox> {
    let phrase = unquoted(&entry.phrase);
    let comment = unquoted(&entry.comment);
    let (email, mut name) = match &entry.angle {
        Some(angle) => (address(angle), phrase),
        None => bare(&entry.phrase),
    };
    if name.trim().is_empty() {
        name = comment;
    }
    let email = clean::line(&email);
    let name = clean::line(&name.split_whitespace().collect::<Vec<_>>().join(" "));
    if email.is_empty() && name.is_empty() {
        return None;
    }
    let is_repeated = name
        .trim_matches(['\'', '<', '>'])
        .eq_ignore_ascii_case(&email);
    Some(Mailbox {
        name: (!name.is_empty() && !is_repeated).then_some(name),
        email,
    })
}

/// An entry without angle brackets: the word with the `@` is the address, the others are the name.
fn bare(phrase: &str) -> (String, String) {
    let decoded = decode_words(phrase);
    let tight = decoded.replace(" @", "@").replace("@ ", "@");
    // A quoted local part may hold spaces: `"anna hansen"@example.dk`.
    if tight.trim_start().starts_with('"') && tight.contains("\"@") {
        return (tight.trim().to_owned(), String::new());
    }
    let words: Vec<&str> = tight.split_whitespace().collect();
    if let Some(at) = words.iter().position(|word| word.contains('@')) {
        let name: Vec<&str> = words
            .iter()
            .enumerate()
            .filter(|&(i, _)| i != at)
            .map(|(_, word)| *word)
            .collect();
        return (address(words[at]), unquoted(&name.join(" ")));
    }
    match words.as_slice() {
        // Mailing-list archives hide addresses from robots this way.
        [local, at, domain] if at.eq_ignore_ascii_case("at") && domain.contains('.') => {
            (format!("{local}@{domain}"), String::new())
        }
        // A local name: `From: root`.
        [local] if local.is_ascii() && !local.starts_with('"') => {
            ((*local).to_owned(), String::new())
        }
        _ => (String::new(), unquoted(phrase)),
    }
}

/// An address as it stood in brackets: without white space, a route (`@a,@b:`) or `mailto:`.
fn address(angle: &str) -> String {
    let inner = decode_words(angle.trim_end_matches('>'));
    let inner = inner.trim().trim_start_matches('<').trim();
    let inner = inner
        .get(..7)
        .filter(|start| start.eq_ignore_ascii_case("mailto:"))
        .map_or(inner, |_| &inner[7..]);
    let inner = match inner.split_once(':') {
        Some((route, address)) if route.starts_with('@') => address,
        _ => inner,
    };
    // `Kurt [mailto:kurt@…]`, as copied from Outlook; `a@[192.0.2.1]` keeps its brackets.
    let inner = if inner.contains('[') {
        inner
    } else {
        inner.trim_end_matches(']')
    };
    if inner.starts_with('"') {
        return inner.to_owned();
    }
    inner.split_whitespace().collect()
}

/// The text of a phrase: quotes and escapes resolved, encoded words decoded.
fn unquoted(phrase: &str) -> String {
    let mut text = String::with_capacity(phrase.len());
    let mut chars = phrase.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.extend(chars.next()),
            '"' => {}
            c => text.push(c),
        }
    }
    decode_words(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(value: &str) -> Vec<(String, String)> {
        parse(value)
            .into_iter()
            .map(|m| (m.name.unwrap_or_default(), m.email))
            .collect()
    }

    #[test]
    fn one_mailbox_in_many_forms() {
        for (value, name, email) in [
            ("jens@x.example", "", "jens@x.example"),
            ("<jens@x.example>", "", "jens@x.example"),
            (
                "Jens Hansen <jens@x.example>",
                "Jens Hansen",
                "jens@x.example",
            ),
            (
                "Jens Hansen <jens@x.example> (Odense)",
                "Jens Hansen",
                "jens@x.example",
            ),
            (
                "\"Hansen, Jens\" <jens@x.example>",
                "Hansen, Jens",
                "jens@x.example",
            ),
            (
                "Hansen, Jens <jens@x.example>",
                "Hansen, Jens",
                "jens@x.example",
            ),
            (
                "\"Jens \\\"Jes\\\" Hansen\" <jens@x.example>",
                "Jens \"Jes\" Hansen",
                "jens@x.example",
            ),
            (
                "jens@x.example (Jens Hansen)",
                "Jens Hansen",
                "jens@x.example",
            ),
            (
                "jens@x.example (Jens (Jes) Hansen)",
                "Jens (Jes) Hansen",
                "jens@x.example",
            ),
            ("=?utf-8?q?J=C3=B8rn?= <j@x.example>", "Jørn", "j@x.example"),
            (
                "\"=?utf-8?q?J=C3=B8rn?=\" <j@x.example>",
                "Jørn",
                "j@x.example",
            ),
            (
                "=?utf-8?q?Hansen=2C_J=C3=B8rn?= <j@x.example>",
                "Hansen, Jørn",
                "j@x.example",
            ),
            ("jens@x.example <jens@x.example>", "", "jens@x.example"),
            ("\"jens@x.example\" <Jens@x.example>", "", "Jens@x.example"),
            ("Jens jens@x.example", "Jens", "jens@x.example"),
            ("jens @ x.example", "", "jens@x.example"),
            ("<@a,@b:jens@x.example>", "", "jens@x.example"),
            ("Jens <mailto:jens@x.example>", "Jens", "jens@x.example"),
            ("Jens <jens@x.example", "Jens", "jens@x.example"),
            ("guido at x.example (Guido)", "Guido", "guido@x.example"),
            ("Kurt [mailto:kurt@x.example]", "", "kurt@x.example"),
            ("a@[192.0.2.1]", "", "a@[192.0.2.1]"),
            ("Mette Hansen", "Mette Hansen", ""),
            (
                "Mr. J. Hansen <j@x.example>",
                "Mr. J. Hansen",
                "j@x.example",
            ),
            ("\"a b\"@x.example", "", "\"a b\"@x.example"),
            ("Jens\u{202e} <jens@x.example>", "Jens", "jens@x.example"),
        ] {
            assert_eq!(all(value), [(name.to_owned(), email.to_owned())], "{value}");
        }
    }

    #[test]
    fn lists_and_groups() {
        assert_eq!(all("a@x.example, B <b@x.example>").len(), 2);
        assert_eq!(all("Hold: a@x.example, b@x.example; c@x.example").len(), 3);
        assert_eq!(all("undisclosed-recipients:;"), []);
        assert_eq!(all("root"), [(String::new(), "root".to_owned())]);
        assert_eq!(all(""), []);
        assert_eq!(all(" , ;<>"), []);
        assert_eq!(
            all("\"unclosed <a@x.example"),
            [("unclosed".to_owned(), "a@x.example".to_owned())]
        );
    }
}
