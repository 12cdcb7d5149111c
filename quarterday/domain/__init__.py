"""The domain of a partnership's quarter: pure. No network, no clock, no environment, no database, no file.

Read in this order: `framework` (what `config/` says), `facts` (what happened), `figures` (from returns to figures),
`collection` (where a quarter stands and what is due), `rulings` (what an officer may decide), `telling` (what people
are told in sentences).
"""
