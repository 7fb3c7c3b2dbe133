# The words of the wizard, in Dutch. The keys and their order are those of en/reset.ftl.
# Voice: "u", what to do, present tense; no jargon, no blame.

## The page

wizard-title = Weer toegang tot uw account
wizard-error-prefix = Fout:
wizard-title-with-error = Fout: { $title }
wizard-title-with-tenant = { $title } – { $tenant }
wizard-language = Taal
wizard-back = Terug
wizard-continue = Verder
wizard-working = Een ogenblik…
wizard-start-again = Opnieuw beginnen
wizard-start-again-now = Nu opnieuw beginnen
gate-mark = Stap { $gate } van { $total }
gate-mark-open = Beide stappen klaar
account-for = Voor { $identifier }
account-change = Wijzigen
summary-title = Er klopt iets niet

## Support

support-code = Supportcode { $code }
support-panel-title = Gegevens voor de helpdesk
support-panel-intro = Geef deze gegevens aan de persoon die u helpt. Ze zijn niet geheim.
support-label-code = Supportcode
support-label-reason = Reden
support-label-sid = Poging (SID)
support-label-cid = Correlatie (CID)
support-label-page = Pagina
support-label-time = Tijd
support-label-identifier = Account
support-copy = Alles kopiëren
support-copied = Gekopieerd.
support-copy-failed = Deze browser kan de tekst niet kopiëren. Selecteer de tekst en kopieer die zelf.
support-share = Delen
support-contact = Stuur uw beheerder een bericht
support-contacting = We versturen het bericht…
support-contacted = We hebben uw beheerder om { $time } een bericht gestuurd, met uw supportcode.
support-contact-link = Ga naar de hulppagina van uw organisatie

## Who are you

identify-title = Weer toegang tot uw account
identify-hint = Vul de gebruikersnaam of het zakelijke e‑mailadres in waarmee u zich aanmeldt.
identify-label = Gebruikersnaam of e‑mailadres
identify-empty = Vul uw gebruikersnaam of e‑mailadres in.
identify-too-long = Een gebruikersnaam heeft hoogstens { $max } tekens. Controleer wat u hebt geplakt.
identify-malformed = Vul één gebruikersnaam of e‑mailadres in, zoals ada@contoso.example.
identify-organisation-missing = Voeg @ en uw organisatie toe, zoals ada@contoso.example.
identify-organisation-unknown = We kennen die organisatie niet. Controleer wat u na de @ hebt getypt.
identify-organisation-other = Deze pagina is voor { $tenant }. Vul uw gebruikersnaam of e‑mailadres van { $tenant } in.
identify-portal-not-listed = Deze pagina is niet ingesteld voor uw organisatie. Ga naar de pagina van uw eigen organisatie.
identify-working = We kijken hoe u weer toegang krijgt…
identify-reset-before = Uw wachtwoord is om { $time } gewijzigd.
identify-unlocked-before = Uw account is om { $time } ontgrendeld.
identify-work-refused = Een beveiligingscontrole duurde te lang. Kies ‘Verder’ om het opnieuw te proberen.

## Why are you having trouble

purpose-title = Waar hebt u hulp bij nodig?
purpose-reset = Ik ben mijn wachtwoord vergeten
purpose-reset-hint = U kiest een nieuw wachtwoord.
purpose-unlock = Ik weet mijn wachtwoord, maar kan me toch niet aanmelden
purpose-unlock-hint = We ontgrendelen uw account. Uw wachtwoord blijft hetzelfde.
purpose-empty = Kies waar u hulp bij nodig hebt.

## Choose a method

method-title = Hoe wilt u aantonen dat u het bent?
method-title-second = Toon het nu op een tweede manier aan
method-empty = Kies hoe u wilt aantonen dat u het bent.
method-email = Stuur een code naar mijn andere e‑mailadres
method-mobile-sms = Stuur een code per sms
method-mobile-call = Bel mijn mobiele telefoon
method-office-call = Bel mijn telefoon op kantoor
method-questions = Ik beantwoord mijn beveiligingsvragen
method-authenticator-code = Ik gebruik een code uit mijn authenticator-app
method-ending = Eindigt op { $hint }
method-none-of-these = Geen van deze manieren lukt
method-passed = Stap 1 is klaar.
method-sending = We sturen uw code…
method-calling = We bellen u…
method-starting = Een ogenblik…

## Type the phone number

phone-title-text = Naar welk nummer sturen we de sms?
phone-title-call = Welk nummer bellen we?
phone-hint-end = Vul uw hele nummer in, met de landcode. Het eindigt op { $end }.
phone-label = Telefoonnummer
phone-send = Stuur de sms
phone-call = Bel mij
phone-empty = Vul uw telefoonnummer in.
phone-letters = In een telefoonnummer staan geen letters. Controleer teken { $position }.
phone-character = In een telefoonnummer staan alleen cijfers. Controleer teken { $position }.
phone-no-country = Begin met + en de landcode, zoals +31.
phone-unknown-country = Geen land heeft de code +{ $code }. Controleer de cijfers na de +.
phone-too-short = Er ontbreken cijfers. Na de landcode komen minstens { $min } cijfers.
phone-too-long = Er staan te veel cijfers. Na de landcode komen hoogstens { $max } cijfers.
phone-length = Nummers in dat land zijn langer of korter. Controleer elk cijfer.
phone-malformed = Dat lijkt niet op een telefoonnummer. Controleer elk cijfer.
phone-premium-rate = Bellen naar dit nummer kost extra. Daarom kunnen we het niet gebruiken. Vul een ander nummer in.
phone-shared-cost = Voor gesprekken met dit nummer betalen beide kanten. Daarom kunnen we het niet gebruiken. Vul een ander nummer in.
phone-pager = Dit is het nummer van een pieper. Daar kunnen we u niet op bellen of sms’en. Vul een ander nummer in.
phone-voicemail = Dit nummer wordt beantwoord door een voicemail. Daar kunnen we u niet bereiken. Vul een ander nummer in.
phone-mismatch = { $left ->
    [1] Dat is niet het nummer dat uw organisatie van u heeft. U hebt nog één poging voordat u wordt geblokkeerd. Neem liever contact op met uw beheerder.
   *[other] Dat is niet het nummer dat uw organisatie van u heeft. U kunt het nog { $left } keer proberen.
}
phone-extension-stripped = We hebben het toestelnummer { $extension } weggelaten. Een toestelnummer kunnen we niet bellen of sms’en.

## Enter the code

code-title-email = Vul de code uit de e‑mail in
code-title-text = Vul de code uit de sms in
code-title-authenticator = Vul de code uit uw authenticator-app in
code-sent-email = We hebben een code van { $digits } cijfers naar uw andere e‑mailadres gestuurd. Het kan een minuut duren. Kijk ook in de map met spam.
code-sent-text = We hebben een code van { $digits } cijfers gestuurd naar het nummer dat eindigt op { $hint }. Het kan een minuut duren.
code-authenticator-hint = Open de app op uw telefoon en vul de { $digits } cijfers in die hij voor dit account toont.
code-label = Code
code-dead = Deze code werkt niet meer. Vraag een nieuwe aan.
code-expires = Werkt tot { $time }
code-ended = Deze code werkte tot { $time }
code-empty = Vul de code in.
code-too-short = De code heeft { $digits } cijfers. Er ontbreken cijfers.
code-too-long = De code heeft { $digits } cijfers. U hebt er meer ingevuld.
code-wrong = { $left ->
    [0] Dat is niet de juiste code.
    [1] Dat is niet de juiste code. U hebt nog één poging voordat u wordt geblokkeerd. Neem liever contact op met uw beheerder.
   *[other] Dat is niet de juiste code. U kunt het nog { $left } keer proberen.
}
code-wrong-authenticator = { $left ->
    [1] Dat is niet de code die de app toont. U hebt nog één poging voordat u wordt geblokkeerd. Neem liever contact op met uw beheerder.
   *[other] Dat is niet de code die de app nu toont. U kunt het nog { $left } keer proberen.
}
code-expired = De code was goed, maar is verlopen. Vraag een nieuwe aan.
code-superseded = Dat is een oudere code. Vul de nieuwste in die we hebben gestuurd.
code-used = Die code is al gebruikt. Vul de nieuwste in die we hebben gestuurd.
code-used-authenticator = Die code is al gebruikt. Wacht tot de app de volgende toont.
code-spent = { $left ->
    [0] Te veel verkeerde codes. Vraag een nieuwe aan.
    [1] Te veel verkeerde codes. Vraag een nieuwe aan, maar let op: u hebt nog één poging voordat u wordt geblokkeerd.
   *[other] Te veel verkeerde codes. Vraag een nieuwe aan. U kunt het nog { $left } keer proberen.
}
last-try = U hebt nog één poging voordat u wordt geblokkeerd.
still-open = { $left ->
    [0] In een andere poging is te vaak iets verkeerds ingevuld. Daarom is dit geblokkeerd tot { $time }. Hier kunt u het nog wel afmaken.
    [1] In een andere poging is te vaak iets verkeerds ingevuld. Daarom is dit geblokkeerd tot { $time }. Hier kunt u het nog wel afmaken, maar u kunt het nog maar één keer proberen.
   *[other] In een andere poging is te vaak iets verkeerds ingevuld. Daarom is dit geblokkeerd tot { $time }. Hier kunt u het nog wel afmaken: u kunt het nog { $left } keer proberen.
}
method-locked = Er waren te veel verkeerde pogingen op de manier die u had gekozen. Tot { $time } kunt u die niet gebruiken.
code-wait = We hebben kort geleden een code gestuurd. U kunt vanaf { $time } een nieuwe aanvragen.
code-wait-soon = We hebben kort geleden een code gestuurd. U kunt een nieuwe aanvragen als de tijd op de knop voorbij is.
code-resend = Stuur een nieuwe code
code-new-in = Nieuwe code over { $time }
code-new-from = Nieuwe code vanaf { $time }
code-resend-ready = U kunt nu een nieuwe code aanvragen.
code-sent-again = We hebben een nieuwe code gestuurd. De oude werkt niet meer.
code-checking = We controleren de code…
code-other-method = Kies een andere manier

## Answer the call

call-title = Neem uw telefoon op en druk op #
call-hint = We bellen het nummer dat eindigt op { $hint }. Dat kan 20 seconden duren.
call-waiting = We wachten tot u opneemt en op # drukt…
call-failed = Het gesprek eindigde voordat u op # drukte.
call-retry = Bel mij nog een keer
call-retry-ready = U kunt zich nu nog een keer laten bellen.

## Answer the questions

questions-title = Beantwoord uw beveiligingsvragen
questions-hint = Hoofdletters en spaties voor of na een antwoord maken niet uit.
questions-empty = Beantwoord de vraag ‘{ $question }’.
questions-incomplete = Een antwoord is leeg of te lang. Controleer wat u hebt ingevuld.
questions-wrong = { $left ->
    [1] Een of meer antwoorden kloppen niet. U hebt nog één poging voordat u wordt geblokkeerd. Neem liever contact op met uw beheerder.
   *[other] Een of meer antwoorden kloppen niet. Hier zijn uw vragen nog eens. U kunt het nog { $left } keer proberen.
}
questions-checking = We controleren uw antwoorden…
question-1 = In welke stad hebt u uw eerste partner ontmoet?
question-2 = In welke stad hebben uw ouders elkaar ontmoet?
question-3 = In welke stad woont de broer of zus die het dichtst bij u woont?
question-4 = In welke stad is uw vader geboren?
question-5 = In welke stad had u uw eerste baan?
question-6 = In welke stad is uw moeder geboren?
question-7 = In welke stad was u met oud en nieuw 2000?
question-8 = Wat is de achternaam van uw favoriete leraar of lerares op de middelbare school?
question-9 = Voor welke hogeschool of universiteit hebt u zich aangemeld zonder er te gaan studeren?
question-10 = Waar was de receptie van uw eerste bruiloft?
question-11 = Wat is de tweede voornaam van uw vader?
question-12 = Wat is uw favoriete eten?
question-13 = Wat zijn de voor- en achternaam van de moeder van uw moeder?
question-14 = Wat is de tweede voornaam van uw moeder?
question-15 = In welke maand en welk jaar is uw oudste broer of zus geboren?
question-16 = Wat is de tweede voornaam van uw oudste broer of zus?
question-17 = Wat zijn de voor- en achternaam van de vader van uw vader?
question-18 = Wat is de tweede voornaam van uw jongste broer of zus?
question-19 = Naar welke school ging u toen u elf was?
question-20 = Wat zijn de voor- en achternaam van uw beste vriend of vriendin van vroeger?
question-21 = Wat zijn de voor- en achternaam van uw eerste liefde?
question-22 = Wat is de achternaam van uw favoriete leraar of lerares op de basisschool?
question-23 = Wat waren het merk en het model van uw eerste auto of motor?
question-24 = Hoe heette uw eerste school?
question-25 = In welk ziekenhuis bent u geboren?
question-26 = In welke straat stond uw eerste huis als kind?
question-27 = Wie was uw held toen u kind was?
question-28 = Hoe heette uw favoriete knuffel?
question-29 = Hoe heette uw eerste huisdier?
question-30 = Wat was uw bijnaam als kind?
question-31 = Wat was op school uw favoriete sport?
question-32 = Wat was uw eerste baan?
question-33 = Wat zijn de laatste vier cijfers van het telefoonnummer uit uw kindertijd?
question-34 = Wat wilde u als kind later worden?
question-35 = Wie is de beroemdste persoon die u hebt ontmoet?

## New password

password-title = Kies een nieuw wachtwoord
password-hint = Een paar woorden die alleen u zo zou combineren, zijn makkelijk te onthouden en moeilijk te raden.
password-label = Nieuw wachtwoord
password-show = Wachtwoord tonen
password-show-short = Tonen
password-hide = Wachtwoord verbergen
password-hide-short = Verbergen
password-visible = Uw wachtwoord is zichtbaar.
password-hidden = Uw wachtwoord is verborgen.
password-rules-title = Eisen aan uw wachtwoord
password-rule-met = In orde:
password-rule-open = Nog niet:
password-rule-length = { $min } tot { $max } tekens
password-rule-classes = { $required } van deze vier: kleine letters, hoofdletters, cijfers, leestekens
password-rule-ascii = alleen letters, cijfers en tekens van het Engelse toetsenbord
password-rule-identifier = geen 4 letters of cijfers achter elkaar uit uw gebruikersnaam
password-rule-common = geen veelgebruikt wachtwoord, herhaling, toetsen op een rij, datum of naam van u of uw organisatie; dat controleren we als u ‘Stel het wachtwoord in’ kiest
password-rule-directory = de regels van uw organisatie; die controleren we als u ‘Stel het wachtwoord in’ kiest
password-set = Stel het wachtwoord in
password-setting = We stellen uw wachtwoord in. Dat kan een halve minuut duren. Houd deze pagina open.
password-gates-kept = U hoeft niet opnieuw aan te tonen wie u bent.
password-empty = Vul een nieuw wachtwoord in.
password-too-short = Uw wachtwoord moet { $min } tekens of meer hebben. Voeg er nog { $missing } toe.
password-too-long = Uw wachtwoord mag hoogstens { $max } tekens hebben.
password-too-few-classes = Uw wachtwoord moet { $required } van deze vier hebben: kleine letters, hoofdletters, cijfers, leestekens.
password-not-ascii = In uw wachtwoord staat een teken dat de systemen van uw organisatie niet aankunnen. Gebruik alleen letters, cijfers en tekens van het Engelse toetsenbord.
password-control-character = In uw wachtwoord staat een teken dat u niet op elk toetsenbord kunt typen, zoals een tab of een nieuwe regel. Haal het weg.
password-repetition = Uw wachtwoord bestaat vooral uit dezelfde tekens achter elkaar. Zulke wachtwoorden worden het eerst geprobeerd. Voeg iets toe dat alleen u zou bedenken.
password-sequence = Uw wachtwoord bestaat vooral uit toetsen, letters of cijfers op een rij. Zulke wachtwoorden worden het eerst geprobeerd. Voeg iets toe dat alleen u zou bedenken.
password-date = Uw wachtwoord bestaat vooral uit een datum. Datums worden het eerst geprobeerd. Voeg iets toe dat alleen u zou bedenken.
password-contains-identifier = In uw wachtwoord staan 4 of meer letters of cijfers achter elkaar uit uw gebruikersnaam. Haal die weg.
password-contains-other-identifier = In uw wachtwoord staat een deel van een andere gebruikersnaam of een ander e‑mailadres van u. Haal dat weg.
password-contains-name = In uw wachtwoord staat uw naam of een deel ervan. Haal dat weg.
password-contains-tenant = In uw wachtwoord staat de naam van uw organisatie. Haal die weg.
password-banned = Veel mensen gebruiken dit wachtwoord of een dat er sterk op lijkt. Daarom is het makkelijk te raden. Kies een ander.
password-banned-custom = Uw organisatie staat dit wachtwoord of een dat er sterk op lijkt niet toe. Kies een ander.
password-too-guessable = Uw wachtwoord bestaat vooral uit woorden die makkelijk te raden zijn. Voeg iets toe dat alleen u zou bedenken.
password-too-guessable-custom = Uw wachtwoord bestaat vooral uit woorden die uw organisatie niet toestaat. Voeg iets toe dat alleen u zou bedenken.
password-directory-policy = De directory van uw organisatie heeft dit wachtwoord niet geaccepteerd. Misschien is het te kort, te eenvoudig of eerder gebruikt, of hebt u het te kort geleden gewijzigd.
password-directory-history = Dit wachtwoord hebt u al eens gebruikt. Kies een nieuw wachtwoord.
password-directory-age = U hebt uw wachtwoord te kort geleden gewijzigd. Probeer het morgen opnieuw of neem contact op met uw beheerder.
password-directory-length = Dit wachtwoord is te kort voor de directory van uw organisatie. Maak het langer.
password-directory-quality = Dit wachtwoord is te eenvoudig voor de directory van uw organisatie. Gebruik woorden, hoofdletters, cijfers en leestekens door elkaar.
password-directory-unreachable = De directory van uw organisatie geeft geen antwoord. Uw wachtwoord is niet gewijzigd. Probeer het over een paar minuten opnieuw.
password-breach-unreachable = We kunnen uw nieuwe wachtwoord nu niet controleren. Uw wachtwoord is niet gewijzigd. Probeer het over een paar minuten opnieuw.
password-directory-misconfigured = De directory van uw organisatie staat niet toe dat wij uw wachtwoord wijzigen. Uw wachtwoord is niet gewijzigd. Neem contact op met uw beheerder.
password-outcome-unknown = We weten niet of uw wachtwoord is gewijzigd. Kies nog eens een wachtwoord. Was het al gewijzigd, dan kan dat geen kwaad.

## Unlock

unlock-title = Ontgrendel uw account
unlock-hint = We hebben gecontroleerd dat u het bent. Uw wachtwoord blijft hetzelfde.
unlock-do = Ontgrendel mijn account
unlock-working = We ontgrendelen uw account…
unlock-directory-unreachable = De directory van uw organisatie geeft geen antwoord. Uw account is nog vergrendeld. Probeer het over een paar minuten opnieuw.
unlock-directory-misconfigured = De directory van uw organisatie staat niet toe dat wij uw account ontgrendelen. Neem contact op met uw beheerder.
unlock-outcome-unknown = We weten niet of uw account is ontgrendeld. Probeer het opnieuw. Was het al ontgrendeld, dan kan dat geen kwaad.

## Done

done-reset-title = Uw wachtwoord is gewijzigd
done-reset-now = U kunt het vanaf nu gebruiken.
done-reset-soon = { $minutes ->
    [one] U kunt het binnen { $minutes } minuut gebruiken.
   *[other] U kunt het binnen { $minutes } minuten gebruiken.
}
done-unlock-title = Uw account is ontgrendeld
done-unlock-now = U kunt zich nu aanmelden met uw wachtwoord.
done-unlock-soon = { $minutes ->
    [one] Binnen { $minutes } minuut kunt u zich aanmelden met uw wachtwoord.
   *[other] Binnen { $minutes } minuten kunt u zich aanmelden met uw wachtwoord.
}
done-notified = Voor het geval u dit niet was, hebben we een e‑mail gestuurd naar:
done-devices = Telefoons en andere apparaten die zich automatisch aanmelden, hebben nog uw oude wachtwoord. Wijzig het daar ook.
done-sign-in = Aanmelden
done-close = U kunt deze pagina sluiten.

## Refusals

refusal-what-you-can-do = Wat u kunt doen
refusal-who-can-help = Wie u kan helpen
refusal-when = Wanneer het weer werkt
refusal-details = Gegevens voor uw helpdesk
refusal-details-line = { $code }. { $detail }
refusal-help-request = Stuur uw beheerder een bericht vanaf deze pagina. Uw supportcode gaat mee.
refusal-help-link = Op de hulppagina van uw organisatie staat hoe u uw helpdesk bereikt.
refusal-help-ask = Bel uw helpdesk of ga erlangs, en lees de supportcode hieronder voor.
refusal-tenant-disabled-title = Uw organisatie heeft deze dienst uitgezet
refusal-tenant-disabled-do = Vraag uw beheerder om een nieuw wachtwoord.
refusal-tenant-disabled-detail = Wachtwoordherstel is voor deze organisatie uitgezet.
refusal-no-policy-title = Uw organisatie heeft deze dienst nog niet ingesteld
refusal-no-policy-do = Vraag uw beheerder om een nieuw wachtwoord.
refusal-no-policy-detail = Deze organisatie heeft geen beleid voor wachtwoordherstel.
refusal-not-licensed-title = Uw account heeft geen licentie voor deze dienst
refusal-not-licensed-do = Vraag uw beheerder om een nieuw wachtwoord en om een licentie voor deze dienst.
refusal-not-licensed-detail = Het account heeft niet de licentie die nodig is voor wachtwoordherstel.
refusal-not-in-group-title = Uw account kan deze dienst niet gebruiken
refusal-not-in-group-do = Vraag uw beheerder om een nieuw wachtwoord, of om u toe te voegen aan de groep die deze dienst kan gebruiken.
refusal-not-in-group-detail = Het account zit in geen enkele groep die wachtwoordherstel kan gebruiken.
refusal-account-not-enabled-title = Uw account is niet ingeschakeld voor deze dienst
refusal-account-not-enabled-do = Vraag uw beheerder om uw account in te schakelen.
refusal-account-not-enabled-detail = Het account is uitgeschakeld of uitgesloten van wachtwoordherstel.
refusal-could-not-verify-title = We kunnen niet controleren dat u het bent
refusal-could-not-verify-do = Vraag uw beheerder om een nieuw wachtwoord. Kunt u zich weer aanmelden, voeg dan een telefoonnummer of een ander e‑mailadres toe. Dan kunt u dit de volgende keer zelf doen.
refusal-could-not-verify-detail = Wachtwoordherstel is ingeschakeld voor het account, maar er is geen verificatiemethode bekend.
refusal-not-properly-configured-title = We hebben te weinig gegevens om te controleren dat u het bent
refusal-not-properly-configured-do = Vraag uw beheerder om een nieuw wachtwoord. Kunt u zich weer aanmelden, voeg dan nog een telefoonnummer of e‑mailadres toe. Dan kunt u dit de volgende keer zelf doen.
refusal-not-properly-configured-detail = Het account heeft minder verificatiemethoden dan het beleid vraagt.
refusal-managed-elsewhere-title = Uw wachtwoord wordt beheerd in een ander systeem
refusal-managed-elsewhere-do = Wijzig het in het systeem waarvan u het hebt gekregen. Uw beheerder kan u zeggen welk systeem dat is.
refusal-managed-elsewhere-detail = Deze dienst beheert het wachtwoord van dit account niet.
refusal-write-back-not-enabled-title = U kunt uw wachtwoord alleen binnen uw organisatie wijzigen
refusal-write-back-not-enabled-do = Vraag uw beheerder om een nieuw wachtwoord.
refusal-write-back-not-enabled-detail = Het wachtwoord wordt on-premises beheerd en terugschrijven is niet ingeschakeld.
refusal-on-premises-admin-action-title = Er klopt iets niet in de instellingen van uw organisatie
refusal-on-premises-admin-action-do = Vraag uw beheerder om een nieuw wachtwoord en lees de code uit de gegevens voor.
refusal-on-premises-admin-action-detail = Terugschrijven werkt niet door een fout in de configuratie on-premises.
refusal-on-premises-connectivity-title = De directory van uw organisatie geeft geen antwoord
refusal-on-premises-connectivity-do = Probeer het over een paar minuten opnieuw.
refusal-on-premises-connectivity-detail = Terugschrijven werkt niet doordat de omgeving on-premises niet bereikbaar is.
refusal-on-premises-connectivity-when = Zodra de verbinding er weer is, vaak binnen een paar minuten.

## Locked, ended, lost, broken

locked-title = Te veel pogingen: voorlopig geblokkeerd
locked-until = U kunt het weer proberen op { $time }.
locked-why = Zo kan iemand anders niet eindeloos blijven raden.
locked-do = Wacht tot dan, of vraag uw beheerder om u nu al opnieuw te laten proberen.
ended-title = Dit duurde te lang en is gestopt
ended-body = Dat doen we om uw account te beschermen. Er is niets gewijzigd.
ended-cancelled-title = U bent gestopt
ended-cancelled-body = Er is niets gewijzigd.
ended-superseded-title = Dit is al gedaan
ended-superseded-body = U hebt in een andere poging weer toegang gekregen tot uw account terwijl deze nog openstond. Daarom is deze gestopt. Was u dat niet, neem dan nu contact op met uw beheerder.
leave-title = Stoppen en opnieuw beginnen?
leave-body = Als u stopt, begint u weer helemaal vooraan.
leave-stay = Hier blijven
leave-go = Stoppen en opnieuw beginnen
idle-warning = { $minutes ->
    [one] Dit stopt over { $minutes } minuut.
   *[other] Dit stopt over { $minutes } minuten.
}
idle-warning-seconds = { $seconds ->
    [one] Dit stopt over { $seconds } seconde.
   *[other] Dit stopt over { $seconds } seconden.
}
lost-title = De verbinding is verbroken
lost-body = Wat u hebt getypt, staat er nog en wordt niet dubbel verstuurd. Controleer of u online bent en probeer het dan opnieuw.
lost-retry = Probeer het opnieuw
lost-many = Er zijn te veel aanvragen. U kunt het weer proberen vanaf { $time }.
lost-service = Er ging iets mis met de dienst. U bent niets kwijt. Probeer het opnieuw.
broken-title = Er ging iets mis op deze pagina
broken-body = Laad de pagina opnieuw om verder te gaan waar u was. Wat u het laatst typte, moet u misschien nog eens typen.
broken-reload = Laad de pagina opnieuw
broken-help = Gebeurt het weer, neem dan contact op met uw beheerder of helpdesk.
