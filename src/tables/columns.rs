//! What a column means, by its name, and what a cell says about an opt-out. All words in one place.

/// The name of a column as it is compared: what stands in brackets, case, spaces, and punctuation do not count.
pub fn key(header: &str) -> String {
    let outside = header.split(['(', '[']).next().unwrap_or_default();
    let named = if outside.trim().is_empty() {
        header
    } else {
        outside
    };
    named
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What the program makes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The address; the lower number is taken where there are several.
    Address(usize),
    FullName,
    FirstName,
    MiddleName,
    LastName,
    /// A word for the state of the subscription. Not `sure`: the name may mean something else ("State" of an address).
    State {
        sure: bool,
    },
    /// Yes means subscribed. Not `sure`: the column may also hold a date or the name of a newsletter.
    Subscribed {
        sure: bool,
    },
    /// Yes, or a date, means opted out.
    OptedOut,
    /// When Mailchimp gave the address up because mail bounced.
    Cleaned,
    /// A date that belongs to the row as a whole.
    When,
    Other,
}

const ADDRESS: &[&str] = &[
    "email",
    "emailaddress",
    "emailadresse",
    "mailadresse",
    "mailaddress",
    "useremail",
    "subscriberemail",
    "contactemail",
    "customeremail",
    "kontaktemail",
    "primaryemail",
    "primæremail",
    "eposta",
    "epost",
    "epostadresse",
    "epostadress",
    "emailaddresse",
    "emailadr",
    "mailadr",
    "mail",
    "subscriber",
    "emailid",
    "email1",
    "emails",
    "emailaddresses",
];
const STATE: &[&str] = &[
    "status",
    "subscriptionstatus",
    "subscriberstatus",
    "emailstatus",
    "marketingstatus",
    "emailmarketingstatus",
    "emailsubscriptionstatus",
    "emailsubscriberstatus",
    "emailpermissionstatus",
    "newsletterstatus",
    "nyhedsbrevstatus",
    "contactstatus",
    "liststatus",
    "listestatus",
    "tilmeldingsstatus",
    "abonnementsstatus",
    "memberstatus",
];
const SUBSCRIBED: &[&str] = &[
    "subscribed",
    "issubscribed",
    "emailsubscribed",
    "subscribedtonewsletter",
    "newslettersubscribed",
    "emailmarketing",
    "acceptsmarketing",
    "acceptsemailmarketing",
    "subscribedtoemails",
    "modtagernyhedsbrev",
    "modtagermails",
    "receivesnewsletter",
    "emailpermission",
    "subscribedtoemailmarketing",
    "marketingemails",
];
const PERHAPS_SUBSCRIBED: &[&str] = &[
    "newsletter",
    "nyhedsbrev",
    "tilmeldt",
    "tilmeldtnyhedsbrev",
    "abonnent",
    "mailinglist",
];
const OPTED_OUT: &[&str] = &[
    "unsub",
    "unsubtime",
    "unsubdate",
    "isunsubscribed",
    "hasoptedout",
    "hasoptedoutofemail",
    "emailoptout",
    "donotemail",
    "donotcontact",
    "blacklisted",
    "blocklisted",
    "emailblacklisted",
    "emailblocklisted",
    "globalunsubscribed",
    "dateunsubscribed",
    "dateunsub",
    "dateofunsubscription",
    "datoforafmelding",
    "udmeldt",
    "udmeldtden",
    "cancelledat",
    "erafmeldt",
    "harafmeldt",
    "sletfraliste",
];
const OPTED_OUT_STARTS: &[&str] = &[
    "unsubscribe",
    "unsubscription",
    "optout",
    "optedout",
    "afmeld",
    "framel",
    "avmeld",
    "avregistr",
];
/// Columns that begin like an opt-out but hold something about it.
const ABOUT: &[&str] = &[
    "reason",
    "årsag",
    "begrundelse",
    "campaign",
    "kampagne",
    "comment",
    "kommentar",
    "link",
    "url",
    "feedback",
    "source",
    "kilde",
    "count",
    "antal",
    "rate",
    "type",
    "newsletterid",
    "messageid",
    "list",
    "ip",
    "note",
    "bemærk",
    "besked",
    "tekst",
    "token",
    "hash",
    "page",
    "side",
];
const WHEN: &[&str] = &[
    "date",
    "dato",
    "tidspunkt",
    "timestamp",
    "ts",
    "datetime",
    "statusdate",
    "statusdato",
    "statuschanged",
    "statuschangedat",
    "received",
    "receivedat",
    "modtaget",
    "modtagetden",
    "hvornår",
    "when",
];

/// The role of a column, by its [`key`].
pub(super) fn role(key: &str) -> Role {
    if let Some(rank) = ADDRESS.iter().position(|word| *word == key) {
        return Role::Address(rank);
    }
    let is = |words: &[&str]| words.contains(&key);
    match key {
        "name" | "fullname" | "navn" | "fuldenavn" | "fuldtnavn" | "username" | "displayname"
        | "contactname" | "contact" | "subscribername" | "kundenavn" | "customername"
        | "kontakt" | "kontaktnavn" | "kunde" => Role::FullName,
        "firstname" | "fornavn" | "givenname" | "fname" | "first" | "förnamn" | "vorname" => {
            Role::FirstName
        }
        "middlename" | "mellemnavn" => Role::MiddleName,
        "lastname" | "efternavn" | "surname" | "lname" | "familyname" | "last" | "efternamn"
        | "etternavn" | "nachname" => Role::LastName,
        "cleantime" | "cleanedat" => Role::Cleaned,
        "state" => Role::State { sure: false },
        _ if is(STATE) => Role::State { sure: true },
        _ if is(SUBSCRIBED) => Role::Subscribed { sure: true },
        _ if is(PERHAPS_SUBSCRIBED) => Role::Subscribed { sure: false },
        _ if is(OPTED_OUT) => Role::OptedOut,
        _ if is(WHEN) => Role::When,
        _ if OPTED_OUT_STARTS.iter().any(|start| key.starts_with(start))
            && !ABOUT.iter().any(|word| key.contains(word)) =>
        {
            Role::OptedOut
        }
        _ => Role::Other,
    }
}

/// Whether a column name means anything to the readers of people and opt-outs.
pub(super) fn is_known(key: &str) -> bool {
    role(key) != Role::Other
}

/// Whether a column of this name holds mail addresses.
pub(super) fn is_address(key: &str) -> bool {
    matches!(role(key), Role::Address(_))
}

/// Where the address stands in a row, by the names of the columns.
pub(super) fn address_column(header: &[String]) -> Option<usize> {
    let ranked = header
        .iter()
        .enumerate()
        .filter_map(|(column, name)| match role(&key(name)) {
            Role::Address(rank) => Some((rank, column)),
            _ => None,
        });
    ranked.min().map(|(_, column)| column)
}

/// Columns that lists of opt-outs do not have: the file is more likely a report of participants or of customers.
pub(super) fn is_foreign(key: &str) -> bool {
    const FOREIGN: &[&str] = &[
        "jointime",
        "leavetime",
        "registrationtime",
        "approvalstatus",
        "attended",
        "timeinsession",
        "totalduration",
        "attendedlive",
        "joinurl",
        "delinquent",
        "totalspend",
        "paymentcount",
        "plan",
        "optintime",
        "confirmtime",
        "memberrating",
        "products",
        "duration",
    ];
    FOREIGN.contains(&key)
}

/// What a word says about a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    OptedOut,
    Subscribed,
    Cleaned,
    Bounced,
    Complained,
}

/// The state a word names, in the words of the services and of Danish lists.
pub(super) fn state(cell: &str) -> Option<State> {
    let state = match key(cell).as_str() {
        "unsubscribed"
        | "unsubscribe"
        | "unsub"
        | "optedout"
        | "optout"
        | "afmeldt"
        | "frameldt"
        | "udmeldt"
        | "cancelled"
        | "blocklisted"
        | "blacklisted"
        | "avmeldt"
        | "avregistrerad"
        | "avprenumererad"
        | "abgemeldet"
        | "afmeld"
        | "unsubscribedbyuser"
        | "globallyunsubscribed" => State::OptedOut,
        "subscribed" | "active" | "tilmeldt" | "aktiv" | "confirmed" | "bekræftet" | "optedin"
        | "optin" | "enabled" | "nonsubscribed" | "neversubscribed" | "notsubscribed"
        | "pending" | "unconfirmed" | "afventer" | "ubekræftet" | "transactional"
        | "ikketilmeldt" | "prenumererar" | "påmeldt" | "angemeldet" => State::Subscribed,
        "cleaned" | "renset" => State::Cleaned,
        "bounced" | "bounce" | "hardbounced" | "hardbounce" | "softbounced" | "undeliverable"
        | "afvist" => State::Bounced,
        "complained" | "complaint" | "spam" | "junk" | "spamcomplaint" => State::Complained,
        _ => return None,
    };
    Some(state)
}

/// Yes and no, as services and people write them.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "true" | "yes" | "ja" | "1" | "y" | "j" | "x" | "t" | "on" | "sand" | "sandt" | "✓"
        | "✔" | "checked" | "1.0" => Some(true),
        "false" | "no" | "nej" | "0" | "n" | "f" | "off" | "falsk" | "unchecked" | "0.0" => {
            Some(false)
        }
        _ => None,
    }
}

/// The ways of services to leave a cell empty. Zoom writes two dashes.
pub(super) fn is_empty(cell: &str) -> bool {
    const EMPTY: &[&str] = &[
        "",
        "-",
        "--",
        "–",
        "—",
        "null",
        "n/a",
        "na",
        "none",
        "nil",
        "nan",
        "\\n",
        "undefined",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "#n/a",
        "ukendt",
    ];
    EMPTY.contains(&cell.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_compared_by_meaning() {
        for name in [
            "Email",
            "E-MAIL",
            " e_mail ",
            "\u{feff}Email Address",
            "User Email",
            "E-mailadresse",
            "MAILADRESSE",
            "Mail",
        ] {
            assert!(is_address(&key(name)), "{name}");
        }
        for name in [
            "Address (address_line_1)",
            "Adresse",
            "Email Marketing",
            "Email opened",
            "Mail nr.",
        ] {
            assert!(!is_address(&key(name)), "{name}");
        }
        assert_eq!(role(&key("Name (Original Name)")), Role::FullName);
        assert_eq!(role(&key("UNSUB_TIME")), Role::OptedOut);
        assert_eq!(role(&key("Afmeldt den")), Role::OptedOut);
        assert_eq!(role(&key("Unsubscribed from all email")), Role::OptedOut);
        assert_eq!(role(&key("UNSUB_CAMPAIGN_TITLE")), Role::Other);
        assert_eq!(role(&key("Unsubscribe reason")), Role::Other);
        assert_eq!(role(&key("Approval Status")), Role::Other);
    }
}
