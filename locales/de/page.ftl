# The words of the plain page, which no script fetches, in German. The voice is that of reset.ftl.

no-script-title = Diese Seite braucht einen neueren Browser oder eingeschaltetes JavaScript
no-script-body = Schalten Sie für diese Seite JavaScript und WebAssembly ein oder öffnen Sie sie in einem anderen Browser. Wenn beides nicht geht, rufen Sie Ihren Helpdesk oder Administrator an. Dort bekommen Sie ein neues Passwort.
no-start-title = Diese Seite konnte nicht starten
no-start-body = Ein Teil der Seite ist nicht angekommen. Prüfen Sie Ihre Verbindung und laden Sie die Seite neu. Wenn das nicht hilft, rufen Sie Ihren Helpdesk oder Administrator an. Dort bekommen Sie ein neues Passwort.
no-start-again = Seite neu laden
