"""The indicators of the database: see `dacommission.indicators.store`, where they are."""

from dacommission.indicators.store import measure_of, vocabulary

__all__ = ["measure_of", "vocabulary"]
