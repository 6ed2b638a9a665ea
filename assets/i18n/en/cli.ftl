# What commands answer.

column-id = Id
column-urgency = Urgency
column-act-by = Act by
column-due = Due
column-person = Person
column-what = What
column-tasks = Done
column-next = Next step
column-received = Received
column-status = Status

due-nothing = Nothing to do now.
due-next = Next is { $id }, { $date }.
due-brief-more = … and { $n } more: “indsigt due” lists them.
due-mail-own = see the case
due-mail-subject = indsigt: { $summary }
due-summary = Overdue: { $overdue } · act now: { $now } · soon: { $soon } · later: { $later }
list-empty = Nothing found.
list-total = { $shown } of { $total }
history-empty = The history is empty.

deadline-received = Received
deadline-act-by = Act by
deadline-due = Due
deadline-extended-act-by = Extended: act by
deadline-extended-due = Extended: due
deadline-recording-due = Recording deleted

services-policy = About your privacy policy: a purpose test or a one-year rule cannot by itself carry a refusal. A customer does not lose bought products by withdrawing consent, and consent to cookies must not be the price of seeing the site. A refusal must name the courts beside Datatilsynet. Where policy and law part, the program follows the law. This is not legal advice.
services-card-data = Card data: { $text }
services-stays = Stays: { $text }
services-irreversible = Cannot be undone: { $text }
step-unverified = (unverified)

changed = { $id }: { $status }
undone = Undone: { $event } ({ $ids })
redone = Redone: { $event } ({ $ids })

ids-and-more = { $ids } and { $n } more

import-file = { $path }: { $taken } taken in, { $already } there already, { $left } left out
import-more = { $n ->
    [one]   … and { $n } more
   *[other]   … and { $n } more
}
import-aside = set aside as { $id }: { $why }
import-also = (also: { $kinds } – make it a case with split)
import-own-rule = (your own rule: { $phrase })
aside-none = No mails were set aside.
aside-hint = Look at a mail with: indsigt show M-… – take it in with: indsigt take M-… --kind …
import-doubtful = Taken in, but look at:
import-total = Altogether: { $taken } taken in, { $already } there already, { $left } left out
import-dry-run = Trial, nothing changed: { $taken } would be taken in, { $already } are there already, { $left } left out
exported = { $n ->
    [one] { $n } case written to { $path }
   *[other] { $n } cases written to { $path }
}
config-written = Written: { $path }
demo-filled = Invented cases written to { $path }
demo-progress = { $n } cases written …
import-progress = { $n } mails read … (Ctrl-C stops; nothing is lost)
import-progress-rows = { $n } rows read … (Ctrl-C stops; nothing is lost)
register-closed-because = imported from a register
register-unread = From the register –
task-rows-kept = { $n ->
    [one] { $n } row from { $file } is kept with the case
   *[other] { $n } rows from { $file } are kept with the case
}
due-retention = { $n ->
    [one] { $n } closed case has reached its retention date.
   *[other] { $n } closed cases have reached their retention date.
}
subscribers-checked = { $n ->
    [0] { $checked } addresses checked; none of them has opted out.
    [one] { $checked } addresses checked; { $n } must not be mailed.
   *[other] { $checked } addresses checked; { $n } must not be mailed.
}
backup-written = Backup written to { $path } (not encrypted): { $contents }.
backup-written-encrypted = Backup written to { $path } (encrypted): { $contents }.
restored = Restored from { $path }: { $contents }.
restored-aside = The store that was there is kept in { $path }. It holds personal data; delete it when it is no longer needed.
contents = { $n ->
    [0] no cases
    [one] { $n } case
   *[other] { $n } cases
}, change no. { $generation }, last changed { $date }
contents-none = no cases, no changes

erase-texts = { $n ->
    [one] The text is erased in { $n } case:
   *[other] The text is erased in { $n } cases:
}
erase-records = { $n ->
    [one] { $n } case is erased; only number, kind, dates, outcome and ground stay:
   *[other] { $n } cases are erased; only number, kind, dates, outcome and ground stay:
}
erase-open = { $n ->
    [one] { $n } open case with the address is left alone:
   *[other] { $n } open cases with the address are left alone:
}
erase-on-hold = { $n ->
    [one] { $n } case with the address is left alone because it is on hold:
   *[other] { $n } cases with the address are left alone because they are on hold:
}
erase-mentioned = { $n ->
    [one] The address also stands in { $n } other case; look at it, and correct it where needed:
   *[other] The address also stands in { $n } other cases; look at them, and correct them where needed:
}
erase-held-back = { $id } is not erased yet: access request { $request } is not answered.
erase-operations = { $n ->
    [one] { $n } earlier change can no longer be undone then.
   *[other] { $n } earlier changes can no longer be undone then.
}
erase-drafts = { $n ->
    [one] { $n } draft is erased.
   *[other] { $n } drafts are erased.
}
erase-beside = This file is deleted too, because it holds the same: { $path }
erase-nothing = Nothing has reached its retention date.
erase-nobody = There is nothing to erase about { $email } in closed cases.
erase-ask = Erase now? It cannot be undone. [y/N]
erase-dry-run = Trial: nothing was erased.
erase-declined = Nothing was erased.
erase-done = Erased: the text of { $texts ->
    [one] { $texts } case
   *[other] { $texts } cases
}, and the personal data of { $records ->
    [one] { $records } case
   *[other] { $records } cases
}. Nothing of it is left in the store's file.
erase-interrupted-before = An erasure was interrupted before it began to count; nothing was erased. Run it again.
erase-interrupted-after = An erasure was interrupted after it counted; { $n ->
    [0] no file was left to delete.
    [one] { $n } file beside the store is deleted now too.
   *[other] { $n } files beside the store are deleted now too.
}

calendar-name = Indsigt: deadlines
calendar-description = Act by { $act_by }. Due: { $due }.
calendar-recording = Recording: delete all copies
export-nothing = Nothing to show.
package-written = Written: { $path } ({ $n } files)
package-stranger = Note: { $file } names { $email } ({ $id }).
package-without = Not in it: { $why }
package-page = README.html
package-page-what = this page
package-title = Answer to your request { $id }
package-intro = This is the copy of the data we hold about you. The page says what each file is, and what is not included.
package-what-is-in-it = The files
package-left-out = What is not included, and why
package-nothing-left-out = Nothing was left out.
package-sums = SHA256SUMS.txt has a checksum for each file. With it you can see that the files arrived unchanged (sha256sum -c SHA256SUMS.txt).
package-letter = letter.txt
package-letter-what = the answer to your request
package-no-letter = The letter with the answer is not in the package; it is sent by itself.
package-own-what = what we have recorded about your requests, recordings and opt-outs
package-no-notes = Our own working notes on the case are not in the package.
package-rows-what = { $n ->
    [one] the row
   *[other] the { $n } rows
 } about you that { $service } held on { $on }
package-file-lost = { $name }: the content of the file could not be read.
package-files = files
package-file-of = a file from { $service }
package-file-what = a file that belongs to the answer
package-recordings = recordings
package-recording-what = the recording “{ $title }” of { $on }
package-group = The recording “{ $title }” of { $on }: it shows other participants, too.
package-recording-elsewhere = The recording “{ $title }” of { $on } is no file in the package; it is kept here: { $places }.
evidence-file = { $id }-evidence
evidence-title = Evidence in case { $id }
evidence-made = Made on { $on }.
evidence-chronology = What happened when
evidence-received = The request was received
evidence-case = The case
evidence-letters = Letters as they were sent
evidence-no-letters = No letter is recorded as sent.
evidence-letter-erased = The text was erased under the retention rules.
evidence-history = The history with its chain
evidence-how = How to verify the history: each entry has a chain value, which is the SHA-256 of the chain value of the entry before it, number, instant, case, event, interface and the keyed digest of the case; each part is preceded by its length in eight bytes. If an entry is changed, none of those after it fits. The entries of this case are an excerpt: the command indsigt verify recomputes the whole chain and holds the cases against it.
report-title = The year { $year }
report-title-all = All years
report-requests = Requests
report-no-requests = No requests.
report-kind = Kind
report-received = Received
report-open = Open
report-answered = Answered
report-in-time = In time
report-median = Days (median)
report-worst = Days (longest)
report-extended = Extended
report-refused = Refused
report-all = All
report-late = { $n } overdue
report-grounds = Refused, by ground
report-extensions = Extensions and their reasons
report-reason-erased = the reason was erased
report-recordings = Recordings
report-recordings-line = To be deleted: { $due } · deleted: { $deleted }, of these on time: { $on_time } · overdue: { $overdue }
report-optouts = Opt-outs
report-optouts-line = Received: { $received } · done: { $done }, of these in time: { $in_time } · hours (median): { $hours }
files-none = { $id } has no files.
files-written = Written: { $path }
verify-checked = Checked: the file, { $records } cases, { $entries } history entries and { $rows } rows of the indexes.
verify-head = The last history entry is no. { $seq } with the chain value { $chain }. Note it down: only it can show whether the end is missing later.
verify-ok = No problems found.
problem-file = The file does not pass the database's own check: { $detail }
problem-older-state = The latest state of the file is damaged; only an older one is whole.
problem-unreadable = { $place } cannot be read.
problem-damaged = { $place } is damaged.
problem-unknown-key = { $place }: the key means nothing.
problem-gap = { $place }: the entry is missing in the history.
problem-chain = { $place }: the chain does not hold; this entry or the one before it was changed.
problem-changed = { $place }: the case is not as the history says; it was changed by something else than this program.
problem-vanished = { $place }: the history knows the case, but it is not there.
problem-returned = { $place }: by the history the case is gone, but it is there.
problem-no-history = { $place }: the history does not say how the case was entered.
problem-index-missing = { $place }: the row is missing in the index.
problem-index-surplus = { $place }: the row does not belong in the index.
problem-index-differs = { $place }: the row of the index says something else than the cases.
problem-counter-behind = { $place }: a number would be given out again.
problem-file-missing = { $place }: the content of a file of the case is missing.
export-lost = Left out because it cannot be read: { $id }
man-see-also = See also
man-config-settings = Settings
man-config-about = The file is TOML; `indsigt config path` says where it lies, and `indsigt config init` writes it with everything below as remarks. Each setting is shown with its default; where there is none, or it follows from something else, with an example.
man-config-example = (example)
man-keys-name = the keys of the screen of indsigt
man-keys-about = Behind a key stands the name of what it does. By that name it can be changed under [keys] in the settings; this page shows the keys as they are without that. The bottom line of the screen shows the most important ones, and `?` all that work there.
man-keys-rows = In a list and in a detail
man-keys-report = In the report
man-keys-search = While searching
man-keys-form = In a form
man-keys-confirm = At a question
man-keys-picker = In a choice
man-keys-palette = Among the commands by name
man-keys-help = In the help
man-keys-only-list = in a list only
man-keys-only-detail = in a detail only
