"""What the audit log says of returns, uploads and context series."""

SENTENCES = {
    "return-receive": "uploaded a workbook for the return {subject}",
    "return-submit": "submitted the return {subject}",
    "return-resubmit": "submitted the return {subject} again, with queries that are still open",
    "return-withdraw": "withdrew the upload of the return {subject}",
    "return-fall-back": "withdrew an upload of the return {subject}, for which an earlier one stands again",
    "return-correct": "corrected a figure of the return {subject}",
    "return-query": "asked about the return {subject}",
    "return-settle": "closed the last query about the return {subject}",
    "return-accept": "accepted the return {subject}",
    "return-send-back": "sent back the return {subject}",
    "return-reopen": "reopened the return {subject}",
    "upload-refused": "sent a workbook for {subject}, which was refused and not kept",
    "upload-marked": "downloaded the workbook of {subject} with its points marked",
    "context-series-added": "added the context series {subject}",
    "context-receive": "uploaded a workbook for the context series {subject}",
    "context-resolved": "wrote down what was found out about the context series {subject}",
}
