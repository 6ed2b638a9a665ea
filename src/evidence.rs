//! The evidence of a case for the authority: what happened when, what was sent, what was done where, what was weighed, and the
//! history with its chain, by which it can be shown that nothing was changed afterwards.
//!
//! One set of sections, as text and as a page; the JSON has the values. It is about the case, so the person is in it.

use std::fmt::Write as _;

use chrono_tz::Tz;
use serde_json::{Value, json};

use crate::domain::request::Request;
use crate::export::json as shapes;
use crate::i18n::Texts;
use crate::i18n::sheet::sheet;
use crate::i18n::words::Wording;
use crate::ops::queries::Card;
use crate::ops::{Desk, OpError};
use crate::package::escaped;
use crate::store::Entry;

/// One part of the evidence: a heading and its lines.
struct Section {
    title: String,
    lines: Vec<String>,
}

/// The evidence in its three forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// For people who read text.
    pub text: String,
    /// For a browser.
    pub page: String,
    /// For programs.
    pub json: String,
}

/// Puts the evidence of a case together.
///
/// # Errors
/// [`OpError::Refused`] for what is no request or was erased.
pub fn evidence(desk: &Desk, card: &Card, texts: &Texts) -> Result<Evidence, OpError> {
    let request = crate::domain::conduct::as_request(&card.item)?;
    crate::domain::conduct::must_not_be_erased(&card.item)?;
    let wording = Wording {
        texts,
        catalogue: desk.catalogue()?,
        rules: desk.settings.rules,
        zone: desk.settings.zone,
    };
    let moment = desk.clock.moment();
    let entries = desk.history(Some(request.id), usize::MAX)?;
    let made = texts.with(
        "evidence-made",
        &[("on", texts.date_with_weekday(moment.today).into())],
    );
    let sections = [
        Section {
            title: texts.get("evidence-chronology"),
            lines: chronology(request, &entries, texts, desk.settings.zone),
        },
        Section {
            title: texts.get("evidence-case"),
            lines: sheet(card, moment.today, &wording)
                .into_iter()
                .map(|line| line.text)
                .collect(),
        },
        Section {
            title: texts.get("evidence-letters"),
            lines: letters(request, texts),
        },
        Section {
            title: texts.get("evidence-history"),
            lines: history(&entries, texts),
        },
    ];
    let title = texts.with("evidence-title", &[("id", request.id.to_string().into())]);
    let value = json!({
        "id": request.id,
        "made_at": shapes::instant(moment.now),
        "case": shapes::item(card, &wording),
        "history": entries.iter().map(entry).collect::<Vec<_>>(),
        "how_to_verify": texts.get("evidence-how"),
    });
    let mut json = serde_json::to_string_pretty(&value).unwrap_or_default();
    json.push('\n');
    Ok(Evidence {
        text: as_text(&title, &made, &sections),
        page: as_page(&title, &made, &sections, texts),
        json,
    })
}

/// What happened, each on its day: the changes in the order of the history, and before them the receipt.
fn chronology(request: &Request, entries: &[Entry], texts: &Texts, zone: Tz) -> Vec<String> {
    let mut lines = vec![format!(
        "{}  {}",
        request.received_on,
        texts.get("evidence-received")
    )];
    let mut in_order: Vec<&Entry> = entries.iter().collect();
    in_order.sort_by_key(|entry| entry.seq);
    lines.extend(in_order.into_iter().map(|entry| {
        let at = entry.at.with_timezone(&zone);
        let via = texts.get(&format!("via-{}", entry.via.word()));
        format!(
            "{}  {} ({via})",
            at.format("%Y-%m-%d %H:%M"),
            texts.event(&entry.event)
        )
    }));
    lines
}

/// The letters as they were sent.
fn letters(request: &Request, texts: &Texts) -> Vec<String> {
    let mut lines = Vec::new();
    for letter in &request.letters {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let to = letter.to.as_deref().unwrap_or_default();
        lines.push(format!(
            "{}  {} · {} {to}",
            letter.on,
            texts.letter_name(letter.letter),
            texts.channel(letter.channel)
        ));
        lines.extend(letter.subject.clone());
        match &letter.text {
            Some(text) => lines.extend(text.lines().map(str::to_owned)),
            None => lines.push(texts.get("evidence-letter-erased")),
        }
    }
    if lines.is_empty() {
        lines.push(texts.get("evidence-no-letters"));
    }
    lines
}

/// The history of the case as it is chained.
fn history(entries: &[Entry], texts: &Texts) -> Vec<String> {
    let mut in_order: Vec<&Entry> = entries.iter().collect();
    in_order.sort_by_key(|entry| entry.seq);
    let mut lines: Vec<String> = in_order
        .into_iter()
        .flat_map(|entry| {
            [
                format!(
                    "{}  {}  {}  {}",
                    entry.seq,
                    shapes::instant(entry.at),
                    entry.event,
                    entry.via.word()
                ),
                format!("    digest {}", entry.digest),
                format!("    chain  {}", entry.chain),
            ]
        })
        .collect();
    lines.push(String::new());
    lines.extend(texts.get("evidence-how").lines().map(str::to_owned));
    lines
}

fn entry(entry: &Entry) -> Value {
    json!({
        "seq": entry.seq,
        "at": shapes::instant(entry.at),
        "id": entry.id,
        "event": entry.event,
        "via": entry.via.word(),
        "digest": entry.digest,
        "chain": entry.chain,
    })
}

/// Writing to a `String` cannot fail.
fn as_text(title: &str, made: &str, sections: &[Section]) -> String {
    let mut text = format!("{title}\n{made}\n");
    for section in sections {
        write!(text, "\n== {} ==\n\n", section.title).unwrap_or_default();
        for line in &section.lines {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn as_page(title: &str, made: &str, sections: &[Section], texts: &Texts) -> String {
    let title = escaped(title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>body{{font-family:sans-serif;max-width:55em;margin:2em auto;padding:0 1em}}\
         pre{{white-space:pre-wrap;font-family:inherit;line-height:1.5}}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{}</p>\n",
        texts.language().code(),
        escaped(made)
    );
    for section in sections {
        write!(
            page,
            "<h2>{}</h2>\n<pre>{}</pre>\n",
            escaped(&section.title),
            escaped(&section.lines.join("\n"))
        )
        .unwrap_or_default();
    }
    page.push_str("</body>\n</html>\n");
    page
}
