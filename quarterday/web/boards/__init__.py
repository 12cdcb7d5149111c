"""The pages of boards' leads and of the owners of actions, behind emailed links."""
