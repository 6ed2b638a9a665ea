//! The page that says what is in a package: HTML that opens in any browser, with nothing from elsewhere.

use std::fmt::Write as _;

use super::Piece;
use crate::domain::ids::ItemId;
use crate::i18n::Texts;

const STYLE: &str = "body{font-family:sans-serif;max-width:50em;margin:2em auto;padding:0 1em;line-height:1.5}\
table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.4em;text-align:left;vertical-align:top}";

/// The page for these files.
pub(super) fn page(id: ItemId, pieces: &[Piece], left_out: &[String], texts: &Texts) -> String {
    let mut html = String::new();
    let title = escaped(&texts.with("package-title", &[("id", id.to_string().into())]));
    let language = texts.language().code();
    // Writing to a String cannot fail.
    let mut put = |text: &str| html.push_str(text);
    put(&format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{}</p>\n",
        escaped(&texts.get("package-intro"))
    ));
    put(&format!(
        "<h2>{}</h2>\n<table>\n",
        escaped(&texts.get("package-what-is-in-it"))
    ));
    for piece in pieces {
        let path = escaped(&piece.path);
        put(&format!(
            "<tr><td><a href=\"{}\">{path}</a></td><td>{}</td></tr>\n",
            link(&piece.path),
            escaped(&piece.what)
        ));
    }
    put("</table>\n");
    put(&format!(
        "<h2>{}</h2>\n",
        escaped(&texts.get("package-left-out"))
    ));
    if left_out.is_empty() {
        put(&format!(
            "<p>{}</p>\n",
            escaped(&texts.get("package-nothing-left-out"))
        ));
    } else {
        put("<ul>\n");
        for why in left_out {
            put(&format!("<li>{}</li>\n", escaped(why)));
        }
        put("</ul>\n");
    }
    put(&format!(
        "<p>{}</p>\n</body>\n</html>\n",
        escaped(&texts.get("package-sums"))
    ));
    html
}

/// A text as HTML shows it.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// A path as the address of a file beside the page.
fn link(path: &str) -> String {
    let mut link = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _written = write!(link, "%{byte:02X}");
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::{escaped, link};

    #[test]
    fn nothing_in_a_name_is_markup() {
        assert_eq!(
            escaped("<a href='x'>&\""),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;"
        );
        assert_eq!(link("filer/å b.pdf"), "filer/%C3%A5%20b.pdf");
    }
}
