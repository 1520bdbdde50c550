"""Ways in from other programs: one module per helpdesk, and what all of them share."""
