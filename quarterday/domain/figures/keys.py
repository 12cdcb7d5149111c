"""What tells a series from every other, and a figure from every other. The only definition of both."""

from datetime import date

Series = tuple[str, str, str, str]  # indicator, area code, breakdown, category
Key = tuple[str, str, str, str, date, date]  # a series, and the first and last day that the figure covers
