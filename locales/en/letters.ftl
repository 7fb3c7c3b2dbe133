# The words of mails, texts and calls. The voice is that of reset.ftl.

mail-code-subject = { $code } is your code for { $tenant }
mail-code-body = Someone asked for a code to get back into the account { $identifier }. If it was you, enter { $code } on the page where you asked for it. { $minutes ->
    [one] The code works for { $minutes } minute.
   *[other] The code works for { $minutes } minutes.
} If it was not you, do nothing: without the code, nothing changes. No one at { $tenant } will ask you for this code.
mail-reset-subject = Your password was changed
mail-reset-body = The password of { $identifier } was changed on { $time }. If it was you, you do not need to do anything. If it was not you, contact your administrator now and give the support code { $code }.
mail-unlocked-subject = Your account was unlocked
mail-unlocked-body = The account { $identifier } was unlocked on { $time }. If it was you, you do not need to do anything. If it was not you, contact your administrator now and give the support code { $code }.
mail-locked-subject = Too many tries for your account
mail-locked-body = There were too many tries to get back into the account { $identifier }. The last was on { $time }. Your password has not changed. No one can try again until { $until }. If it was you, wait until then or ask your administrator to let you try again. If it was not you, contact your administrator now and give the support code { $code }.
mail-admin-reset-subject = An administrator’s password was changed
mail-admin-reset-body = The password of the administrator { $identifier } was changed on { $time } through self-service. If you do not know who did this, find out now. Support code { $code }.
mail-help-subject = { $identifier } cannot sign in
mail-help-body = { $identifier } tried to get back into their account on { $time } and asks for your help. Make sure it is really them before you help. Support code { $code }.
server-mail-contact = If you need help, contact your helpdesk: { $address }
server-mail-app-disabled = The codes of an authenticator app on your account are no longer accepted, because 100 in a row were wrong. Use another way, or ask your administrator to accept them again.
server-help-locked = { $identifier } is locked out of self-service until { $time }.
server-help-why-codes = The reason is too many wrong codes.
server-help-why-numbers = The reason is too many wrong phone numbers.
server-help-why-answers = The reason is too many wrong answers.
server-help-why-resets = The reason is too many resets within an hour.
server-help-lock-code = The attempt that caused this has the support code { $code }.
server-help-more-subject = More requests for help: { $more }
server-help-more-body = Between { $time } and { $until }, people of { $tenant } asked for help more than ten times. Requests we did not email you about: { $more }. So many within an hour can be an attack on your mailbox. The audit log of the service has every request.
server-moment = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
} { $year } at { $time } ({ $zone })
text-code-body = { $code } is your code for { $tenant }. { $minutes ->
    [one] It works for { $minutes } minute.
   *[other] It works for { $minutes } minutes.
} Do not share it.
voice-code-body = This is a call from { $tenant }. If you are getting back into your account, press #. If not, hang up.
server-voice-pressed = Thank you. Go back to your browser.
