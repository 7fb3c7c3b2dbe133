# The words of mails, texts and calls, in Dutch. The voice is that of reset.ftl.

mail-code-subject = { $code } is uw code voor { $tenant }
mail-code-body = Er is een code gevraagd om weer toegang te krijgen tot het account { $identifier }. Was u dit, vul dan { $code } in op de pagina waar u de code hebt gevraagd. { $minutes ->
    [one] De code werkt { $minutes } minuut.
   *[other] De code werkt { $minutes } minuten.
} Was u dit niet, doe dan niets: zonder de code verandert er niets. Niemand van { $tenant } vraagt u om deze code.
mail-reset-subject = Uw wachtwoord is gewijzigd
mail-reset-body = Het wachtwoord van { $identifier } is gewijzigd op { $time }. Was u dit, dan hoeft u niets te doen. Was u dit niet, neem dan nu contact op met uw beheerder en geef de supportcode { $code } door.
mail-unlocked-subject = Uw account is ontgrendeld
mail-unlocked-body = Het account { $identifier } is ontgrendeld op { $time }. Was u dit, dan hoeft u niets te doen. Was u dit niet, neem dan nu contact op met uw beheerder en geef de supportcode { $code } door.
mail-locked-subject = Te veel pogingen voor uw account
mail-locked-body = Er is te vaak geprobeerd om weer toegang te krijgen tot het account { $identifier }. De laatste poging was op { $time }. Uw wachtwoord is niet gewijzigd. Tot { $until } kan niemand het opnieuw proberen. Was u dit, wacht dan tot die tijd of vraag uw beheerder om u eerder opnieuw te laten proberen. Was u dit niet, neem dan nu contact op met uw beheerder en geef de supportcode { $code } door.
mail-admin-reset-subject = Het wachtwoord van een beheerder is gewijzigd
mail-admin-reset-body = Het wachtwoord van de beheerder { $identifier } is via selfservice gewijzigd op { $time }. Weet u niet wie dit heeft gedaan, zoek het dan nu uit. Supportcode { $code }.
mail-help-subject = { $identifier } kan zich niet meer aanmelden
mail-help-body = { $identifier } probeerde op { $time } weer toegang te krijgen tot het eigen account en vraagt u om hulp. Controleer eerst of het echt om deze persoon gaat. Supportcode { $code }.
server-mail-contact = Hebt u hulp nodig, neem dan contact op met uw helpdesk: { $address }
server-mail-app-disabled = De codes van een authenticator-app bij uw account worden niet meer aangenomen, omdat er 100 achter elkaar fout waren. Gebruik een andere manier, of vraag uw beheerder om ze weer aan te nemen.
server-help-locked = Selfservice is voor { $identifier } geblokkeerd tot { $time }.
server-help-why-codes = De reden is te veel verkeerde codes.
server-help-why-numbers = De reden is te veel verkeerde telefoonnummers.
server-help-why-answers = De reden is te veel verkeerde antwoorden.
server-help-why-resets = De reden is te veel wijzigingen binnen een uur.
server-help-lock-code = De poging die dit veroorzaakte heeft supportcode { $code }.
server-help-more-subject = Meer verzoeken om hulp: { $more }
server-help-more-body = Tussen { $time } en { $until } is er bij { $tenant } meer dan tien keer om hulp gevraagd. Verzoeken waarover u geen e-mail kreeg: { $more }. Zo veel verzoeken binnen een uur kunnen een aanval op uw postvak zijn. Elk verzoek staat in het auditlogboek van de dienst.
server-moment = { $day } { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[other] december
} { $year } om { $time } uur ({ $zone })
text-code-body = { $code } is uw code voor { $tenant }. { $minutes ->
    [one] De code werkt { $minutes } minuut.
   *[other] De code werkt { $minutes } minuten.
} Deel de code niet.
voice-code-body = Dit is een telefoontje van { $tenant }. Wilt u weer toegang tot uw account, druk dan op #. Zo niet, hang dan op.
server-voice-pressed = Dank u. Ga verder in uw browser.
