//! HTML mail as readable text: `mail-parser` makes the text, what it leaves out is written into the page before.
//!
//! Measured with 0.11.9: its `html_to_text` drops the addresses of links, marks neither quotes nor list items, breaks
//! no line at `<div>` or `<tr>` (most mail programs write nothing else), loses everything behind an unclosed `<head>`
//! and shows half a tag where an attribute holds `>`. The crate `html2text` was measured too: one megabyte of `<div>`
//! takes it 54 seconds, one of nested tables 1.1 GB. Time and memory here are linear in the length of the page.

use mail_parser::decoders::html::html_to_text;

/// Elements whose content is not text.
const SILENT: [&str; 6] = ["style", "script", "template", "title", "noscript", "svg"];
/// Elements that begin and end a line.
const BLOCKS: [&str; 18] = [
    "address", "article", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4",
    "header", "ol", "ul", "section", "table", "tr",
];
/// How deep a quote is shown.
const QUOTE_LIMIT: usize = 10;

/// The page as the library can read it.
#[derive(Default)]
struct Page {
    /// Finished pieces, each with the number of quotes it stands in.
    pieces: Vec<(usize, String)>,
    piece: String,
    quotes: usize,
    is_preformatted: bool,
    /// The address of the open link, and where its text begins in the piece.
    link: Option<(String, usize)>,
}

/// The readable text of an HTML page; control characters are the caller's to remove.
pub(super) fn to_text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        page.text(&rest[..start]);
        let tag = &rest[start + 1..];
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            let (inside, after) = tag.split_at(tag_end(tag));
            rest = page.tag(inside, after.strip_prefix('>').unwrap_or(after));
        } else {
            page.text("&lt;");
            rest = tag;
        }
    }
    page.text(rest);
    page.quote(0);
    page.finish()
}

/// Where the `>` of a tag stands; one in a quoted attribute does not count.
fn tag_end(tag: &str) -> usize {
    let (mut quote, mut last) = (None, ' ');
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if last == '=' => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return at,
            // A quote that is never closed must not swallow the page.
            (Some(_), '<') => return tag.find(['>', '<']).unwrap_or(at),
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    tag.find('>').unwrap_or(tag.len())
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.is_preformatted {
            self.piece.push_str(&text.replace('\n', "<br>"));
        } else {
            self.piece.push_str(text);
        }
    }

    /// Takes a tag; gives what is still to be read behind it.
    fn tag<'a>(&mut self, tag: &str, rest: &'a str) -> &'a str {
        let is_end = tag.starts_with('/');
        let body = tag.trim_start_matches('/');
        let name = body.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            name if SILENT.contains(&name) => {
                return if is_end || tag.ends_with('/') {
                    rest
                } else {
                    behind(rest, name)
                };
            }
            "br" => self.piece.push_str("<br>"),
            "p" | "hr" => self.end_line(2),
            "td" | "th" => self.piece.push(' '),
            "li" if !is_end => {
                self.end_line(1);
                self.piece.push_str("- ");
            }
            "pre" => {
                self.is_preformatted = !is_end;
                self.end_line(1);
            }
            "blockquote" if is_end => self.quote(self.quotes.saturating_sub(1)),
            "blockquote" => self.quote(self.quotes + 1),
            "a" if is_end => self.end_link(),
            "a" => {
                self.link = attribute(body, "href").map(|url| (url.to_owned(), self.piece.len()));
            }
            "img" => self.text(attribute(body, "alt").unwrap_or_default()),
            name if BLOCKS.contains(&name) => self.end_line(1),
            _ => {}
        }
        rest
    }

    /// A block begins or ends: at least so many line ends stand here.
    fn end_line(&mut self, wanted: usize) {
        // White space before the end of a line says nothing; left there, every block behind it would walk over it again.
        self.piece.truncate(self.piece.trim_end().len());
        if let Some((_, start)) = &mut self.link {
            *start = self.piece.len().min(*start);
        }
        let mut rest = self.piece.as_str();
        let mut found = 0;
        while let Some(before) = rest.strip_suffix("<br>").filter(|_| found < wanted) {
            rest = before;
            found += 1;
        }
        (found..wanted).for_each(|_| self.piece.push_str("<br>"));
    }

    /// Ends a piece; what follows stands in so many quotes.
    fn quote(&mut self, quotes: usize) {
        let piece = std::mem::take(&mut self.piece);
        self.pieces.push((self.quotes, piece));
        (self.quotes, self.link) = (quotes, None);
    }

    /// Writes the address behind the text of a link, where the text is not the address itself.
    fn end_link(&mut self) {
        let Some((url, start)) = self.link.take() else {
            return;
        };
        let url: String = url.split_whitespace().collect();
        let Some((scheme, bare)) = url.split_once(':') else {
            return;
        };
        let scheme = scheme.to_ascii_lowercase();
        let shown = self.piece.get(start..).unwrap_or_default();
        let bare = bare.trim_matches('/');
        if ["http", "https", "mailto"].contains(&scheme.as_str()) && !shown.contains(bare) {
            let target = if scheme == "mailto" {
                bare
            } else {
                url.as_str()
            };
            self.piece.push_str(" (");
            self.piece.push_str(&target.replace('<', "&lt;"));
            self.piece.push(')');
        }
    }

    /// Has the library make the text of each piece, marks quotes and leaves one blank line between paragraphs.
    fn finish(self) -> String {
        let mut out = String::new();
        for (quotes, piece) in self.pieces {
            let text = html_to_text(&piece);
            let text = text.replace('\u{ad}', "").replace('\u{a0}', " ");
            let mark = "> ".repeat(quotes.min(QUOTE_LIMIT));
            for line in text.trim().lines().map(str::trim) {
                if line.is_empty() && out.ends_with("\n\n") {
                    continue;
                }
                out.push_str(if line.is_empty() { "" } else { &mark });
                out.push_str(line);
                out.push('\n');
            }
        }
        out.trim().to_owned()
    }
}

/// What stands behind the end of an element, whatever is in it.
fn behind<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = rest;
    while let Some(at) = from.find("</") {
        from = &from[at + 2..];
        let is_end = from
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name));
        if is_end {
            return from.split_once('>').map_or("", |(_, rest)| rest);
        }
    }
    ""
}

/// The value of an attribute, entities as they are.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let lower = tag.to_ascii_lowercase();
    for (at, _) in lower.match_indices(name) {
        let is_word = lower[..at].ends_with(|c: char| c.is_ascii_whitespace() || "\"'".contains(c));
        let value = tag[at + name.len()..].trim_start().strip_prefix('=');
        let Some(value) = value.filter(|_| is_word).map(str::trim_start) else {
            continue;
        };
        return match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split_ascii_whitespace().next(),
        };
    }
    None
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
            ("<pre>a\n  b</pre>", "a\nb"),
            ("<p title=\"a>b\">c", "c"),
            ("<head><body>a", "a"),
            ("<img alt='kort' src=x>", "kort"),
            ("a<b", "a"),
            (
                "a<br> <a href='https://x.dk'> <div>x.dk</div></a>",
                "a\nx.dk",
            ),
            ("", ""),
        ] {
            assert_eq!(to_text(html), expected, "{html}");
        }
    }
}
