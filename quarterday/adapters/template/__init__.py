"""The template for one request: only what is asked of that partner, as a workbook and as CSV with the same columns."""

from quarterday.adapters.template.csv_template import build_csv_template
from quarterday.adapters.template.workbook import build_template

__all__ = ["build_csv_template", "build_template"]
