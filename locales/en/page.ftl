# The words of the plain page, which no script fetches. The voice is that of reset.ftl.

no-script-title = This page needs a newer browser or JavaScript turned on
no-script-body = Turn on JavaScript and WebAssembly for this page, or open it in another browser. If you cannot do either, call your helpdesk or administrator. They can give you a new password.
no-start-title = This page could not start
no-start-body = Part of it did not arrive. Check your connection, then load the page again. If that does not help, call your helpdesk or administrator. They can give you a new password.
no-start-again = Load the page again
