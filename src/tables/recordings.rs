//! Recordings from the list of a service or from a table of the owner's own.
//!
//! Zoom's list of cloud recordings holds the host's address, meeting id, topic, start and size, and nothing about the
//! client (support.zoom.us, article 205347605); its meeting reports have one row per participant. So the host is told
//! from the client by the columns, rows of one session become one recording, and what is missing is said.

mod copies;

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use self::copies::copies;
use super::columns::{self, key};
use super::flaws::{DateField, Flaw, Flawed};
use super::names::Names;
use super::read::{Document, Row, Table};
use super::values::{Addresses, DateCells, best, filled};
use super::{TableError, Wanted};
use crate::domain::person::normalise;
use crate::domain::text::fold;

/// What a list says about recordings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordingTable {
    /// The recordings, each once.
    pub rows: Vec<RecordingRow>,
    /// Rows that were not taken.
    pub left_out: Vec<Flawed>,
    /// What is doubtful about rows that were.
    pub notes: Vec<Flawed>,
}

/// One recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingRow {
    /// The physical line of the file.
    pub line: usize,
    /// What the session was, when the list says so.
    pub title: Option<String>,
    /// The client.
    pub name: Option<String>,
    /// Her addresses.
    pub emails: Vec<String>,
    /// Local date of the session.
    pub recorded_on: NaiveDate,
    /// Local time at which it began.
    pub started_at: Option<NaiveTime>,
    /// The number of the meeting, digits only; the same for all sessions of a series.
    pub meeting_id: Option<String>,
    /// Whether several people took part, or a column says so.
    pub group: bool,
    /// When the link was sent.
    pub link_sent_on: Option<NaiveDate>,
    /// When the link stops working.
    pub link_expires_on: Option<NaiveDate>,
    /// Place and locator of every copy that the list names.
    pub copies: Vec<(String, Option<String>)>,
}

impl RecordingRow {
    fn names_somebody(&self) -> bool {
        self.name.is_some() || !self.emails.is_empty()
    }

    fn is_of_the_person_of(&self, other: &Self) -> bool {
        let shared = self.emails.iter().any(|email| {
            other
                .emails
                .iter()
                .any(|it| normalise(it) == normalise(email))
        });
        let apart = !self.emails.is_empty() && !other.emails.is_empty();
        let named = |row: &Self| row.name.as_deref().map(fold);
        shared || (!apart && named(self) == named(other))
    }
}

/// What is made of a column. The number is the place in its list of words: the lower one is taken where there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Title(usize),
    Start(usize),
    MeetingId,
    Link(usize),
    LinkSent,
    LinkExpires,
    Form,
    Participants,
    Place,
    Host,
    Name(columns::Role),
    Address(usize),
    Other,
}

const TITLES: &[&str] = &[
    "topic",
    "meetingtopic",
    "title",
    "titel",
    "emne",
    "meetingname",
    "mødetitel",
    "sessiontitle",
    "sessionstitel",
    "recordingtitle",
    "recordingname",
    "webinarname",
    "webinartitle",
    "session",
    "optagelse",
    "recording",
    "møde",
    "meeting",
    "workshop",
];
const STARTS: &[&str] = &[
    "recordingstart",
    "recordingstarttime",
    "actualstarttime",
    "meetingstarttime",
    "starttime",
    "startdatetime",
    "startdate",
    "start",
    "startet",
    "starttidspunkt",
    "starttid",
    "recordedon",
    "recordedat",
    "recordingdate",
    "recorded",
    "optaget",
    "optagetden",
    "optagelsesdato",
    "sessiondate",
    "sessionsdato",
    "meetingdate",
    "mødedato",
    "datetime",
    "datotid",
    "date",
    "dato",
    "tidspunkt",
    "dag",
];
const LINKS: &[&str] = &[
    "shareurl",
    "sharelink",
    "sharinglink",
    "shareablelink",
    "delingslink",
    "recordingurl",
    "recordinglink",
    "optagelseslink",
    "linktiloptagelse",
    "fileurl",
    "downloadurl",
    "downloadlink",
    "playurl",
    "videourl",
    "videolink",
    "linktilvideo",
    "link",
    "url",
];
const CLIENT_ADDRESSES: &[&str] = &[
    "clientemail",
    "clientmail",
    "clientemailaddress",
    "klientemail",
    "klientmail",
    "klientensemail",
    "klientensmail",
    "participantemail",
    "deltageremail",
    "deltagermail",
    "attendeeemail",
];

fn role(key: &str) -> Role {
    let rank = |words: &[&str]| words.iter().position(|word| *word == key);
    if let Some(rank) = rank(CLIENT_ADDRESSES) {
        return Role::Address(rank);
    }
    match key {
        "meetingid" | "mødeid" | "meetingnumber" | "mødenummer" | "webinarid" | "sessionid" => {
            Role::MeetingId
        }
        "linksent" | "linksenton" | "linksentat" | "linksentdate" | "linksendt"
        | "linksendtden" | "linksendtdato" | "downloadlinksent" | "downloadlinksendt" | "sent"
        | "senton" | "sendt" | "sendtden" | "sharedon" | "deltden" => Role::LinkSent,
        "linkexpires" | "linkexpireson" | "linkexpiry" | "linkexpirydate" | "expires"
        | "expireson" | "expiry" | "expirydate" | "expirationdate" | "linkudløber"
        | "linkudløberden" | "linkudløb" | "udløber" | "udløberden" | "udløb" | "udløbsdato" => {
            Role::LinkExpires
        }
        "form" | "type" | "art" | "sessiontype" | "sessionstype" | "sessionsform" | "format" => {
            Role::Form
        }
        "participants"
        | "deltagere"
        | "participantcount"
        | "numberofparticipants"
        | "antaldeltagere"
        | "attendees" => Role::Participants,
        "place" | "sted" | "placering" | "storage" | "storedat" | "opbevaringssted"
        | "liggerhos" | "location" | "tjeneste" | "platform" | "kopi" | "kopier" => Role::Place,
        "host" | "hostname" | "hostemail" | "hostemailaddress" | "hostid" | "meetinghost"
        | "vært" | "værtemail" | "værtsmail" | "organizer" | "organiser" | "arrangør" | "owner"
        | "ejer" => Role::Host,
        "client" | "clientname" | "klient" | "klientnavn" | "klientensnavn" | "participant"
        | "participantname" | "deltager" | "deltagernavn" | "kursist" => {
            Role::Name(columns::Role::FullName)
        }
        _ => rank(TITLES)
            .map(Role::Title)
            .or_else(|| rank(STARTS).map(Role::Start))
            .or_else(|| rank(LINKS).map(Role::Link))
            .unwrap_or_else(|| match columns::role(key) {
                columns::Role::Address(rank) => Role::Address(CLIENT_ADDRESSES.len() + rank),
                name @ (columns::Role::FullName
                | columns::Role::FirstName
                | columns::Role::MiddleName
                | columns::Role::LastName) => Role::Name(name),
                _ => Role::Other,
            }),
    }
}

fn is_known(key: &str) -> bool {
    role(key) != Role::Other
}

/// The columns of one table.
#[derive(Debug)]
struct Columns {
    title: Option<usize>,
    start: Option<usize>,
    meeting_id: Option<usize>,
    link: Option<usize>,
    link_sent: Option<usize>,
    link_expires: Option<usize>,
    form: Option<usize>,
    participants: Option<usize>,
    place: Option<usize>,
    hosts: Vec<usize>,
    names: Names,
    addresses: Vec<usize>,
    width: usize,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let keys: Vec<String> = table.header.iter().map(|name| key(name)).collect();
        let mut roles: Vec<Role> = keys.iter().map(|key| role(key)).collect();
        the_host(&keys, &mut roles);
        let one = |wanted: Role| roles.iter().position(|role| *role == wanted);
        let mut names = Names::default();
        for (at, role) in roles.iter().enumerate() {
            if let Role::Name(part) = role {
                names.take(*part, at);
            }
        }
        let all = |wanted: fn(&Role) -> bool| {
            let found = roles
                .iter()
                .enumerate()
                .filter(move |(_, role)| wanted(role));
            found.map(|(at, _)| at).collect::<Vec<_>>()
        };
        Self {
            title: best(&roles, |role| match role {
                Role::Title(rank) => Some(rank),
                _ => None,
            }),
            start: best(&roles, |role| match role {
                Role::Start(rank) => Some(rank),
                _ => None,
            }),
            link: best(&roles, |role| match role {
                Role::Link(rank) => Some(rank),
                _ => None,
            }),
            meeting_id: one(Role::MeetingId),
            link_sent: one(Role::LinkSent),
            link_expires: one(Role::LinkExpires),
            form: one(Role::Form),
            participants: one(Role::Participants),
            place: one(Role::Place),
            hosts: all(|role| *role == Role::Host),
            addresses: all(|role| matches!(role, Role::Address(_))),
            names,
            width: table.header.len(),
        }
    }

    /// Whether the table can hold recordings: it has dates, and says whose or which.
    fn fits(&self) -> bool {
        let named = self.title.is_some() || !self.names.is_empty() || !self.addresses.is_empty();
        self.start.is_some() && named
    }
}

/// Beside a topic, Zoom's "User Name" and "User Email" are those of the host: the participant stands in "Name (Original
/// Name)" and in a second "User Email" (header as in `microsoft/vivainsights_zoom_int`, its
/// `zoom_reports/README.md`).
fn the_host(keys: &[String], roles: &mut [Role]) {
    if !roles.iter().any(|role| matches!(role, Role::Title(_))) {
        return;
    }
    let places = |word: &str| -> Vec<usize> {
        let found = keys.iter().enumerate().filter(|(_, key)| *key == word);
        found.map(|(at, _)| at).collect()
    };
    let (users, emails) = (places("username"), places("useremail"));
    let participant = keys.iter().any(|key| key == "name");
    if participant || emails.len() < 2 {
        for at in users {
            roles[at] = Role::Host;
        }
    }
    match emails.as_slice() {
        [first, _, ..] => roles[*first] = Role::Host,
        [only] if !participant => roles[*only] = Role::Host,
        _ => {}
    }
}

/// Reads the recordings of a list. `zone` is the controller's: instants become its local dates.
///
/// # Errors
/// The file as a whole cannot be used: see [`TableError`], each with the line. Single rows never are an error.
pub fn recordings(bytes: &[u8], zone: Tz) -> Result<RecordingTable, TableError> {
    let document = Document::open(bytes, is_known)?;
    let mut taking = Taking::default();
    let mut lists = 0;
    let mut rows = 0;
    for table in document.tables() {
        let columns = Columns::of(table);
        if !columns.fits() {
            if table.rows > 0 {
                taking.leave(table.line, Flaw::OtherTable);
            }
            continue;
        }
        lists += 1;
        rows += table.rows;
        let date_columns = [columns.start, columns.link_sent, columns.link_expires];
        let dates = DateCells::learn(&document, table, &date_columns, zone);
        for row in document.rows(table) {
            taking.row(&columns, &dates, &row);
        }
    }
    let first = document.tables().first();
    let line = first.map_or(1, |table| table.line);
    if lists == 0 {
        let header = first.map(|table| table.header.clone()).unwrap_or_default();
        let wanted = Wanted::Recordings;
        return Err(TableError::OtherColumns {
            line,
            header,
            wanted,
        });
    }
    if rows == 0 {
        return Err(TableError::NoRows { line });
    }
    Ok(taking.table)
}

/// What has been taken and left out so far.
#[derive(Default)]
struct Taking {
    table: RecordingTable,
    /// Where in the rows a meeting with its start is.
    sessions: HashMap<(String, NaiveDate, NaiveTime), usize>,
    /// Where in the rows those are that a row without a meeting may repeat.
    titled: HashMap<Sameness, BTreeSet<usize>>,
}

/// What a row without a meeting has in common with the one it repeats: title, date, person, and the time of day unless
/// one of them has none. A list may hold a thousand sessions of one title and date, so they are looked up, not compared.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Sameness {
    title: String,
    on: NaiveDate,
    person: Same,
    time: Time,
}

/// In what two rows name the same person; a name counts only where not both have addresses.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Same {
    Email(String),
    Name(Option<String>),
    /// The name of a row that has no address.
    NameAlone(Option<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Time {
    Any,
    At(NaiveTime),
    Without,
}

impl Sameness {
    /// What the row is found by.
    fn found_by(row: &RecordingRow) -> Vec<Self> {
        let name = row.name.as_deref().map(fold);
        let mut people = Self::emails(row);
        people.push(Same::Name(name.clone()));
        if row.emails.is_empty() {
            people.push(Same::NameAlone(name));
        }
        let time = row.started_at.map_or(Time::Without, Time::At);
        Self::all(row, &people, &[Time::Any, time])
    }

    /// What an earlier row that it repeats is found by.
    fn wanted_by(row: &RecordingRow) -> Vec<Self> {
        let name = row.name.as_deref().map(fold);
        let mut people = Self::emails(row);
        people.push(if row.emails.is_empty() {
            Same::Name(name)
        } else {
            Same::NameAlone(name)
        });
        match row.started_at {
            Some(at) => Self::all(row, &people, &[Time::At(at), Time::Without]),
            None => Self::all(row, &people, &[Time::Any]),
        }
    }

    fn emails(row: &RecordingRow) -> Vec<Same> {
        let emails = row.emails.iter();
        emails.map(|email| Same::Email(normalise(email))).collect()
    }

    fn all(row: &RecordingRow, people: &[Same], times: &[Time]) -> Vec<Self> {
        let title = fold(row.title.as_deref().unwrap_or_default());
        let pairs = people
            .iter()
            .flat_map(|person| times.iter().map(move |time| (person, time)));
        pairs
            .map(|(person, time)| Self {
                title: title.clone(),
                on: row.recorded_on,
                person: person.clone(),
                time: *time,
            })
            .collect()
    }
}

impl Taking {
    fn leave(&mut self, line: usize, flaw: Flaw) {
        self.table.left_out.push(Flawed { line, flaw });
    }

    fn note(&mut self, line: usize, flaw: Flaw) {
        self.table.notes.push(Flawed { line, flaw });
    }

    fn row(&mut self, columns: &Columns, dates: &DateCells, row: &Row) {
        let line = row.line;
        if row.open_quote {
            self.note(line, Flaw::OpenQuote);
        }
        let people = Addresses::of(row, &columns.addresses);
        let host = Hosts::of(row, &columns.hosts);
        let name = columns.names.of(row).or(people.name.clone());
        let title = filled(row, columns.title);
        if title.is_none() && name.is_none() && people.emails.is_empty() {
            return self.leave(line, Flaw::NothingNamed);
        }
        if host.is_client(name.as_deref(), &people.emails) {
            return self.leave(line, Flaw::HostRow);
        }
        let (recorded_on, started_at) = match dates.local(row, columns.start, DateField::Recorded) {
            Ok(Some(start)) => start,
            Ok(None) => return self.leave(line, Flaw::NoDate(DateField::Recorded)),
            Err(flaw) => return self.leave(line, flaw),
        };
        let mut flaws = Vec::new();
        let mut later = |column, field| {
            let date = dates.date(row, column, field);
            date.unwrap_or_else(|flaw| {
                flaws.push(flaw);
                None
            })
        };
        let link_sent_on = later(columns.link_sent, DateField::LinkSent);
        let link_expires_on = later(columns.link_expires, DateField::LinkExpires);
        if people.odd {
            flaws.push(Flaw::NotAnAddress);
        }
        let expected = columns.width;
        flaws.extend(
            row.ragged(expected)
                .map(|cells| Flaw::Ragged { cells, expected }),
        );
        let meeting_id = filled(row, columns.meeting_id).map(|id| digits(&id));
        let meeting_id = meeting_id.filter(|id| !id.is_empty());
        let found = RecordingRow {
            line,
            copies: copies(
                filled(row, columns.place).as_deref(),
                filled(row, columns.link),
                meeting_id.as_deref(),
            ),
            title,
            name,
            emails: people.emails,
            recorded_on,
            started_at,
            meeting_id,
            group: is_group(
                filled(row, columns.form).as_deref(),
                filled(row, columns.participants).as_deref(),
            ),
            link_sent_on,
            link_expires_on,
        };
        if self.take(found) {
            for flaw in flaws {
                self.note(line, flaw);
            }
        }
    }

    /// Takes a row, or adds it to the session of an earlier line; says whether it became one of its own.
    fn take(&mut self, found: RecordingRow) -> bool {
        let next = self.table.rows.len();
        let session = found
            .meeting_id
            .clone()
            .zip(found.started_at)
            .map(|(id, start)| (id, found.recorded_on, start));
        let earlier = match &session {
            Some(session) => self.sessions.get(session).copied(),
            None => self.same_without_meeting(&found),
        };
        let Some(index) = earlier else {
            if let Some(session) = session {
                self.sessions.insert(session, next);
            }
            for key in Sameness::found_by(&found) {
                self.titled.entry(key).or_default().insert(next);
            }
            self.table.rows.push(found);
            return true;
        };
        let line = found.line;
        let first = &mut self.table.rows[index];
        let of = first.line;
        let flaw = if !found.names_somebody() || first.is_of_the_person_of(&found) {
            Flaw::Repeated { of }
        } else if first.names_somebody() {
            first.group = true;
            Flaw::AnotherParticipant { of }
        } else {
            for key in Sameness::found_by(first) {
                if let Some(rows) = self.titled.get_mut(&key) {
                    rows.remove(&index);
                }
            }
            (first.name, first.emails) = (found.name, found.emails);
            for key in Sameness::found_by(first) {
                self.titled.entry(key).or_default().insert(index);
            }
            Flaw::Repeated { of }
        };
        self.leave(line, flaw);
        false
    }

    /// Without a meeting and its start, title, date and person make a recording, unless their times of day differ.
    fn same_without_meeting(&self, found: &RecordingRow) -> Option<usize> {
        let wanted = Sameness::wanted_by(found);
        let earlier = wanted
            .iter()
            .filter_map(|key| self.titled.get(key)?.first());
        earlier.min().copied()
    }
}

/// What a row says about the host of the session.
struct Hosts(Vec<String>);

impl Hosts {
    fn of(row: &Row, host_columns: &[usize]) -> Self {
        let here = host_columns.iter().take_while(|at| row.reaches(**at));
        let cells = here.filter_map(|at| filled(row, Some(*at)));
        Self(cells.map(|cell| fold(&cell)).collect())
    }

    /// Whether the one the row names as the client is the host.
    fn is_client(&self, name: Option<&str>, emails: &[String]) -> bool {
        let is_host = |text: &str| self.0.contains(&fold(text));
        match emails {
            [] => name.is_some_and(is_host),
            all => all.iter().all(|email| is_host(email)),
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether the session was shared: by the column that says so, else by the number or the names of those who took part.
/// Zoom counts the host, so that two are a private session.
fn is_group(form: Option<&str>, participants: Option<&str>) -> bool {
    const GROUP: [&str; 9] = [
        "group", "grupp", "workshop", "hold", "fælles", "webinar", "kursus", "class", "team",
    ];
    const PRIVATE: [&str; 6] = ["privat", "individu", "11", "entilen", "enkelt", "onetoone"];
    if let Some(form) = form.map(key) {
        if GROUP.iter().any(|start| form.starts_with(start)) {
            return true;
        }
        if PRIVATE.iter().any(|start| form.starts_with(start)) {
            return false;
        }
    }
    let Some(participants) = participants else {
        return false;
    };
    match participants.parse::<u32>() {
        Ok(count) => count > 2,
        Err(_) => {
            participants
                .split([';', '|'])
                .filter(|name| !name.trim().is_empty())
                .count()
                > 1
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Copenhagen;

    use super::*;

    fn read(file: &str) -> RecordingTable {
        recordings(file.as_bytes(), Copenhagen).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn flaws(list: &[Flawed]) -> Vec<(usize, Flaw)> {
        list.iter().map(|it| (it.line, it.flaw)).collect()
    }

    #[test]
    fn the_host_is_never_the_client() {
        let table = read(
            "Topic,Meeting ID,User Name,User Email,Start Time,Participants,Name (Original Name),User Email,Join Time\n\
             1:1,852 1848 6288,Anna,anna@luma.example,25/11/2026 14:00,2,Anna,anna@luma.example,25/11/2026 14:00\n\
             1:1,852 1848 6288,Anna,anna@luma.example,25/11/2026 14:00,2,Mette,mette@x.example,25/11/2026 14:01\n",
        );
        assert_eq!(flaws(&table.left_out), [(2, Flaw::HostRow)]);
        let row = &table.rows[0];
        assert_eq!((row.name.as_deref(), row.group), (Some("Mette"), false));
        assert_eq!(row.emails, ["mette@x.example"]);
        let list = read(
            "Topic,Meeting ID,User Name,User Email,Start Time\n1:1,85218486288,Anna,anna@luma.example,2026-11-25 14:00\n",
        );
        assert!(!list.rows[0].names_somebody(), "{list:?}");
    }

    #[test]
    fn rows_of_one_session_are_one_recording() {
        let table = read(
            "Titel;Møde-id;Start;Navn;Mailadresse\n\
             Hold;98712345678;25.11.2026 19.00;Mette;mette@x.example\n\
             Hold;987 1234 5678;25.11.2026 19.00;Bo;bo@x.example\n\
             Hold;987 1234 5678;25.11.2026 19.00;Mette H;METTE+a@x.example\n\
             Hold;987 1234 5678;26.11.2026 19.00;Bo;bo@x.example\n",
        );
        assert_eq!(
            flaws(&table.left_out),
            [
                (3, Flaw::AnotherParticipant { of: 2 }),
                (4, Flaw::Repeated { of: 2 })
            ]
        );
        let groups: Vec<bool> = table.rows.iter().map(|row| row.group).collect();
        assert_eq!(
            groups,
            [true, false],
            "the same number on another day is another session"
        );
    }

    #[test]
    fn dates_of_one_table_decide_for_each_other_and_are_never_guessed() {
        let clear = read("Titel;Navn;Dato;Link sendt\nA;Bo;03/11/2026;25/11/2026\n");
        assert_eq!(clear.rows[0].recorded_on.to_string(), "2026-11-03");
        let unclear =
            read("Titel;Navn;Dato;Link sendt\nA;Bo;03/11/2026;\nB;Bo;2026-11-03;04/11/2026\n");
        assert_eq!(
            flaws(&unclear.left_out),
            [(2, Flaw::AmbiguousDate(DateField::Recorded))]
        );
        assert_eq!(
            flaws(&unclear.notes),
            [(3, Flaw::AmbiguousDate(DateField::LinkSent))]
        );
    }

    #[test]
    fn what_is_no_list_of_recordings_is_told() {
        let error = recordings(b"Email,Status\na@x.example,active\n", Copenhagen).unwrap_err();
        assert!(matches!(
            error,
            TableError::OtherColumns {
                line: 1,
                wanted: Wanted::Recordings,
                ..
            }
        ));
        assert_eq!(
            recordings(b"Topic,Start Time\n", Copenhagen),
            Err(TableError::NoRows { line: 1 })
        );
        let parts = read("Topic,Start Time\n,2026-11-03\nX,\nX,snart\n");
        assert_eq!(
            flaws(&parts.left_out),
            [
                (2, Flaw::NothingNamed),
                (3, Flaw::NoDate(DateField::Recorded)),
                (4, Flaw::UnreadableDate(DateField::Recorded))
            ]
        );
    }

    #[test]
    fn several_participants_are_a_group() {
        let form = |form: &'static str, participants: &'static str| {
            let given = |text: &'static str| Some(text).filter(|text| !text.is_empty());
            is_group(given(form), given(participants))
        };
        assert!(form("Workshop", "") && form("gruppesession", "2") && form("", "3"));
        assert!(form("", "Bo; Ida") && form("video", "12"));
        assert!(!form("", "") && !form("", "2") && !form("Privat", "3") && !form("", "Hansen, Bo"));
    }
}
