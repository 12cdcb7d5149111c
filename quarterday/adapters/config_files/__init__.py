"""`config/` read and checked: a framework, or every problem at once with file, line and remedy."""

from quarterday.adapters.config_files.last_loaded import kept_since, load_or_last
from quarterday.adapters.config_files.load import check_configuration, load_exports, load_framework
from quarterday.adapters.config_files.problems import ConfigurationProblems, Problem

__all__ = [
    "ConfigurationProblems",
    "Problem",
    "check_configuration",
    "kept_since",
    "load_exports",
    "load_framework",
    "load_or_last",
]
