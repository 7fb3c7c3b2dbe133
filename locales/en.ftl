# Every word a person reads. One file a language; the same keys and the same placeholders in each.
# The words follow the look and voice of the page: what to do, second person, present tense; no jargon, no blame.
# Reset and unlock never share a sentence. $-values that are numbers, codes or addresses are isolated by the page.

## The page

wizard-title = Get back into your account
wizard-error-prefix = Error:
wizard-title-with-error = Error: { $title }
wizard-title-with-tenant = { $title } – { $tenant }
wizard-language = Language
wizard-back = Back
wizard-continue = Continue
wizard-working = One moment…
wizard-start-again = Start again

gate-mark = Gate { $gate } of { $total }
gate-mark-open = { $total ->
    [one] The gate is open
   *[other] All { $total } gates open
}

summary-title = There is a problem
summary-icon = Problem

## Support

support-code = Support code { $code }
support-panel-title = What a helpdesk asks
support-panel-intro = Give these details to whoever helps you. They hold nothing secret.
support-label-code = Support code
support-label-sid = Attempt (SID)
support-label-cid = Correlation (CID)
support-label-page = Page
support-label-time = Time
support-label-identifier = Account, as typed
support-copy = Copy all
support-copied = Copied.
support-copy-failed = This browser does not let us copy. Select the text and copy it by hand.
support-share = Share
support-contact = Contact your administrator
support-contacting = Telling your administrator…
support-contacted = Your administrator was told at { $time }, with your support code.
support-contact-link = Open your organisation’s help page

## Who are you

identify-title = Get back into your account
identify-hint = Enter the user name or work e-mail address you sign in with.
identify-label = User name or e-mail address
identify-empty = Enter your user name or e-mail address.
identify-too-long = A user name has at most { $max } characters. Check what was pasted.
identify-working = Looking for a way in…
identify-work-refused = The check that keeps robots out ran out of time. It runs again by itself: choose Continue once more.

## Why are you having trouble

purpose-title = Why can’t you sign in?
purpose-reset = I forgot my password
purpose-reset-hint = You choose a new one.
purpose-unlock = I know my password, but I still can’t sign in
purpose-unlock-hint = Your account is unlocked. Your password stays the same.
purpose-empty = Choose why you can’t sign in.

## Choose a method

method-title = How do you want to prove it is you?
method-title-second = Now prove it in another way
method-empty = Choose one of the ways.
method-email = Send a code to my other e-mail address
method-mobile-sms = Send a code in a text message
method-mobile-call = Call my mobile phone
method-office-call = Call my office phone
method-questions = Answer my security questions
method-authenticator-code = Use a code from my authenticator app
method-none-of-these = None of these works for me
method-passed = Done. The first gate is open.
method-sending = Sending your code…
method-calling = Calling you…
method-starting = One moment…

## Type the phone number

phone-title-text = Which number do we send the text message to?
phone-title-call = Which number do we call?
phone-hint = Enter the whole number that ends as { $hint }, with its country code, such as +1 4251234567.
phone-label = Phone number
phone-send = Send the text message
phone-call = Call me
phone-empty = Enter the phone number.
phone-letters = A phone number has no letters. Look at character { $position }.
phone-character = A phone number has digits only. Look at character { $position }.
phone-no-country = Begin with + and the country code, such as +31.
phone-unknown-country = No country has the code +{ $code }. Check the digits after the +.
phone-too-short = { $min ->
    [one] Some digits are missing. After the country code there is { $min } digit at least.
   *[other] Some digits are missing. After the country code there are { $min } digits at least.
}
phone-too-long = { $max ->
    [one] There are too many digits. After the country code there is { $max } digit at most.
   *[other] There are too many digits. After the country code there are { $max } digits at most.
}
phone-length = No number of that country is as long or as short as this. Check each digit.
phone-malformed = That does not look like a phone number. Check each digit.
phone-premium-rate = Calls to this number cost extra, so we do not use it. Enter another number.
phone-shared-cost = Both sides pay for calls to this number, so we do not use it. Enter another number.
phone-pager = This number belongs to a pager: neither a text message nor our call can reach you there. Enter another number.
phone-voicemail = Voicemail answers this number: neither a text message nor our call can reach you there. Enter another number.
phone-mismatch = { $left ->
    [0] That is not the number your organisation has on file. One more wrong number locks this for 24 hours: contact your administrator instead.
    [one] That is not the number your organisation has on file. You can try { $left } more time.
   *[other] That is not the number your organisation has on file. You can try { $left } more times.
}
phone-extension-stripped = The extension { $extension } was left out: neither a text message nor our call can reach one.
phone-not-in-plan = The numbering plan does not know a number like this. If nothing arrives, check its digits.

## Enter the code

code-title-email = Enter the code from the e-mail
code-title-text = Enter the code from the text message
code-title-authenticator = Enter the code from your authenticator app
code-sent-email = If { $hint } is yours, it has a new e-mail with { $digits } digits. It can take a minute: look in the spam folder too.
code-sent-text = We sent { $digits } digits to { $hint }. It can take a minute.
code-authenticator-hint = Open the app on your phone and enter the { $digits } digits it shows for this account.
code-label = Code
code-expires = The code works until { $time }.
code-empty = Enter the code.
code-too-short = The code has { $digits } digits. Some are missing.
code-too-long = The code has { $digits } digits. There are too many.
code-wrong = { $left ->
    [0] That is not the code. Ask for a new one.
    [one] That is not the code. You can try { $left } more time.
   *[other] That is not the code. You can try { $left } more times.
}
code-wrong-authenticator = { $left ->
    [0] That is not the code the app shows. One more wrong code locks this for 24 hours: contact your administrator instead.
    [one] That is not the code the app shows now. You can try { $left } more time.
   *[other] That is not the code the app shows now. You can try { $left } more times.
}
code-expired = That code was right, but its time is over. Ask for a new one.
code-superseded = That is an earlier code. Enter the newest one we sent.
code-used = That code was used already. Ask for a new one.
code-used-authenticator = That code was used already. Wait until the app shows the next one.
code-spent = Too many wrong codes: this one no longer works. Ask for a new one.
code-resend = Send a new code
code-resend-in = { $seconds ->
    [one] You can ask for a new code in { $seconds } second.
   *[other] You can ask for a new code in { $seconds } seconds.
}
code-sent-again = A new code is on its way. The one before no longer works.
code-checking = Checking the code…
code-other-method = Use another way

## Answer the call

call-title = Answer your phone and press #
call-hint = We are calling { $hint }. It can take 20 seconds.
call-waiting = Waiting for you to answer and press #…
call-failed = The call ended before # was pressed.
call-retry = Call me again

## Answer the questions

questions-title = Answer your security questions
questions-hint = Capitals and spaces around an answer make no difference.
questions-empty = Answer the question “{ $question }”.
questions-wrong = { $left ->
    [0] One answer or more is wrong. One more wrong try locks this for 24 hours: contact your administrator instead.
    [one] One answer or more is wrong. Here are your questions again; you can try { $left } more time.
   *[other] One answer or more is wrong. Here are your questions again; you can try { $left } more times.
}
questions-checking = Checking your answers…
question-1 = In what city did you meet your first spouse or partner?
question-2 = In what city did your parents meet?
question-3 = In what city does your nearest sibling live?
question-4 = In what city was your father born?
question-5 = In what city was your first job?
question-6 = In what city was your mother born?
question-7 = In what city were you at New Year’s 2000?
question-8 = What is the last name of your favourite teacher in secondary school?
question-9 = Which college did you apply to but not attend?
question-10 = Where was the reception of your first wedding?
question-11 = What is your father’s middle name?
question-12 = What is your favourite food?
question-13 = What is the first and last name of your mother’s mother?
question-14 = What is your mother’s middle name?
question-15 = In what month and year was your oldest sibling born?
question-16 = What is the middle name of your oldest sibling?
question-17 = What is the first and last name of your father’s father?
question-18 = What is the middle name of your youngest sibling?
question-19 = Which school did you go to when you were eleven?
question-20 = What is the first and last name of your best friend as a child?
question-21 = What is the first and last name of your first love?
question-22 = What is the last name of your favourite teacher in primary school?
question-23 = What make and model was your first car or motorcycle?
question-24 = What was the name of your first school?
question-25 = In which hospital were you born?
question-26 = In which street was your first home as a child?
question-27 = Who was the hero of your childhood?
question-28 = What was the name of your favourite stuffed animal?
question-29 = What was the name of your first pet?
question-30 = What was your nickname as a child?
question-31 = What was your favourite sport at school?
question-32 = What was your first job?
question-33 = What are the last four digits of your phone number as a child?
question-34 = What did you want to be when you were a child?
question-35 = Who is the most famous person you have met?

## New password

password-title = Choose a new password
password-hint = A few words in a row that belong to you alone are easy to keep and hard to guess.
password-label = New password
password-for = For { $identifier }
password-show = Show password
password-show-short = Show
password-hide = Hide password
password-hide-short = Hide
password-visible = Your password is visible.
password-hidden = Your password is hidden.
password-rules-title = It needs
password-rule-met = Met:
password-rule-open = Not yet:
password-rule-length = { $min ->
    [one] { $min } character or more
   *[other] { $min } characters or more
}
password-rule-classes = { $required } of these four: small letters, capitals, digits, signs
password-rule-ascii = letters, digits and signs of the English keyboard only
password-rule-identifier = nothing of your user name
password-rule-directory = what your organisation’s own directory asks; it tells us when you choose Set password
password-strength = Strength: { $strength }
password-strength-weak = weak
password-strength-fair = fair
password-strength-strong = strong
password-set = Set password
password-setting = Setting your password. It can take half a minute: keep this page open.
password-gates-kept = You do not have to prove again who you are.
password-empty = Enter a new password.
password-too-short = { $missing ->
    [one] The password needs { $min } characters. { $missing } is missing.
   *[other] The password needs { $min } characters. { $missing } are missing.
}
password-too-long = { $max ->
    [one] A password has { $max } character at most.
   *[other] A password has { $max } characters at most.
}
password-too-few-classes = The password needs { $required } of these four: small letters, capitals, digits, signs.
password-not-ascii = The password has a character that your organisation’s systems do not take. Use letters, digits and signs of the English keyboard.
password-control-character = The password has a character that cannot be typed on every keyboard, such as a tab or a line break. Take it out.
password-contains-identifier = The password holds a part of your user name. Leave it out.
password-contains-name = The password holds your name. Leave it out.
password-contains-tenant = The password holds the name of your organisation. Leave it out.
password-banned = Many people use this password, or one very much like it, so it is among the first to be tried. Choose another.
password-banned-custom = Your organisation does not allow this password, or one very much like it. Choose another.
password-too-guessable = The password is mostly words that are tried first. Add something that only you would think of.
password-too-guessable-custom = The password is mostly words that your organisation does not allow. Add something that only you would think of.
password-directory-policy = Your organisation’s directory did not take this password. It may be too short, too plain or used before, or your last change was too short a time ago.
password-directory-history = You used this password before. Choose one that is new.
password-directory-age = Your last change was too short a time ago for your organisation. Contact your administrator, or try again tomorrow.
password-directory-length = The password is too short for your organisation’s directory. Make it longer.
password-directory-quality = The password is too plain for your organisation’s directory. Mix words, capitals, digits and signs.
password-directory-unreachable = Your organisation’s directory does not answer now. Your password was not changed. Try again in a few minutes.
password-directory-misconfigured = Your organisation’s directory does not let us change your password. Your password was not changed. Contact your administrator.
password-outcome-unknown = We did not hear whether your password was changed. Choose one again: it does no harm if it was.

## Unlock

unlock-title = Unlock your account
unlock-hint = You are who you say you are. Your password stays the same.
unlock-do = Unlock my account
unlock-working = Unlocking your account…
unlock-directory-unreachable = Your organisation’s directory does not answer now. Your account is still locked. Try again in a few minutes.
unlock-directory-misconfigured = Your organisation’s directory does not let us unlock your account. Contact your administrator.
unlock-outcome-unknown = We did not hear whether your account was unlocked. Try again: it does no harm if it was.

## Done

done-reset-title = Your password is changed
done-reset-now = It works everywhere from now on.
done-reset-soon = { $minutes ->
    [one] It works everywhere within { $minutes } minute.
   *[other] It works everywhere within { $minutes } minutes.
}
done-unlock-title = Your account is unlocked
done-unlock-now = You can sign in with the password you know.
done-unlock-soon = { $minutes ->
    [one] You can sign in with the password you know within { $minutes } minute.
   *[other] You can sign in with the password you know within { $minutes } minutes.
}
done-notified = We told { $places }, so that you would know if it was not you.
done-devices = Phones and other devices that sign in by themselves still hold the old password. Change it there too.
done-sign-in = Sign in
done-close = You can close this page.

## Refusals

refusal-what-you-can-do = What you can do
refusal-who-can-help = Who can help
refusal-when = When it will work
refusal-details = Details for your helpdesk
refusal-details-line = { $code }. { $detail }
refusal-help-request = Tell your administrator from here; your support code goes with it.
refusal-help-link = Your organisation’s help page says how to reach your helpdesk.
refusal-help-ask = Call or visit your helpdesk and read out the support code below.
refusal-tenant-disabled-title = Your organisation has turned this service off
refusal-tenant-disabled-do = Ask your administrator for a new password.
refusal-tenant-disabled-detail = Password reset is not enabled for this organisation.
refusal-no-policy-title = Your organisation has not set this service up yet
refusal-no-policy-do = Ask your administrator for a new password.
refusal-no-policy-detail = No password reset policy is defined for this organisation.
refusal-not-licensed-title = Your account has no licence for this service
refusal-not-licensed-do = Ask your administrator for a new password, and for the licence.
refusal-not-licensed-detail = The licence that password reset needs is not assigned.
refusal-not-in-group-title = This service is not open to your account
refusal-not-in-group-do = Ask your administrator for a new password, or to be added to the group that may use this service.
refusal-not-in-group-detail = The account is in no group that password reset is enabled for.
refusal-account-not-enabled-title = Your account is not enabled for this service
refusal-account-not-enabled-do = Ask your administrator to enable your account.
refusal-account-not-enabled-detail = The account is disabled, or was excluded from password reset.
refusal-could-not-verify-title = We cannot check that it is you
refusal-could-not-verify-do = Ask your administrator for a new password. Once you are in, register a phone number or another e-mail address, and next time you can help yourself.
refusal-could-not-verify-detail = The account is enabled for password reset, but has no verification method registered.
refusal-not-properly-configured-title = Too little is registered to check that it is you
refusal-not-properly-configured-do = Ask your administrator for a new password. Once you are in, register one more phone number or e-mail address, and next time you can help yourself.
refusal-not-properly-configured-detail = Fewer verification methods are registered than the policy asks for.
refusal-managed-elsewhere-title = Your password is kept by another system
refusal-managed-elsewhere-do = Change it where you got it, or ask your administrator where that is.
refusal-managed-elsewhere-detail = The password of this account is not managed by this service.
refusal-write-back-not-enabled-title = Your password can only be changed inside your organisation
refusal-write-back-not-enabled-do = Ask your administrator for a new password.
refusal-write-back-not-enabled-detail = The password is managed on premises, and write-back is not enabled.
refusal-on-premises-admin-action-title = Something in your organisation’s set-up is in the way
refusal-on-premises-admin-action-do = Ask your administrator for a new password, and read out the code in the details.
refusal-on-premises-admin-action-detail = Write-back is not working because of a fault in the configuration on premises.
refusal-on-premises-connectivity-title = Your organisation’s directory does not answer now
refusal-on-premises-connectivity-do = Try again in a few minutes.
refusal-on-premises-connectivity-detail = Write-back is not working because the environment on premises cannot be reached.
refusal-on-premises-connectivity-when = As soon as the connection is back, often within minutes.

## Locked, ended, lost, broken

locked-title = Too many tries: locked for 24 hours
locked-until = You can try again on { $time }.
locked-why = It keeps somebody who is not you from trying on and on.
locked-do = Wait until then, or ask your administrator for a new password now.
ended-title = Your time for this is up
ended-body = For your safety an attempt ends after 15 minutes. Nothing was changed.
ended-cancelled-title = You left this attempt
ended-cancelled-body = Nothing was changed.
ended-superseded-title = This is done already
ended-superseded-body = Your account was reset or unlocked in another attempt while this one was open, so this one ended. If that was not you, contact your administrator at once.
leave-title = Leave and start again?
leave-body = What you have proved so far is kept if you stay.
leave-stay = Stay where I was
leave-go = Leave and start again
idle-warning = { $minutes ->
    [one] This ends in { $minutes } minute. What you typed is kept until then.
   *[other] This ends in { $minutes } minutes. What you typed is kept until then.
}
idle-warning-seconds = { $seconds ->
    [one] This ends in { $seconds } second.
   *[other] This ends in { $seconds } seconds.
}
lost-title = The connection is lost
lost-body = What you typed is still here, and nothing is sent twice. Check that you are online, and try again.
lost-retry = Try again
lost-many = Many people are asking at once. You can try again at { $time }.
lost-service = The service did not answer as it should. Nothing was lost: try again.
broken-title = Something broke on this page
broken-body = Nothing of yours was lost. Load the page again, and you are back where you were.
broken-reload = Load the page again
broken-help = If it happens again, contact your administrator or your helpdesk.
no-script-title = This page needs a newer browser, or scripts turned on
no-script-body = Turn on JavaScript and WebAssembly for this page, or open it in another browser. If neither is possible, call your helpdesk or your administrator: they can give you a new password.

## Mails, texts and calls

mail-code-subject = { $code } is your code for { $tenant }
mail-code-body = Somebody, we hope you, is getting back into the account { $identifier }. Your code is { $code }. It works until { $time }. If it was not you, do nothing: without the code nothing changes. Nobody from { $tenant } will ever ask you for it.
mail-reset-subject = Your password was changed
mail-reset-body = The password of { $identifier } was changed at { $time }. If it was you, there is nothing to do. If it was not, contact your administrator at once and give the support code { $code }.
mail-unlocked-subject = Your account was unlocked
mail-unlocked-body = The account { $identifier } was unlocked at { $time }. If it was you, there is nothing to do. If it was not, contact your administrator at once and give the support code { $code }.
mail-locked-subject = Too many tries for your account
mail-locked-body = There were too many tries to get back into the account { $identifier }; the last was at { $time }. Your password is still the same, and nobody can try again until { $until }. If it was you, wait until then, or ask your administrator for a new password. If it was not, contact your administrator at once and give the support code { $code }.
mail-admin-reset-subject = An administrator’s password was changed
mail-admin-reset-body = The password of the administrator { $identifier } was changed at { $time } through self-service. If nobody you know did this, look into it at once. Support code { $code }.
mail-help-subject = { $identifier } cannot get back in
mail-help-body = { $identifier } tried to get back in at { $time } and asks for your help. Check that it is really them before you help. Support code { $code }.
server-mail-contact = If you need help, this is your helpdesk: { $address }
text-code-body = { $code } is your code for { $tenant }. It works until { $time }. Give it to nobody.
voice-code-body = This is a call from { $tenant }. If you are getting back into your account, press #. If not, hang up.
server-voice-pressed = Thank you. Go back to your browser.

## The demo beside the wizard

demo-open = Open the demo
demo-open-new = { $total ->
    [one] Open the demo: { $total } new message
   *[other] Open the demo: { $total } new messages
}
demo-close = Back to the page
demo-title = The demo
demo-intro = Everything runs in this page: the real judge, a phone, a mailbox and a directory. Nothing leaves your device.
demo-personas = Who are you today?
demo-phone = The phone
demo-phone-empty = No text message and no call yet.
demo-phone-calling = { $tenant } is calling
demo-phone-press = Press #
demo-phone-hang-up = Hang up
demo-phone-answered = You answered this call and pressed #.
demo-phone-missed = You missed this call.
demo-mailbox = The mailbox
demo-mailbox-empty = No mail yet.
demo-to = To { $address }
demo-copy = Copy { $code }
demo-app = The authenticator app
demo-app-left = { $seconds ->
    [one] A new code in { $seconds } second.
   *[other] A new code in { $seconds } seconds.
}
demo-clock = The clock
demo-clock-now = It is { $time }.
demo-clock-forward-minute = 1 minute later
demo-clock-forward-five = 5 minutes later
demo-clock-forward-quarter = 15 minutes later
demo-clock-forward-day = 24 hours later
demo-connection = The connection
demo-connection-online = Online
demo-connection-offline = Offline
demo-connection-lossy = Loses the next answer
demo-directory = The directory
demo-directory-healthy = Healthy
demo-directory-unreachable = Does not answer
demo-directory-misconfigured = Does not let us write
demo-audit = The audit log
demo-audit-empty = Nothing has happened yet.
demo-reset = Start the demo afresh
demo-break = Break the page
demo-hint-phone = Mobile number on file
demo-hint-office = Office number on file
demo-hint-answers = Answers on file
demo-persona-ada = One gate: e-mail or text message
demo-persona-bram = Two gates: text message and authenticator app
demo-persona-chen = A call to a mobile or an office phone
demo-persona-dalia = Security questions
demo-persona-elif = Asked why: forgot or locked
demo-persona-femke = An administrator: always two gates
demo-persona-george = On premises: changes take two minutes
demo-persona-hana = One gate: authenticator app
demo-persona-nobody = Nobody: an account that does not exist
demo-persona-locked = Locked for 24 hours
demo-persona-refusal = Refused: { $refusal }
