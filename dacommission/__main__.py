"""`python -m dacommission` is the command `dacommission`."""

from dacommission.cli import main

main()
