"""`python -m pasti.cli`: what bin/pasti runs."""

import sys

from pasti.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
