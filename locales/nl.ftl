# Every word a person reads, in Dutch. The keys and their order are those of en.ftl.
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

gate-mark = Poort { $gate } van { $total }
gate-mark-open = { $total ->
    [one] De poort is open
   *[other] Alle { $total } poorten open
}

summary-title = Er klopt iets niet
summary-icon = Probleem

## Support

support-code = Supportcode { $code }
support-panel-title = Waar een helpdesk om vraagt
support-panel-intro = Geef deze gegevens aan wie u helpt. Er staat niets geheims in.
support-label-code = Supportcode
support-label-sid = Poging (SID)
support-label-cid = Correlatie (CID)
support-label-page = Pagina
support-label-time = Tijd
support-label-identifier = Account, zoals getypt
support-copy = Alles kopiëren
support-copied = Gekopieerd.
support-copy-failed = Kopiëren mag niet in deze browser. Selecteer de tekst en kopieer die zelf.
support-share = Delen
support-contact = Neem contact op met uw beheerder
support-contacting = Bericht aan uw beheerder…
support-contacted = Uw beheerder heeft om { $time } bericht gekregen, met uw supportcode.
support-contact-link = Open de hulppagina van uw organisatie

## Who are you

identify-title = Weer toegang tot uw account
identify-hint = Vul de gebruikersnaam of het werkadres in waarmee u zich aanmeldt.
identify-label = Gebruikersnaam of e-mailadres
identify-empty = Vul uw gebruikersnaam of e-mailadres in.
identify-too-long = Een gebruikersnaam heeft hoogstens { $max } tekens. Kijk na wat er is geplakt.
identify-working = We zoeken een weg naar binnen…
identify-work-refused = De controle die robots buiten houdt, duurde te lang. Ze loopt vanzelf opnieuw: kies nog een keer ‘Verder’.

## Why are you having trouble

purpose-title = Waarom kunt u zich niet aanmelden?
purpose-reset = Ik ben mijn wachtwoord vergeten
purpose-reset-hint = U kiest een nieuw wachtwoord.
purpose-unlock = Ik weet mijn wachtwoord, maar kan me toch niet aanmelden
purpose-unlock-hint = Uw account wordt ontgrendeld. Uw wachtwoord blijft hetzelfde.
purpose-empty = Kies waarom u zich niet kunt aanmelden.

## Choose a method

method-title = Hoe wilt u laten zien dat u het bent?
method-title-second = Laat het nu op een andere manier zien
method-empty = Kies een van de manieren.
method-email = Stuur een code naar mijn andere e-mailadres
method-mobile-sms = Stuur een code in een sms
method-mobile-call = Bel mijn mobiele telefoon
method-office-call = Bel mijn telefoon op kantoor
method-questions = Ik beantwoord mijn beveiligingsvragen
method-authenticator-code = Ik gebruik een code uit mijn authenticator-app
method-none-of-these = Geen van deze manieren lukt mij
method-passed = Gelukt. De eerste poort is open.
method-sending = We sturen uw code…
method-calling = We bellen u…
method-starting = Een ogenblik…

## Type the phone number

phone-title-text = Naar welk nummer sturen we de sms?
phone-title-call = Welk nummer bellen we?
phone-hint = Vul het hele nummer in dat eindigt als { $hint }, met de landcode, zoals +1 4251234567.
phone-label = Telefoonnummer
phone-send = Stuur de sms
phone-call = Bel mij
phone-empty = Vul het telefoonnummer in.
phone-letters = In een telefoonnummer staan geen letters. Kijk naar teken { $position }.
phone-character = In een telefoonnummer staan alleen cijfers. Kijk naar teken { $position }.
phone-no-country = Begin met + en de landcode, zoals +31.
phone-unknown-country = Geen land heeft de code +{ $code }. Kijk de cijfers na de + na.
phone-too-short = { $min ->
    [one] Er ontbreken cijfers. Na de landcode komt minstens { $min } cijfer.
   *[other] Er ontbreken cijfers. Na de landcode komen minstens { $min } cijfers.
}
phone-too-long = { $max ->
    [one] Er staan te veel cijfers. Na de landcode komt hoogstens { $max } cijfer.
   *[other] Er staan te veel cijfers. Na de landcode komen hoogstens { $max } cijfers.
}
phone-length = Een nummer uit dat land is nooit zo lang of zo kort. Kijk elk cijfer na.
phone-malformed = Dat ziet er niet uit als een telefoonnummer. Kijk elk cijfer na.
phone-premium-rate = Bellen naar dit nummer kost extra, daarom gebruiken we het niet. Vul een ander nummer in.
phone-shared-cost = Voor gesprekken met dit nummer betalen beide kanten, daarom gebruiken we het niet. Vul een ander nummer in.
phone-pager = Dit is het nummer van een pieper: een sms of een telefoontje van ons bereikt u daar niet. Vul een ander nummer in.
phone-voicemail = Op dit nummer antwoordt een voicemail: een sms of een telefoontje van ons bereikt u daar niet. Vul een ander nummer in.
phone-mismatch = { $left ->
    [0] Dat is niet het nummer dat uw organisatie van u heeft. Nog één verkeerd nummer en dit gaat 24 uur op slot: neem liever contact op met uw beheerder.
    [one] Dat is niet het nummer dat uw organisatie van u heeft. U kunt het nog { $left } keer proberen.
   *[other] Dat is niet het nummer dat uw organisatie van u heeft. U kunt het nog { $left } keer proberen.
}
phone-extension-stripped = Het toestelnummer { $extension } is weggelaten: een sms of een telefoontje van ons komt daar niet aan.
phone-not-in-plan = Het nummerplan kent zo’n nummer niet. Komt er niets aan, kijk dan de cijfers na.

## Enter the code

code-title-email = Vul de code uit de e-mail in
code-title-text = Vul de code uit de sms in
code-title-authenticator = Vul de code uit uw authenticator-app in
code-sent-email = Als { $hint } van u is, staat daar nu een e-mail met { $digits } cijfers. Het kan even duren: kijk ook in de map met spam.
code-sent-text = We hebben { $digits } cijfers naar { $hint } gestuurd. Het kan even duren.
code-authenticator-hint = Open de app op uw telefoon en vul de { $digits } cijfers in die hij voor dit account toont.
code-label = Code
code-expires = De code werkt tot { $time }.
code-empty = Vul de code in.
code-too-short = De code heeft { $digits } cijfers. Er ontbreken er nog.
code-too-long = De code heeft { $digits } cijfers. Er staan er te veel.
code-wrong = { $left ->
    [0] Dat is niet de code. Vraag een nieuwe aan.
    [one] Dat is niet de code. U kunt het nog { $left } keer proberen.
   *[other] Dat is niet de code. U kunt het nog { $left } keer proberen.
}
code-wrong-authenticator = { $left ->
    [0] Dat is niet de code die de app toont. Nog één verkeerde code en dit gaat 24 uur op slot: neem liever contact op met uw beheerder.
    [one] Dat is niet de code die de app nu toont. U kunt het nog { $left } keer proberen.
   *[other] Dat is niet de code die de app nu toont. U kunt het nog { $left } keer proberen.
}
code-expired = De code was goed, maar de tijd is om. Vraag een nieuwe aan.
code-superseded = Dat is een eerdere code. Vul de nieuwste in die we hebben gestuurd.
code-used = Die code is al gebruikt. Vraag een nieuwe aan.
code-used-authenticator = Die code is al gebruikt. Wacht tot de app de volgende toont.
code-spent = Te veel verkeerde codes: deze werkt niet meer. Vraag een nieuwe aan.
code-resend = Stuur een nieuwe code
code-resend-in = { $seconds ->
    [one] U kunt over { $seconds } seconde een nieuwe code aanvragen.
   *[other] U kunt over { $seconds } seconden een nieuwe code aanvragen.
}
code-sent-again = Er is een nieuwe code onderweg. De vorige werkt niet meer.
code-checking = We kijken de code na…
code-other-method = Kies een andere manier

## Answer the call

call-title = Neem uw telefoon op en druk op #
call-hint = We bellen { $hint }. Dat kan 20 seconden duren.
call-waiting = We wachten tot u opneemt en op # drukt…
call-failed = Het gesprek eindigde voordat er op # was gedrukt.
call-retry = Bel mij nog een keer

## Answer the questions

questions-title = Beantwoord uw beveiligingsvragen
questions-hint = Hoofdletters en spaties om een antwoord maken niet uit.
questions-empty = Beantwoord de vraag ‘{ $question }’.
questions-wrong = { $left ->
    [0] Een of meer antwoorden kloppen niet. Nog één verkeerde poging en dit gaat 24 uur op slot: neem liever contact op met uw beheerder.
    [one] Een of meer antwoorden kloppen niet. Hier zijn uw vragen nog eens; u kunt het nog { $left } keer proberen.
   *[other] Een of meer antwoorden kloppen niet. Hier zijn uw vragen nog eens; u kunt het nog { $left } keer proberen.
}
questions-checking = We kijken uw antwoorden na…
question-1 = In welke stad hebt u uw eerste partner ontmoet?
question-2 = In welke stad hebben uw ouders elkaar ontmoet?
question-3 = In welke stad woont de broer of zus die het dichtst bij u woont?
question-4 = In welke stad is uw vader geboren?
question-5 = In welke stad had u uw eerste baan?
question-6 = In welke stad is uw moeder geboren?
question-7 = In welke stad was u met oud en nieuw 2000?
question-8 = Wat is de achternaam van uw liefste leraar op de middelbare school?
question-9 = Voor welke hogeschool of universiteit hebt u zich aangemeld zonder er te gaan studeren?
question-10 = Waar was het feest van uw eerste huwelijk?
question-11 = Wat is de tweede voornaam van uw vader?
question-12 = Wat eet u het liefst?
question-13 = Wat zijn de voor- en achternaam van de moeder van uw moeder?
question-14 = Wat is de tweede voornaam van uw moeder?
question-15 = In welke maand en welk jaar is uw oudste broer of zus geboren?
question-16 = Wat is de tweede voornaam van uw oudste broer of zus?
question-17 = Wat zijn de voor- en achternaam van de vader van uw vader?
question-18 = Wat is de tweede voornaam van uw jongste broer of zus?
question-19 = Naar welke school ging u toen u elf was?
question-20 = Wat zijn de voor- en achternaam van uw beste vriend of vriendin van vroeger?
question-21 = Wat zijn de voor- en achternaam van uw eerste liefde?
question-22 = Wat is de achternaam van uw liefste leraar op de basisschool?
question-23 = Wat waren het merk en het model van uw eerste auto of motor?
question-24 = Hoe heette uw eerste school?
question-25 = In welk ziekenhuis bent u geboren?
question-26 = In welke straat stond uw eerste huis als kind?
question-27 = Wie was de held van uw kindertijd?
question-28 = Hoe heette uw liefste knuffel?
question-29 = Hoe heette uw eerste huisdier?
question-30 = Wat was uw bijnaam als kind?
question-31 = Wat was op school uw favoriete sport?
question-32 = Wat was uw eerste baan?
question-33 = Wat zijn de laatste vier cijfers van uw telefoonnummer als kind?
question-34 = Wat wilde u als kind later worden?
question-35 = Wie is de beroemdste persoon die u hebt ontmoet?

## New password

password-title = Kies een nieuw wachtwoord
password-hint = Een paar woorden achter elkaar die alleen van u zijn: makkelijk te onthouden en moeilijk te raden.
password-label = Nieuw wachtwoord
password-for = Voor { $identifier }
password-show = Toon het wachtwoord
password-show-short = Tonen
password-hide = Verberg het wachtwoord
password-hide-short = Verbergen
password-visible = Uw wachtwoord is zichtbaar.
password-hidden = Uw wachtwoord is verborgen.
password-rules-title = Dit is nodig
password-rule-met = In orde:
password-rule-open = Nog niet:
password-rule-length = { $min ->
    [one] { $min } teken of meer
   *[other] { $min } tekens of meer
}
password-rule-classes = { $required } van deze vier: kleine letters, hoofdletters, cijfers, leestekens
password-rule-ascii = alleen letters, cijfers en tekens van het Engelse toetsenbord
password-rule-identifier = niets uit uw gebruikersnaam
password-rule-directory = wat de eigen directory van uw organisatie vraagt; dat blijkt als u ‘Stel het wachtwoord in’ kiest
password-strength = Sterkte: { $strength }
password-strength-weak = zwak
password-strength-fair = redelijk
password-strength-strong = sterk
password-set = Stel het wachtwoord in
password-setting = We stellen uw wachtwoord in. Dat kan een halve minuut duren: houd deze pagina open.
password-gates-kept = U hoeft niet nog eens te laten zien wie u bent.
password-empty = Vul een nieuw wachtwoord in.
password-too-short = { $missing ->
    [one] Het wachtwoord moet { $min } tekens lang zijn. Er ontbreekt er { $missing }.
   *[other] Het wachtwoord moet { $min } tekens lang zijn. Er ontbreken er { $missing }.
}
password-too-long = { $max ->
    [one] Een wachtwoord heeft hoogstens { $max } teken.
   *[other] Een wachtwoord heeft hoogstens { $max } tekens.
}
password-too-few-classes = Het wachtwoord moet { $required } van deze vier hebben: kleine letters, hoofdletters, cijfers, leestekens.
password-not-ascii = In het wachtwoord staat een teken dat de systemen van uw organisatie niet aannemen. Gebruik letters, cijfers en tekens van het Engelse toetsenbord.
password-control-character = In het wachtwoord staat een teken dat niet op elk toetsenbord te typen is, zoals een tab of een nieuwe regel. Haal het weg.
password-contains-identifier = In het wachtwoord staat een deel van uw gebruikersnaam. Laat dat weg.
password-contains-name = In het wachtwoord staat uw naam. Laat die weg.
password-contains-tenant = In het wachtwoord staat de naam van uw organisatie. Laat die weg.
password-banned = Veel mensen gebruiken dit wachtwoord, of een dat er sterk op lijkt. Daarom wordt het als eerste geprobeerd. Kies een ander.
password-banned-custom = Uw organisatie staat dit wachtwoord niet toe, of een dat er sterk op lijkt. Kies een ander.
password-too-guessable = Het wachtwoord bestaat vooral uit woorden die als eerste worden geprobeerd. Voeg iets toe dat alleen u zou bedenken.
password-too-guessable-custom = Het wachtwoord bestaat vooral uit woorden die uw organisatie niet toestaat. Voeg iets toe dat alleen u zou bedenken.
password-directory-policy = De directory van uw organisatie nam dit wachtwoord niet aan. Misschien is het te kort, te eenvoudig of eerder gebruikt, of hebt u het te kort geleden gewijzigd.
password-directory-history = Dit wachtwoord hebt u eerder gebruikt. Kies een nieuw.
password-directory-age = Uw organisatie vindt uw laatste wijziging te kort geleden. Neem contact op met uw beheerder of probeer het morgen opnieuw.
password-directory-length = Het wachtwoord is te kort voor de directory van uw organisatie. Maak het langer.
password-directory-quality = Het wachtwoord is te eenvoudig voor de directory van uw organisatie. Gebruik woorden, hoofdletters, cijfers en leestekens door elkaar.
password-directory-unreachable = De directory van uw organisatie antwoordt nu niet. Uw wachtwoord is niet gewijzigd. Probeer het over een paar minuten opnieuw.
password-directory-misconfigured = We mogen uw wachtwoord niet wijzigen van de directory van uw organisatie. Uw wachtwoord is niet gewijzigd. Neem contact op met uw beheerder.
password-outcome-unknown = We hebben niet gehoord of uw wachtwoord is gewijzigd. Kies er nog eens een: als het wel zo was, kan dat geen kwaad.

## Unlock

unlock-title = Ontgrendel uw account
unlock-hint = U bent wie u zegt te zijn. Uw wachtwoord blijft hetzelfde.
unlock-do = Ontgrendel mijn account
unlock-working = We ontgrendelen uw account…
unlock-directory-unreachable = De directory van uw organisatie antwoordt nu niet. Uw account is nog vergrendeld. Probeer het over een paar minuten opnieuw.
unlock-directory-misconfigured = We mogen uw account niet ontgrendelen van de directory van uw organisatie. Neem contact op met uw beheerder.
unlock-outcome-unknown = We hebben niet gehoord of uw account is ontgrendeld. Probeer het nog eens: als het wel zo was, kan dat geen kwaad.

## Done

done-reset-title = Uw wachtwoord is gewijzigd
done-reset-now = Het werkt vanaf nu overal.
done-reset-soon = { $minutes ->
    [one] Het werkt overal binnen { $minutes } minuut.
   *[other] Het werkt overal binnen { $minutes } minuten.
}
done-unlock-title = Uw account is ontgrendeld
done-unlock-now = U kunt zich aanmelden met het wachtwoord dat u kent.
done-unlock-soon = { $minutes ->
    [one] Binnen { $minutes } minuut kunt u zich aanmelden met het wachtwoord dat u kent.
   *[other] Binnen { $minutes } minuten kunt u zich aanmelden met het wachtwoord dat u kent.
}
done-notified = We hebben het gemeld aan { $places }. Zo weet u het ook als u het niet was.
done-devices = Telefoons en andere apparaten die zich vanzelf aanmelden, hebben het oude wachtwoord nog. Wijzig het daar ook.
done-sign-in = Aanmelden
done-close = U kunt deze pagina sluiten.

## Refusals

refusal-what-you-can-do = Wat u kunt doen
refusal-who-can-help = Wie u kan helpen
refusal-when = Wanneer het weer werkt
refusal-details = Gegevens voor uw helpdesk
refusal-details-line = { $code }. { $detail }
refusal-help-request = Laat het uw beheerder vanaf deze pagina weten; uw supportcode gaat mee.
refusal-help-link = Op de hulppagina van uw organisatie staat hoe u uw helpdesk bereikt.
refusal-help-ask = Bel uw helpdesk of ga erlangs, en lees de supportcode hieronder voor.
refusal-tenant-disabled-title = Uw organisatie heeft deze dienst uitgezet
refusal-tenant-disabled-do = Vraag uw beheerder om een nieuw wachtwoord.
refusal-tenant-disabled-detail = Wachtwoordherstel staat niet aan voor deze organisatie.
refusal-no-policy-title = Uw organisatie heeft deze dienst nog niet ingericht
refusal-no-policy-do = Vraag uw beheerder om een nieuw wachtwoord.
refusal-no-policy-detail = Voor deze organisatie is geen beleid voor wachtwoordherstel vastgelegd.
refusal-not-licensed-title = Uw account heeft geen licentie voor deze dienst
refusal-not-licensed-do = Vraag uw beheerder om een nieuw wachtwoord, en om de licentie.
refusal-not-licensed-detail = De licentie die nodig is voor wachtwoordherstel, is niet toegewezen.
refusal-not-in-group-title = Deze dienst is niet beschikbaar voor uw account
refusal-not-in-group-do = Vraag uw beheerder om een nieuw wachtwoord, of om een plaats in de groep die deze dienst mag gebruiken.
refusal-not-in-group-detail = Het account zit in geen enkele groep waarvoor wachtwoordherstel aanstaat.
refusal-account-not-enabled-title = Uw account staat niet aan voor deze dienst
refusal-account-not-enabled-do = Vraag uw beheerder om uw account aan te zetten.
refusal-account-not-enabled-detail = Het account is uitgeschakeld, of uitgesloten van wachtwoordherstel.
refusal-could-not-verify-title = We kunnen niet nagaan dat u het bent
refusal-could-not-verify-do = Vraag uw beheerder om een nieuw wachtwoord. Bent u weer binnen, leg dan een telefoonnummer of een ander e-mailadres vast. De volgende keer kunt u zichzelf helpen.
refusal-could-not-verify-detail = Wachtwoordherstel staat aan voor het account, maar er is geen enkele verificatiemethode vastgelegd.
refusal-not-properly-configured-title = Er is te weinig vastgelegd om na te gaan dat u het bent
refusal-not-properly-configured-do = Vraag uw beheerder om een nieuw wachtwoord. Bent u weer binnen, leg dan nog een telefoonnummer of e-mailadres vast. De volgende keer kunt u zichzelf helpen.
refusal-not-properly-configured-detail = Er zijn minder verificatiemethoden vastgelegd dan het beleid vraagt.
refusal-managed-elsewhere-title = Uw wachtwoord hoort bij een ander systeem
refusal-managed-elsewhere-do = Wijzig het waar u het hebt gekregen, of vraag uw beheerder waar dat is.
refusal-managed-elsewhere-detail = Het wachtwoord van dit account wordt niet door deze dienst beheerd.
refusal-write-back-not-enabled-title = Uw wachtwoord is alleen binnen uw organisatie te wijzigen
refusal-write-back-not-enabled-do = Vraag uw beheerder om een nieuw wachtwoord.
refusal-write-back-not-enabled-detail = Het wachtwoord wordt on-premises beheerd, en terugschrijven staat niet aan.
refusal-on-premises-admin-action-title = Iets in de inrichting van uw organisatie zit in de weg
refusal-on-premises-admin-action-do = Vraag uw beheerder om een nieuw wachtwoord, en lees de code uit de gegevens voor.
refusal-on-premises-admin-action-detail = Terugschrijven werkt niet door een fout in de on-premises configuratie.
refusal-on-premises-connectivity-title = De directory van uw organisatie antwoordt nu niet
refusal-on-premises-connectivity-do = Probeer het over een paar minuten opnieuw.
refusal-on-premises-connectivity-detail = Terugschrijven werkt niet doordat de on-premises omgeving niet te bereiken is.
refusal-on-premises-connectivity-when = Zodra de verbinding er weer is, vaak binnen een paar minuten.

## Locked, ended, lost, broken

locked-title = Te veel pogingen: 24 uur op slot
locked-until = U kunt het weer proberen op { $time }.
locked-why = Zo kan iemand anders niet eindeloos blijven proberen.
locked-do = Wacht tot dan, of vraag uw beheerder nu om een nieuw wachtwoord.
ended-title = De tijd hiervoor is om
ended-body = Voor uw veiligheid eindigt een poging na 15 minuten. Er is niets gewijzigd.
ended-cancelled-title = U hebt deze poging verlaten
ended-cancelled-body = Er is niets gewijzigd.
ended-superseded-title = Dit is al gedaan
ended-superseded-body = Uw account is in een andere poging hersteld of ontgrendeld terwijl deze openstond. Daarom is deze beëindigd. Was u dat niet, neem dan meteen contact op met uw beheerder.
leave-title = Weggaan en opnieuw beginnen?
leave-body = Blijft u, dan blijft bewaard wat u al hebt laten zien.
leave-stay = Blijf waar ik was
leave-go = Ga weg en begin opnieuw
idle-warning = { $minutes ->
    [one] Dit eindigt over { $minutes } minuut. Wat u hebt getypt, blijft tot dan staan.
   *[other] Dit eindigt over { $minutes } minuten. Wat u hebt getypt, blijft tot dan staan.
}
idle-warning-seconds = { $seconds ->
    [one] Dit eindigt over { $seconds } seconde.
   *[other] Dit eindigt over { $seconds } seconden.
}
lost-title = De verbinding is weg
lost-body = Wat u hebt getypt staat er nog, en niets wordt dubbel verstuurd. Kijk of u online bent en probeer het opnieuw.
lost-retry = Probeer het opnieuw
lost-many = Veel mensen vragen tegelijk iets. U kunt het weer proberen om { $time }.
lost-service = De dienst antwoordde niet zoals het hoort. Er is niets verloren: probeer het opnieuw.
broken-title = Er ging iets stuk op deze pagina
broken-body = U bent niets kwijt. Laad de pagina opnieuw en u bent terug waar u was.
broken-reload = Laad de pagina opnieuw
broken-help = Gebeurt het weer? Neem dan contact op met uw beheerder of uw helpdesk.
no-script-title = Deze pagina vraagt om een nieuwere browser, of om scripts die aanstaan
no-script-body = Zet JavaScript en WebAssembly aan voor deze pagina, of open haar in een andere browser. Kan geen van beide, bel dan uw helpdesk of uw beheerder: die kan u een nieuw wachtwoord geven.

## Mails, texts and calls

mail-code-subject = { $code } is uw code voor { $tenant }
mail-code-body = Iemand, hopelijk u, probeert weer toegang te krijgen tot het account { $identifier }. Uw code is { $code }. Die werkt tot { $time }. Was u het niet, doe dan niets: zonder de code verandert er niets. Niemand van { $tenant } zal u er ooit om vragen.
mail-reset-subject = Uw wachtwoord is gewijzigd
mail-reset-body = Het wachtwoord van { $identifier } is gewijzigd. Tijdstip: { $time }. Was u het, dan hoeft u niets te doen. Was u het niet, neem dan meteen contact op met uw beheerder en geef de supportcode { $code } door.
mail-unlocked-subject = Uw account is ontgrendeld
mail-unlocked-body = Het account { $identifier } is ontgrendeld. Tijdstip: { $time }. Was u het, dan hoeft u niets te doen. Was u het niet, neem dan meteen contact op met uw beheerder en geef de supportcode { $code } door.
mail-locked-subject = Te veel pogingen voor uw account
mail-locked-body = Er is te vaak geprobeerd weer toegang te krijgen tot het account { $identifier }. Laatste poging: { $time }. Uw wachtwoord is nog hetzelfde, en tot { $until } kan niemand het opnieuw proberen. Was u het, wacht dat dan af, of vraag uw beheerder om een nieuw wachtwoord. Was u het niet, neem dan meteen contact op met uw beheerder en geef de supportcode { $code } door.
mail-admin-reset-subject = Het wachtwoord van een beheerder is gewijzigd
mail-admin-reset-body = Het wachtwoord van de beheerder { $identifier } is gewijzigd via zelfbediening. Tijdstip: { $time }. Heeft niemand die u kent dit gedaan, zoek het dan meteen uit. Supportcode { $code }.
mail-help-subject = { $identifier } kan niet meer naar binnen
mail-help-body = { $identifier } probeerde weer toegang te krijgen en vraagt u om hulp. Tijdstip: { $time }. Ga eerst na dat het echt om deze persoon gaat. Supportcode { $code }.
server-mail-contact = Hulp nodig? Dit is uw helpdesk: { $address }
text-code-body = { $code } is uw code voor { $tenant }. Hij werkt tot { $time }. Geef hem aan niemand.
voice-code-body = Dit is een telefoontje van { $tenant }. Wilt u weer toegang tot uw account, druk dan op #. Zo niet, hang dan op.
server-voice-pressed = Dank u. Ga verder in uw browser.

## The demo beside the wizard

demo-open = Open de demo
demo-open-new = { $total ->
    [one] Open de demo: { $total } nieuw bericht
   *[other] Open de demo: { $total } nieuwe berichten
}
demo-close = Terug naar de pagina
demo-title = De demo
demo-intro = Alles draait in deze pagina: de echte beoordeling, een telefoon, een mailbox en een directory. Niets verlaat uw apparaat.
demo-personas = Wie bent u vandaag?
demo-phone = De telefoon
demo-phone-empty = Nog geen sms en geen telefoontje.
demo-phone-calling = { $tenant } belt
demo-phone-press = Druk op #
demo-phone-hang-up = Hang op
demo-phone-answered = U nam op en drukte op #.
demo-phone-missed = U hebt dit telefoontje gemist.
demo-mailbox = De mailbox
demo-mailbox-empty = Nog geen e-mail.
demo-to = Aan { $address }
demo-copy = Kopieer { $code }
demo-app = De authenticator-app
demo-app-left = { $seconds ->
    [one] Nieuwe code over { $seconds } seconde.
   *[other] Nieuwe code over { $seconds } seconden.
}
demo-clock = De klok
demo-clock-now = Het is { $time }.
demo-clock-forward-minute = 1 minuut later
demo-clock-forward-five = 5 minuten later
demo-clock-forward-quarter = 15 minuten later
demo-clock-forward-day = 24 uur later
demo-connection = De verbinding
demo-connection-online = Online
demo-connection-offline = Offline
demo-connection-lossy = Verliest het volgende antwoord
demo-directory = De directory
demo-directory-healthy = Gezond
demo-directory-unreachable = Antwoordt niet
demo-directory-misconfigured = Laat ons niet schrijven
demo-audit = Het auditlogboek
demo-audit-empty = Er is nog niets gebeurd.
demo-reset = Begin de demo opnieuw
demo-break = Laat de pagina vastlopen
demo-hint-phone = Bekend mobiel nummer
demo-hint-office = Bekend kantoornummer
demo-hint-answers = Bekende antwoorden
demo-persona-ada = Eén poort: e-mail of sms
demo-persona-bram = Twee poorten: sms en authenticator-app
demo-persona-chen = Een telefoontje naar mobiel of kantoor
demo-persona-dalia = Beveiligingsvragen
demo-persona-elif = Krijgt de vraag: vergeten of vergrendeld
demo-persona-femke = Een beheerder: altijd twee poorten
demo-persona-george = On-premises: wijzigingen duren twee minuten
demo-persona-hana = Eén poort: authenticator-app
demo-persona-nobody = Niemand: een account dat niet bestaat
demo-persona-locked = 24 uur op slot
demo-persona-refusal = Geweigerd: { $refusal }
