# The words of the wizard. A folder for each language, with a file for each part of the product: page, reset, letters
# and demo. Each language has the same keys in the same order, with the same placeholders.
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
wizard-start-again-now = Start again now
gate-mark = Step { $gate } of { $total }
gate-mark-open = Both steps done
account-for = For { $identifier }
account-change = Change
summary-title = There is a problem

## Support

support-code = Support code { $code }
support-panel-title = Details for the helpdesk
support-panel-intro = Give these details to the person who helps you. They are not secret.
support-label-code = Support code
support-label-reason = Reason
support-label-sid = Attempt (SID)
support-label-cid = Correlation (CID)
support-label-page = Page
support-label-time = Time
support-label-identifier = Account
support-copy = Copy all
support-copied = Copied.
support-copy-failed = This browser cannot copy the text. Select it and copy it yourself.
support-share = Share
support-contact = Send your administrator a message
support-contacting = Sending the message…
support-contacted = We sent your administrator a message at { $time }, with your support code.
support-contact-link = Go to your organisation’s help page

## Who are you

identify-title = Get back into your account
identify-hint = Enter the username or work email address you sign in with.
identify-label = Username or email address
identify-empty = Enter your username or email address.
identify-too-long = A username has { $max } characters at most. Check what you pasted.
identify-malformed = Enter one username or email address, such as ada@contoso.example.
identify-organisation-missing = Add @ and your organisation, such as ada@contoso.example.
identify-organisation-unknown = We do not know that organisation. Check what you typed after the @.
identify-organisation-other = This page is for { $tenant }. Enter your { $tenant } username or email address.
identify-portal-not-listed = This page is not set up for your organisation. Go to your organisation’s own page instead.
identify-working = Checking how you can get in…
identify-reset-before = Your password was changed at { $time }.
identify-unlocked-before = Your account was unlocked at { $time }.
identify-work-refused = A security check took too long. Select Continue to try again.

## Why are you having trouble

purpose-title = What do you need help with?
purpose-reset = I forgot my password
purpose-reset-hint = You choose a new one.
purpose-unlock = I know my password but still cannot sign in
purpose-unlock-hint = We unlock your account. Your password stays the same.
purpose-empty = Select what you need help with.

## Choose a method

method-title = How do you want to prove it’s you?
method-title-second = Now prove it’s you in another way
method-empty = Select how you want to prove it’s you.
method-email = Send a code to my other email address
method-mobile-sms = Send a code by text message
method-mobile-call = Call my mobile phone
method-office-call = Call my office phone
method-questions = Answer my security questions
method-authenticator-code = Use a code from my authenticator app
method-ending = Ends in { $hint }
method-none-of-these = I cannot use any of these
method-passed = Step 1 is done.
method-sending = Sending your code…
method-calling = Calling you…
method-starting = One moment…

## Type the phone number

phone-title-text = Which number should we text?
phone-title-call = Which number should we call?
phone-hint-end = Enter your whole number, with its country code. It ends in { $end }.
phone-label = Phone number
phone-send = Send the text message
phone-call = Call me
phone-empty = Enter your phone number.
phone-letters = A phone number has no letters. Check character { $position }.
phone-character = A phone number has only digits. Check character { $position }.
phone-no-country = Start with + and the country code, such as +44.
phone-unknown-country = No country has the code +{ $code }. Check the digits after the +.
phone-too-short = Some digits are missing. There must be { $min } digits or more after the country code.
phone-too-long = There are too many digits. There must be { $max } digits or fewer after the country code.
phone-length = Numbers in that country are longer or shorter than this. Check each digit.
phone-malformed = That does not look like a phone number. Check each digit.
phone-premium-rate = Calls to this number cost extra, so we cannot use it. Enter another number.
phone-shared-cost = Both sides pay for calls to this number, so we cannot use it. Enter another number.
phone-pager = This is a pager. We cannot text or call you on it. Enter another number.
phone-voicemail = Voicemail answers this number, so we cannot reach you on it. Enter another number.
phone-mismatch = { $left ->
    [1] That is not the number your organisation has for you. You have one try left before you are locked out. Contact your administrator instead.
   *[other] That is not the number your organisation has for you. You can try { $left } more times.
}
phone-extension-stripped = We left out the extension { $extension }. We cannot text or call an extension.

## Enter the code

code-title-email = Enter the code from the email
code-title-text = Enter the code from the text message
code-title-authenticator = Enter the code from your authenticator app
code-sent-email = We have sent a code of { $digits } digits to your other email address. It can take a minute. Check your spam folder too.
code-sent-text = We have sent a code of { $digits } digits to the number that ends in { $hint }. It can take a minute.
code-authenticator-hint = Open the app on your phone and enter the { $digits } digits it shows for this account.
code-label = Code
code-dead = This code no longer works. Ask for a new one.
code-expires = Works until { $time }
code-ended = This code ended at { $time }
code-empty = Enter the code.
code-too-short = The code has { $digits } digits. Some are missing.
code-too-long = The code has { $digits } digits. You entered more.
code-wrong = { $left ->
    [0] That is not the right code.
    [1] That is not the right code. You have one try left before you are locked out. Contact your administrator instead.
   *[other] That is not the right code. You can try { $left } more times.
}
code-wrong-authenticator = { $left ->
    [1] That is not the code the app shows. You have one try left before you are locked out. Contact your administrator instead.
   *[other] That is not the code the app shows now. You can try { $left } more times.
}
code-expired = That code was right, but it has expired. Ask for a new one.
code-superseded = That is an older code. Enter the newest one we sent.
code-used = That code has already been used. Enter the newest one we sent.
code-used-authenticator = That code has already been used. Wait for the app to show the next one.
code-spent = { $left ->
    [0] Too many wrong codes. Ask for a new one.
    [1] Too many wrong codes. Ask for a new one, but take care: you have one try left before you are locked out.
   *[other] Too many wrong codes. Ask for a new one. You can try { $left } more times.
}
last-try = You have one try left before you are locked out.
still-open = { $left ->
    [0] There were too many wrong tries in another attempt, so this is locked until { $time }. You can still finish here.
    [1] There were too many wrong tries in another attempt, so this is locked until { $time }. You can still finish here, but you have one try left.
   *[other] There were too many wrong tries in another attempt, so this is locked until { $time }. You can still finish here: you have { $left } tries left.
}
method-locked = There were too many wrong tries with the way you chose, so you cannot use it until { $time }.
code-wait = We sent a code a short while ago. You can ask for another one from { $time }.
code-wait-soon = We sent a code a short while ago. You can ask for another one when the time on the button is up.
code-resend = Send a new code
code-new-in = New code in { $time }
code-new-from = New code from { $time }
code-resend-ready = You can ask for a new code now.
code-sent-again = We have sent a new code. The old one no longer works.
code-checking = Checking the code…
code-other-method = Use another way

## Answer the call

call-title = Answer your phone and press #
call-hint = We are calling the number that ends in { $hint }. It can take 20 seconds.
call-waiting = Waiting for you to answer and press #…
call-failed = The call ended before you pressed #.
call-retry = Call me again
call-retry-ready = You can ask for another call now.

## Answer the questions

questions-title = Answer your security questions
questions-hint = Capital letters, and spaces before or after an answer, do not matter.
questions-empty = Answer the question “{ $question }”.
questions-incomplete = An answer is empty or too long. Check what you entered.
questions-wrong = { $left ->
    [1] One or more answers are wrong. You have one try left before you are locked out. Contact your administrator instead.
   *[other] One or more answers are wrong. Here are your questions again. You can try { $left } more times.
}
questions-checking = Checking your answers…
question-1 = In which city did you meet your first spouse or partner?
question-2 = In which city did your parents meet?
question-3 = In which city does the brother or sister who lives nearest to you live?
question-4 = In which city was your father born?
question-5 = In which city was your first job?
question-6 = In which city was your mother born?
question-7 = In which city were you at New Year 2000?
question-8 = What is the last name of your favourite teacher in secondary school?
question-9 = Which university did you apply to but not go to?
question-10 = Where was the reception of your first wedding?
question-11 = What is your father’s middle name?
question-12 = What is your favourite food?
question-13 = What is the first and last name of your mother’s mother?
question-14 = What is your mother’s middle name?
question-15 = In which month and year was your oldest brother or sister born?
question-16 = What is the middle name of your oldest brother or sister?
question-17 = What is the first and last name of your father’s father?
question-18 = What is the middle name of your youngest brother or sister?
question-19 = Which school did you go to when you were eleven?
question-20 = What is the first and last name of your best childhood friend?
question-21 = What is the first and last name of your first love?
question-22 = What is the last name of your favourite teacher in primary school?
question-23 = What was the make and model of your first car or motorcycle?
question-24 = What was the name of your first school?
question-25 = In which hospital were you born?
question-26 = In which street was your first childhood home?
question-27 = Who was your childhood hero?
question-28 = What was the name of your favourite soft toy?
question-29 = What was the name of your first pet?
question-30 = What was your childhood nickname?
question-31 = What was your favourite sport at school?
question-32 = What was your first job?
question-33 = What are the last four digits of your childhood phone number?
question-34 = As a child, what did you want to be when you grew up?
question-35 = Who is the most famous person you have met?

## New password

password-title = Choose a new password
password-hint = A few words that only you would put together are easy to remember and hard to guess.
password-label = New password
password-show = Show password
password-show-short = Show
password-hide = Hide password
password-hide-short = Hide
password-visible = Your password is visible.
password-hidden = Your password is hidden.
password-rules-title = Your password needs
password-rule-met = Met:
password-rule-open = Not yet:
password-rule-length = { $min } to { $max } characters
password-rule-classes = { $required } of these four: lower case letters, capital letters, numbers, symbols
password-rule-ascii = only letters, numbers and symbols from an English keyboard
password-rule-identifier = no 4 letters or numbers in a row from your username
password-rule-common = not a common password, repeated letters, keys in a row, a date, your name or your organisation’s name, which we check when you select Set password
password-rule-directory = to meet your organisation’s own rules, which we check when you select Set password
password-set = Set password
password-setting = Setting your password. It can take half a minute. Keep this page open.
password-gates-kept = You do not have to prove who you are again.
password-empty = Enter a new password.
password-too-short = Your password must have { $min } characters or more. Add { $missing } more.
password-too-long = Your password must have { $max } characters or fewer.
password-too-few-classes = Your password must have { $required } of these four: lower case letters, capital letters, numbers, symbols.
password-not-ascii = Your password has a character your organisation’s systems cannot use. Use only letters, numbers and symbols from an English keyboard.
password-control-character = Your password has a character that some keyboards cannot type, such as a tab or a line break. Take it out.
password-repetition = Your password is mostly the same characters again and again, and such passwords are guessed first. Add something only you would think of.
password-sequence = Your password is mostly keys, letters or digits in a row, and such passwords are guessed first. Add something only you would think of.
password-date = Your password is mostly a date, and dates are guessed first. Add something only you would think of.
password-contains-identifier = Your password has 4 or more letters or numbers in a row from your username. Take them out.
password-contains-other-identifier = Your password has part of another of your usernames or email addresses in it. Take it out.
password-contains-name = Your password has your name or part of it in it. Take it out.
password-contains-tenant = Your password has your organisation’s name in it. Take it out.
password-banned = Many people use this password or one very like it, so it is easy to guess. Choose another.
password-banned-custom = Your organisation does not allow this password or one very like it. Choose another.
password-too-guessable = Your password is mostly words that are easy to guess. Add something only you would think of.
password-too-guessable-custom = Your password is mostly words your organisation does not allow. Add something only you would think of.
password-directory-policy = Your organisation’s directory did not accept this password. It may be too short, too simple or used before, or you may have changed it too recently.
password-directory-history = You have used this password before. Choose a new one.
password-directory-age = You changed your password too recently. Try again tomorrow, or contact your administrator.
password-directory-length = This password is too short for your organisation’s directory. Make it longer.
password-directory-quality = This password is too simple for your organisation’s directory. Mix words, capital letters, numbers and symbols.
password-directory-unreachable = Your organisation’s directory is not answering. Your password has not changed. Try again in a few minutes.
password-breach-unreachable = We can’t check your new password right now. Your password has not changed. Try again in a few minutes.
password-directory-misconfigured = Your organisation’s directory does not let us change your password. Your password has not changed. Contact your administrator.
password-outcome-unknown = We do not know if your password was changed. Choose one again. It does not matter if it was already changed.

## Unlock

unlock-title = Unlock your account
unlock-hint = We have checked that it’s you. Your password stays the same.
unlock-do = Unlock my account
unlock-working = Unlocking your account…
unlock-directory-unreachable = Your organisation’s directory is not answering. Your account is still locked. Try again in a few minutes.
unlock-directory-misconfigured = Your organisation’s directory does not let us unlock your account. Contact your administrator.
unlock-outcome-unknown = We do not know if your account was unlocked. Try again. It does not matter if it was already unlocked.

## Done

done-reset-title = Your password has been changed
done-reset-now = You can use it from now on.
done-reset-soon = { $minutes ->
    [one] You will be able to use it within { $minutes } minute.
   *[other] You will be able to use it within { $minutes } minutes.
}
done-unlock-title = Your account has been unlocked
done-unlock-now = You can now sign in with your password.
done-unlock-soon = { $minutes ->
    [one] You will be able to sign in with your password within { $minutes } minute.
   *[other] You will be able to sign in with your password within { $minutes } minutes.
}
done-notified = In case this was not you, we sent an email to:
done-devices = Phones and other devices that sign in automatically still have your old password. Change it there too.
done-sign-in = Sign in
done-close = You can close this page.

## Refusals

refusal-what-you-can-do = What you can do
refusal-who-can-help = Who can help
refusal-when = When it will work
refusal-details = Details for your helpdesk
refusal-details-line = { $code }. { $detail }
refusal-help-request = Send your administrator a message from this page. Your support code goes with it.
refusal-help-link = Your organisation’s help page tells you how to contact your helpdesk.
refusal-help-ask = Call or visit your helpdesk and read out the support code below.
refusal-tenant-disabled-title = Your organisation has turned this service off
refusal-tenant-disabled-do = Ask your administrator for a new password.
refusal-tenant-disabled-detail = Password reset is turned off for this organisation.
refusal-no-policy-title = Your organisation has not set up this service yet
refusal-no-policy-do = Ask your administrator for a new password.
refusal-no-policy-detail = This organisation has no password reset policy.
refusal-not-licensed-title = Your account has no licence for this service
refusal-not-licensed-do = Ask your administrator for a new password and a licence for this service.
refusal-not-licensed-detail = The account does not have the licence that password reset needs.
refusal-not-in-group-title = Your account cannot use this service
refusal-not-in-group-do = Ask your administrator for a new password, or to add you to the group that can use this service.
refusal-not-in-group-detail = The account is in no group that can use password reset.
refusal-account-not-enabled-title = Your account is not enabled for this service
refusal-account-not-enabled-do = Ask your administrator to enable your account.
refusal-account-not-enabled-detail = The account is disabled or excluded from password reset.
refusal-could-not-verify-title = We cannot check that it’s you
refusal-could-not-verify-do = Ask your administrator for a new password. When you can sign in again, add a phone number or another email address, so you can do this yourself next time.
refusal-could-not-verify-detail = Password reset is enabled for the account, but it has no verification method.
refusal-not-properly-configured-title = We do not have enough details to check that it’s you
refusal-not-properly-configured-do = Ask your administrator for a new password. When you can sign in again, add one more phone number or email address, so you can do this yourself next time.
refusal-not-properly-configured-detail = The account has fewer verification methods than the policy asks for.
refusal-managed-elsewhere-title = Another system manages your password
refusal-managed-elsewhere-do = Change it in the system that gave it to you. Your administrator can tell you which one that is.
refusal-managed-elsewhere-detail = This service does not manage the password of this account.
refusal-write-back-not-enabled-title = Your password can only be changed inside your organisation
refusal-write-back-not-enabled-do = Ask your administrator for a new password.
refusal-write-back-not-enabled-detail = The password is managed on premises and write-back is not enabled.
refusal-on-premises-admin-action-title = There is a fault in your organisation’s settings
refusal-on-premises-admin-action-do = Ask your administrator for a new password and read out the code in the details.
refusal-on-premises-admin-action-detail = Write-back does not work because of a fault in the on-premises configuration.
refusal-on-premises-connectivity-title = Your organisation’s directory is not answering
refusal-on-premises-connectivity-do = Try again in a few minutes.
refusal-on-premises-connectivity-detail = Write-back does not work because the on-premises environment cannot be reached.
refusal-on-premises-connectivity-when = When the connection is back, often within minutes.

## Locked, ended, lost, broken

locked-title = Too many tries: locked out for now
locked-until = You can try again on { $time }.
locked-why = This stops anyone else from guessing again and again.
locked-do = Wait until then, or ask your administrator to let you try again now.
ended-title = This took too long, so it ended
ended-body = We do this to protect your account. Nothing was changed.
ended-cancelled-title = You stopped this attempt
ended-cancelled-body = Nothing was changed.
ended-superseded-title = This is already done
ended-superseded-body = You got back into your account in another attempt while this one was open, so we ended this one. If that was not you, contact your administrator now.
leave-title = Leave and start again?
leave-body = If you leave, you start from the beginning.
leave-stay = Stay here
leave-go = Leave and start again
idle-warning = { $minutes ->
    [one] This ends in { $minutes } minute.
   *[other] This ends in { $minutes } minutes.
}
idle-warning-seconds = { $seconds ->
    [one] This ends in { $seconds } second.
   *[other] This ends in { $seconds } seconds.
}
lost-title = The connection is lost
lost-body = What you typed is still here and will not be sent twice. Check that you are online, then try again.
lost-retry = Try again
lost-many = There are too many requests. You can try again from { $time }.
lost-service = Something went wrong with the service. Nothing was lost. Try again.
broken-title = Something went wrong on this page
broken-body = Load the page again to go back to where you were. You may have to type the last thing again.
broken-reload = Load the page again
broken-help = If it happens again, contact your administrator or helpdesk.
