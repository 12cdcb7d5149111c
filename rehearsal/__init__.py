"""A whole quarter, rehearsed: a simulated clock, real flows, real emails, and partners who answer over HTTP.

The partners here know only what a person would: the email they got, the page behind its link, the template they
download. Who plays which part is data: `config/rehearsal.yaml`.
"""
