# Words for what the program knows: kinds, stages, dates, rules.

kind-access = Access
kind-withdrawal = Withdrawal
kind-erasure = Erasure
kind-rectification = Rectification
kind-restriction = Restriction
kind-portability = Portability
kind-objection = Objection
kind-name-redaction = Name redaction
kind-complaint = Complaint
kind-other = Other

title-access = Access request
title-withdrawal = Withdrawal of consent
title-erasure = Erasure request
title-rectification = Rectification request
title-restriction = Restriction request
title-portability = Portability request
title-objection = Objection to processing
title-name-redaction = Name redaction in a video
title-complaint = Complaint
title-other = Other request
title-mail = Mail without a subject
title-optout = Newsletter opt-out

type-request = request
type-recording = recording
type-mail = mail
type-optout = opt-out

status-new = New
status-awaiting-clarification = Awaiting clarification
status-awaiting-identity = Awaiting identity
status-in-progress = In progress
status-awaiting-third-party = Awaiting others
status-ready = Ready to answer
status-open = Open
status-closed = Closed

outcome-answered = Answered
outcome-partly-met = Partly met
outcome-nothing-held = Nothing held
outcome-rejected = Rejected
outcome-withdrawn-by-person = Withdrawn by the person
outcome-duplicate = Duplicate
outcome-no-reply = No reply from the person
outcome-not-a-request = Not a request

channel-mail = mail
channel-form = form
channel-message = message
channel-phone = phone
channel-in-person = in person
channel-letter = letter
channel-authority = supervisory authority

urgency-overdue = Overdue
urgency-act-now = Act now
urgency-soon = Soon
urgency-later = Later

flag-conflict = conflict
flag-extended = extended
flag-awaiting-identity = awaiting identity
flag-repeat = repeat
flag-complaint = complaint
flag-link-not-sent = link not sent
flag-conflict-long = Conflict: something is to be deleted before the access request is answered, or a recording is to be deleted at once.
flag-extended-long = The period was extended.
flag-awaiting-identity-long = Proof of identity was asked for. The period runs on.
flag-repeat-long = Repeat: the same was answered within a year.
flag-complaint-long = A complaint, or a case the authority is part of.
flag-link-not-sent-long = The link to the recording was not sent.

task-todo = To do
task-asked = Asked
task-done = Done
task-nothing-held = Nothing held
task-kept = Kept
task-skipped = Skipped

copy-present = Present
copy-deleted = Deleted
copy-purged = Deleted, trash included

form-private = private session
form-group = group session

source-link = link in the newsletter
source-mail = mail
source-phone = phone
source-in-person = in person
source-list = list

ground-repetition = Excessive because repeated
ground-unfounded = Manifestly unfounded
ground-abuse = Abuse of the right
ground-unidentified = The person cannot be identified
ground-others-rights = Rights of others
ground-legal-obligation = Legal obligation to keep
ground-legal-claims = Legal claims
ground-contract = The contract needs the data
ground-not-controller = Somebody else is the controller

non-ground-work-load = the work load
non-ground-cost = the cost
non-ground-tone = the tone
non-ground-purpose = the person's purpose
non-ground-lawsuit = an expected lawsuit
non-ground-holiday = holidays

light-green = Supports a refusal
light-amber = Doubtful
light-red = Speaks against a refusal

question-earlier = Is there an earlier request for the same?
question-earlier-none = no, this is the first.
question-earlier-is = yes, { $id }.
question-answered = Was it fully answered?
question-answered-none = no, there is no answer.
question-answered-is = { $outcome }.
question-ago = How long ago?
question-ago-none = there is no earlier request.
question-ago-is = { $n ->
    [one] { $n } day.
   *[other] { $n } days.
}
question-changed = What has changed since?
question-changed-none = nothing that the program knows of.
question-changed-unknown = unknown, as there is no earlier request.
question-changed-is = new since then: { $ids }.

event-received = Received
event-registered = Registered
event-edited = Name or address corrected
event-noted = Note added
event-identity-requested = Identity asked for
event-identity-confirmed = Identity confirmed
event-extended = Period extended
event-file-attached = File put on the case
event-file-marked = File marked
event-file-removed = File taken out
event-task-added = Task added
event-task-set = Task changed
event-rows-taken = Rows of a service kept
event-link-sent = Link sent
event-delivered = Delivered
aside-bounce = a letter came back, and no case fits it
aside-autoresponse = an automatic answer, and no case fits it
aside-bulk = sent to many: a newsletter, advertising or a mailing list
aside-no-sign = asks for nothing a person has a right to
aside-rule = one of your own rules says so
relation-reply = Reply
relation-bounce = Letter came back
relation-autoresponse = Automatic answer
sheet-aside-why = Set aside
sheet-taken-as = Taken in as
event-set-aside = Set aside
event-taken = Taken in
event-mail-added = Mail added to the case
event-texts-erased = Text erased
event-erased = Erased here
event-agreed = Deletion date agreed
event-consented = Consent to other use
event-copy-marked = Copy deleted
event-resolved = Closed
event-rejected = Rejected
event-reopened = Reopened
event-undone = Undone
event-redone = Redone

via-cli = command
via-tui = screen
via-import = import
via-demo = example

next-nothing = Nothing
next-deliver = Deliver { $id } before it is deleted
next-answer-before-erasure = Answer before { $id } is erased here
next-read-mail = Read what the person wrote
next-follow-up = Ask again: { $place }
next-delete-recording = Delete { $id } now
next-await-clarification = Wait for what the person means
next-await-identity = Wait for proof of identity
next-await-others = { $n ->
    [one] Wait for one who was asked
   *[other] Wait for { $n } who were asked
}
next-answer = Read and answer
next-send-answer = Send the answer and close
next-send-link = Send the link
next-delete-copy = Delete: { $place }
next-close-recording = All copies are deleted: close
next-close-optout = Removed everywhere: close

conflict-recording-first = { $id } is to be deleted on { $due }, before the answer: deliver it first.
conflict-request-first = Access request { $id } is not answered (due { $due }): deliver the recording before deleting it.
conflict-answer-first = { $id } is to be erased here on { $due }, before the answer is given: include it in the answer first.
conflict-kept-for-answer = The access request { $id } is not answered (due { $due }): the case is not erased before then.
conflict-delete-now = { $id } is to be deleted at once (due { $due }).
conflict-erasure-asked = { $id } asks for erasure: the recording is to be deleted at once.

moment = { $day } at { $hour }:{ $minute }
moment-today = today
moment-yesterday = yesterday
days-left-today = due today
days-left-tomorrow = 1 day left
days-left = { $n } days left
days-past = { $n ->
    [one] { $n } day past due
   *[other] { $n } days past due
}

date = { $day } { $month } { $year }
date-with-weekday = { $weekday } { $date }
date-in-list = { $weekday } { $day } { $month }
date-in-list-with-year = { $day } { $month } { $year }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

day-off-saturday = Saturday
day-off-sunday = Sunday
day-off-new-year = New Year's Day
day-off-maundy-thursday = Maundy Thursday
day-off-good-friday = Good Friday
day-off-easter-sunday = Easter Sunday
day-off-easter-monday = Easter Monday
day-off-prayer-day = store bededag
day-off-ascension = Ascension Day
day-off-whit-sunday = Whit Sunday
day-off-whit-monday = Whit Monday
day-off-christmas-day = Christmas Day
day-off-second-christmas-day = 26 December
day-off-constitution-day = Constitution Day
day-off-christmas-eve = Christmas Eve
day-off-new-years-eve = New Year's Eve

rule-months = Received { $received } + { $n ->
    [one] { $n } month
   *[other] { $n } months
} = { $nominal } (GDPR art. 12(3)).
rule-month-end = That day does not exist in the month, so its last day counts.
rule-moved = Moved over { $reasons } to { $due } (Reg. 1182/71 art. 3(4)).
rule-extended = Extended by two months, counted from receipt; the person was told on { $notified }.
rule-at-once = Takes effect at once; the month is for confirming and finishing the deletion.
rule-complaint = The law sets no period for complaints; ours is one month.
rule-by-post = An answer by post is planned { $n } days earlier.
rule-optout = Opted out { $received }; takes effect at once and must be done by { $due }.
rule-act-by = Last safe working day: { $date }.
rule-agreed = Kept by written agreement until { $due } (agreed { $agreed }, { $reference }).
rule-recording = Link sent { $sent } + { $n } days = { $due }. Weekends and holidays do not move a deletion.
rule-declined = The client declined to be recorded; there is nothing to delete.
rule-declined-but-held = The client declined to be recorded, yet a copy is held: delete it at once.
rule-link-missing = The period runs from when the link is sent. A reminder comes { $n } days after the session.

sheet-next = Next step
sheet-act-by = Act by
sheet-due = Due
sheet-received = Received
sheet-extension = Extended to { $until }; notice given { $notified }. Reason: { $reason }
sheet-identity-requested = Identity asked for on { $on }. The doubt: { $reason }
sheet-identity-confirmed = Identity confirmed on { $on }: { $method }
sheet-possible-suspension = { $n ->
    [one] Possible suspension: { $n } day. The date is not moved.
   *[other] Possible suspension: { $n } days. The date is not moved.
}
sheet-tasks = Tasks ({ $done }/{ $all })
sheet-rows = { $n ->
    [one] { $n } row from { $file }
   *[other] { $n } rows from { $file }
}
sheet-rejection = Refusal
sheet-burden-accepted = The burden of proof was accepted in so many words.
sheet-session = Session
sheet-declined = The client declined to be recorded.
sheet-link-sent = Link sent
sheet-delivered = Delivered
sheet-link-expires = Link expires
sheet-consent = Consent on { $on } to { $purpose } ({ $reference })
sheet-copies = Copies
sheet-notes = Notes
sheet-closed = Closed
sheet-override = Closed although something was open, because
sheet-earlier = Earlier requests for the same
sheet-earlier-line = { $id }  received { $received }, { $n ->
    [one] { $n } day
   *[other] { $n } days
} before: { $outcome }
sheet-earlier-unchanged = nothing new on the person since then
sheet-earlier-changed = new since then: { $ids }
sheet-related = The person's other things
sheet-files = Files
file-unnamed = without a name ({ $type })
file-for-task = for the task { $task }
file-internal = for you alone
file-not-kept = not kept: { $why }
not-kept-too-large = too large
not-kept-identity = may be a copy of an identity document
not-kept-cpr = holds a CPR number
not-kept-no-case = its mail belongs to no case
not-kept-unknown = the content is missing
size-bytes = { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
 }
size-kb = { $n } KB
size-mb = { $n } MB
sheet-message = The text
sheet-problems = About the mail: { $problems }
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
next-empty-trash = Empty the trash: { $place }
event-held = Put on hold
event-hold-lifted = No longer on hold
sheet-hold = On hold, to be reviewed { $review }: { $reason }
sheet-retention-texts = The text is to be erased here on { $date }.
sheet-retention-record = The case is to be erased here on { $date }.
sheet-erased-texts = The text was erased here on { $date }.
sheet-erased-record = Erased here on { $date }: only number, kind, dates, outcome and ground are left.
sheet-follow-up = follow up { $on }
sheet-duplicate-of = The same case as { $id }
sheet-products = Bought products rest on the contract, not on consent: decide before access is closed. Accounting records are kept for 5 years from the end of the financial year.
person-erased = (erased)
event-letter-sent = Letter sent
event-letter-sending = Letter being sent
event-letter-not-sent = Letter not sent
sheet-outbox = Letters on their way
sheet-outbox-open = { $on } · { $letter } · whether it went is not known: { $message }
sheet-outbox-failed = { $on } · { $letter } · not sent: { $why }
sheet-letters = Letters sent
sheet-letter = { $on } · { $letter } · { $channel }
moment-weekday = { $weekday }
