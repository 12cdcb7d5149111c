"""The web application itself: routes, pages, what is remembered, logs and metrics."""
