//! What goes out with an answer: the letter, what the services hold, the files of the case, recordings still there, a page
//! that says what each of them is, and a list of checksums.
//!
//! Put together here and looked through for anybody else's address; `write` makes a folder or a ZIP file of it. Decides
//! nothing about the case and changes nothing in it.

mod page;
pub mod write;

pub(crate) use self::page::escaped;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::json;

use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::person::normalise;
use crate::domain::recording::{CopyStatus, Form, Recording};
use crate::domain::refusal::Refusal;
use crate::domain::request::Request;
use crate::export::{csv, json as shapes};
use crate::i18n::Texts;
use crate::i18n::words::Wording;
use crate::letters::{self, Wish};
use crate::ops::queries::Card;
use crate::ops::{Desk, OpError};

/// The content of a file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file on the own disk, which can be large.
    File(PathBuf),
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its path within the package, with `/` between folders.
    pub path: String,
    /// What it is, in the person's language.
    pub what: String,
    /// What is in it.
    pub content: Content,
}

/// Somebody else's address in a file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// The file.
    pub path: String,
    /// The address.
    pub email: String,
    /// A record of theirs.
    pub id: ItemId,
}

/// What goes out with the answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The case, which names the folder or file.
    pub id: ItemId,
    /// Its files, in the order in which the page names them.
    pub pieces: Vec<Piece>,
    /// What is not in it, and why, in the person's language; the page says so, too.
    pub left_out: Vec<String>,
    /// Other known persons whose addresses are in it.
    pub strangers: Vec<Stranger>,
}

/// Puts the package of a request together.
///
/// # Errors
/// [`OpError::Refused`] for what is no request or was erased; [`OpError::Store`] when a file of the case cannot be read.
pub fn package(desk: &Desk, card: &Card, texts: &Texts) -> Result<Package, OpError> {
    let request = crate::domain::conduct::as_request(&card.item)?;
    crate::domain::conduct::must_not_be_erased(&card.item)?;
    let own;
    let texts = if texts.language() == request.language {
        texts
    } else {
        own = Texts::new(request.language);
        &own
    };
    let wording = Wording {
        texts,
        catalogue: desk.catalogue()?,
        rules: desk.settings.rules,
        zone: desk.settings.zone,
    };
    let mut parts = Parts {
        desk,
        card,
        wording: &wording,
        pieces: Vec::new(),
        left_out: Vec::new(),
    };
    parts.letter(request)?;
    parts.own_records(request);
    parts.services(request)?;
    parts.files(request)?;
    parts.recordings();
    let Parts {
        mut pieces,
        left_out,
        ..
    } = parts;
    let page = page::page(request.id, &pieces, &left_out, texts);
    let name = texts.get("package-page");
    pieces.insert(
        0,
        Piece {
            path: name,
            what: texts.get("package-page-what"),
            content: Content::Bytes(page.into_bytes()),
        },
    );
    let strangers = strangers(desk, card, &pieces)?;
    Ok(Package {
        id: request.id,
        pieces,
        left_out,
        strangers,
    })
}

/// A package being put together.
struct Parts<'a> {
    desk: &'a Desk,
    card: &'a Card,
    wording: &'a Wording<'a>,
    pieces: Vec<Piece>,
    left_out: Vec<String>,
}

impl Parts<'_> {
    /// Adds a file; a second one of the same name gets a number.
    fn add(&mut self, path: &str, what: String, content: Content) {
        let mut free = path.to_owned();
        let (stem, extension) = match path.rsplit_once('.') {
            Some((stem, extension)) if !extension.contains('/') => (stem, format!(".{extension}")),
            _ => (path, String::new()),
        };
        let mut number = 2;
        // Names that differ in case alone are one name on Windows and macOS.
        while self
            .pieces
            .iter()
            .any(|piece| piece.path.to_lowercase() == free.to_lowercase())
        {
            free = format!("{stem}-{number}{extension}");
            number += 1;
        }
        self.pieces.push(Piece {
            path: free,
            what,
            content,
        });
    }

    fn leave_out(&mut self, id: &str, args: &[(&str, crate::i18n::Arg<'_>)]) {
        self.left_out.push(self.wording.texts.with(id, args));
    }

    /// The last answer that was sent, else the one that comes next as it would go now.
    fn letter(&mut self, request: &Request) -> Result<(), OpError> {
        let texts = self.wording.texts;
        let sent = request
            .letters
            .iter()
            .rev()
            .find(|letter| letter.letter.is_answer() && letter.text.is_some());
        let (subject, text) = if let Some(sent) = sent {
            let subject = sent.subject.clone().unwrap_or_default();
            (subject, sent.text.clone().unwrap_or_default())
        } else {
            let wish = Wish {
                language: Some(request.language),
                ..Wish::default()
            };
            match letters::write(self.desk, self.card, &wish, texts) {
                Ok(letter) if letter.letter.is_answer() && letter.missing().is_empty() => {
                    (letter.subject, letter.text)
                }
                Ok(_) | Err(OpError::Refused(_)) => {
                    self.leave_out("package-no-letter", &[]);
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        };
        self.add(
            &texts.get("package-letter"),
            texts.get("package-letter-what"),
            Content::Bytes(format!("{subject}\n\n{text}\n").into_bytes()),
        );
        Ok(())
    }

    /// What this program itself holds on her: her things, in the shapes of `show`, without the owner's own remarks.
    fn own_records(&mut self, request: &Request) {
        let texts = self.wording.texts;
        let circle = self.card.circle.iter();
        let records: Vec<_> = circle
            .filter(|item| !matches!(item, Item::Mail(_)))
            .filter(|item| !is_group(item))
            .map(|item| own_record(item, self.wording))
            .collect();
        let value = json!({
            "person": {"name": request.person.name, "emails": request.person.emails},
            "records": records,
        });
        let mut bytes = serde_json::to_vec_pretty(&value).unwrap_or_default();
        bytes.push(b'\n');
        self.add(
            "data/indsigt.json",
            texts.get("package-own-what"),
            Content::Bytes(bytes),
        );
        if self.card.circle.iter().any(|item| !item.notes().is_empty()) {
            self.leave_out("package-no-notes", &[]);
        }
    }

    /// The rows of the services' exports, as CSV for people and JSON for programs.
    fn services(&mut self, request: &Request) -> Result<(), OpError> {
        for task in request.tasks.iter().filter(|task| !task.rows.is_empty()) {
            let place = self.wording.task_place(task);
            let service = place.unwrap_or_else(|| task.id.clone());
            for rows in &task.rows {
                let stem = rows
                    .file_name
                    .rsplit_once('.')
                    .map_or(rows.file_name.as_str(), |(stem, _)| stem);
                let stem = format!("data/{}-{}", safe(&task.id), safe(stem));
                let args = [
                    ("service", service.as_str().into()),
                    ("n", rows.count().into()),
                    ("on", self.wording.texts.date(rows.on).into()),
                ];
                let what = self.wording.texts.with("package-rows-what", &args);
                let table = csv::service_rows(rows).map_err(|source| OpError::Unwritable {
                    path: stem.clone().into(),
                    source,
                })?;
                self.add(&format!("{stem}.csv"), what.clone(), Content::Bytes(table));
                let tables: Vec<_> = rows
                    .tables
                    .iter()
                    .map(|table| json!({"columns": table.header, "rows": table.rows}))
                    .collect();
                let value = json!({"service": service, "file": rows.file_name, "taken_on": rows.on, "tables": tables});
                let mut bytes = serde_json::to_vec_pretty(&value).unwrap_or_default();
                bytes.push(b'\n');
                self.add(&format!("{stem}.json"), what, Content::Bytes(bytes));
            }
        }
        Ok(())
    }

    /// The files the owner put on the case, but for those that are for her alone.
    fn files(&mut self, request: &Request) -> Result<(), OpError> {
        let texts = self.wording.texts;
        for file in request
            .attachments
            .iter()
            .filter(|file| file.goes_to_the_person())
        {
            let key = file.content.as_deref().unwrap_or_default();
            let content = self.desk.store.read(|view| view.file(key))?;
            let Some(content) = content else {
                let args = [("name", file.name.as_str().into())];
                self.leave_out("package-file-lost", &args);
                continue;
            };
            let what = match &file.task {
                Some(task) => {
                    let known = request.tasks.iter().find(|known| known.id == *task);
                    let place = known.and_then(|task| self.wording.task_place(task));
                    let service = place.unwrap_or_else(|| task.clone());
                    texts.with("package-file-of", &[("service", service.into())])
                }
                None => texts.get("package-file-what"),
            };
            let path = format!("{}/{}", texts.get("package-files"), safe(&file.name));
            self.add(&path, what, Content::Bytes(content));
        }
        Ok(())
    }

    /// Recordings that are still held: copies on the own disk as files, others by where they lie.
    fn recordings(&mut self) {
        let texts = self.wording.texts;
        let circle = self.card.circle.clone();
        for item in circle.iter() {
            let Item::Recording(recording) = item else {
                continue;
            };
            let present: Vec<_> = recording
                .copies
                .iter()
                .filter(|copy| copy.status == CopyStatus::Present)
                .collect();
            if present.is_empty() {
                continue;
            }
            let named = [
                ("title", recording.title.as_str().into()),
                ("on", texts.date(recording.recorded_on).into()),
            ];
            if recording.form == Form::Group {
                self.leave_out("package-group", &named);
                continue;
            }
            let what = texts.with("package-recording-what", &named);
            let local = present.iter().filter_map(|copy| copy.local_path());
            let there: Vec<PathBuf> = local
                .map(PathBuf::from)
                .filter(|path| path.is_file())
                .collect();
            let Some(file) = there.first() else {
                let places: Vec<String> = present.iter().map(|copy| copy.place.clone()).collect();
                let args = [
                    ("title", recording.title.as_str().into()),
                    ("on", texts.date(recording.recorded_on).into()),
                    ("places", places.join(", ").into()),
                ];
                self.leave_out("package-recording-elsewhere", &args);
                continue;
            };
            let path = format!(
                "{}/{}",
                texts.get("package-recordings"),
                file_name(recording, file)
            );
            self.add(&path, what, Content::File(file.clone()));
        }
    }
}

/// A recording of several people shows others, too.
fn is_group(item: &Item) -> bool {
    matches!(item, Item::Recording(recording) if recording.form == Form::Group)
}

fn file_name(recording: &Recording, file: &std::path::Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    safe(&format!("{}-{name}", recording.recorded_on))
}

/// What is held of a record, as she may have it: no remark of the owner's, no address of a copy, no other record's dates.
fn own_record(item: &Item, wording: &Wording<'_>) -> serde_json::Value {
    match item {
        Item::Request(request) => json!({
            "id": request.id,
            "kind": request.kind,
            "received_on": request.received_on,
            "received_at": request.received_at.map(shapes::instant),
            "channel": request.channel,
            "subject": request.subject,
            "message": request.message,
            "mails": request.mails.iter().map(|mail| json!({
                "received_on": mail.received_on,
                "subject": mail.subject,
                "text": mail.text,
            })).collect::<Vec<_>>(),
            "letters": request.letters.iter().map(|letter| json!({
                "sent_on": letter.on,
                "subject": letter.subject,
                "text": letter.text,
            })).collect::<Vec<_>>(),
            "outcome": request.closing.as_ref().and_then(|closing| closing.outcome),
            "closed_on": request.closing.as_ref().map(|closing| closing.on),
        }),
        Item::Recording(recording) => json!({
            "id": recording.id,
            "title": recording.title,
            "recorded_on": recording.recorded_on,
            "link_sent_on": recording.link_sent_on,
            "deleted_by": recording.dates.map(|dates| dates.due),
            "consents": recording.consents,
            "copies": recording.copies.iter().map(|copy| json!({
                "place": copy.place,
                "status": copy.status,
                "on": copy.on,
            })).collect::<Vec<_>>(),
            "closed_on": recording.closing.as_ref().map(|closing| closing.on),
        }),
        Item::OptOut(opt_out) => json!({
            "id": opt_out.id,
            "email": opt_out.person.email(),
            "received_on": opt_out.received_on,
            "title": wording.texts.title(item),
            "closed_on": opt_out.closing.as_ref().map(|closing| closing.on),
        }),
        Item::Mail(_) => json!({}),
    }
}

/// A name every system can have as a file's, without folders.
fn safe(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .collect();
    let name = name.trim().trim_matches('.').trim();
    let name: String = name.chars().take(120).collect();
    if name.is_empty() {
        "_".to_owned()
    } else {
        name
    }
}

/// Addresses of other known persons in the texts of the package.
fn strangers(desk: &Desk, card: &Card, pieces: &[Piece]) -> Result<Vec<Stranger>, OpError> {
    let mut own: BTreeSet<String> = card
        .circle
        .iter()
        .flat_map(|item| item.person().addresses())
        .collect();
    own.extend(card.item.person().addresses());
    own.extend(desk.settings.controller.email.as_deref().map(normalise));
    let mut known: BTreeMap<String, Option<ItemId>> = BTreeMap::new();
    let mut found = Vec::new();
    for piece in pieces {
        // Its name goes out as well, also that of a recording that is not looked into.
        let mut addresses = addresses_in(piece.path.as_bytes());
        if let Content::Bytes(bytes) = &piece.content {
            addresses.append(&mut addresses_in(bytes));
        }
        for readings in addresses {
            for email in readings {
                if own.contains(&email) {
                    break;
                }
                let id = if let Some(id) = known.get(&email) {
                    *id
                } else {
                    let wanted = [email.clone()].into();
                    let theirs = desk.store.read(|view| view.with_addresses(&wanted))?;
                    let id = theirs.first().map(Item::id);
                    known.insert(email.clone(), id);
                    id
                };
                let Some(id) = id else { continue };
                let stranger = Stranger {
                    path: piece.path.clone(),
                    email,
                    id,
                };
                if !found.contains(&stranger) {
                    found.push(stranger);
                }
                break;
            }
        }
    }
    Ok(found)
}

/// What looks like an address in a text: for each the ways to read it, compared as addresses are, the longest first. Of
/// those the first that is anybody's counts, as `anne-bo@example.dk` is not also `bo@example.dk`.
fn addresses_in(bytes: &[u8]) -> BTreeSet<Vec<String>> {
    let wide =
        bytes.iter().take(2000).filter(|byte| **byte == 0).count() * 3 > bytes.len().min(2000);
    let text = if wide {
        // UTF-16, as some programs of Windows save tables.
        String::from_utf8_lossy(
            &bytes
                .iter()
                .copied()
                .filter(|byte| *byte != 0)
                .collect::<Vec<_>>(),
        )
        .into_owned()
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    };
    // As forms, web addresses, pages and mails write it.
    let mut text = text;
    for written in AT_SIGNS {
        if text.contains(written) {
            text = text.replace(written, "@");
        }
    }
    let is_part = |c: char| c.is_alphanumeric() || "@.!#$%&'*+-/=?^_`{|}~".contains(c);
    text.split(|c: char| !is_part(c))
        .filter(|word| word.len() <= 320)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.split('@').count() == 2)
        .map(|word| {
            let readings = readings(word).into_iter();
            let addresses = readings.filter(|text| crate::domain::person::is_address(text));
            addresses.map(normalise).collect::<Vec<_>>()
        })
        .filter(|readings| !readings.is_empty())
        .collect()
}

/// An at sign, as it is written where it would mean something else.
const AT_SIGNS: [&str; 6] = ["%40", "&#64;", "&#x40;", "&commat;", "\\u0040", "=40"];

/// What a word with an at sign can mean: most signs that an address may hold are more often what stands before one
/// (`to=bo@example.dk`, `filer/bo@example.dk`), and a file's name goes on behind it (`bo@example.dk.txt`).
fn readings(word: &str) -> Vec<&str> {
    let Some(at) = word.find('@') else {
        return Vec::new();
    };
    let is_sign = |c: char| !c.is_alphanumeric() && !".-_+".contains(c);
    let signs = word[..at]
        .char_indices()
        .filter(|(_, c)| is_sign(*c) || *c == '-' || *c == '_');
    // `=3D` and `%3D` are one sign that was written so.
    let is_hex = |byte: &u8| byte.is_ascii_hexdigit();
    let written = |from: usize| word.as_bytes().get(from..from + 2);
    let mut starts = vec![0];
    for (start, c) in signs.take(MOST_READINGS) {
        let next = start + c.len_utf8();
        starts.push(next);
        if "=%".contains(c) && written(next).is_some_and(|two| two.iter().all(is_hex)) {
            starts.push(next + 2);
        }
    }
    let end = word[at + 1..]
        .find(is_sign)
        .map_or(word.len(), |end| at + 1 + end);
    let dots = word[at..end].match_indices('.').skip(1);
    let ends: Vec<usize> = [end]
        .into_iter()
        .chain(dots.map(|(dot, _)| at + dot))
        .take(MOST_READINGS)
        .collect();
    starts
        .iter()
        .filter(|start| **start < at)
        .flat_map(|start| ends.iter().map(|end| &word[*start..*end]))
        .collect()
}

/// How many beginnings and ends of one word are tried: nobody's address has more.
const MOST_READINGS: usize = 12;

/// Whether somebody else's address may go out unseen.
///
/// # Errors
/// [`Refusal::OthersInPackage`] names the first of them, unless the owner looked (`checked`).
pub fn may_go(package: &Package, checked: bool) -> Result<(), Refusal> {
    match package.strangers.first() {
        Some(first) if !checked => Err(Refusal::OthersInPackage {
            id: package.id,
            file: first.path.clone(),
            email: first.email.clone(),
            other: first.id,
            count: package.strangers.len(),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{addresses_in, safe};

    #[test]
    fn addresses_are_found_whatever_stands_around_them() {
        let text = "Fra: \"Bo\" <Bo+x@Example.dk>, (ida@example.dk). mailto:carl@example.dk;@y x@";
        let found: Vec<String> = addresses_in(text.as_bytes())
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(
            found,
            ["bo@example.dk", "carl@example.dk", "ida@example.dk"]
        );
        for written in [
            "https://x.example/?to=bo@example.dk&a=1",
            "filer/bo@example.dk.txt",
            "?email=bo%40example.dk",
            "<a href=\"mailto:bo&#64;example.dk\">",
            "to=3Dbo=40example.dk",
            "{\"a\":\"bo\\u0040example.dk\"}",
            "2026-11-01-bo@example.dk.mp4",
            "liste_bo@example.dk",
            "'bo@example.dk'",
            "|BO@EXAMPLE.DK|",
        ] {
            let found = addresses_in(written.as_bytes());
            let found: Vec<String> = found.into_iter().flatten().collect();
            assert!(
                found.iter().any(|it| it == "bo@example.dk"),
                "{written}: {found:?}"
            );
        }
        let wide: Vec<u8> = "a;bo@example.dk"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let bo = vec!["bo@example.dk".to_owned()];
        assert!(addresses_in(&wide).contains(&bo));
    }

    #[test]
    fn names_leave_no_folder() {
        assert_eq!(safe("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe(".."), "_");
        assert_eq!(safe("a:b*.csv"), "a_b_.csv");
    }
}
