"""What a production server imports: `gunicorn wsgi:app`.

Never the demo: `dacommission serve --demo` serves that, after looking at what the database holds.
"""

import os

from config import settings
from dacommission import create_app

app = create_app(settings({**os.environ, "DEMO": ""}))
