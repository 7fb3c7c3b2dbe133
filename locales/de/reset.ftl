# The words of the wizard, in German. The keys and their order are those of en/reset.ftl.
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
wizard-start-again-now = Jetzt neu beginnen
gate-mark = Schritt { $gate } von { $total }
gate-mark-open = Beide Schritte erledigt
account-for = Für { $identifier }
account-change = Ändern
summary-title = Etwas stimmt noch nicht

## Support

support-code = Supportcode { $code }
support-panel-title = Angaben für den Helpdesk
support-panel-intro = Geben Sie diese Angaben der Person, die Ihnen hilft. Sie sind nicht geheim.
support-label-code = Supportcode
support-label-reason = Grund
support-label-sid = Versuch (SID)
support-label-cid = Korrelation (CID)
support-label-page = Seite
support-label-time = Zeit
support-label-identifier = Konto
support-copy = Alles kopieren
support-copied = Kopiert.
support-copy-failed = Dieser Browser kann den Text nicht kopieren. Markieren Sie den Text und kopieren Sie ihn selbst.
support-share = Teilen
support-contact = Nachricht an Ihren Administrator senden
support-contacting = Die Nachricht wird gesendet…
support-contacted = Wir haben Ihrem Administrator um { $time } eine Nachricht mit Ihrem Supportcode gesendet.
support-contact-link = Zur Hilfeseite Ihrer Organisation

## Who are you

identify-title = Zurück in Ihr Konto
identify-hint = Geben Sie den Benutzernamen oder die dienstliche E‑Mail-Adresse ein, mit der Sie sich anmelden.
identify-label = Benutzername oder E‑Mail-Adresse
identify-empty = Geben Sie Ihren Benutzernamen oder Ihre E‑Mail-Adresse ein.
identify-too-long = Ein Benutzername hat höchstens { $max } Zeichen. Prüfen Sie, was Sie eingefügt haben.
identify-malformed = Geben Sie einen Benutzernamen oder eine E‑Mail-Adresse ein, zum Beispiel ada@contoso.example.
identify-organisation-missing = Ergänzen Sie @ und Ihre Organisation, zum Beispiel ada@contoso.example.
identify-organisation-unknown = Wir kennen diese Organisation nicht. Prüfen Sie, was Sie nach dem @ eingegeben haben.
identify-organisation-other = Diese Seite ist für { $tenant }. Geben Sie Ihren Benutzernamen oder Ihre E‑Mail-Adresse bei { $tenant } ein.
identify-portal-not-listed = Diese Seite ist für Ihre Organisation nicht eingerichtet. Rufen Sie die Seite Ihrer eigenen Organisation auf.
identify-working = Wir prüfen, wie Sie wieder Zugang bekommen…
identify-reset-before = Ihr Passwort wurde um { $time } geändert.
identify-unlocked-before = Ihr Konto wurde um { $time } entsperrt.
identify-work-refused = Eine Sicherheitsprüfung hat zu lange gedauert. Wählen Sie „Weiter“, um es noch einmal zu versuchen.

## Why are you having trouble

purpose-title = Wobei brauchen Sie Hilfe?
purpose-reset = Ich habe mein Passwort vergessen
purpose-reset-hint = Sie wählen ein neues.
purpose-unlock = Ich kenne mein Passwort, kann mich aber nicht anmelden
purpose-unlock-hint = Wir entsperren Ihr Konto. Ihr Passwort bleibt gleich.
purpose-empty = Wählen Sie, wobei Sie Hilfe brauchen.

## Choose a method

method-title = Wie möchten Sie bestätigen, dass Sie es sind?
method-title-second = Bestätigen Sie es nun auf einem zweiten Weg
method-empty = Wählen Sie, wie Sie bestätigen möchten, dass Sie es sind.
method-email = Einen Code an meine andere E‑Mail-Adresse senden
method-mobile-sms = Einen Code per SMS senden
method-mobile-call = Mein Mobiltelefon anrufen
method-office-call = Mein Telefon im Büro anrufen
method-questions = Meine Sicherheitsfragen beantworten
method-authenticator-code = Einen Code aus meiner Authenticator-App verwenden
method-ending = Endet auf { $hint }
method-none-of-these = Ich kann keine dieser Möglichkeiten nutzen
method-passed = Schritt 1 ist erledigt.
method-sending = Ihr Code wird gesendet…
method-calling = Wir rufen Sie an…
method-starting = Einen Moment…

## Type the phone number

phone-title-text = An welche Nummer senden wir die SMS?
phone-title-call = Welche Nummer rufen wir an?
phone-hint-end = Geben Sie Ihre ganze Nummer ein, mit der Landesvorwahl. Sie endet auf { $end }.
phone-label = Telefonnummer
phone-send = SMS senden
phone-call = Mich anrufen
phone-empty = Geben Sie Ihre Telefonnummer ein.
phone-letters = Eine Telefonnummer hat keine Buchstaben. Prüfen Sie Zeichen { $position }.
phone-character = Eine Telefonnummer hat nur Ziffern. Prüfen Sie Zeichen { $position }.
phone-no-country = Beginnen Sie mit + und der Landesvorwahl, etwa +49.
phone-unknown-country = Kein Land hat die Vorwahl +{ $code }. Prüfen Sie die Ziffern nach dem +.
phone-too-short = Es fehlen Ziffern. Nach der Landesvorwahl kommen mindestens { $min } Ziffern.
phone-too-long = Es sind zu viele Ziffern. Nach der Landesvorwahl kommen höchstens { $max } Ziffern.
phone-length = Nummern in diesem Land sind länger oder kürzer. Prüfen Sie jede Ziffer.
phone-malformed = Das sieht nicht nach einer Telefonnummer aus. Prüfen Sie jede Ziffer.
phone-premium-rate = Anrufe bei dieser Nummer kosten extra. Deshalb können wir sie nicht verwenden. Geben Sie eine andere Nummer ein.
phone-shared-cost = Anrufe bei dieser Nummer bezahlen beide Seiten. Deshalb können wir sie nicht verwenden. Geben Sie eine andere Nummer ein.
phone-pager = Das ist die Nummer eines Pagers. Dort können wir Sie weder anrufen noch per SMS erreichen. Geben Sie eine andere Nummer ein.
phone-voicemail = Unter dieser Nummer meldet sich ein Anrufbeantworter. Dort können wir Sie nicht erreichen. Geben Sie eine andere Nummer ein.
phone-mismatch = { $left ->
    [1] Das ist nicht die Nummer, die Ihre Organisation von Ihnen hat. Sie haben noch einen Versuch, bevor der Zugang gesperrt wird. Wenden Sie sich besser an Ihren Administrator.
   *[other] Das ist nicht die Nummer, die Ihre Organisation von Ihnen hat. Sie können es noch { $left } Mal versuchen.
}
phone-extension-stripped = Wir haben die Durchwahl { $extension } weggelassen. Eine Durchwahl können wir weder anrufen noch per SMS erreichen.

## Enter the code

code-title-email = Geben Sie den Code aus der E‑Mail ein
code-title-text = Geben Sie den Code aus der SMS ein
code-title-authenticator = Geben Sie den Code aus Ihrer Authenticator-App ein
code-sent-email = Wir haben einen Code mit { $digits } Ziffern an Ihre andere E‑Mail-Adresse gesendet. Es kann eine Minute dauern. Sehen Sie auch im Spamordner nach.
code-sent-text = Wir haben einen Code mit { $digits } Ziffern an die Nummer gesendet, die auf { $hint } endet. Es kann eine Minute dauern.
code-authenticator-hint = Öffnen Sie die App auf Ihrem Telefon und geben Sie die { $digits } Ziffern ein, die sie für dieses Konto anzeigt.
code-label = Code
code-dead = Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.
code-expires = Gilt bis { $time }
code-ended = Dieser Code galt bis { $time }
code-empty = Geben Sie den Code ein.
code-too-short = Der Code hat { $digits } Ziffern. Es fehlen Ziffern.
code-too-long = Der Code hat { $digits } Ziffern. Sie haben mehr eingegeben.
code-wrong = { $left ->
    [0] Das ist nicht der richtige Code.
    [1] Das ist nicht der richtige Code. Sie haben noch einen Versuch, bevor der Zugang gesperrt wird. Wenden Sie sich besser an Ihren Administrator.
   *[other] Das ist nicht der richtige Code. Sie können es noch { $left } Mal versuchen.
}
code-wrong-authenticator = { $left ->
    [1] Das ist nicht der Code, den die App anzeigt. Sie haben noch einen Versuch, bevor der Zugang gesperrt wird. Wenden Sie sich besser an Ihren Administrator.
   *[other] Das ist nicht der Code, den die App jetzt anzeigt. Sie können es noch { $left } Mal versuchen.
}
code-expired = Der Code war richtig, ist aber abgelaufen. Fordern Sie einen neuen an.
code-superseded = Das ist ein älterer Code. Geben Sie den neuesten ein, den wir gesendet haben.
code-used = Dieser Code wurde schon verwendet. Geben Sie den neuesten ein, den wir gesendet haben.
code-used-authenticator = Dieser Code wurde schon verwendet. Warten Sie, bis die App den nächsten anzeigt.
code-spent = { $left ->
    [0] Zu viele falsche Codes. Fordern Sie einen neuen an.
    [1] Zu viele falsche Codes. Fordern Sie einen neuen an, aber Vorsicht: Sie haben noch einen Versuch, bevor der Zugang gesperrt wird.
   *[other] Zu viele falsche Codes. Fordern Sie einen neuen an. Sie können es noch { $left } Mal versuchen.
}
last-try = Sie haben noch einen Versuch, bevor der Zugang gesperrt wird.
still-open = { $left ->
    [0] In einem anderen Versuch wurde zu oft etwas Falsches eingegeben. Deshalb ist dies bis { $time } gesperrt. Hier können Sie noch fertig werden.
    [1] In einem anderen Versuch wurde zu oft etwas Falsches eingegeben. Deshalb ist dies bis { $time } gesperrt. Hier können Sie noch fertig werden, aber Sie können es nur noch einmal versuchen.
   *[other] In einem anderen Versuch wurde zu oft etwas Falsches eingegeben. Deshalb ist dies bis { $time } gesperrt. Hier können Sie noch fertig werden: Sie können es noch { $left } Mal versuchen.
}
method-locked = Es gab zu viele falsche Versuche auf dem Weg, den Sie gewählt hatten. Er ist bis { $time } gesperrt.
code-wait = Wir haben vor Kurzem einen Code gesendet. Ab { $time } können Sie einen neuen anfordern.
code-wait-soon = Wir haben vor Kurzem einen Code gesendet. Sie können einen neuen anfordern, wenn die Zeit auf dem Knopf abgelaufen ist.
code-resend = Neuen Code senden
code-new-in = Neuer Code in { $time }
code-new-from = Neuer Code ab { $time }
code-resend-ready = Sie können jetzt einen neuen Code anfordern.
code-sent-again = Wir haben einen neuen Code gesendet. Der alte gilt nicht mehr.
code-checking = Der Code wird geprüft…
code-other-method = Anderen Weg wählen

## Answer the call

call-title = Nehmen Sie den Anruf an und drücken Sie #
call-hint = Wir rufen die Nummer an, die auf { $hint } endet. Das kann 20 Sekunden dauern.
call-waiting = Wir warten, bis Sie abheben und # drücken…
call-failed = Der Anruf endete, bevor Sie # gedrückt haben.
call-retry = Mich noch einmal anrufen
call-retry-ready = Sie können sich jetzt noch einmal anrufen lassen.

## Answer the questions

questions-title = Beantworten Sie Ihre Sicherheitsfragen
questions-hint = Groß- und Kleinschreibung und Leerzeichen vor oder nach einer Antwort spielen keine Rolle.
questions-empty = Beantworten Sie die Frage „{ $question }“.
questions-incomplete = Eine Antwort ist leer oder zu lang. Prüfen Sie, was Sie eingegeben haben.
questions-wrong = { $left ->
    [1] Mindestens eine Antwort ist falsch. Sie haben noch einen Versuch, bevor der Zugang gesperrt wird. Wenden Sie sich besser an Ihren Administrator.
   *[other] Mindestens eine Antwort ist falsch. Hier sind Ihre Fragen noch einmal. Sie können es noch { $left } Mal versuchen.
}
questions-checking = Ihre Antworten werden geprüft…
question-1 = In welcher Stadt haben Sie Ihre erste Partnerin oder Ihren ersten Partner kennengelernt?
question-2 = In welcher Stadt haben sich Ihre Eltern kennengelernt?
question-3 = In welcher Stadt lebt der Bruder oder die Schwester, der oder die am nächsten bei Ihnen wohnt?
question-4 = In welcher Stadt wurde Ihr Vater geboren?
question-5 = In welcher Stadt hatten Sie Ihre erste Arbeitsstelle?
question-6 = In welcher Stadt wurde Ihre Mutter geboren?
question-7 = In welcher Stadt waren Sie an Silvester 1999?
question-8 = Wie heißt Ihre Lieblingslehrkraft der weiterführenden Schule mit Nachnamen?
question-9 = An welcher Hochschule haben Sie sich beworben, ohne dort zu studieren?
question-10 = Wo war die Feier Ihrer ersten Hochzeit?
question-11 = Wie lautet der zweite Vorname Ihres Vaters?
question-12 = Was ist Ihr Lieblingsessen?
question-13 = Wie lauten Vor- und Nachname der Mutter Ihrer Mutter?
question-14 = Wie lautet der zweite Vorname Ihrer Mutter?
question-15 = In welchem Monat und Jahr wurde Ihr ältester Bruder oder Ihre älteste Schwester geboren?
question-16 = Wie lautet der zweite Vorname Ihres ältesten Bruders oder Ihrer ältesten Schwester?
question-17 = Wie lauten Vor- und Nachname des Vaters Ihres Vaters?
question-18 = Wie lautet der zweite Vorname Ihres jüngsten Bruders oder Ihrer jüngsten Schwester?
question-19 = Welche Schule haben Sie mit elf Jahren besucht?
question-20 = Wie hieß in Ihrer Kindheit Ihre beste Freundin oder Ihr bester Freund mit Vor- und Nachnamen?
question-21 = Wie hieß Ihre erste Liebe mit Vor- und Nachnamen?
question-22 = Wie heißt Ihre Lieblingslehrkraft der Grundschule mit Nachnamen?
question-23 = Welche Marke und welches Modell hatte Ihr erstes Auto oder Motorrad?
question-24 = Wie hieß Ihre erste Schule?
question-25 = In welchem Krankenhaus wurden Sie geboren?
question-26 = In welcher Straße haben Sie als Kind zuerst gewohnt?
question-27 = Wer war in Ihrer Kindheit Ihre Heldin oder Ihr Held?
question-28 = Wie hieß Ihr Lieblingskuscheltier?
question-29 = Wie hieß Ihr erstes Haustier?
question-30 = Welchen Spitznamen hatten Sie als Kind?
question-31 = Was war Ihr Lieblingssport in der Schule?
question-32 = Was war Ihre erste Arbeitsstelle?
question-33 = Wie lauten die letzten vier Ziffern der Telefonnummer aus Ihrer Kindheit?
question-34 = Was wollten Sie als Kind werden?
question-35 = Wer ist die berühmteste Person, der Sie begegnet sind?

## New password

password-title = Wählen Sie ein neues Passwort
password-hint = Ein paar Wörter, die nur Sie so aneinanderreihen würden, sind leicht zu merken und schwer zu erraten.
password-label = Neues Passwort
password-show = Passwort anzeigen
password-show-short = Anzeigen
password-hide = Passwort ausblenden
password-hide-short = Ausblenden
password-visible = Ihr Passwort ist sichtbar.
password-hidden = Ihr Passwort ist ausgeblendet.
password-rules-title = Anforderungen an Ihr Passwort
password-rule-met = Erfüllt:
password-rule-open = Noch nicht:
password-rule-length = { $min } bis { $max } Zeichen
password-rule-classes = { $required } von diesen vier: Kleinbuchstaben, Großbuchstaben, Ziffern, Sonderzeichen
password-rule-ascii = nur Buchstaben, Ziffern und Zeichen der englischen Tastatur
password-rule-identifier = keine 4 Buchstaben oder Ziffern hintereinander aus Ihrem Benutzernamen
password-rule-common = kein häufiges Passwort, keine Wiederholung, keine Tastenreihe, kein Datum und nicht Ihr Name oder der Ihrer Organisation; das prüfen wir, wenn Sie „Passwort festlegen“ wählen
password-rule-directory = die Regeln Ihrer Organisation; die prüfen wir, wenn Sie „Passwort festlegen“ wählen
password-set = Passwort festlegen
password-setting = Ihr Passwort wird festgelegt. Das kann eine halbe Minute dauern. Lassen Sie diese Seite offen.
password-gates-kept = Sie müssen nicht noch einmal bestätigen, dass Sie es sind.
password-empty = Geben Sie ein neues Passwort ein.
password-too-short = { $missing ->
    [one] Ihr Passwort muss { $min } Zeichen oder mehr haben. { $missing } fehlt noch.
   *[other] Ihr Passwort muss { $min } Zeichen oder mehr haben. { $missing } fehlen noch.
}
password-too-long = Ihr Passwort darf höchstens { $max } Zeichen haben.
password-too-few-classes = Ihr Passwort braucht { $required } von diesen vier: Kleinbuchstaben, Großbuchstaben, Ziffern, Sonderzeichen.
password-not-ascii = Ihr Passwort hat ein Zeichen, das die Systeme Ihrer Organisation nicht verwenden können. Verwenden Sie nur Buchstaben, Ziffern und Zeichen der englischen Tastatur.
password-control-character = Ihr Passwort hat ein Zeichen, das sich nicht auf jeder Tastatur eingeben lässt, etwa einen Tabulator oder einen Zeilenumbruch. Entfernen Sie es.
password-repetition = Ihr Passwort besteht vor allem aus immer denselben Zeichen. So etwas wird zuerst ausprobiert. Fügen Sie etwas hinzu, auf das nur Sie kommen.
password-sequence = Ihr Passwort besteht vor allem aus Tasten, Buchstaben oder Ziffern der Reihe nach. So etwas wird zuerst ausprobiert. Fügen Sie etwas hinzu, auf das nur Sie kommen.
password-date = Ihr Passwort besteht vor allem aus einem Datum. So etwas wird zuerst ausprobiert. Fügen Sie etwas hinzu, auf das nur Sie kommen.
password-contains-identifier = Ihr Passwort enthält 4 oder mehr Buchstaben oder Ziffern hintereinander aus Ihrem Benutzernamen. Entfernen Sie diese.
password-contains-other-identifier = Ihr Passwort enthält einen Teil eines anderen Benutzernamens oder einer anderen E‑Mail-Adresse von Ihnen. Entfernen Sie ihn.
password-contains-name = Ihr Passwort enthält Ihren Namen oder einen Teil davon. Entfernen Sie ihn.
password-contains-tenant = Ihr Passwort enthält den Namen Ihrer Organisation. Entfernen Sie ihn.
password-banned = Viele verwenden dieses Passwort oder ein sehr ähnliches. Deshalb ist es leicht zu erraten. Wählen Sie ein anderes.
password-banned-custom = Ihre Organisation erlaubt dieses Passwort oder ein sehr ähnliches nicht. Wählen Sie ein anderes.
password-too-guessable = Ihr Passwort besteht vor allem aus Wörtern, die leicht zu erraten sind. Fügen Sie etwas hinzu, auf das nur Sie kommen.
password-too-guessable-custom = Ihr Passwort besteht vor allem aus Wörtern, die Ihre Organisation nicht erlaubt. Fügen Sie etwas hinzu, auf das nur Sie kommen.
password-directory-policy = Das Verzeichnis Ihrer Organisation hat dieses Passwort nicht angenommen. Vielleicht ist es zu kurz, zu einfach oder schon einmal verwendet, oder Sie haben es erst vor Kurzem geändert.
password-directory-history = Dieses Passwort haben Sie schon einmal verwendet. Wählen Sie ein neues.
password-directory-age = Sie haben Ihr Passwort erst vor Kurzem geändert. Versuchen Sie es morgen noch einmal oder wenden Sie sich an Ihren Administrator.
password-directory-length = Dieses Passwort ist zu kurz für das Verzeichnis Ihrer Organisation. Machen Sie es länger.
password-directory-quality = Dieses Passwort ist zu einfach für das Verzeichnis Ihrer Organisation. Mischen Sie Wörter, Großbuchstaben, Ziffern und Sonderzeichen.
password-directory-unreachable = Das Verzeichnis Ihrer Organisation antwortet nicht. Ihr Passwort wurde nicht geändert. Versuchen Sie es in ein paar Minuten noch einmal.
password-breach-unreachable = Wir können Ihr neues Passwort im Moment nicht prüfen. Ihr Passwort wurde nicht geändert. Versuchen Sie es in ein paar Minuten noch einmal.
password-directory-misconfigured = Das Verzeichnis Ihrer Organisation lässt nicht zu, dass wir Ihr Passwort ändern. Ihr Passwort wurde nicht geändert. Wenden Sie sich an Ihren Administrator.
password-outcome-unknown = Wir wissen nicht, ob Ihr Passwort geändert wurde. Wählen Sie noch einmal eines. Wenn es schon geändert war, schadet das nicht.

## Unlock

unlock-title = Entsperren Sie Ihr Konto
unlock-hint = Wir haben bestätigt, dass Sie es sind. Ihr Passwort bleibt gleich.
unlock-do = Mein Konto entsperren
unlock-working = Ihr Konto wird entsperrt…
unlock-directory-unreachable = Das Verzeichnis Ihrer Organisation antwortet nicht. Ihr Konto ist noch gesperrt. Versuchen Sie es in ein paar Minuten noch einmal.
unlock-directory-misconfigured = Das Verzeichnis Ihrer Organisation lässt nicht zu, dass wir Ihr Konto entsperren. Wenden Sie sich an Ihren Administrator.
unlock-outcome-unknown = Wir wissen nicht, ob Ihr Konto entsperrt wurde. Versuchen Sie es noch einmal. Wenn es schon entsperrt war, schadet das nicht.

## Done

done-reset-title = Ihr Passwort wurde geändert
done-reset-now = Sie können es ab jetzt verwenden.
done-reset-soon = { $minutes ->
    [one] Sie können es innerhalb von { $minutes } Minute verwenden.
   *[other] Sie können es innerhalb von { $minutes } Minuten verwenden.
}
done-unlock-title = Ihr Konto wurde entsperrt
done-unlock-now = Sie können sich jetzt mit Ihrem Passwort anmelden.
done-unlock-soon = { $minutes ->
    [one] Innerhalb von { $minutes } Minute können Sie sich mit Ihrem Passwort anmelden.
   *[other] Innerhalb von { $minutes } Minuten können Sie sich mit Ihrem Passwort anmelden.
}
done-notified = Falls Sie das nicht waren, haben wir eine E‑Mail gesendet an:
done-devices = Telefone und andere Geräte, die sich automatisch anmelden, haben noch Ihr altes Passwort. Ändern Sie es auch dort.
done-sign-in = Anmelden
done-close = Sie können diese Seite schließen.

## Refusals

refusal-what-you-can-do = Was Sie tun können
refusal-who-can-help = Wer helfen kann
refusal-when = Wann es wieder geht
refusal-details = Angaben für Ihren Helpdesk
refusal-details-line = { $code }. { $detail }
refusal-help-request = Senden Sie Ihrem Administrator von dieser Seite aus eine Nachricht. Ihr Supportcode geht mit.
refusal-help-link = Auf der Hilfeseite Ihrer Organisation steht, wie Sie Ihren Helpdesk erreichen.
refusal-help-ask = Rufen Sie Ihren Helpdesk an oder gehen Sie dort vorbei und lesen Sie den Supportcode unten vor.
refusal-tenant-disabled-title = Ihre Organisation hat diesen Dienst ausgeschaltet
refusal-tenant-disabled-do = Bitten Sie Ihren Administrator um ein neues Passwort.
refusal-tenant-disabled-detail = Das Zurücksetzen von Passwörtern ist für diese Organisation ausgeschaltet.
refusal-no-policy-title = Ihre Organisation hat diesen Dienst noch nicht eingerichtet
refusal-no-policy-do = Bitten Sie Ihren Administrator um ein neues Passwort.
refusal-no-policy-detail = Diese Organisation hat keine Richtlinie zum Zurücksetzen von Passwörtern.
refusal-not-licensed-title = Ihr Konto hat keine Lizenz für diesen Dienst
refusal-not-licensed-do = Bitten Sie Ihren Administrator um ein neues Passwort und um eine Lizenz für diesen Dienst.
refusal-not-licensed-detail = Das Konto hat nicht die Lizenz, die für das Zurücksetzen von Passwörtern nötig ist.
refusal-not-in-group-title = Ihr Konto kann diesen Dienst nicht nutzen
refusal-not-in-group-do = Bitten Sie Ihren Administrator um ein neues Passwort oder darum, Sie in die Gruppe aufzunehmen, die diesen Dienst nutzen kann.
refusal-not-in-group-detail = Das Konto ist in keiner Gruppe, die das Zurücksetzen von Passwörtern nutzen kann.
refusal-account-not-enabled-title = Ihr Konto ist für diesen Dienst nicht freigeschaltet
refusal-account-not-enabled-do = Bitten Sie Ihren Administrator, Ihr Konto freizuschalten.
refusal-account-not-enabled-detail = Das Konto ist deaktiviert oder vom Zurücksetzen von Passwörtern ausgenommen.
refusal-could-not-verify-title = Wir können nicht prüfen, ob Sie es sind
refusal-could-not-verify-do = Bitten Sie Ihren Administrator um ein neues Passwort. Wenn Sie sich wieder anmelden können, hinterlegen Sie eine Telefonnummer oder eine andere E‑Mail-Adresse. Dann können Sie das beim nächsten Mal selbst erledigen.
refusal-could-not-verify-detail = Das Zurücksetzen von Passwörtern ist für das Konto freigeschaltet, aber es ist keine Prüfmethode hinterlegt.
refusal-not-properly-configured-title = Wir haben zu wenige Angaben, um zu prüfen, ob Sie es sind
refusal-not-properly-configured-do = Bitten Sie Ihren Administrator um ein neues Passwort. Wenn Sie sich wieder anmelden können, hinterlegen Sie eine weitere Telefonnummer oder E‑Mail-Adresse. Dann können Sie das beim nächsten Mal selbst erledigen.
refusal-not-properly-configured-detail = Für das Konto sind weniger Prüfmethoden hinterlegt, als die Richtlinie verlangt.
refusal-managed-elsewhere-title = Ihr Passwort wird in einem anderen System verwaltet
refusal-managed-elsewhere-do = Ändern Sie es in dem System, von dem Sie es bekommen haben. Ihr Administrator kann Ihnen sagen, welches das ist.
refusal-managed-elsewhere-detail = Dieser Dienst verwaltet das Passwort dieses Kontos nicht.
refusal-write-back-not-enabled-title = Sie können Ihr Passwort nur innerhalb Ihrer Organisation ändern
refusal-write-back-not-enabled-do = Bitten Sie Ihren Administrator um ein neues Passwort.
refusal-write-back-not-enabled-detail = Das Passwort wird lokal verwaltet, und das Zurückschreiben ist nicht freigeschaltet.
refusal-on-premises-admin-action-title = In den Einstellungen Ihrer Organisation gibt es einen Fehler
refusal-on-premises-admin-action-do = Bitten Sie Ihren Administrator um ein neues Passwort und lesen Sie den Code aus den Angaben vor.
refusal-on-premises-admin-action-detail = Das Zurückschreiben funktioniert nicht, weil die lokale Konfiguration einen Fehler hat.
refusal-on-premises-connectivity-title = Das Verzeichnis Ihrer Organisation antwortet nicht
refusal-on-premises-connectivity-do = Versuchen Sie es in ein paar Minuten noch einmal.
refusal-on-premises-connectivity-detail = Das Zurückschreiben funktioniert nicht, weil die lokale Umgebung nicht erreichbar ist.
refusal-on-premises-connectivity-when = Wenn die Verbindung wieder da ist, oft nach wenigen Minuten.

## Locked, ended, lost, broken

locked-title = Zu viele Versuche: vorübergehend gesperrt
locked-until = Am { $time } können Sie es wieder versuchen.
locked-why = So kann niemand anderes immer weiter raten.
locked-do = Warten Sie bis dahin oder bitten Sie Ihren Administrator, die Sperre jetzt aufzuheben.
ended-title = Die Zeit ist abgelaufen
ended-body = Die Zeit ist begrenzt, um Ihr Konto zu schützen. Es wurde nichts geändert.
ended-cancelled-title = Sie haben abgebrochen
ended-cancelled-body = Es wurde nichts geändert.
ended-superseded-title = Das ist schon erledigt
ended-superseded-body = Sie haben in einem anderen Versuch wieder Zugang zu Ihrem Konto bekommen, während dieser noch offen war. Deshalb haben wir diesen beendet. Wenn Sie das nicht waren, wenden Sie sich jetzt an Ihren Administrator.
leave-title = Abbrechen und neu beginnen?
leave-body = Wenn Sie abbrechen, beginnen Sie wieder von vorn.
leave-stay = Hier weitermachen
leave-go = Abbrechen und neu beginnen
idle-warning = { $minutes ->
    [one] Dieser Versuch endet in { $minutes } Minute.
   *[other] Dieser Versuch endet in { $minutes } Minuten.
}
idle-warning-seconds = { $seconds ->
    [one] Dieser Versuch endet in { $seconds } Sekunde.
   *[other] Dieser Versuch endet in { $seconds } Sekunden.
}
lost-title = Die Verbindung ist unterbrochen
lost-body = Ihre Eingaben sind noch da und werden nicht doppelt gesendet. Prüfen Sie, ob Sie online sind, und versuchen Sie es dann noch einmal.
lost-retry = Noch einmal versuchen
lost-many = Es gibt zu viele Anfragen. Sie können es ab { $time } wieder versuchen.
lost-service = Beim Dienst ist ein Fehler aufgetreten. Es ist nichts verloren. Versuchen Sie es noch einmal.
broken-title = Auf dieser Seite ist ein Fehler aufgetreten
broken-body = Laden Sie die Seite neu, um dort weiterzumachen, wo Sie waren. Ihre letzte Eingabe müssen Sie vielleicht wiederholen.
broken-reload = Seite neu laden
broken-help = Wenn es wieder passiert, wenden Sie sich an Ihren Administrator oder Helpdesk.
