"""The partners' web pages: reply in five minutes from an emailed link, without an account. And the webhooks."""
