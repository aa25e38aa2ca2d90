"""`python -m desktop` is `fengqiao`."""

from desktop.app import main

raise SystemExit(main())
