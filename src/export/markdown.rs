//! Registers as Markdown: one table, in the words of the language, for notes and for the record of processing.

use crate::i18n::words::Wording;
use crate::ops::queries::Card;

/// The records as a table.
pub fn table(cards: &[Card], wording: &Wording<'_>) -> String {
    let texts = wording.texts;
    let columns = [
        "column-id",
        "column-what",
        "column-person",
        "column-received",
        "column-act-by",
        "column-due",
        "column-status",
    ];
    let mut text = String::new();
    line(&mut text, columns.map(|column| texts.get(column)));
    line(&mut text, columns.map(|_| "---".to_owned()));
    for card in cards {
        let item = &card.item;
        let dates = card.standing.dates;
        let day =
            |date: Option<chrono::NaiveDate>| date.map_or_else(String::new, |it| it.to_string());
        line(
            &mut text,
            [
                item.id().to_string(),
                texts.title(item),
                texts.person(item),
                item.received_on().to_string(),
                day(dates.map(|dates| dates.act_by)),
                day(dates.map(|dates| dates.due)),
                texts.standing_of(item),
            ],
        );
    }
    if cards.is_empty() {
        text.push('\n');
        text.push_str(&texts.get("export-nothing"));
        text.push('\n');
    }
    text
}

fn line(text: &mut String, cells: [String; 7]) {
    text.push('|');
    for cell in cells {
        text.push(' ');
        text.push_str(&harmless(&cell));
        text.push_str(" |");
    }
    text.push('\n');
}

/// A cell that is text and nothing else: no column, no link, no page.
fn harmless(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\n' | '\r' => safe.push(' '),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '!' | '~' => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_cell_cannot_leave_its_column() {
        assert_eq!(harmless("a|b\nc"), "a\\|b c");
        assert_eq!(harmless("<script>[x](y)"), "\\<script\\>\\[x\\](y)");
    }
}
