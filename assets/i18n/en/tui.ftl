# The texts of the screen. With keys, .short is the word in the bottom line.

tab-today = Today
tab-requests = Requests
tab-recordings = Recordings
tab-newsletter = Newsletter
tab-history = History
read-only = [read only]
word-recording = recording
heading-closed = Closed
days-short = { $n } d
too-small = The screen is too small. Make the window at least { $width }×{ $height } characters. q leaves.
search-found = { $n ->
    [one] { $n } found
   *[other] { $n } found
}
search-found-more = at least { $n } found

filter-any = Open and closed
filter-open = Open ones only
filter-closed = Closed ones only
not-filter-today = Today only shows what is pressing.
    .hint = Use 2, 3 or 4 to see everything.
    .hint-plain = Say “requests”, “recordings” or “optouts” first.
not-nothing-there = There is nothing under the cursor.
    .hint = n makes something new.
    .plain = No case is open.
    .hint-plain = Type its number in the list first, or its id.
not-in-history = That does not work in the history.
    .hint = Choose another tab with 1–4.
    .hint-plain = Open a case by its number, or choose another list.
not-on-a-task = The cursor is not on a task or a copy.
    .hint = Move it with j and k.
not-written = Nothing was written yet.
key-unknown = The key { $key } does nothing here.
    .hint = ? shows the keys.

empty-search = Nothing matches the search. Try a shorter word, or a part of the name, the address or the number. Esc shows everything again.
empty-today = Nothing is pressing. Well done.
empty-today-later = Press { $key } to work ahead.
empty-today-nothing = Nothing is open. { $key } enters a request when one comes.
empty-requests = No requests. { $key } makes one, and “indsigt import mail” takes them from mails.
empty-recordings = No recordings. { $key } makes one when you have recorded a session, and “indsigt import recordings” takes them from a list.
empty-newsletter = No opt-outs. { $key } makes one, and “indsigt import optouts” takes them from a list.
empty-history = The history is empty: nothing was changed yet. Every change stands here as soon as it is made; { $key } enters the first request.
empty-start = The store is empty. Press { $key } to see how to begin.

changed-several = { $n ->
    [one] { $n } case closed
   *[other] { $n } cases closed
}
changed-by = { $id }: { $event } ({ $status })
copied = Copied to the clipboard.
copy-too-long = The text is too long to be copied through the terminal.
draft-kept = The text is kept as a draft and will be offered again.
draft-never-written = Something in the text looks like a CPR number, so it is not written to the disk; it is only here, until the program ends.
draft-failed = The draft was not kept: { $why }
draft-line = ! Draft: { $form } ({ $when })
draft-flag = draft
drafts-there = { $n ->
    [one] There is a draft from last time: { $named }. Open it again to go on writing.
   *[other] There are { $n } drafts from last time: { $named }. Open them again to go on writing.
}

confirm-title = Are you sure?
confirm-start-over = Throw away what was written and start over? This cannot be undone.
confirm-recording = Are all copies of the recording deleted, trash included?
confirm-optout = Is the address removed everywhere?
confirm-several = { $n } of { $all } can be closed:
confirm-undo = The last change was not made here: “{ $event }” on { $ids } ({ $via }). Undo it?
picker-copy = Copy
help-title = The keys here

form-new-request = New request
form-new-recording = New recording
form-new-optout = New opt-out
form-note = Note
form-resolve = Close
form-reject = Reject as unreasonable
form-task = Task
form-add-task = New task
form-link-sent = Link sent
form-delivered = Delivered to the person
form-delivered-why = Where the person asked for access, the recording is delivered before it is deleted.
form-consent = Consent to another use
form-consent-why = Only with express written consent may the recording be used for anything else.
form-edit = Correct the person
form-agree = Written agreement on deletion
form-extend = Extend the period
form-ask-identity = Ask for proof of identity
form-confirm-identity = Identity confirmed
form-reopen = Reopen
form-export = Export
form-draft = Draft from { $when }. { $key } starts over.
form-draft-here = Your draft was brought back. { $key } starts over.
form-draft-changed = The case was changed after the draft was written.
form-saving = Saving …
form-save-again = The case behind this form was read again. { $key } saves all the same.
form-open-tasks = { $n ->
    [one] { $n } task is open: say why it is closed all the same, or finish it first.
   *[other] { $n } tasks are open: say why it is closed all the same, or finish them first.
}
form-reject-better = The best answer is usually what is new since last time. A refusal must be proved.
form-partly = The reasons were carried over to the note. The answer must give them, and how to complain.
form-extend-why = Only complexity or the number of requests is a reason (art. 12(3)). The person must be told within the first month.
form-agree-why = An agreement needs the new date, its own date, and where it is kept.
form-identity-why = Only on reasonable doubt. Never ask for a CPR number or a passport. The period runs on.

field-kind = Kind
field-name = Name
field-email = Address
field-emails = Addresses
field-received = Received
field-channel = Channel
field-language = Answer in
field-message = The text
field-title = Title
field-recorded = Recorded
field-form = Form
field-link-sent = Link sent
field-link-expires = Link expires
field-copies = Copies (place=path, place)
field-source = Opted out by
field-note = Note
field-note-optional = Note (optional)
field-outcome = Outcome
field-override = Why all the same?
field-ground = Ground
field-how = How
field-controller = Who is the controller?
field-facts = Facts
field-burden = Burden of proof
field-status = Status
field-task-note = Note (needed with kept and skipped)
field-place = Place
field-url = Address
field-timecodes = Timecodes
field-until = Deleted on
field-how-delivered = How (may be left out)
field-purpose = What it may be used for
field-agreed-on = Agreed on
field-reference = Kept where
field-extension-reason = Concrete reason
field-notified = Notice given
field-doubt = The concrete doubt
field-method = How confirmed
field-on = Date
field-reason = Reason
field-what = What
field-format = Format
field-path = File
field-bad-date = There is no such date. Write it as 2026-11-23, 23.11.2026 or today.
field-needed = Must be filled in.

language-da = Danish
language-en = English
how-partly = give the rest (partly met)
how-whole = refuse the whole
ground-is-partial = This ground usually covers only a part: give the rest.
burden-no = not accepted
burden-yes = I accept the burden of proof
export-these = { $n ->
    [one] the chosen case
   *[other] the { $n } chosen cases
}
export-list = the list as shown
export-all = everything, closed included
export-json = JSON (everything about each case)
export-csv = CSV (for spreadsheets)
export-excel = CSV for a Danish Excel
export-md = Markdown (a table for notes)
export-ics = Calendar (deadlines of open ones, without names)
export-package = The package for the person (folder)
export-package-zip = The package for the person (ZIP file)

key-name-left = Left
key-name-right = Right
key-name-up = Up
key-name-down = Down
key-name-space = Space

key-open = Open
    .short = open
    .plain = show open
    .does = Show everything about the open case; with a number or an id, open that case
key-open-task = Status and note of the task
    .plain = task
    .does = Status, note and date of a task: “task 3”, or “task 3 kept”
key-back = Back
    .short = back
    .plain = back list
    .does = From the case to its list, and from a search to today
key-clear = Clear search and marks
key-resolve = Resolve (recording: all copies deleted; opt-out: done)
    .short = resolve
    .plain = resolve close
key-reject = Reject as unreasonable
    .short = reject
    .plain = reject
key-export = Export
    .short = export
    .plain = export
key-new = New request, recording or opt-out, by tab
    .short = new
    .plain = new
    .does = New request, recording or opt-out
key-mark = Mark the row; r and e then act on all marked
    .short = mark
    .elsewhere = Several cases are closed at once with “indsigt resolve ID ID”; here they are taken one by one.
key-tick = Tick the task or the copy
    .short = tick
    .plain = done tick
    .does = Tick tasks or copies: “done 3”, or several at once
key-note = Note
    .short = note
    .plain = note
key-link = The link to the recording was sent
    .short = link
    .plain = link
key-delivered = The person got a copy of the recording
    .plain = delivered
key-agree = Written agreement on another deletion date
    .plain = agree
key-consent = Written consent to another use of the recording
    .plain = consent
key-extend = Extend the deadline
    .plain = extend
key-identity = Identity: asked for, or confirmed
    .plain = identity
key-add-task = Add a task
    .plain = add
key-reopen = Reopen a closed case
    .plain = reopen
key-search = Search as you type (æ = ae, ø = oe, å = aa)
    .short = search
    .plain = search find
    .does = Search everything, closed ones too: “search mette” (æ = ae, ø = oe, å = aa)
key-filter = What the list shows: open, closed, a status, a kind, a flag
    .plain = filter
key-undo = Undo
    .short = undo
    .plain = undo
key-redo = Redo what was undone
    .plain = redo
key-copy = Copy id, address or text to your own clipboard
    .short = copy
    .elsewhere = The clipboard belongs to the screen; “show” says everything here, and “letter” the letter.
key-hide = Hide or show personal data
    .plain = hide
key-tab-today = The tab Today
    .plain = today
    .does = The list of what is due
key-tab-requests = The tab Requests
    .plain = requests
    .does = The list of requests
key-tab-recordings = The tab Recordings
    .plain = recordings
    .does = The list of recordings
key-tab-newsletter = The tab Newsletter
    .plain = optouts newsletter
    .does = The list of newsletter opt-outs
key-tab-history = The tab History
    .plain = history
    .does = The history: of the case when one is open, else of everything
key-next-tab = Next tab
key-previous-tab = Previous tab
key-down = Down
    .plain = next
    .does = Open the next case of the list
key-up = Up
    .plain = previous
    .does = Open the case before it in the list
key-first = First
key-last = Last
key-page-down = A page down
    .plain = more
    .does = The next ones of the list
key-page-up = A page up
key-half-down = Half a page down
key-half-up = Half a page up
key-help = The keys that work here, and why the others do not
    .short = help
    .plain = help
    .does = The words that work here, and why the others do not; “help close” about one of them
key-quit = Leave
    .short = quit
    .plain = quit exit
key-suspend = Pause (fg in the shell goes on)
key-search-keep = Keep the search
    .short = keep
key-search-clear = Clear the search
    .short = clear
key-save = Save
    .short = save
    .plain = .save
key-next-field = Next field
    .short = next field
key-previous-field = Previous field
    .plain = .back
key-next-choice = Next choice
    .short = choose
key-previous-choice = Previous choice
key-form-back = Leave; the text is kept as a draft
    .short = cancel
    .plain = .
key-start-over = Throw away what was written and start over
    .short = start over
    .plain = .over
key-yes = Yes
    .short = yes
    .plain = yes y ja j
key-no = No
    .short = no
    .plain = no n nej
key-pick = Choose
    .short = choose
confirm-delete-file = The file is still there. Delete it from the disk now? { $path } This cannot be undone.
field-follow-up = Follow up on
confirm-quit = { $n ->
    [one] There is a draft that cannot be kept. Leave and drop it?
   *[other] There are { $n } drafts that cannot be kept. Leave and drop them?
}
key-split = Make another case of the same letter (“send me everything, then delete me”)
    .plain = split
key-merge = Merge a reminder into the case it reminds of
    .plain = merge
key-hold = Put off erasing the case, or no longer
    .plain = hold
key-edit = Correct name or addresses
    .plain = edit
form-split = Another case of the same letter
form-split-why = The case gets the same person, text and receipt date, and tasks of its own.
form-merge = Merge into
form-merge-why = The case is closed as a duplicate; the answer is given in the other.
form-hold = Put off erasing
field-into = Case
field-review = To be reviewed on

# Letters
picker-letter = Letter for { $id }, in { $language }
letter-choice-sent = { $letter } (sent { $on })
letter-choice-next = { $letter } (comes next)
letter-other-language = Choose in { $language } instead …
no-letter-fits = No letter fits { $id }.
    .hint = Letters belong to requests, deleted recordings and opt-outs.
form-letter = Letter
form-letter-texts = Texts for a letter
form-letter-texts-why = This the case does not know. The letter is written when you save; it can be changed afterwards.
form-letter-goes = What is to be done with the letter?
form-refuse = Refusal by letter
field-to = To
field-subject = Subject
field-letter = The letter
field-way = Do this
key-go-on = Go on: write it, or choose what is to be done with it
    .short = go on
letter-way-send = send it now as a mail
letter-way-send-again = send it again as a mail
letter-way-did-go = note that what was handed over did go
letter-way-did-not-go = note that it did not go
letter-sending = Sending … It takes as long as the server takes.
letter-way-copy = copy it to my clipboard
letter-way-eml = save it as a draft for my mail program (.eml)
letter-way-text = save it as text
letter-way-sent = note that it was sent: { $channel }
field-letter-resolve = Close the case
letter-resolve-no = no, it stays open
letter-resolve-yes = yes, the person has her answer
letter-no-address = There is no usable address under “To”.
letter-filed = The letter is in { $path }. It was not sent yet.
letter-field-optional = { $field } (may be left out)
not-a-long-text = Your own editor takes texts of several lines only.
    .hint = Go to such a field with Tab.
    .hint-plain = “.editor” works where a long text is asked for.
not-while-hidden = Personal data is hidden, and a letter shows it.
    .hint = { $key } shows it again.
key-letter = Letter: choose, read, change, send
    .short = letter
    .plain = letter
key-editor = Change the text in your own editor ($EDITOR)
    .short = $EDITOR
    .plain = .editor
editor-not-started = The editor could not be started: { $command }
    .hint = Set VISUAL or EDITOR to a program that is there. The text is unchanged.
editor-failed = The editor ended with an error: { $command }
    .hint = The text is unchanged.
editor-io = The text could not be given to the editor, or read again: { $why }
    .hint = The text here is unchanged.
editor-not-a-text = The editor left something that is no UTF-8 text, or more than 1 MB.
    .hint = The text here is unchanged.
editor-busy = Keys are still being read.
    .hint = Try again in a moment.

# Finding one's way
palette-title = Commands: type a part of the name
palette-none = No line has these letters.
empty-filter = Nothing here meets what the list is to show. Press { $key } to change that or to show everything again.
filter-title = What is the list to show?
filter-clear = Show everything again, the most urgent first
filter-shown = The list shows: { $filter } (f and s change it)
facet-which = records
facet-status = status
facet-kind = kind
facet-urgency = how urgent
facet-flag = flag
order-title = In which order?
order-urgency = The most urgent first
order-received = The latest received first
order-name = By name
order-id = By number
jump-title = What else the person has
key-sort = The order of the list
    .plain = sort
key-jump = To the person's other records, or the other side of a conflict
    .plain = jump
key-return = Back to where the jump began
    .plain = return
key-palette = Every command by name
key-lock = Lock, so that nothing can be changed, or unlock
    .plain = lock
not-anything-else = The person has nothing else here.
not-jumped = No jump from another record led here.
not-unlocked = The program was started so that nothing can be changed.
    .hint = Start it without --read-only.
locked = Locked: nothing can be changed.
unlocked = Unlocked.

# What a date means
told-request = { $day } – answer by { $due }, plan for { $act }
told-recording = { $day } – deleted by { $due }, plan for { $act }
told-optout = { $day } – off the list on { $act }
# The report on the screen: short words above figures that stand close.
key-report = Report: how a year went, and what is ahead
    .elsewhere = The report is written by the command “indsigt report”.
key-earlier-year = Report of the year before
    .short = year before
key-later-year = Report of the year after
    .short = year after
not-another-year = There are no cases of other years in that direction.
report-heading = Report for { $year }
report-empty = There is nothing to count yet. Go back with Esc and make the first case with n, or take in mails with “indsigt import mail”.
report-empty-year = No cases belong to { $year }. The left and right arrows show other years.
report-short-received = in
report-short-open = open
report-short-overdue = late
report-short-answered = answ.
report-short-in-time = in time
report-short-median = median
report-short-worst = worst
report-short-extended = ext.
report-short-refused = refused
report-sums = Overdue: { $overdue } · extended: { $extended } · refused: { $refused }
report-months = Requests month by month
report-bar-received = received
report-bar-closed = closed
report-ahead = Deadlines in the coming weeks
report-nothing-ahead = Nothing is open.
report-week = week { $week }, { $monday }
report-past = overdue
report-later = later
report-undated = no deadline
report-legend = R requests · V recordings · N opt-outs

keys-left-out = Keys in the settings that cannot be used: { $problems }.
    .hint = Those of the table hold instead.
keys-no-action = { $action } is no name of anything
keys-no-key = { $action }: { $key } is no key that can be used
keys-taken = { $action }: { $key } is used by { $by } already
keys-needed = { $action } must have a key
# The daily look and the first time
today-strip = Deadlines  week { $weeks }
today-later = later: { $n }
today-week = week { $week }
today-purge = { $n ->
    [one] ! { $n } closed case is to be erased here. Run “indsigt purge”: it shows what first.
   *[other] ! { $n } closed cases are to be erased here. Run “indsigt purge”: it shows what first.
}
since-moment = Since { $when }: { $what }
since-last = Since last time: { $what }
since-nothing = nothing new
since-at-least = at least { $what }
since-requests = { $n ->
    [one] { $n } new request
   *[other] { $n } new requests
}
since-replies = { $n ->
    [one] { $n } reply came
   *[other] { $n } replies came
}
since-optouts = { $n ->
    [one] { $n } opt-out
   *[other] { $n } opt-outs
}
since-recordings = { $n ->
    [one] { $n } new recording
   *[other] { $n } new recordings
}
since-aside = { $n ->
    [one] { $n } mail set aside
   *[other] { $n } mails set aside
}
since-closed = { $n ->
    [one] { $n } case closed
   *[other] { $n } cases closed
}
since-others = { $n ->
    [one] { $n } other case changed
   *[other] { $n } other cases changed
}
calendar-title = { $month } { $year } – { $n ->
    [0] no deletions
    [one] { $n } deletion
   *[other] { $n } deletions
}
calendar-week = W
calendar-legend = ! pressing  * deletion  [ ] today  > row
key-calendar = Calendar of when recordings are to be deleted: show or put away
    .elsewhere = “recordings” says the deletion days in their order; the calendar belongs to the screen.
key-earlier-month = Month before in the calendar
key-later-month = Month after in the calendar
not-recordings = The calendar belongs to the recordings.
    .hint = Press 3 first.
not-a-calendar = The calendar is not on the screen.
    .hint = { $key } shows it.
welcome-title = Welcome to indsigt
welcome-empty = The store is empty. This is how to begin:
welcome-new = enter the first request
welcome-demo = indsigt demo
welcome-demo-does = try it on invented cases
welcome-mail = indsigt import mail FOLDER
welcome-mail-does = take mails in
welcome-optouts = indsigt import optouts FILE
welcome-optouts-does = take opt-outs in
welcome-recordings = indsigt import recordings FILE
welcome-recordings-does = take recordings in
welcome-keys = The commands are typed in the terminal, once you have left: { $quit } quits. { $help } shows all keys.
# Line by line (--plain). The words of the commands stand with the keys as .plain; .does and .elsewhere are their help.
plain-day = { $date }
plain-read-only = Nothing can be changed.
plain-begin = Type a number to open a case. “?” says all words, “q” quits.
plain-row = { $n }. { $standing }: { $who }, { $what }, { $id }.
plain-more = { $n } more: “{ $word }”.
plain-task = Task { $n }: { $text }
plain-copy = Copy { $n }: { $text }
plain-record-more = “{ $word }” says everything about the case.
plain-changed = { $id } was changed elsewhere since it was read out. It is now like this:
plain-again = Type the command again if it is still wanted.
plain-gone = { $id } is not there any more.
plain-unknown = “{ $word }” is no command.
plain-unknown-help = { $help } says all words, { $quit } quits.
plain-did-you-mean = Did you mean: { $words }?
plain-no-number = There is no number { $n }; the list read out last goes to { $last }.
    .hint = “more” reads on. A case can also be opened by its id.
plain-first = There is no case before this one in the list.
    .hint = “list” reads it out again.
plain-last = That was the last one of the list.
    .hint = “today” reads out what is due now.
plain-which-task = Type the number of the task or the copy.
    .hint = For instance “done 3” or “task 3 kept”.
plain-no-task = There is no number “{ $word }” in the case; the last is { $last }.
    .hint = “show” says them all.
plain-no-tasks = The case has neither tasks nor copies.
plain-ticked = Number { $n } is already: { $status }.
    .hint = “task { $n }” gives it another status.
plain-search = Search for
plain-search-none = Nothing matches the search. Try a shorter word, or a part of the name, the address or the number.
plain-new = What is new?
plain-yes-or-no = yes or no
plain-not-done = Nothing was changed.
plain-not-a-choice = Type a number from 1 to { $last }, or the words. “?” says the choices again.
plain-form = Empty line: what stands in brackets. Hyphen: nothing. “.”: leave, and keep the text as a draft. “.back”: the field before. “.save”: save now. “.over”: start over. “.editor”: your own editor. A long text ends with an empty line.
plain-save = { $form }: save? yes, no to change it, “.” to leave [yes]
plain-do = { $form }: do it? yes, no to change it, “.” to leave [yes]
plain-go-on = { $form }: go on? yes, no to change it, “.” to leave [yes]
plain-letter = Empty line: go on to what is to be done with the letter. A number: change that field. “.”: leave
plain-letter-on = { $letter } [go on]
plain-letter-no-editor = Empty line: go on to what is to be done with the letter. 1 or 2: change that field. “.”: leave
plain-no-editor = The editor needs a terminal.
    .hint = Save the letter to a file, and change it there.
plain-help-number = A number or an id: open that case
plain-help-record = When a case is open: { $words }
plain-help-not-now = { $word }: { $does } – not now: { $why }
plain-help-not-here = { $word }: not here. { $why }
plain-help-forms = In questions: an empty line takes what stands in brackets, and “.” leaves without losing anything.
plain-hidden = Personal data is hidden.
plain-unhidden = Personal data is said again.
plain-draft-first = What stood behind the command was not used, as there is a draft.
plain-aside = A mail that was set aside is no case.
    .hint = “indsigt list aside” shows them, and “indsigt take” makes one a case.
