# The words of mails, texts and calls, in German. The voice is that of reset.ftl.

mail-code-subject = { $code } ist Ihr Code für { $tenant }
mail-code-body = Jemand hat einen Code angefordert, um wieder Zugang zum Konto { $identifier } zu bekommen. Wenn Sie das waren, geben Sie { $code } auf der Seite ein, auf der Sie ihn angefordert haben. { $minutes ->
    [one] Der Code gilt { $minutes } Minute.
   *[other] Der Code gilt { $minutes } Minuten.
} Wenn Sie das nicht waren, tun Sie nichts: Ohne den Code ändert sich nichts. Niemand von { $tenant } fragt Sie nach diesem Code.
mail-reset-subject = Ihr Passwort wurde geändert
mail-reset-body = Das Passwort von { $identifier } wurde am { $time } geändert. Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, wenden Sie sich jetzt an Ihren Administrator und nennen Sie den Supportcode { $code }.
mail-unlocked-subject = Ihr Konto wurde entsperrt
mail-unlocked-body = Das Konto { $identifier } wurde am { $time } entsperrt. Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, wenden Sie sich jetzt an Ihren Administrator und nennen Sie den Supportcode { $code }.
mail-locked-subject = Zu viele Versuche für Ihr Konto
mail-locked-body = Es wurde zu oft versucht, wieder Zugang zum Konto { $identifier } zu bekommen. Der letzte Versuch war am { $time }. Ihr Passwort wurde nicht geändert. Bis { $until } ist kein neuer Versuch möglich. Wenn Sie das waren, warten Sie bis dahin oder bitten Sie Ihren Administrator, die Sperre aufzuheben. Wenn nicht, wenden Sie sich jetzt an Ihren Administrator und nennen Sie den Supportcode { $code }.
mail-admin-reset-subject = Das Passwort eines Administrators wurde geändert
mail-admin-reset-body = Das Passwort des Administrators { $identifier } wurde am { $time } über den Self-Service geändert. Wenn Sie nicht wissen, wer das war, gehen Sie dem jetzt nach. Supportcode { $code }.
mail-help-subject = { $identifier } kann sich nicht mehr anmelden
mail-help-body = { $identifier } hat am { $time } versucht, wieder Zugang zum eigenen Konto zu bekommen, und bittet Sie um Hilfe. Prüfen Sie zuerst, ob es wirklich diese Person ist. Supportcode { $code }.
server-mail-contact = Wenn Sie Hilfe brauchen, wenden Sie sich an Ihren Helpdesk: { $address }
server-mail-app-disabled = Die Codes einer Authenticator-App Ihres Kontos werden nicht mehr angenommen, weil 100 nacheinander falsch waren. Nehmen Sie einen anderen Weg, oder bitten Sie Ihren Administrator, sie wieder anzunehmen.
server-help-locked = Der Self-Service ist für { $identifier } bis { $time } gesperrt.
server-help-why-codes = Der Grund sind zu viele falsche Codes.
server-help-why-numbers = Der Grund sind zu viele falsche Telefonnummern.
server-help-why-answers = Der Grund sind zu viele falsche Antworten.
server-help-why-resets = Der Grund sind zu viele Zurücksetzungen innerhalb einer Stunde.
server-help-lock-code = Der Versuch, der das verursacht hat, hat den Supportcode { $code }.
server-help-more-subject = Weitere Hilfeanfragen: { $more }
server-help-more-body = Zwischen dem { $time } und dem { $until } wurde bei { $tenant } mehr als zehnmal um Hilfe gebeten. Anfragen, zu denen Sie keine E-Mail bekommen haben: { $more }. So viele innerhalb einer Stunde können ein Angriff auf Ihr Postfach sein. Jede Anfrage steht im Auditprotokoll des Dienstes.
server-moment = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[other] Dezember
} { $year } um { $time } Uhr ({ $zone })
text-code-body = { $code } ist Ihr Code für { $tenant }. { $minutes ->
    [one] Er gilt { $minutes } Minute.
   *[other] Er gilt { $minutes } Minuten.
} Geben Sie ihn nicht weiter.
voice-code-body = Dies ist ein Anruf von { $tenant }. Wenn Sie zurück in Ihr Konto möchten, drücken Sie #. Wenn nicht, legen Sie auf.
server-voice-pressed = Danke. Machen Sie in Ihrem Browser weiter.
