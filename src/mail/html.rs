//! HTML mail as readable text: paragraphs, lists, quotes, and links with their address.
//!
//! Own code because `mail-parser`'s drops links and quotes; the table of named characters is its.

use mail_parser::decoders::html::add_html_token;

/// Elements whose content is not text.
const SILENT: [&str; 7] = [
    "head", "style", "script", "template", "title", "noscript", "svg",
];
/// Elements that begin and end a line.
const BLOCKS: [&str; 22] = [
    "address",
    "article",
    "body",
    "blockquote",
    "div",
    "dd",
    "dl",
    "dt",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "html",
    "li",
    "ol",
    "section",
    "table",
    "tr",
    "ul",
];
/// Longest named character, `&CounterClockwiseContourIntegral;`.
const ENTITY_LIMIT: usize = 34;
/// How deep a quote is shown.
const QUOTE_LIMIT: usize = 10;

/// The text being made.
#[derive(Default)]
struct Page {
    out: String,
    /// Line ends that are due before the next word.
    breaks: usize,
    space: bool,
    quotes: usize,
    preformatted: usize,
    /// The element whose content is passed over.
    silent: Option<String>,
    link: Option<(String, usize)>,
}

/// The readable text of an HTML page. Entities are resolved; control characters are the caller's to remove.
pub(super) fn to_text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        page.text(&rest[..start]);
        let tag = &rest[start..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
        } else if !tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            page.text("<");
            rest = &tag[1..];
        } else {
            let end = tag_end(tag);
            page.tag(tag[1..end].trim_end_matches('>'));
            rest = &tag[end..];
        }
    }
    page.text(rest);
    page.out
}

/// Where a tag ends, behind its `>`; one in a quoted attribute does not count.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if tag[..at].trim_end().ends_with('=') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    // A quote that is never closed must not swallow the page.
    tag.find('>').map_or(tag.len(), |at| at + 1)
}

impl Page {
    fn text(&mut self, raw: &str) {
        if self.silent.is_some() {
            return;
        }
        for c in entities(raw).chars() {
            match c {
                '\n' if self.preformatted > 0 => self.line_break(),
                // A hard space is a space here; a soft hyphen is only for typesetting.
                '\u{a0}' | ' ' | '\t' | '\n' | '\r' | '\u{c}' if self.preformatted == 0 => {
                    self.space = true;
                }
                '\u{ad}' => {}
                c => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        let at_start = self.out.is_empty();
        if at_start || self.breaks > 0 {
            // At most one blank line, whatever the page nests.
            let breaks = if at_start { 0 } else { self.breaks.min(2) };
            for _ in 0..breaks {
                self.out.push('\n');
            }
            self.out
                .push_str(&"> ".repeat(self.quotes.min(QUOTE_LIMIT)));
        } else if self.space && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
        (self.breaks, self.space) = (0, false);
        self.out.push(c);
    }

    fn line_break(&mut self) {
        self.breaks += 1;
    }

    /// A block begins or ends: at least this many line ends stand here.
    fn block(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
    }

    fn tag(&mut self, tag: &str) {
        let is_end = tag.starts_with('/');
        let body = tag.trim_start_matches('/');
        let length = body
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(body.len());
        let name = body[..length].to_ascii_lowercase();
        if let Some(silent) = &self.silent {
            // A page without `</head>` is still read: its body begins somewhere.
            if (is_end && *silent == name) || (silent == "head" && name == "body") {
                self.silent = None;
            }
            return;
        }
        if SILENT.contains(&name.as_str()) && !is_end && !tag.ends_with('/') {
            self.silent = Some(name);
            return;
        }
        self.element(&name, is_end, body);
    }

    fn element(&mut self, name: &str, is_end: bool, body: &str) {
        match name {
            "br" => self.line_break(),
            "p" | "hr" => self.block(2),
            "td" | "th" => self.space = true,
            "pre" => {
                self.block(1);
                self.preformatted = if is_end {
                    self.preformatted.saturating_sub(1)
                } else {
                    self.preformatted + 1
                };
            }
            "a" if !is_end => {
                self.link = attribute(body, "href").map(|url| (url, self.out.len()));
            }
            "a" => self.end_link(),
            "img" => {
                if let Some(alt) = attribute(body, "alt").filter(|alt| !alt.trim().is_empty()) {
                    alt.chars().for_each(|c| self.push(c));
                }
            }
            name if BLOCKS.contains(&name) => {
                self.block(1);
                match (name, is_end) {
                    ("blockquote", false) => self.quotes += 1,
                    ("blockquote", true) => self.quotes = self.quotes.saturating_sub(1),
                    ("li", false) => "- ".chars().for_each(|c| self.push(c)),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Writes the address behind the text of a link, where the text is not the address itself.
    fn end_link(&mut self) {
        let Some((url, start)) = self.link.take() else {
            return;
        };
        let url: String = url.split_whitespace().collect();
        let is_followed = ["http://", "https://", "mailto:"].iter().any(|scheme| {
            url.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        let shown = self.out.get(start..).unwrap_or_default().trim();
        let bare = url
            .trim_start_matches("mailto:")
            .trim_start_matches("https://")
            .trim_start_matches("http://");
        if is_followed && !shown.contains(bare.trim_end_matches('/')) {
            self.space = !shown.is_empty();
            format!("({})", url.trim_start_matches("mailto:"))
                .chars()
                .for_each(|c| self.push(c));
        }
    }
}

/// The value of an attribute, entities resolved.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find(name).map(|at| at + from) {
        from = at + name.len();
        let is_word =
            lower[..at].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
        let Some(value) = tag[from..]
            .trim_start()
            .strip_prefix('=')
            .filter(|_| is_word)
        else {
            continue;
        };
        let value = value.trim_start();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split(|c: char| c.is_ascii_whitespace()).next(),
        };
        return value.map(entities);
    }
    None
}

/// Resolves `&amp;`, `&oslash;`, `&#229;`. What names nothing stays.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let window = rest
            .as_bytes()
            .get(..ENTITY_LIMIT.min(rest.len()))
            .unwrap_or_default();
        let name_end = window
            .iter()
            .skip(1)
            .position(|b| !(b.is_ascii_alphanumeric() || *b == b'#'));
        match name_end {
            Some(length) if window[length + 1] == b';' && length > 0 => {
                add_html_token(&mut out, &window[..length + 2], false);
                rest = &rest[length + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_text() {
        for (html, expected) in [
            (
                "<p>Hej&nbsp;Luma</p><p>S&oslash;ren &#229; &amp; &#x41;</p>",
                "Hej Luma\n\nSøren å & A",
            ),
            (
                "<html><head><title>x</title><style>p{}</style></head><body>a<br>b<br/>c</body></html>",
                "a\nb\nc",
            ),
            (
                "<a href=\"https://x.example/a?b=1&amp;c=2\">her</a>.",
                "her (https://x.example/a?b=1&c=2).",
            ),
            (
                "<a href='https://x.example/'>https://x.example</a>",
                "https://x.example",
            ),
            (
                "<a href=\"mailto:a@x.example\">a@x.example</a>",
                "a@x.example",
            ),
            ("<a href=\"javascript:x()\">klik</a>", "klik"),
            ("<ul><li>en</li><li>to</li></ul>", "- en\n- to"),
            (
                "nyt<blockquote>gammelt<br>svar</blockquote>slut",
                "nyt\n> gammelt\n> svar\nslut",
            ),
            ("<div>a</div>\n<div>b</div>", "a\nb"),
            ("a<!-- b > c -->d<script>if (a<b) {}</script>", "ad"),
            ("1 < 2 & 3 &ukendt; &", "1 < 2 & 3 &ukendt; &"),
            ("<pre>a\n  b</pre>", "a\n  b"),
            ("<p title=\"a>b\">c", "c"),
            ("<head><body>a", "a"),
            ("<img alt='kort' src=x>", "kort"),
            ("a<b", "a"),
            ("", ""),
        ] {
            assert_eq!(to_text(html), expected, "{html}");
        }
    }
}
