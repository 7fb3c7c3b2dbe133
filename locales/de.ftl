# Every word a person reads, in German. The keys and their order are those of en.ftl.
# Voice: "Sie", what to do, present tense; no jargon, no blame.

## The page

wizard-title = Zurück in Ihr Konto
wizard-error-prefix = Fehler:
wizard-title-with-error = Fehler: { $title }
wizard-title-with-tenant = { $title } – { $tenant }
wizard-language = Sprache
wizard-back = Zurück
wizard-continue = Weiter
wizard-working = Einen Moment…
wizard-start-again = Neu beginnen

gate-mark = Tor { $gate } von { $total }
gate-mark-open = { $total ->
    [one] Das Tor ist offen
   *[other] Alle { $total } Tore offen
}

summary-title = Etwas stimmt noch nicht
summary-icon = Problem

## Support

support-code = Supportcode { $code }
support-panel-title = Wonach ein Helpdesk fragt
support-panel-intro = Geben Sie diese Angaben weiter, wenn Ihnen jemand hilft. Es steht nichts Geheimes darin.
support-label-code = Supportcode
support-label-sid = Versuch (SID)
support-label-cid = Korrelation (CID)
support-label-page = Seite
support-label-time = Zeit
support-label-identifier = Konto, wie eingegeben
support-copy = Alles kopieren
support-copied = Kopiert.
support-copy-failed = Dieser Browser lässt uns nicht kopieren. Markieren Sie den Text und kopieren Sie ihn selbst.
support-share = Teilen
support-contact = Administrator benachrichtigen
support-contacting = Ihr Administrator wird benachrichtigt…
support-contacted = Ihr Administrator wurde um { $time } benachrichtigt, mit Ihrem Supportcode.
support-contact-link = Hilfeseite Ihrer Organisation öffnen

## Who are you

identify-title = Zurück in Ihr Konto
identify-hint = Geben Sie den Benutzernamen oder die dienstliche E-Mail-Adresse ein, mit der Sie sich anmelden.
identify-label = Benutzername oder E-Mail-Adresse
identify-empty = Geben Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse ein.
identify-too-long = Ein Benutzername hat höchstens { $max } Zeichen. Prüfen Sie, was eingefügt wurde.
identify-working = Wir suchen einen Weg hinein…
identify-work-refused = Die Prüfung, die Roboter fernhält, hat zu lange gedauert. Sie läuft von selbst noch einmal: Wählen Sie erneut „Weiter“.

## Why are you having trouble

purpose-title = Warum können Sie sich nicht anmelden?
purpose-reset = Ich habe mein Passwort vergessen
purpose-reset-hint = Sie wählen ein neues.
purpose-unlock = Ich weiß mein Passwort, kann mich aber trotzdem nicht anmelden
purpose-unlock-hint = Ihr Konto wird entsperrt. Ihr Passwort bleibt gleich.
purpose-empty = Wählen Sie, warum Sie sich nicht anmelden können.

## Choose a method

method-title = Wie möchten Sie zeigen, dass Sie es sind?
method-title-second = Zeigen Sie es nun auf eine andere Art
method-empty = Wählen Sie eine der Möglichkeiten.
method-email = Einen Code an meine andere E-Mail-Adresse senden
method-mobile-sms = Einen Code per SMS senden
method-mobile-call = Mein Mobiltelefon anrufen
method-office-call = Mein Telefon im Büro anrufen
method-questions = Meine Sicherheitsfragen beantworten
method-authenticator-code = Einen Code aus meiner Authenticator-App verwenden
method-none-of-these = Nichts davon ist mir möglich
method-passed = Geschafft. Das erste Tor ist offen.
method-sending = Ihr Code wird gesendet…
method-calling = Wir rufen Sie an…
method-starting = Einen Moment…

## Type the phone number

phone-title-text = An welche Nummer senden wir die SMS?
phone-title-call = Welche Nummer rufen wir an?
phone-hint = Geben Sie die ganze Nummer ein, die auf { $hint } endet, mit der Landesvorwahl, etwa +1 4251234567.
phone-label = Telefonnummer
phone-send = SMS senden
phone-call = Mich anrufen
phone-empty = Geben Sie die Telefonnummer ein.
phone-letters = Eine Telefonnummer hat keine Buchstaben. Sehen Sie sich Zeichen { $position } an.
phone-character = Eine Telefonnummer hat nur Ziffern. Sehen Sie sich Zeichen { $position } an.
phone-no-country = Beginnen Sie mit + und der Landesvorwahl, etwa +31.
phone-unknown-country = Kein Land hat die Vorwahl +{ $code }. Prüfen Sie die Ziffern nach dem +.
phone-too-short = { $min ->
    [one] Es fehlen Ziffern. Nach der Landesvorwahl kommt mindestens { $min } Ziffer.
   *[other] Es fehlen Ziffern. Nach der Landesvorwahl kommen mindestens { $min } Ziffern.
}
phone-too-long = { $max ->
    [one] Es sind zu viele Ziffern. Nach der Landesvorwahl kommt höchstens { $max } Ziffer.
   *[other] Es sind zu viele Ziffern. Nach der Landesvorwahl kommen höchstens { $max } Ziffern.
}
phone-length = So lang oder so kurz ist keine Nummer aus diesem Land. Prüfen Sie jede Ziffer.
phone-malformed = Das sieht nicht nach einer Telefonnummer aus. Prüfen Sie jede Ziffer.
phone-premium-rate = Anrufe bei dieser Nummer kosten extra, deshalb verwenden wir sie nicht. Geben Sie eine andere Nummer ein.
phone-shared-cost = Anrufe bei dieser Nummer bezahlen beide Seiten, deshalb verwenden wir sie nicht. Geben Sie eine andere Nummer ein.
phone-pager = Diese Nummer gehört zu einem Pager: Weder eine SMS noch unser Anruf erreicht Sie dort. Geben Sie eine andere Nummer ein.
phone-voicemail = Unter dieser Nummer meldet sich ein Anrufbeantworter: Weder eine SMS noch unser Anruf erreicht Sie dort. Geben Sie eine andere Nummer ein.
phone-mismatch = { $left ->
    [0] Das ist nicht die Nummer, die Ihre Organisation hinterlegt hat. Nach der nächsten falschen Nummer ist hier 24 Stunden lang gesperrt: Wenden Sie sich lieber an Ihren Administrator.
    [one] Das ist nicht die Nummer, die Ihre Organisation hinterlegt hat. Sie können es noch { $left } Mal versuchen.
   *[other] Das ist nicht die Nummer, die Ihre Organisation hinterlegt hat. Sie können es noch { $left } Mal versuchen.
}
phone-extension-stripped = Die Durchwahl { $extension } wurde weggelassen: Weder eine SMS noch unser Anruf kommt dort an.
phone-not-in-plan = Der Nummernplan kennt eine solche Nummer nicht. Wenn nichts ankommt, prüfen Sie die Ziffern.

## Enter the code

code-title-email = Geben Sie den Code aus der E-Mail ein
code-title-text = Geben Sie den Code aus der SMS ein
code-title-authenticator = Geben Sie den Code aus Ihrer Authenticator-App ein
code-sent-email = Wenn { $hint } Ihnen gehört, liegt dort nun eine E-Mail mit { $digits } Ziffern. Es kann eine Minute dauern: Sehen Sie auch im Spamordner nach.
code-sent-text = Wir haben { $digits } Ziffern an { $hint } gesendet. Es kann eine Minute dauern.
code-authenticator-hint = Öffnen Sie die App auf Ihrem Telefon und geben Sie die { $digits } Ziffern ein, die sie für dieses Konto zeigt.
code-label = Code
code-expires = Der Code gilt bis { $time }.
code-empty = Geben Sie den Code ein.
code-too-short = Der Code hat { $digits } Ziffern. Es fehlen noch welche.
code-too-long = Der Code hat { $digits } Ziffern. Es sind zu viele.
code-wrong = { $left ->
    [0] Das ist nicht der Code. Fordern Sie einen neuen an.
    [one] Das ist nicht der Code. Sie können es noch { $left } Mal versuchen.
   *[other] Das ist nicht der Code. Sie können es noch { $left } Mal versuchen.
}
code-wrong-authenticator = { $left ->
    [0] Das ist nicht der Code, den die App zeigt. Nach dem nächsten falschen Code ist hier 24 Stunden lang gesperrt: Wenden Sie sich lieber an Ihren Administrator.
    [one] Das ist nicht der Code, den die App jetzt zeigt. Sie können es noch { $left } Mal versuchen.
   *[other] Das ist nicht der Code, den die App jetzt zeigt. Sie können es noch { $left } Mal versuchen.
}
code-expired = Der Code war richtig, aber seine Zeit ist um. Fordern Sie einen neuen an.
code-superseded = Das ist ein früherer Code. Geben Sie den neuesten ein, den wir gesendet haben.
code-used = Dieser Code wurde schon verwendet. Fordern Sie einen neuen an.
code-used-authenticator = Dieser Code wurde schon verwendet. Warten Sie, bis die App den nächsten zeigt.
code-spent = Zu viele falsche Codes: Dieser gilt nicht mehr. Fordern Sie einen neuen an.
code-resend = Neuen Code senden
code-resend-in = { $seconds ->
    [one] In { $seconds } Sekunde können Sie einen neuen Code anfordern.
   *[other] In { $seconds } Sekunden können Sie einen neuen Code anfordern.
}
code-sent-again = Ein neuer Code ist unterwegs. Der vorige gilt nicht mehr.
code-checking = Der Code wird geprüft…
code-other-method = Anderen Weg wählen

## Answer the call

call-title = Nehmen Sie den Anruf an und drücken Sie #
call-hint = Wir rufen { $hint } an. Das kann 20 Sekunden dauern.
call-waiting = Wir warten, bis Sie abheben und # drücken…
call-failed = Der Anruf endete, bevor # gedrückt wurde.
call-retry = Mich noch einmal anrufen

## Answer the questions

questions-title = Beantworten Sie Ihre Sicherheitsfragen
questions-hint = Groß- und Kleinschreibung und Leerzeichen um eine Antwort spielen keine Rolle.
questions-empty = Beantworten Sie die Frage „{ $question }“.
questions-wrong = { $left ->
    [0] Mindestens eine Antwort ist falsch. Nach dem nächsten falschen Versuch ist hier 24 Stunden lang gesperrt: Wenden Sie sich lieber an Ihren Administrator.
    [one] Mindestens eine Antwort ist falsch. Hier sind Ihre Fragen noch einmal; Sie können es noch { $left } Mal versuchen.
   *[other] Mindestens eine Antwort ist falsch. Hier sind Ihre Fragen noch einmal; Sie können es noch { $left } Mal versuchen.
}
questions-checking = Ihre Antworten werden geprüft…
question-1 = In welcher Stadt haben Sie Ihre erste Partnerin oder Ihren ersten Partner kennengelernt?
question-2 = In welcher Stadt haben sich Ihre Eltern kennengelernt?
question-3 = In welcher Stadt leben Ihre nächsten Geschwister?
question-4 = In welcher Stadt wurde Ihr Vater geboren?
question-5 = In welcher Stadt hatten Sie Ihre erste Arbeitsstelle?
question-6 = In welcher Stadt wurde Ihre Mutter geboren?
question-7 = In welcher Stadt waren Sie an Silvester 1999?
question-8 = Wie heißt Ihre liebste Lehrkraft der weiterführenden Schule mit Nachnamen?
question-9 = An welcher Hochschule haben Sie sich beworben, ohne dort zu studieren?
question-10 = Wo war die Feier Ihrer ersten Hochzeit?
question-11 = Wie lautet der zweite Vorname Ihres Vaters?
question-12 = Was essen Sie am liebsten?
question-13 = Wie lauten Vor- und Nachname der Mutter Ihrer Mutter?
question-14 = Wie lautet der zweite Vorname Ihrer Mutter?
question-15 = In welchem Monat und Jahr wurde Ihr ältester Bruder oder Ihre älteste Schwester geboren?
question-16 = Wie lautet der zweite Vorname Ihres ältesten Bruders oder Ihrer ältesten Schwester?
question-17 = Wie lauten Vor- und Nachname des Vaters Ihres Vaters?
question-18 = Wie lautet der zweite Vorname Ihres jüngsten Bruders oder Ihrer jüngsten Schwester?
question-19 = Welche Schule haben Sie mit elf Jahren besucht?
question-20 = Wie hieß in Ihrer Kindheit Ihre beste Freundin oder Ihr bester Freund mit Vor- und Nachnamen?
question-21 = Wie hieß Ihre erste Liebe mit Vor- und Nachnamen?
question-22 = Wie heißt Ihre liebste Lehrkraft der Grundschule mit Nachnamen?
question-23 = Welche Marke und welches Modell hatte Ihr erstes Auto oder Motorrad?
question-24 = Wie hieß Ihre erste Schule?
question-25 = In welchem Krankenhaus wurden Sie geboren?
question-26 = In welcher Straße haben Sie als Kind zuerst gewohnt?
question-27 = Wer war die Heldin oder der Held Ihrer Kindheit?
question-28 = Wie hieß Ihr liebstes Kuscheltier?
question-29 = Wie hieß Ihr erstes Haustier?
question-30 = Welchen Spitznamen hatten Sie als Kind?
question-31 = Was war Ihr liebster Sport in der Schule?
question-32 = Was war Ihre erste Arbeit?
question-33 = Wie lauten die letzten vier Ziffern Ihrer Telefonnummer aus der Kindheit?
question-34 = Was wollten Sie als Kind werden?
question-35 = Wer ist die berühmteste Person, der Sie begegnet sind?

## New password

password-title = Wählen Sie ein neues Passwort
password-hint = Ein paar Wörter hintereinander, die nur Ihnen gehören, sind leicht zu merken und schwer zu erraten.
password-label = Neues Passwort
password-for = Für { $identifier }
password-show = Passwort zeigen
password-show-short = Zeigen
password-hide = Passwort verbergen
password-hide-short = Verbergen
password-visible = Ihr Passwort ist sichtbar.
password-hidden = Ihr Passwort ist verborgen.
password-rules-title = Das braucht es
password-rule-met = Erfüllt:
password-rule-open = Noch nicht:
password-rule-length = { $min ->
    [one] { $min } Zeichen oder mehr
   *[other] { $min } Zeichen oder mehr
}
password-rule-classes = { $required } von diesen vier: Kleinbuchstaben, Großbuchstaben, Ziffern, Sonderzeichen
password-rule-ascii = nur Buchstaben, Ziffern und Zeichen der englischen Tastatur
password-rule-identifier = nichts aus Ihrem Benutzernamen
password-rule-directory = was das Verzeichnis Ihrer Organisation verlangt; das zeigt sich, wenn Sie „Passwort setzen“ wählen
password-strength = Stärke: { $strength }
password-strength-weak = schwach
password-strength-fair = mittel
password-strength-strong = stark
password-set = Passwort setzen
password-setting = Ihr Passwort wird gesetzt. Das kann eine halbe Minute dauern: Lassen Sie diese Seite offen.
password-gates-kept = Sie müssen nicht noch einmal zeigen, wer Sie sind.
password-empty = Geben Sie ein neues Passwort ein.
password-too-short = { $missing ->
    [one] Das Passwort muss { $min } Zeichen haben. { $missing } fehlt noch.
   *[other] Das Passwort muss { $min } Zeichen haben. { $missing } fehlen noch.
}
password-too-long = { $max ->
    [one] Ein Passwort hat höchstens { $max } Zeichen.
   *[other] Ein Passwort hat höchstens { $max } Zeichen.
}
password-too-few-classes = Das Passwort braucht { $required } von diesen vier: Kleinbuchstaben, Großbuchstaben, Ziffern, Sonderzeichen.
password-not-ascii = Das Passwort hat ein Zeichen, das die Systeme Ihrer Organisation nicht annehmen. Verwenden Sie Buchstaben, Ziffern und Zeichen der englischen Tastatur.
password-control-character = Das Passwort hat ein Zeichen, das sich nicht auf jeder Tastatur tippen lässt, etwa einen Tabulator oder einen Zeilenumbruch. Nehmen Sie es heraus.
password-contains-identifier = Das Passwort enthält einen Teil Ihres Benutzernamens. Lassen Sie ihn weg.
password-contains-name = Das Passwort enthält Ihren Namen. Lassen Sie ihn weg.
password-contains-tenant = Das Passwort enthält den Namen Ihrer Organisation. Lassen Sie ihn weg.
password-banned = Viele verwenden dieses Passwort oder ein sehr ähnliches, darum wird es als Erstes ausprobiert. Wählen Sie ein anderes.
password-banned-custom = Ihre Organisation erlaubt dieses Passwort oder ein sehr ähnliches nicht. Wählen Sie ein anderes.
password-too-guessable = Das Passwort besteht fast nur aus Wörtern, die als Erstes ausprobiert werden. Fügen Sie etwas hinzu, das nur Ihnen einfällt.
password-too-guessable-custom = Das Passwort besteht fast nur aus Wörtern, die Ihre Organisation nicht erlaubt. Fügen Sie etwas hinzu, das nur Ihnen einfällt.
password-directory-policy = Das Verzeichnis Ihrer Organisation hat dieses Passwort nicht angenommen. Vielleicht ist es zu kurz, zu einfach oder schon einmal verwendet, oder Ihre letzte Änderung ist zu kurz her.
password-directory-history = Dieses Passwort haben Sie schon einmal verwendet. Wählen Sie ein neues.
password-directory-age = Ihre letzte Änderung ist für Ihre Organisation zu kurz her. Wenden Sie sich an Ihren Administrator oder versuchen Sie es morgen noch einmal.
password-directory-length = Das Passwort ist zu kurz für das Verzeichnis Ihrer Organisation. Machen Sie es länger.
password-directory-quality = Das Passwort ist zu einfach für das Verzeichnis Ihrer Organisation. Mischen Sie Wörter, Großbuchstaben, Ziffern und Sonderzeichen.
password-directory-unreachable = Das Verzeichnis Ihrer Organisation antwortet gerade nicht. Ihr Passwort wurde nicht geändert. Versuchen Sie es in ein paar Minuten noch einmal.
password-directory-misconfigured = Das Verzeichnis Ihrer Organisation lässt uns Ihr Passwort nicht ändern. Ihr Passwort wurde nicht geändert. Wenden Sie sich an Ihren Administrator.
password-outcome-unknown = Wir haben nicht erfahren, ob Ihr Passwort geändert wurde. Wählen Sie noch einmal eines: Falls es schon geändert war, schadet das nicht.

## Unlock

unlock-title = Entsperren Sie Ihr Konto
unlock-hint = Sie sind es wirklich. Ihr Passwort bleibt gleich.
unlock-do = Mein Konto entsperren
unlock-working = Ihr Konto wird entsperrt…
unlock-directory-unreachable = Das Verzeichnis Ihrer Organisation antwortet gerade nicht. Ihr Konto ist noch gesperrt. Versuchen Sie es in ein paar Minuten noch einmal.
unlock-directory-misconfigured = Das Verzeichnis Ihrer Organisation lässt uns Ihr Konto nicht entsperren. Wenden Sie sich an Ihren Administrator.
unlock-outcome-unknown = Wir haben nicht erfahren, ob Ihr Konto entsperrt wurde. Versuchen Sie es noch einmal: Falls es schon entsperrt war, schadet das nicht.

## Done

done-reset-title = Ihr Passwort ist geändert
done-reset-now = Es gilt ab jetzt überall.
done-reset-soon = { $minutes ->
    [one] Es gilt innerhalb von { $minutes } Minute überall.
   *[other] Es gilt innerhalb von { $minutes } Minuten überall.
}
done-unlock-title = Ihr Konto ist entsperrt
done-unlock-now = Sie können sich mit dem Passwort anmelden, das Sie kennen.
done-unlock-soon = { $minutes ->
    [one] Innerhalb von { $minutes } Minute können Sie sich mit dem Passwort anmelden, das Sie kennen.
   *[other] Innerhalb von { $minutes } Minuten können Sie sich mit dem Passwort anmelden, das Sie kennen.
}
done-notified = Wir haben es an { $places } gemeldet. So erfahren Sie davon, auch wenn Sie es nicht waren.
done-devices = Telefone und andere Geräte, die sich von selbst anmelden, haben noch das alte Passwort. Ändern Sie es auch dort.
done-sign-in = Anmelden
done-close = Sie können diese Seite schließen.

## Refusals

refusal-what-you-can-do = Was Sie tun können
refusal-who-can-help = Wer helfen kann
refusal-when = Wann es wieder geht
refusal-details = Angaben für Ihren Helpdesk
refusal-details-line = { $code }. { $detail }
refusal-help-request = Benachrichtigen Sie Ihren Administrator von hier aus; Ihr Supportcode geht mit.
refusal-help-link = Auf der Hilfeseite Ihrer Organisation steht, wie Sie Ihren Helpdesk erreichen.
refusal-help-ask = Rufen Sie Ihren Helpdesk an oder gehen Sie vorbei, und lesen Sie den Supportcode unten vor.
refusal-tenant-disabled-title = Ihre Organisation hat diesen Dienst ausgeschaltet
refusal-tenant-disabled-do = Bitten Sie Ihren Administrator um ein neues Passwort.
refusal-tenant-disabled-detail = Das Zurücksetzen von Passwörtern ist für diese Organisation nicht eingeschaltet.
refusal-no-policy-title = Ihre Organisation hat diesen Dienst noch nicht eingerichtet
refusal-no-policy-do = Bitten Sie Ihren Administrator um ein neues Passwort.
refusal-no-policy-detail = Für diese Organisation gibt es keine Richtlinie zum Zurücksetzen von Passwörtern.
refusal-not-licensed-title = Ihr Konto hat keine Lizenz für diesen Dienst
refusal-not-licensed-do = Bitten Sie Ihren Administrator um ein neues Passwort und um die Lizenz.
refusal-not-licensed-detail = Die Lizenz, die das Zurücksetzen von Passwörtern braucht, ist nicht zugewiesen.
refusal-not-in-group-title = Dieser Dienst steht Ihrem Konto nicht offen
refusal-not-in-group-do = Bitten Sie Ihren Administrator um ein neues Passwort oder um Aufnahme in die Gruppe, die diesen Dienst nutzen darf.
refusal-not-in-group-detail = Das Konto ist in keiner Gruppe, für die das Zurücksetzen von Passwörtern eingeschaltet ist.
refusal-account-not-enabled-title = Ihr Konto ist für diesen Dienst nicht eingeschaltet
refusal-account-not-enabled-do = Bitten Sie Ihren Administrator, Ihr Konto einzuschalten.
refusal-account-not-enabled-detail = Das Konto ist deaktiviert oder vom Zurücksetzen von Passwörtern ausgenommen.
refusal-could-not-verify-title = Wir können nicht prüfen, dass Sie es sind
refusal-could-not-verify-do = Bitten Sie Ihren Administrator um ein neues Passwort. Hinterlegen Sie nach dem Anmelden eine Telefonnummer oder eine andere E-Mail-Adresse, dann können Sie sich das nächste Mal selbst helfen.
refusal-could-not-verify-detail = Für das Konto ist das Zurücksetzen eingeschaltet, aber es ist keine Prüfmethode hinterlegt.
refusal-not-properly-configured-title = Es ist zu wenig hinterlegt, um zu prüfen, dass Sie es sind
refusal-not-properly-configured-do = Bitten Sie Ihren Administrator um ein neues Passwort. Hinterlegen Sie nach dem Anmelden eine weitere Telefonnummer oder E-Mail-Adresse, dann können Sie sich das nächste Mal selbst helfen.
refusal-not-properly-configured-detail = Es sind weniger Prüfmethoden hinterlegt, als die Richtlinie verlangt.
refusal-managed-elsewhere-title = Ihr Passwort liegt bei einem anderen System
refusal-managed-elsewhere-do = Ändern Sie es dort, wo Sie es bekommen haben, oder fragen Sie Ihren Administrator, wo das ist.
refusal-managed-elsewhere-detail = Das Passwort dieses Kontos wird nicht von diesem Dienst verwaltet.
refusal-write-back-not-enabled-title = Ihr Passwort lässt sich nur innerhalb Ihrer Organisation ändern
refusal-write-back-not-enabled-do = Bitten Sie Ihren Administrator um ein neues Passwort.
refusal-write-back-not-enabled-detail = Das Passwort wird lokal verwaltet, und das Zurückschreiben ist nicht eingeschaltet.
refusal-on-premises-admin-action-title = Etwas in der Einrichtung Ihrer Organisation steht im Weg
refusal-on-premises-admin-action-do = Bitten Sie Ihren Administrator um ein neues Passwort, und lesen Sie den Code aus den Angaben vor.
refusal-on-premises-admin-action-detail = Das Zurückschreiben geht nicht, weil die lokale Konfiguration einen Fehler hat.
refusal-on-premises-connectivity-title = Das Verzeichnis Ihrer Organisation antwortet gerade nicht
refusal-on-premises-connectivity-do = Versuchen Sie es in ein paar Minuten noch einmal.
refusal-on-premises-connectivity-detail = Das Zurückschreiben geht nicht, weil die lokale Umgebung nicht erreichbar ist.
refusal-on-premises-connectivity-when = Sobald die Verbindung wieder da ist, oft nach wenigen Minuten.

## Locked, ended, lost, broken

locked-title = Zu viele Versuche: 24 Stunden gesperrt
locked-until = Am { $time } können Sie es wieder versuchen.
locked-why = So kann niemand anderes endlos weiterprobieren.
locked-do = Warten Sie bis dahin, oder bitten Sie Ihren Administrator jetzt um ein neues Passwort.
ended-title = Ihre Zeit hierfür ist um
ended-body = Zu Ihrer Sicherheit endet ein Versuch nach 15 Minuten. Es wurde nichts geändert.
ended-cancelled-title = Sie haben diesen Versuch verlassen
ended-cancelled-body = Es wurde nichts geändert.
ended-superseded-title = Das ist schon erledigt
ended-superseded-body = Ihr Konto wurde in einem anderen Versuch zurückgesetzt oder entsperrt, während dieser offen war. Deshalb ist er beendet. Wenn Sie das nicht waren, wenden Sie sich sofort an Ihren Administrator.
leave-title = Verlassen und neu beginnen?
leave-body = Wenn Sie bleiben, bleibt auch, was Sie schon gezeigt haben.
leave-stay = Hier weitermachen
leave-go = Verlassen und neu beginnen
idle-warning = { $minutes ->
    [one] In { $minutes } Minute endet dieser Versuch. Bis dahin bleibt, was Sie eingegeben haben.
   *[other] In { $minutes } Minuten endet dieser Versuch. Bis dahin bleibt, was Sie eingegeben haben.
}
idle-warning-seconds = { $seconds ->
    [one] In { $seconds } Sekunde endet dieser Versuch.
   *[other] In { $seconds } Sekunden endet dieser Versuch.
}
lost-title = Die Verbindung ist weg
lost-body = Was Sie eingegeben haben, ist noch da, und nichts wird doppelt gesendet. Prüfen Sie, ob Sie online sind, und versuchen Sie es noch einmal.
lost-retry = Noch einmal versuchen
lost-many = Gerade fragen viele gleichzeitig an. Um { $time } können Sie es wieder versuchen.
lost-service = Der Dienst hat nicht so geantwortet, wie er soll. Es ging nichts verloren: Versuchen Sie es noch einmal.
broken-title = Auf dieser Seite ist etwas kaputtgegangen
broken-body = Nichts von Ihnen ging verloren. Laden Sie die Seite neu, und Sie sind wieder da, wo Sie waren.
broken-reload = Seite neu laden
broken-help = Wenn es wieder passiert, wenden Sie sich an Ihren Administrator oder Ihren Helpdesk.
no-script-title = Diese Seite braucht einen neueren Browser oder eingeschaltete Skripte
no-script-body = Schalten Sie für diese Seite JavaScript und WebAssembly ein, oder öffnen Sie sie in einem anderen Browser. Wenn beides nicht geht, rufen Sie Ihren Helpdesk oder Ihren Administrator an: Dort bekommen Sie ein neues Passwort.

## Mails, texts and calls

mail-code-subject = { $code } ist Ihr Code für { $tenant }
mail-code-body = Jemand, hoffentlich Sie, möchte zurück in das Konto { $identifier }. Ihr Code ist { $code }. Er gilt bis { $time }. Wenn Sie es nicht waren, tun Sie nichts: Ohne den Code ändert sich nichts. Niemand von { $tenant } wird Sie je danach fragen.
mail-reset-subject = Ihr Passwort wurde geändert
mail-reset-body = Das Passwort von { $identifier } wurde geändert. Zeitpunkt: { $time }. Wenn Sie es waren, ist nichts zu tun. Wenn nicht, wenden Sie sich sofort an Ihren Administrator und nennen Sie den Supportcode { $code }.
mail-unlocked-subject = Ihr Konto wurde entsperrt
mail-unlocked-body = Das Konto { $identifier } wurde entsperrt. Zeitpunkt: { $time }. Wenn Sie es waren, ist nichts zu tun. Wenn nicht, wenden Sie sich sofort an Ihren Administrator und nennen Sie den Supportcode { $code }.
mail-locked-subject = Zu viele Versuche für Ihr Konto
mail-locked-body = Es wurde zu oft versucht, wieder in das Konto { $identifier } zu kommen. Letzter Versuch: { $time }. Ihr Passwort ist noch dasselbe, und bis { $until } kann es niemand wieder versuchen. Wenn Sie es waren, warten Sie bis dahin, oder bitten Sie Ihren Administrator um ein neues Passwort. Wenn nicht, wenden Sie sich sofort an Ihren Administrator und nennen Sie den Supportcode { $code }.
mail-admin-reset-subject = Das Passwort eines Administrators wurde geändert
mail-admin-reset-body = Das Passwort des Administrators { $identifier } wurde über die Selbstbedienung geändert. Zeitpunkt: { $time }. Wenn das niemand war, den Sie kennen, gehen Sie dem sofort nach. Supportcode { $code }.
mail-help-subject = { $identifier } kommt nicht mehr hinein
mail-help-body = { $identifier } hat versucht, wieder hineinzukommen, und bittet Sie um Hilfe. Zeitpunkt: { $time }. Prüfen Sie zuerst, dass es wirklich diese Person ist. Supportcode { $code }.
server-mail-contact = Brauchen Sie Hilfe? Das ist Ihr Helpdesk: { $address }
text-code-body = { $code } ist Ihr Code für { $tenant }. Er gilt bis { $time }. Geben Sie ihn niemandem.
voice-code-body = Dies ist ein Anruf von { $tenant }. Wenn Sie zurück in Ihr Konto möchten, drücken Sie #. Wenn nicht, legen Sie auf.
server-voice-pressed = Danke. Machen Sie in Ihrem Browser weiter.

## The demo beside the wizard

demo-open = Demo öffnen
demo-open-new = { $total ->
    [one] Demo öffnen: { $total } neue Nachricht
   *[other] Demo öffnen: { $total } neue Nachrichten
}
demo-close = Zurück zur Seite
demo-title = Die Demo
demo-intro = Alles läuft in dieser Seite: die echte Prüfung, ein Telefon, ein Postfach und ein Verzeichnis. Nichts verlässt Ihr Gerät.
demo-personas = Wer sind Sie heute?
demo-phone = Das Telefon
demo-phone-empty = Noch keine SMS und kein Anruf.
demo-phone-calling = { $tenant } ruft an
demo-phone-press = # drücken
demo-phone-hang-up = Auflegen
demo-phone-answered = Sie haben den Anruf angenommen und # gedrückt.
demo-phone-missed = Sie haben diesen Anruf verpasst.
demo-mailbox = Das Postfach
demo-mailbox-empty = Noch keine E-Mail.
demo-to = An { $address }
demo-copy = { $code } kopieren
demo-app = Die Authenticator-App
demo-app-left = { $seconds ->
    [one] Neuer Code in { $seconds } Sekunde.
   *[other] Neuer Code in { $seconds } Sekunden.
}
demo-clock = Die Uhr
demo-clock-now = Es ist { $time }.
demo-clock-forward-minute = 1 Minute später
demo-clock-forward-five = 5 Minuten später
demo-clock-forward-quarter = 15 Minuten später
demo-clock-forward-day = 24 Stunden später
demo-connection = Die Verbindung
demo-connection-online = Online
demo-connection-offline = Offline
demo-connection-lossy = Verliert die nächste Antwort
demo-directory = Das Verzeichnis
demo-directory-healthy = Gesund
demo-directory-unreachable = Antwortet nicht
demo-directory-misconfigured = Lässt uns nicht schreiben
demo-audit = Das Prüfprotokoll
demo-audit-empty = Es ist noch nichts geschehen.
demo-reset = Demo von vorn beginnen
demo-break = Seite abstürzen lassen
demo-hint-phone = Hinterlegte Mobilnummer
demo-hint-office = Hinterlegte Büronummer
demo-hint-answers = Hinterlegte Antworten
demo-persona-ada = Ein Tor: E-Mail oder SMS
demo-persona-bram = Zwei Tore: SMS und Authenticator-App
demo-persona-chen = Ein Anruf auf dem Mobiltelefon oder im Büro
demo-persona-dalia = Sicherheitsfragen
demo-persona-elif = Wird gefragt: vergessen oder gesperrt
demo-persona-femke = Administration: immer zwei Tore
demo-persona-george = Lokal verwaltet: Änderungen brauchen zwei Minuten
demo-persona-hana = Ein Tor: Authenticator-App
demo-persona-nobody = Niemand: ein Konto, das es nicht gibt
demo-persona-locked = 24 Stunden gesperrt
demo-persona-refusal = Abgelehnt: { $refusal }
