"""How well a provider's own workbook is read, measured as somebody outside would: by the truth of every cell."""
