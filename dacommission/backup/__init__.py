"""A sealed copy of everything: one file, one format for both databases, verified as it is made and before it is used.

`cp` of a live database is not a backup: it can catch the file between two pages.
"""

from dacommission.backup.copying import BackupProblem, back_up, restore

__all__ = ["BackupProblem", "back_up", "restore"]
