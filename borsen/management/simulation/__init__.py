"""Brokers at work, through the web address, as tablets do it."""
