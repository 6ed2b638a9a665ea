# Errors and warnings: what happened and why; .hint says what can be done.

no-such-id = There is no case with the id “{ $id }”.
    .hint = See the ids with: indsigt list --any
    .hint-tui = It was undone or erased meanwhile.
    .hint-plain = “search” finds cases by name, address or number. One that was undone or erased is not there any more.
ambiguous-id = “{ $id }” fits several: { $ids }.
    .hint = Write the whole id.
unreadable = { $path } cannot be read: { $why }
    .hint = Check the path and its permissions.
unwritable = { $path } cannot be written: { $why }
    .hint = Check the folder, its permissions and the space on the disk. Nothing was changed.
bad-catalogue = { $path } has problems: { $why }
    .hint = Mend the file, or move it away to use the built-in service cards.
bad-rules = { $path } has problems: { $why }
    .hint = Mend the file, or move it away to use the built-in rules alone. Nothing was taken in.
output-failed = Writing failed: { $why }
    .hint = Check the space on the disk.
bad-language = There is no language “{ $language }”.
    .hint = Choose da or en.
bad-date = “{ $text }” is not a date that exists.
    .hint = Write it as 2026-11-23, or an instant as 2026-11-23T09:30:00+01:00.
bad-date-line = Line { $line }: “{ $text }” is not a date that exists. Nothing was worked out.
    .hint = One date (2026-11-23) or one RFC 3339 instant a line.
bad-config = The settings in { $path } have problems: { $problems }
    .hint = Mend the file. A commented file with all defaults: indsigt --config NEW.toml config init
config-value = { $setting } = “{ $value }” does not do; use { $wanted }
config-exists = { $path } is there already and was not touched.
    .hint = Change it in a text editor.
no-such-service = There is no service card “{ $id }”.
    .hint = See them all with: indsigt services
not-a-change = The command cannot be carried out here ({ $command }). That is a defect in the program.
demo-exists = { $path } is there already and was not touched.
    .hint = Choose a path that does not exist.
terminal-missing = The screen needs a terminal, and there is none.
    .hint = Use the commands, for instance: indsigt due
terminal-dumb = The terminal is too simple for the screen (TERM is missing or “dumb”).
    .hint = Use indsigt --plain (line by line), or the commands, for instance: indsigt due
plain-with-command = --plain belongs to the screen: alone or with demo, and not with --json.
    .hint = The commands write line by line anyway.

usage-not-a-choice = “{ $value }” is not one of the choices for { $arg }.
usage-value-missing = { $arg } needs a value.
usage-not-a-number = “{ $value }” is not a number that { $arg } can take.
usage-bad-value = “{ $value }” does not do for { $arg }: { $why }
usage-unknown-option = There is no option { $arg } here.
usage-surplus = There is no place for “{ $arg }” in the command.
usage-unknown-command = There is no command “{ $command }”.
usage-repeated = { $arg } can be given only once.
usage-conflict = { $arg } cannot be used together with { $others }.
usage-missing = Still needed: { $args }.
usage-command-missing = “{ $command }” needs a command after it.
usage-not-utf8 = One of the arguments is not valid UTF-8.
usage-other = The command cannot be understood: { $why }
usage-did-you-mean = Did you mean “{ $meant }”?
usage-quote = Put text with blanks between quotes.
usage-as-value = If it is a value, write -- before it (-- { $arg }).
usage-choices = The choices are: { $choices }.
usage-help = See more with: { $command } --help

defect = The program has a defect ({ $place }) and stopped.
    .hint = Nothing half-done was stored. With RUST_BACKTRACE=1 it tells more, which may contain personal data.
store-busy = The store is in use by another program.
    .hint = Try again in a moment. Nothing was changed.
store-foreign = The file is not an indsigt store.
    .hint = Check --store. The file was not touched.
    .hint-tui = The file was not touched.
store-older = The store has the older format { $found }, and nothing may be changed.
    .hint = Run once without --read-only; the file is converted, and the old one kept beside it.
store-newer = The store has format { $found }; this program knows up to { $known }.
    .hint = Use the newer version of indsigt. The file was not touched.
store-damaged = The store is damaged ({ $place }).
    .hint = See all problems with: indsigt verify. Save what can be read with: indsigt export all --format json --out FILE, then bring back the latest backup: indsigt restore FILE.
    .hint-tui = Leave with q. On the command line, “indsigt verify” says what is wrong, and “indsigt restore” brings back the latest backup.
store-io = The store cannot be read or written: { $cause ->
        [full] the disk is full
        [read-only] the disk is read-only
        [forbidden] permission is missing
        [link] the file is a link to another place, which is not followed
       *[other] { $why }
    } ({ $path })
    .hint = { $cause ->
        [full] Make room on the disk, then do it again.
        [read-only] Make the disk writable again, then do it again.
        [forbidden] Check the permissions of the file and of its folder.
        [link] Remove the link, then do it again.
       *[other] Check the permissions and the space on the disk.
    } Nothing that was acknowledged is lost.
store-gone = The store is gone: { $path } was there and is there no more.
    .hint = Put the file back or restore a backup, and it goes on here. No empty store was made in its place.
exposed-file-closed = Note: others on this machine could get at the store (mode { $mode }). It is private again now: { $path }
exposed-file-open = Note: others on this machine can get at the store (mode { $mode }). Make it private with: chmod 600 { $path }
exposed-folder-closed = Note: others on this machine could look into the folder of the store (mode { $mode }). It is private again now: { $path }
exposed-folder-writable = Note: others on this machine can put another file in the place of the store (mode { $mode }). Take that from them with: chmod go-w { $path }
store-defect = Something could not be stored ({ $detail }). That is a defect in the program.
    .hint = Nothing was changed.

backup-exists = { $path } is there already and was not touched.
    .hint = Choose another name, or replace the file with --force.
backup-is-the-store = { $path } is the store itself, or its lock file.
    .hint = Choose another file. Nothing was changed.
backup-to-terminal = A backup cannot be written to a terminal.
    .hint = Send it on, for instance: indsigt backup - | ssh server 'cat > indsigt.redb'
backup-and-json = The backup and the answer with --json cannot both go to standard output.
    .hint = Name a file instead of “-”, or leave --json out.
backup-bad-recipient = “{ $text }” is not an age recipient.
    .hint = A recipient begins with age1; age-keygen calls it the public key. Nothing was written.
passphrase-file-empty = The first line of { $path } holds no passphrase.
    .hint = Write the passphrase alone on the first line of the file. Nothing was changed.
identity-file-bad = { $line ->
    [0] There is no key in { $path }.
   *[other] Line { $line } of { $path } is not an age key.
}
    .hint = Name the file age-keygen wrote; the key begins with AGE-SECRET-KEY-1. Nothing was changed.
restore-unusable = { $path } cannot be restored: { $why }.
    .hint = The store was not touched.
restore-refused = { $store } would be replaced. There now: { $present }. In the backup: { $offered }.
    .hint = Repeat with --yes to replace it. The present store is kept beside the new one.
restore-refused-unreadable = { $store } would be replaced, and it cannot be read: { $present }. In the backup: { $offered }.
    .hint = Repeat with --yes to replace it. The present file is kept beside the new one.
rotation-failed = Note: the daily backup did not succeed. { $why }
    .hint = See backup_folder in: indsigt config show
file-empty = the file is empty
file-foreign = the file is not a store of indsigt
file-newer = the file has format { $found }, this program knows up to { $known }; use the newer indsigt
file-damaged = the file is damaged ({ $place })
shut-needs-identity = it is encrypted for an age key; name that with --identity
shut-needs-passphrase = it is encrypted with a passphrase; name its file with --passphrase-file
shut-wrong-identity = it is encrypted for another age key
shut-wrong-passphrase = the passphrase does not fit
shut-too-much-work = the passphrase takes more work than the program agrees to
shut-damaged = the encrypted file is damaged or not whole

mail-empty = { $place } is empty.
    .hint = Give an .eml file, an mbox, a Maildir or “-”. Nothing was taken in.
mail-not-mail = { $place } is neither a mail nor an mbox.
    .hint = Save the mail as .eml, or give an mbox or a Maildir. Nothing was taken in.
mail-none-in-folder = There are no mails in the folder { $place }.
    .hint = A Maildir has the folders new and cur; other folders must hold .eml files.
mail-unreadable = { $place } cannot be read: { $why }
    .hint = Check the path and its permissions. Nothing was taken in.
mail-problem-not-a-mail = not a mail
mail-problem-bad-header = unreadable lines in the header
mail-problem-no-sender = no sender
mail-problem-sender-guessed = the sender is from another field than From
mail-problem-no-date = no time of arrival; the day of the import was used
mail-problem-bad-date = unreadable date
mail-problem-unknown-charset = unknown character set
mail-problem-guessed-charset = the character set was guessed
mail-problem-broken-encoding = parts could not be decoded
mail-problem-truncated = the mail was cut
mail-problem-unclosed-part = a part has no end
mail-problem-too-many-parts = too many parts
mail-problem-too-large = the text was cut
mail-problem-html-only = HTML only
mail-problem-nested-text = the text is from an attached mail
mail-problem-no-text = no readable text
mail-problem-calendar-text = the text is that of a calendar invitation
mail-problem-winmail = Outlook's winmail.dat: there may be files in it that only Outlook shows
mail-problem-hidden-characters = hidden characters were taken out
maildir-trashed = thrown away in the mail program (give the file itself to take it in)
maildir-draft = a draft of your own (give the file itself to take it in)

table-empty = { $place } is empty.
    .hint = Export the list as CSV again. Nothing was taken in.
table-workbook = { $place } is a spreadsheet, not a CSV file.
    .hint = Open it and save it as CSV (UTF-8). Nothing was taken in.
table-archive = { $place } is an archive.
    .hint = Unpack it and give the CSV file. Nothing was taken in.
table-binary = { $place } is not a text file.
    .hint = Export the list as CSV. Nothing was taken in.
table-no-header = { $place }, line { $line }: no line looks like column names.
    .hint = The first line must name the columns, for instance Email,Name. Nothing was taken in.
table-no-rows = { $place }, line { $line }: there are column names but no rows.
    .hint = Export the list again. Nothing was taken in.
table-no-address-column = { $place }, line { $line }: no column with mail addresses among { $found }.
    .hint = Call the column Email. Nothing was taken in.
table-doubtful = { $place } does not say who opted out, and does not look like a list of opt-outs: { $columns }.
    .hint = Export only those who opted out, or include a column about it (such as Status or Unsubscribed). Nothing was taken in.
table-no-recordings = { $place }, line { $line }: the columns { $found } do not look like a list of recordings.
    .hint = There must be a date (such as Date or Start Time) and a title or a name (such as Title, Topic or Name). Nothing was taken in.
table-no-requests = { $place }, line { $line }: the columns { $found } do not look like a register of requests.
    .hint = There must be a date of receipt (such as Received) and a name or a mail address. Nothing was taken in.
row-not-opted-out = not opted out
row-cleaned = the service gave the address up; that is no opt-out
row-bounced = mail came back; that is no opt-out
row-complained = reported mail as spam but did not opt out: look at it
row-unclear-status = it does not say whether the person opted out
row-contradiction = subscribed by one column, opted out by another
row-no-address = no address
row-not-an-address = not a mail address
row-duplicate = the same address as line { $line }
row-other-table = another table of the file
row-ambiguous-date = the date can be read in two ways; the day of the import was used
row-unreadable-date = the date cannot be read; the day of the import was used
row-ragged = { $cells } cells where there should be { $expected }
row-open-quote = a quote is not closed

flaw-no-date = { $field } is missing
flaw-ambiguous = { $field } can be read in two ways; write it as YYYY-MM-DD
flaw-unreadable = { $field } cannot be read; write it as YYYY-MM-DD
flaw-nothing-named = neither title nor name
flaw-no-client = the client is not named; add name and mail address (edit)
flaw-host = the row is about the host
flaw-repeated = the same as line { $line }
flaw-another-participant = another participant of the session on line { $line }, which is a group session now; only the first is registered
flaw-nobody-named = neither name nor mail address
flaw-not-an-address = something other than a mail address
flaw-unknown-kind = unknown kind; entered as “other”, with the register's word in a note
flaw-no-kind = no kind; entered as “other”
flaw-unknown-outcome = unknown outcome; closed cases are entered as “answered”, with the register's word in a note
flaw-no-outcome = no outcome; entered as “answered”
flaw-unknown-channel = unknown channel; entered as “mail”, with the register's word in a note
flaw-unknown-status = unknown status; entered as open, with the register's word in a note
flaw-closed-without-date = closed, but it does not say when
flaw-open-and-closed = open by one column, closed by another
flaw-other-table = another table of the file
flaw-open-quote = a quote is not closed
flaw-ragged = { $cells } cells where there should be { $expected }
date-of-recorded = the date of the session
date-of-link-sent = the date on which the link was sent
date-of-link-expires = the date on which the link expires
date-of-received = the date of receipt
date-of-closed = the date of closing

card-at-line = line { $line }, { $place }: { $what }
card-syntax = { $detail }
card-unknown-field = unknown field “{ $detail }”
card-unknown-kind = unknown kind “{ $detail }”
card-unknown-word = unknown word: { $detail }
card-missing-field = the field “{ $detail }” is missing
card-missing-language = the language “{ $detail }” is missing
card-wrong-type = wrong type: { $detail }
card-expected-text = text
card-expected-list = list
card-expected-table = table
card-expected-flag = true/false
card-expected-services = [[service]]
card-empty-text = empty text
card-empty-list = empty list
card-title-too-long = the title is too long: { $detail } characters
card-control-character = line break or control character in the text
card-bad-id = invalid id “{ $detail }”
card-duplicate-id = the id is there already: { $detail }
card-bad-link = invalid link “{ $detail }”
card-not-by-person = “not-by-person” cannot stand beside anything else
card-expected-weight = a whole number from 1 to 9
rule-bad-phrase = “{ $detail }” can stand in no mail; write words, word*, “..” between words, and “a + b”
rule-unknown-group = there is no group of words called “{ $detail }”
rule-circle = the group “{ $detail }” names itself in a circle
rule-nothing-off = “{ $detail }” is neither a built-in phrase nor the name of a built-in rule

refusal-already-closed = { $id } was closed on { $on }.
    .hint = Open it again with: indsigt reopen { $id } --reason …
    .hint-tui = b opens it again.
refusal-not-closed = { $id } is not closed.
refusal-open-tasks = { $n ->
    [one] { $id } has an open task: { $tasks }.
   *[other] { $id } has { $n } open tasks: { $tasks }.
}
    .hint = Finish them, or close all the same and say why (--override).
    .hint-tui = Finish them, or say under “{ field-override }” why it is closed.
refusal-wrong-type = { $id } is not a { $needs }.
refusal-outcome-not-here = A { $type } has no outcome.
    .hint = Leave --outcome out.
    .hint-tui = Leave the outcome out.
refusal-reject-instead = A refusal needs a ground and facts.
    .hint = Use the refusal: indsigt reject ID --ground … --facts … (the key x).
    .hint-tui = x rejects it.
refusal-no-such-task = { $id } has no task “{ $task }”.
    .hint = The tasks are: { $known }
refusal-note-required = “{ $status }” needs a reason.
    .hint = Write it with --note.
    .hint-tui = Write it under Note.
refusal-no-such-copy = { $id } has no copy at “{ $place }”.
    .hint = The copies are: { $known }
refusal-copy-already = The copy at { $place } is { $status } already.
refusal-date-before = { $given } is before { $earliest }.
    .hint = Check the date.
refusal-date-in-future = { $given } has not come yet; today is { $today }.
    .hint = Write the day on which it happened.
refusal-text-missing = Missing: { $text }.
refusal-nobody-named = A name or an address is missing.
    .hint = Give at least one of them.
refusal-not-an-address = “{ $text }” is not a mail address.
    .hint = Write it as name@example.com.
refusal-was-declined = The client declined to be recorded; there is no link to send ({ $id }).
refusal-needed-for-access = { $id } must not be deleted yet: access request { $request } is not answered.
    .hint = Deliver the recording first, or say with --override that the person was asked.
    .hint-tui = Deliver the recording first, or resolve with r and say that the person was asked.
refusal-never-refusable = A request of the kind “{ $kind }” can never be refused as unreasonable.
    .hint = { $word ->
        [complaint] Answer the complaint; the person may also complain to Datatilsynet.
       *[other] Stop the processing at once and confirm it. What the law says must be kept is kept with its reason (task … kept).
    }
    .hint-tui = { $word ->
        [complaint] Answer the complaint; the person may also complain to Datatilsynet.
       *[other] Stop the processing at once and confirm it. Tasks about what the law says must be kept are set to “{ task-kept }” with the reason.
    }
refusal-not-refusable = { $id } cannot be refused; only requests can.
refusal-earlier-unanswered = { $id } is a reminder: { $earlier } for the same is not answered yet.
    .hint = Answer { $earlier }, and merge { $id } into it: indsigt merge { $id } --into { $earlier }
    .hint-tui = M merges { $id } into { $earlier }, which is then to be answered.
refusal-facts-too-short = The facts are too short: { $given } characters, and at least { $needed } are needed.
    .hint = Say concretely what happened, when, and why it makes the request unreasonable. The burden of proof is yours.
refusal-only-non-grounds = What is named is no ground for refusing: { $named } (art. 12(5); CJEU C-307/22).
    .hint = Give concrete facts about the request itself. The best answer is often what is new since last time.
refusal-burden-not-accepted = The answers speak against a refusal: { $questions }
    .hint = Better answer with what is new since last time. Otherwise accept the burden of proof in so many words (--accept-burden-of-proof).
    .hint-tui = Better answer with what is new since last time. Otherwise: “{ burden-yes }”.
refusal-identity-not-asked = “Cannot be identified” needs proof of identity to have been asked for first ({ $id }).
    .hint = indsigt identity { $id } requested --reason …
    .hint-tui = i asks for proof.
refusal-no-extension-for-kind = A request of the kind “{ $kind }” has no period that can be extended.
    .hint = { $word ->
        [complaint] Answer within the period.
        [other] Answer within the period. Where it is about a right, make a case of its proper kind (split).
       *[at-once] It takes effect at once: stop the processing now.
    }
refusal-already-extended = { $id } was extended to { $until } already. A period can be extended only once.
refusal-extension-too-late = The first month ended on { $last }; after that the period cannot be extended.
    .hint = Answer now, and apologise for the delay.
refusal-not-an-extension-reason = That is no reason for an extension: { $named }.
    .hint = Only complexity or the number of requests counts. Say it concretely.
refusal-identity-confirmed = The identity in { $id } was confirmed on { $on }.
refusal-changed-meanwhile = { $id } was changed meanwhile: { $changes }.
    .hint = Look at the case again, then repeat what you wanted to do.
meanwhile = { $event } { $when } ({ $via })
refusal-read-only = The program was started with --read-only; nothing can be changed.
refusal-cpr-number = The text holds what looks like a CPR number, which is never kept here.
    .hint = Leave the number out; write how identity was confirmed, and when.
refusal-nothing-to-undo = There is nothing to undo.
refusal-nothing-to-redo = There is nothing to redo.
refusal-undo-blocked = { $id } was changed since; the change cannot be taken back.
    .hint = Correct the case directly.

needed-note = the text of the note
needed-override = a reason for closing all the same
needed-doubt = the concrete doubt about identity
needed-method = how identity was confirmed
needed-reason = a reason
needed-title = a title
needed-reference = where the agreement or consent is kept
needed-purpose = the purpose
needed-facts = the facts

warning-link-outlives = Note: the link to { $id } works longer than the recording is kept (deleted { $due }).
warning-late-refusal = Note: the refusal of { $id } comes after its last day, { $due }.
warning-future = Note: the receipt date { $on } lies in the future.
warning-repeat = Note: { $id } resembles { $earlier }, which was answered; { $n ->
    [one] { $n } day
   *[other] { $n } days
} between them. See what is new since.
warning-passed-on = Note: { $id } was passed on. The mail inside is from { $who }. If that is the person, correct the case: edit { $id } --name … --email { $email }
    .tui = The mail was passed on, and the one inside is from { $who }: press E if that is the person
warning-conflict = Note: { $id } is in conflict with { $other } ({ $due }): deliver the recording before it is deleted.
refusal-file-still-there = The file is still there: { $path } ({ $id }).
    .hint = Delete it first, or let the program do it: --delete-file with copy, --delete-files with resolve.
    .hint-tui = Delete it first.
refusal-delete-first = The copy at { $place } is not deleted yet; it cannot be gone from the trash.
    .hint = Delete it first and record that; then empty the trash.
refusal-decide-first = Decide about the bought products in { $id } first: they rest on the contract, not on consent.
    .hint = Set the task "{ $task }": kept, with the reason, when the person keeps them, or done when the person asked to lose them.
    .hint-tui = Stand on the task “{ $task }”, press Enter, and choose Kept, with the reason, or Done when the person asked to lose the products.
    .hint-plain = Type “task” and the number of “{ $task }”, and choose Kept, with the reason, or Done when the person asked to lose the products.
refusal-recordings-left = { $id } cannot be closed: { $n ->
    [one] the recording { $ids } is still there
   *[other] the recordings { $ids } are still there
}, and the person asked for erasure.
    .hint = Delete { $n ->
    [one] it
   *[other] them
} first (resolve { $ids }), or say in words why not (--override).
    .hint-tui = Delete { $n ->
    [one] it
   *[other] them
} first (r on the recording), or write in the field why not.
refusal-which-duplicate = { $n ->
    [0] The person has no other request for the same that { $id } could be a duplicate of.
   *[other] { $id } could be a duplicate of { $ids }.
}
    .hint = { $n ->
    [0] Correct the person when it is another address (edit { $id } --email …), or choose another outcome.
   *[other] Say which: merge { $id } --into ID.
}
    .hint-tui = { $n ->
    [0] Correct the person when it is another address (E), or choose another outcome.
   *[other] Merge it into the right one: M.
}
refusal-follow-up-of-nothing = A task that is set to “{ $status }” needs no asking again.
    .hint = Leave the date out, or set the task to asked.
    .hint-tui = Leave the date empty, or choose Asked.
refusal-taken-already = { $id } was taken in already, as { $request }.
refusal-not-held = { $id } is not on hold.
refusal-cannot-merge = { $id } cannot be merged into { $into }: that is not an earlier request of the same kind from the same person.
    .hint = The later one goes into the earlier, so that the earlier deadline stands; where they differ, work both.
refusal-link-already-sent = The link to { $id } was sent on { $on }; the deletion date runs from there.
    .hint = Only a written agreement moves it: indsigt agree { $id } … (the key w). If the date was wrong, undo it first.
    .hint-tui = Only a written agreement moves it: w. If the date was wrong, undo it first: u.
warning-partly = Note: the ground in { $id } usually covers only a part. Consider meeting the rest (resolve --outcome partly-met).
    .tui = Note: the ground in { $id } usually covers only a part. Consider meeting the rest: u takes the refusal back.
mail-problem-date-in-future = the date lies in the future; the day of the import was used
refusal-nothing-to-merge-into = The person has no other open request for the same that { $id } could be merged into.
erase-unconfirmed = Nothing was erased yet.
    .hint = Erase with --yes, or only look with --dry-run. An erasure cannot be undone.
refusal-erased = { $id } is erased; nothing in it can be changed any more.
    .hint = Only number, kind, dates, outcome and ground are left. Enter a new case if something new came.
refusal-access-open = The person's access request { $id } is not answered; nothing on the person may be erased before.
    .hint = Answer { $id } first, then erase.
refusal-before-erasure = There is nothing to undo since the last erasure, and what lies before an erasure cannot be undone.
verify-problems = { $n ->
    [one] The store has { $n } problem.
   *[other] The store has { $n } problems.
}
    .hint = Bring back the latest backup, and keep the damaged file until then. What can be read is saved with: indsigt export all --format json --out FILE
export-incomplete = { $n ->
    [0] The store is damaged; cases may be missing of which not even the id can be read.
    [one] The store is damaged; { $n } case could not be read and is left out.
   *[other] The store is damaged; { $n } cases could not be read and are left out.
}
    .hint = The rest was written. What is wrong is told by: indsigt verify
refusal-no-rows = { $file } has no rows about the person in { $id } ({ $n } looked through).
    .hint = If the service holds nothing, set the task to that: indsigt task { $id } { $task } nothing-held
    .hint-tui = If the service holds nothing, set the task to Nothing held.
refusal-others-in-package = The package for { $id } has { $email } in { $file }, who is somebody else ({ $other }).{ $n ->
    [one] {""}
   *[other] {" "}{ $n } places altogether.
 }
    .hint = Take the file out (files { $id } N --internal), or repeat with --others-checked once you have seen that it may go out.
    .hint-tui = Take the file out of the package, or write it from the command line once you have seen that it may go out.
export-where-to = Where is it to be written?
    .hint = Name a folder with --to DIR.
export-evidence-of-what = Evidence of which case?
    .hint = Write export evidence ID --to DIR.
export-too-much = “{ $more }” does not belong here.
    .hint = Write export ID --to DIR or export evidence ID --to DIR.
export-which-format = A register in which format?
    .hint = Say --format csv, json, ics or md.
refusal-no-such-file = { $n ->
    [0] { $id } has no files.
   *[other] { $id } has no file with the number { $number }.
 }
    .hint = { $n ->
    [0] Put one there with attach { $id } FILE.
   *[other] The numbers are: { $there }
 }
refusal-file-has-no-content = Of file { $number } of { $id } only the name is kept: { $why }.
    .hint = Look for it in your mailbox.
refusal-file-there = { $id } has { $name } already, as file { $number }.
refusal-file-not-kept = { $name } cannot be kept: { $why }.
    .hint = Copies of identity documents and CPR numbers are never kept. Record how identity was confirmed instead (identity ID confirmed).
refusal-file-too-large = { $name } is larger than the { $mib } MB that are kept of a file.
    .hint = Raise attachment_mb in the settings, or divide the file.
files-where-to = Where is the file to be written?
    .hint = Say --out FILE, --out FOLDER, or --out - for standard output.
file-exists = { $path } is there already and was not touched.
    .hint = Choose another name, or remove the file first.
refusal-too-many-rows = The rows from { $file } take too much room: { $kib } KiB, and there is room for { $limit } KiB.
    .hint = Export fewer columns or a shorter time, or enclose the file yourself.
warning-rows-by-name = Note: { $file } has no mail addresses; { $n ->
    [one] { $n } row was
   *[other] { $n } rows were
} found by the name alone. Check that it is the same person.
warning-rows-open-quote = Note: in { $file } a quote is perhaps not closed on { $n ->
    [one] line
   *[other] lines
} { $lines }. Check that the rows hold everything about the person and nothing about others.
from-needs-done = --from goes with the status done.
    .hint = indsigt task ID TASK done --from FILE

config-missing = { $setting } is missing
config-together = { $setting } cannot be used together with { $other }

mail-not-moved = { $path } was taken in, but could not be moved to cur: { $why }
    .hint = Check the permissions of the mailbox. Nothing is lost: the mail will be known again next time.
mailbox-unconfigured = The settings do not say where new mail is to be fetched from.
    .hint = Write a section [mail] with maildir or imap_host into the file that indsigt config path names; indsigt config init makes one with examples.
mailbox-password = The command in imap_password_command gave no password: { $why }
    .hint = Try it in a terminal: the first line it prints must be the password.
mailbox-ca-file = The certificate file { $what } cannot be used: { $why }
    .hint = imap_ca_file must name a PEM file with at least one certificate.
mailbox-unreachable = { $place }: there is no connection to the server: { $why }
    .hint = Check imap_host, imap_port and the network, and try again.
mailbox-silent = { $place }: the server does not answer.
    .hint = Check imap_port and imap_tls, or try again later. What was taken in is kept.
mailbox-gone = { $place }: the connection was lost: { $why }
    .hint = Try again; it goes on from there. What was taken in is kept.
mailbox-certificate = { $place }: the server's certificate cannot be trusted: { $why }
    .hint = Check imap_host. If the server is your own, name its certificate with imap_ca_file. The password was not sent.
mailbox-no-encryption = { $place }: the connection cannot be encrypted: { $why }
    .hint = Check imap_port (993 or 143) and imap_tls (implicit or starttls). The password was not sent.
mailbox-login = { $place }: the server did not accept the user name or the password: { $why }
    .hint = Check imap_user and imap_password_command; some providers want a separate password for programs.
mailbox-folder = { $place }: the folder “{ $what }” cannot be used: { $why }
    .hint = Check imap_folder and imap_move_to; folders are made in your mail program.
mailbox-cannot-move = { $place }: the server can neither move mails (MOVE) nor delete single ones (UIDPLUS).
    .hint = Leave imap_move_to out; then nothing in the mailbox is changed.
mailbox-refused = { $place }: the server said no: { $why }
    .hint = Try again later. What was taken in is kept.
mailbox-not-understood = { $place }: the server's answer cannot be understood.
    .hint = Check that imap_host and imap_port are those of an IMAP server. What was taken in is kept.
bad-template = { $place }{ $line ->
    [0] {""}
   *[other] , line { $line }
}: { $what }
    .hint = { $own ->
    [yes] Mend the template, or move it away to use the built-in one. assets/guide.md has the fields.
   *[no] The defect is in the program; a template of your own can take its place (assets/guide.md).
}
template-unknown = { $fields } is no field there is, and the letter gets no text for it by --set either.
template-unfilled = { $field } is not filled in this case.
template-no-subject = the first lines are the subject, and after a blank line comes the text.
template-syntax = { $detail }
template-line = { $field } (line { $line })
refusal-letter-does-not-fit = “{ $letter }” does not fit { $id } as it stands.
    .hint = { $fits ->
    [0] No letter fits.
   *[other] These fit: { $types }
}
refusal-which-letter = It is not plain which letter { $id } is to have now.
    .hint = { $fits ->
    [0] No letter fits.
   *[other] These fit: { $types }
}
refusal-letter-needs-rejection = { $id } is not refused, so there is no refusal to write.
    .hint = indsigt reject { $id } --ground … --facts … does it, and then the letter can be written.
    .hint-tui = x refuses, and then the letter can be written.
refusal-letter-fields = “{ $letter }” needs text that the case does not have: { $fields }.
    .hint = Give it with { $options }.
    .hint-tui = Write it in the fields.
refusal-no-letter-field = “{ $letter }” has no field called “{ $field }”.
    .hint = The fields are: { $known }
refusal-letter-incomplete = “{ $letter }” for { $id } lacks: { $missing }.
    .hint = A letter that lacks something can be seen, but not marked as sent. Fill in the case or the settings and try again.
refusal-letter-nowhere = There is no mail address to send “{ $letter }” to ({ $id }).
    .hint = { $person ->
    [yes] Write the letter with --out, or correct the address: indsigt edit { $id } --email …
   *[no] Give the address with --set to=…
}
    .hint-tui = Correct the address, or send the letter in another way.
refusal-no-sender-address = The settings do not say which mail address the letters come from.
    .hint = Set email under [controller] in the settings; indsigt config path says where they are.
    .hint-tui = Set email under [controller] in the settings.
refusal-sending-open = “{ $letter }” for { $id } was being sent on { $on }, and nobody knows whether it went: the program or the connection ended before the answer came.
    .hint = Look for { $message } in the sent folder or the log. It went: indsigt letter { $id } { $word } --mark-sent mail. It did not: --not-sent. To send it once more all the same: --send --again.
    .hint-tui = Look for { $message } in the sent folder or the log, and then say whether it went.
refusal-letter-sent-already = “{ $letter }” was sent to { $id } on { $on } already.
    .hint = indsigt show { $id } --json shows it as it went. --again sends another one.
    .hint-tui = The letter as it went is kept with the case.
refusal-not-being-sent = { $id } has no letter, or more than one, of which it is unknown whether it went.
    .hint = indsigt show { $id } says which letters were sent or are being sent; name the type of the one that is meant.
    .hint-tui = The letters under way stand in the case.
refusal-not-her-address = { $to } is not one of the person's addresses in { $id }.
    .hint = A letter with personal data goes to nobody else. If the address is hers, add it first: indsigt edit { $id } --email …
    .hint-tui = A letter with personal data goes to nobody else. If the address is hers, add it first.
sending-unconfigured = The settings do not say how letters are to be sent.
    .hint = Write a section [sending] with command or smtp_host into the file that indsigt config path names; indsigt config init makes one with examples.
not-sent = “{ $letter }” for { $id } was not sent. { $why }
    .hint = { $noted ->
    [yes] The text is kept with the case.
   *[no] That could not be noted with the case: indsigt letter { $id } --not-sent does it.
}
    .hint-tui = { $noted ->
    [yes] The text is kept with the case.
   *[no] That could not be noted with the case; it will be asked for before the letter is sent again.
}
maybe-sent = Nobody knows whether “{ $letter }” for { $id } was sent. { $why }
    .hint = It is not sent again by itself. Look for { $message } in the sent folder or the log. It went: indsigt letter { $id } { $word } --mark-sent mail. It did not: --not-sent.
    .hint-tui = It is not sent again by itself. Look for { $message } in the sent folder or the log, and then say whether it went.
sent-unrecorded = “{ $letter }” for { $id } was sent, but that could not be recorded. { $why }
    .hint = Do not send it again. When the store can be written again: indsigt letter { $id } { $word } --mark-sent mail.
    .hint-tui = Do not send it again. Mark it as sent when the store can be written again.
send-password = The command in smtp_password_command gave no password: { $why }
    .hint = Try it in a terminal: the first line it prints must be the password.
send-ca-file = The certificate file { $what } cannot be used: { $why }
    .hint = smtp_ca_file must name a PEM file with at least one certificate.
send-unreachable = { $place }: there is no connection to the server: { $why }
    .hint = Check smtp_host, smtp_port and the network, and try again.
send-silent = { $place }: the server does not answer.
    .hint = Check smtp_port and smtp_tls, or try again later.
send-gone = { $place }: the connection was lost before the server had the letter: { $why }
    .hint = Try again.
send-certificate = { $place }: the server's certificate cannot be trusted: { $why }
    .hint = Check smtp_host. If the server is your own, name its certificate with smtp_ca_file. Neither password nor letter was sent.
send-no-encryption = { $place }: the connection cannot be encrypted: { $why }
    .hint = Check smtp_port (465 or 587) and smtp_tls (implicit or starttls). Neither password nor letter was sent.
send-login = { $place }: the server did not accept the user name or the password: { $why }
    .hint = Check smtp_user and smtp_password_command; some providers want a separate password for programs.
send-sender = { $place }: the server does not take mails from your address: { $why }
    .hint = Check email under [controller], and whether smtp_user may send from it.
send-recipient = { $place }: the server does not take mails to this address: { $why }
    .hint = Check the address in the case.
send-refused = { $place }: the server said no: { $why }
    .hint = Try again later, or send the letter from your mail program (--eml).
    .hint-tui = Try again later, or send the letter from your mail program.
send-not-understood = { $place }: the server's answer cannot be understood.
    .hint = Check that smtp_host and smtp_port are those of a mail server that takes mails to be sent.
send-not-started = { $place } cannot be started: { $why }
    .hint = Check command under [sending].
send-failed = { $place } says that it failed: { $why }
    .hint = Check command under [sending], or try again later.
send-lost = { $place }: the connection was lost after the letter and before the answer: { $why }
send-unanswered = { $place }: the server has the letter and does not answer.
send-broken = { $place } ended without saying whether it took the letter: { $why }
send-overdue = { $place } took too long and was ended.
warning-only-sent = The letter was sent and recorded, but the rest is left undone, because { $id } was changed meanwhile: { $why }
warning-still-open = The answer is noted, and { $id } is still open: indsigt resolve { $id } closes it.
    .tui = The answer is noted, and { $id } is still open: r closes it.
letter-field-shape = “{ $given }” is no field with a text.
    .hint = Write --set FIELD=TEXT, or --set FIELD=@FILE.
letter-ground-refusal = Only a refusal has a ground: --ground belongs to the type refusal.
    .hint = indsigt letter ID refusal --ground … --facts …
