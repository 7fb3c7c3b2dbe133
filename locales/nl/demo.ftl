# The words of the demo beside the wizard, in Dutch. The voice is that of reset.ftl.

demo-open = Open de demo
demo-open-new = { $total ->
    [one] Open de demo: { $total } nieuw bericht
   *[other] Open de demo: { $total } nieuwe berichten
}
demo-close = Terug naar de pagina
demo-title = De demo
demo-intro = Alles draait op deze pagina: de echte dienst, een telefoon, een mailbox en een directory. Niets verlaat uw apparaat.
demo-personas = Kies wie u bent
demo-phone = Telefoon
demo-phone-empty = Nog geen sms’jes of telefoontjes.
demo-phone-calling = { $tenant } belt
demo-phone-press = Druk op #
demo-phone-hang-up = Hang op
demo-phone-answered = U nam op en drukte op #.
demo-phone-missed = U hebt dit telefoontje gemist.
demo-mailbox = Mailbox
demo-mailbox-empty = Nog geen e‑mail.
demo-to = Aan { $address }
demo-copy = Kopieer { $code }
demo-app = Authenticator-app
demo-app-left = { $seconds ->
    [one] Nieuwe code over { $seconds } seconde.
   *[other] Nieuwe code over { $seconds } seconden.
}
demo-clock = Klok
demo-clock-now = Het is { $time }.
demo-clock-forward-minute = 1 minuut later
demo-clock-forward-five = 5 minuten later
demo-clock-forward-quarter = 15 minuten later
demo-clock-forward-day = 24 uur later
demo-connection = Verbinding
demo-connection-online = Online
demo-connection-offline = Offline
demo-connection-lossy = Verliest het volgende antwoord
demo-directory = Directory
demo-directory-healthy = Werkt
demo-directory-unreachable = Antwoordt niet
demo-directory-misconfigured = Laat ons niet schrijven
demo-audit = Auditlogboek
demo-audit-empty = Er is nog niets gebeurd.
demo-reset = Begin de demo opnieuw
demo-break = Laat de pagina vastlopen
demo-hint-phone = Bekend mobiel nummer
demo-hint-office = Bekend kantoornummer
demo-hint-answers = Bekende antwoorden
demo-persona-ada = Eén stap: e‑mail of sms
demo-persona-bram = Twee stappen: sms en authenticator-app
demo-persona-chen = Een telefoontje naar mobiel of kantoor
demo-persona-dalia = Beveiligingsvragen
demo-persona-elif = Krijgt de vraag waarom: vergeten of vergrendeld
demo-persona-femke = Een beheerder: altijd twee stappen
demo-persona-george = On-premises: wijzigingen duren twee minuten
demo-persona-hana = Eén stap: authenticator-app
demo-persona-nobody = Een account dat niet bestaat
demo-persona-locked = 24 uur geblokkeerd
demo-persona-refusal = Geweigerd: { $refusal }
