"""Forums and their years: phases and the rule set."""
