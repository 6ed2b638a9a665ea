//! Where a row says that the copies of its recording are: by a column for the place, a link, or a meeting's number.

use crate::tables::columns::key;

/// The copies that a row names: those of its column for the place, else the one that its link or meeting id points to.
pub(super) fn copies(
    places: Option<&str>,
    link: Option<String>,
    meeting_id: Option<&str>,
) -> Vec<(String, Option<String>)> {
    let mut named: Vec<String> = Vec::new();
    for place in places
        .iter()
        .flat_map(|cell| cell.split([';', ',', '+', '|']))
    {
        let word = place_word(place);
        if !word.is_empty() && !named.contains(&word) {
            named.push(word);
        }
    }
    // A meeting number has nine to eleven digits in Zoom; others write theirs the same way, but then they say so.
    let number = meeting_id.filter(|id| (9..=11).contains(&id.len()));
    let linked = link.as_deref().and_then(place_of_link);
    if named.is_empty() {
        named.extend(
            linked
                .clone()
                .or_else(|| number.map(|_| "zoom-cloud".to_owned())),
        );
    }
    let mut locator = link.or_else(|| number.map(str::to_owned));
    let mut copies: Vec<(String, Option<String>)> = Vec::new();
    for place in named {
        // The link finds the copy at its own place, and never a file on the own disk.
        let fits = place != "local" && linked.as_ref().is_none_or(|linked| *linked == place);
        copies.push((place, if fits { locator.take() } else { None }));
    }
    if let (Some(place), Some(locator)) = (linked, locator) {
        copies.push((place, Some(locator)));
    }
    copies
}

/// The word of a place (CONTRACT, "places of copies"), from the ways in which people name it.
fn place_word(text: &str) -> String {
    let key = key(text);
    let has = |parts: &[&str]| parts.iter().any(|part| key.contains(part));
    if has(&["papirkurv", "trash"]) && has(&["zoom"]) {
        return "zoom-trash".to_owned();
    }
    for (parts, word) in [
        (&["zoom"][..], "zoom-cloud"),
        (&["gotomeeting", "gotowebinar"], "gotomeeting"),
        (&["webinarjam"], "webinarjam"),
        (&["kajabi"], "kajabi"),
        (&["youtube"], "youtube"),
        (&["facebook"], "facebook"),
        (
            &["lokal", "local", "computer", "harddisk", "egendisk"],
            "local",
        ),
    ] {
        if has(parts) {
            return word.to_owned();
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join("-").to_lowercase()
}

/// Where a link leads: the place by its domain, or the domain itself.
fn place_of_link(link: &str) -> Option<String> {
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if !host.contains('.') {
        return None;
    }
    for (domain, place) in [
        ("zoom.us", "zoom-cloud"),
        ("zoom.com", "zoom-cloud"),
        ("gotomeeting.com", "gotomeeting"),
        ("goto.com", "gotomeeting"),
        ("webinarjam.com", "webinarjam"),
        ("kajabi.com", "kajabi"),
        ("youtube.com", "youtube"),
        ("youtu.be", "youtube"),
        ("facebook.com", "facebook"),
    ] {
        if host == domain || host.ends_with(&format!(".{domain}")) {
            return Some(place.to_owned());
        }
    }
    Some(host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_where_the_row_says() {
        let one = |place: Option<&str>, link: Option<&str>, id: Option<&str>| {
            let found = copies(place, link.map(str::to_owned), id);
            let shown = |(place, locator): (String, Option<String>)| {
                format!("{place}={}", locator.unwrap_or_default())
            };
            found.into_iter().map(shown).collect::<Vec<_>>().join(" ")
        };
        let share = Some("https://us02web.zoom.us/rec/share/x");
        assert_eq!(
            one(None, None, Some("98765432100")),
            "zoom-cloud=98765432100"
        );
        assert_eq!(
            one(None, share, Some("98765432100")),
            "zoom-cloud=https://us02web.zoom.us/rec/share/x"
        );
        assert_eq!(one(Some("Min computer"), None, None), "local=");
        assert_eq!(
            one(Some("Zoom; egen computer"), share, None),
            "zoom-cloud=https://us02web.zoom.us/rec/share/x local="
        );
        assert_eq!(
            one(Some("lokalt"), Some("https://youtu.be/x"), None),
            "local= youtube=https://youtu.be/x"
        );
        assert_eq!(
            one(None, Some("https://www.dropbox.com/s/x"), None),
            "dropbox.com=https://www.dropbox.com/s/x"
        );
        assert_eq!(one(None, None, Some("12")), "");
    }
}
