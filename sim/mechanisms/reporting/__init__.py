"""Who speaks up, and when; merchants at their front, who mend or report."""
