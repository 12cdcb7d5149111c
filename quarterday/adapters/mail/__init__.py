"""Email: composed from `config/emails`, booked in the register before it goes, sent by one of three transports."""
