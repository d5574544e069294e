"""What people write among their offers and needs, and about agreements, is read by more than those who may see e-mail
addresses and phone numbers (borsen/masking.py finds them)."""

from borsen.masking import without_contact_details

__all__ = ["without_contact_details"]
