# The words of the demo beside the wizard, in German. The voice is that of reset.ftl.

demo-open = Demo öffnen
demo-open-new = { $total ->
    [one] Demo öffnen: { $total } neue Nachricht
   *[other] Demo öffnen: { $total } neue Nachrichten
}
demo-close = Zurück zur Seite
demo-title = Die Demo
demo-intro = Alles läuft auf dieser Seite: der echte Dienst, ein Telefon, ein Postfach und ein Verzeichnis. Nichts verlässt Ihr Gerät.
demo-personas = Wählen Sie, wer Sie sind
demo-phone = Telefon
demo-phone-empty = Noch keine SMS und keine Anrufe.
demo-phone-calling = { $tenant } ruft an
demo-phone-press = # drücken
demo-phone-hang-up = Auflegen
demo-phone-answered = Sie haben den Anruf angenommen und # gedrückt.
demo-phone-missed = Sie haben diesen Anruf verpasst.
demo-mailbox = Postfach
demo-mailbox-empty = Noch keine E‑Mail.
demo-to = An { $address }
demo-copy = { $code } kopieren
demo-app = Authenticator-App
demo-app-left = { $seconds ->
    [one] Neuer Code in { $seconds } Sekunde.
   *[other] Neuer Code in { $seconds } Sekunden.
}
demo-clock = Uhr
demo-clock-now = Es ist { $time }.
demo-clock-forward-minute = 1 Minute später
demo-clock-forward-five = 5 Minuten später
demo-clock-forward-quarter = 15 Minuten später
demo-clock-forward-day = 24 Stunden später
demo-connection = Verbindung
demo-connection-online = Online
demo-connection-offline = Offline
demo-connection-lossy = Verliert die nächste Antwort
demo-directory = Verzeichnis
demo-directory-healthy = Funktioniert
demo-directory-unreachable = Antwortet nicht
demo-directory-misconfigured = Lässt uns nicht schreiben
demo-audit = Prüfprotokoll
demo-audit-empty = Es ist noch nichts geschehen.
demo-reset = Demo neu beginnen
demo-break = Seite abstürzen lassen
demo-hint-phone = Hinterlegte Mobilnummer
demo-hint-office = Hinterlegte Büronummer
demo-hint-answers = Hinterlegte Antworten
demo-persona-ada = Ein Schritt: E‑Mail oder SMS
demo-persona-bram = Zwei Schritte: SMS und Authenticator-App
demo-persona-chen = Ein Anruf auf dem Mobiltelefon oder im Büro
demo-persona-dalia = Sicherheitsfragen
demo-persona-elif = Wird nach dem Grund gefragt: vergessen oder gesperrt
demo-persona-femke = Administration: immer zwei Schritte
demo-persona-george = Lokal verwaltet: Änderungen brauchen zwei Minuten
demo-persona-hana = Ein Schritt: Authenticator-App
demo-persona-nobody = Ein Konto, das es nicht gibt
demo-persona-locked = 24 Stunden gesperrt
demo-persona-refusal = Abgelehnt: { $refusal }
