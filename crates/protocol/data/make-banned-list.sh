#!/bin/sh
# Makes banned.txt out of Django's common-passwords.txt.gz; README.md says which version and why these steps.
# Usage: sh make-banned-list.sh <path to common-passwords.txt.gz> > banned.txt
set -eu
LC_ALL=C
export LC_ALL

gzip -dc "$1" |
  sed -n '1,10000p' |                # The list is in order of frequency, most common first.
  grep -xE '[!-~]{4,16}' |           # The lengths a custom term may have; printable ASCII.
  tr 'A-Z01$@' 'a-zolsa' |           # The form that passwords are compared in.
  sort -u
