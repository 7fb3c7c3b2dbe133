# The words of the demo beside the wizard. The voice is that of reset.ftl.

demo-open = Open the demo
demo-open-new = { $total ->
    [one] Open the demo: { $total } new message
   *[other] Open the demo: { $total } new messages
}
demo-close = Back to the page
demo-title = The demo
demo-intro = Everything runs on this page: the real service, a phone, a mailbox and a directory. Nothing leaves your device.
demo-personas = Choose who you are
demo-phone = Phone
demo-phone-empty = No text messages or calls yet.
demo-phone-calling = { $tenant } is calling
demo-phone-press = Press #
demo-phone-hang-up = Hang up
demo-phone-answered = You answered this call and pressed #.
demo-phone-missed = You missed this call.
demo-mailbox = Mailbox
demo-mailbox-empty = No email yet.
demo-to = To { $address }
demo-copy = Copy { $code }
demo-app = Authenticator app
demo-app-left = { $seconds ->
    [one] A new code in { $seconds } second.
   *[other] A new code in { $seconds } seconds.
}
demo-clock = Clock
demo-clock-now = It is { $time }.
demo-clock-forward-minute = 1 minute later
demo-clock-forward-five = 5 minutes later
demo-clock-forward-quarter = 15 minutes later
demo-clock-forward-day = 24 hours later
demo-connection = Connection
demo-connection-online = Online
demo-connection-offline = Offline
demo-connection-lossy = Loses the next answer
demo-directory = Directory
demo-directory-healthy = Working
demo-directory-unreachable = Does not answer
demo-directory-misconfigured = Does not let us write
demo-audit = Audit log
demo-audit-empty = Nothing has happened yet.
demo-reset = Start the demo again
demo-break = Break the page
demo-hint-phone = Mobile number on file
demo-hint-office = Office number on file
demo-hint-answers = Answers on file
demo-persona-ada = One step: email or text message
demo-persona-bram = Two steps: text message and authenticator app
demo-persona-chen = A call to a mobile or an office phone
demo-persona-dalia = Security questions
demo-persona-elif = Asked why: forgotten or locked
demo-persona-femke = An administrator: always two steps
demo-persona-george = On premises: changes take two minutes
demo-persona-hana = One step: authenticator app
demo-persona-nobody = An account that does not exist
demo-persona-locked = Locked for 24 hours
demo-persona-refusal = Refused: { $refusal }
