"""What the audit log says of the queries about a return, and of its funding bodies' views."""

SENTENCES = {
    "query-answered": "answered a query about the return {subject}",
    "query-asked-again": "asked again about the return {subject}",
    "query-closed": "closed a query about the return {subject}",
    "query-taken-over": "took over a query about the return {subject}",
    "return-view": "gave a body's view of the return {subject}",
}
