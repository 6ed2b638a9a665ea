//! The files that come with a mail: their content goes into the store, or only their names where it must not be kept.

use crate::domain::attachment::{Attachment, NotKept, Origin, must_not_keep};
use crate::domain::conduct::Moment;
use crate::domain::correspondence::AsideWhy;
use crate::domain::cpr::without_cpr;
use crate::domain::item::Item;
use crate::mail::{AttachmentInfo, Incoming};
use crate::ops::OpError;
use crate::store::Tx;

use super::sorting::Place;

/// Keeps the files of a mail for where it belongs.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    mail: &Incoming,
    place: Place,
    moment: Moment,
) -> Result<Vec<Attachment>, OpError> {
    let case = match place {
        Place::Case(id, _) => tx.get(id)?,
        _ => None,
    };
    let case = match &case {
        Some(Item::Request(request)) => Some(&**request),
        _ => None,
    };
    let for_no_case = match place {
        Place::Request(_) | Place::Case(..) | Place::Aside(AsideWhy::NoSign) => false,
        Place::OptOut | Place::Aside(_) => true,
    };
    let mut kept = Vec::new();
    for (number, file) in (1..).zip(&mail.attachments) {
        let name = file.name.as_deref().unwrap_or_default();
        let (content, not_kept) = match &file.content {
            _ if for_no_case => (None, Some(NotKept::NoCase)),
            None => (None, Some(NotKept::TooLarge)),
            Some(content) => match must_not_keep(name, &file.mime, content, case) {
                Some(why) => (None, Some(why)),
                None => (Some(tx.keep_file(content)?), None),
            },
        };
        kept.push(Attachment {
            number,
            name: without_cpr(name),
            mime: file.mime.clone(),
            size: size(file),
            on: moment.today,
            origin: Origin::Mail,
            content,
            not_kept,
            internal: false,
            task: None,
        });
    }
    Ok(kept)
}

fn size(file: &AttachmentInfo) -> u64 {
    let size = file
        .content
        .as_ref()
        .map_or(file.size, |content| content.len());
    u64::try_from(size).unwrap_or(u64::MAX)
}
