//! Mail addresses in cells: which cells hold one, and how they are compared.

use crate::domain::person;

/// An address as it stands in a cell, with the name in front of it if there is one (`Mette <mette@example.dk>`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mailbox {
    pub(super) email: String,
    pub(super) name: Option<String>,
}

/// All addresses of a cleaned cell. A cell with anything else in it gives none: half a cell is not an answer.
pub(super) fn mailboxes(cell: &str) -> Vec<Mailbox> {
    if let Some(one) = mailbox(cell) {
        return vec![one];
    }
    let parts = cell
        .split([';', ',', ' ', '|'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(mailbox)
        .collect::<Option<Vec<_>>>()
        .unwrap_or_default()
}

/// How addresses are compared within a file: two spellings in upper and lower case are one person.
pub(super) fn comparable(email: &str) -> String {
    email.to_lowercase()
}

fn mailbox(text: &str) -> Option<Mailbox> {
    let text = text.trim();
    if let Some((name, rest)) = text.split_once('<') {
        let email = rest.trim_end().strip_suffix('>')?.trim();
        let name = name.trim().trim_matches('"').trim();
        let name = (!name.is_empty() && !name.contains('@')).then(|| name.to_owned());
        return is_address(email).then(|| Mailbox {
            email: email.to_owned(),
            name,
        });
    }
    let scheme = text
        .get(..7)
        .is_some_and(|head| head.eq_ignore_ascii_case("mailto:"));
    let email = if scheme { &text[7..] } else { text };
    is_address(email).then(|| Mailbox {
        email: email.to_owned(),
        name: None,
    })
}

/// Lenient where people are (plus signs, apostrophes, å in the domain), strict where a cell is something else: no
/// white space, one `@`, a dotted domain, and not the beginning of a spreadsheet formula.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let in_local = |c: char| {
        c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) || is_letter_beyond_ascii(c)
    };
    let in_label = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_letter_beyond_ascii(c);
    let label = |part: &str| !part.is_empty() && part.len() <= 63 && part.chars().all(in_label);
    text.len() <= 254
        && (1..=64).contains(&local.len())
        && !local.starts_with(['=', '.'])
        && local.chars().all(in_local)
        && domain.contains('.')
        && domain.split('.').all(label)
        && domain
            .rsplit('.')
            .next()
            .is_some_and(|top| top.chars().any(char::is_alphabetic))
        // What the program would not take when typed is no address in a file either.
        && person::is_address(text)
}

fn is_letter_beyond_ascii(c: char) -> bool {
    !c.is_ascii() && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_cells() {
        for good in [
            "a@example.dk",
            "O'Hara+nyt@mail.example.com",
            "søren@blåbær.example",
            "MAILTO:a@example.dk",
        ] {
            assert_eq!(mailboxes(good).len(), 1, "{good}");
        }
        let bad = [
            "",
            "Mette",
            "a@b",
            "a b@example.dk@",
            "@example.dk",
            "a@@example.dk",
            "a@example..dk",
            "a@.dk",
            "a@1.2.3.4",
            "a@example.dk-",
            "a@-example.dk",
            "=HYPERLINK(\"x\")",
            "=cmd|'/c'!A1@example.dk",
            "kl. 10 @ Café",
            "a@example.dk eller b",
            "<a@example.dk",
        ];
        for bad in bad {
            assert_eq!(mailboxes(bad), [], "{bad}");
        }
    }

    #[test]
    fn names_and_several_addresses_in_a_cell() {
        let one = mailboxes("Hansen, Mette <mette@example.dk>");
        assert_eq!(one[0].name.as_deref(), Some("Hansen, Mette"));
        assert_eq!(one[0].email, "mette@example.dk");
        assert_eq!(mailboxes("a@example.dk; b@example.dk").len(), 2);
    }
}
