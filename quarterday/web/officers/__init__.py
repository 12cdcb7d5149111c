"""An officer's pages behind a mailed link."""
