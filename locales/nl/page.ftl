# The words of the plain page, which no script fetches, in Dutch. The voice is that of reset.ftl.

no-script-title = Zet JavaScript aan of gebruik een nieuwere browser voor deze pagina
no-script-body = Zet JavaScript en WebAssembly aan voor deze pagina, of open die in een andere browser. Kan geen van beide, bel dan uw helpdesk of beheerder. Die kan u een nieuw wachtwoord geven.
no-start-title = Deze pagina kon niet starten
no-start-body = Een deel van de pagina is niet aangekomen. Controleer uw verbinding en laad de pagina opnieuw. Helpt dat niet, bel dan uw helpdesk of beheerder. Die kan u een nieuw wachtwoord geven.
no-start-again = Laad de pagina opnieuw
