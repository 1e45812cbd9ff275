"""What the audit log says of indicators and KPIs."""

SENTENCES = {
    "catalogue-installed": "installed shipped indicators, the first of them {subject}",
    "indicator-added": "added the indicator {subject}",
    "indicator-edited": "edited the indicator {subject}",
    "indicator-alias-added": "added a name by which workbooks call the indicator {subject}",
    "indicator-alias-removed": "removed a name by which workbooks called the indicator {subject}",
    "kpi-added": "added the KPI {subject}",
    "kpi-edited": "edited the KPI {subject}",
    "kpi-removed": "removed the KPI {subject}",
    "kpis-suggested": "added the usual KPIs to the contract {subject}",
    "kpis-copied": "copied KPIs from another year of the contract {subject}",
}
