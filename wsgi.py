"""What a production server imports: `gunicorn wsgi:app`."""

import os

from config import settings
from dacommission import create_app

app = create_app(settings(os.environ))
