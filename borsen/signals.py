"""What the ground floor tells whoever listens above it."""

from django.dispatch import Signal

# Sent after commit with `event_id` and `version`, whenever something that a screen shows has changed.
feed_advanced = Signal()

# Sent inside the transaction with `event`, when a børs has been made, and `copied_from`, the børs whose settings it
# takes over (or None): the upper floors add what belongs to it.
event_created = Signal()
