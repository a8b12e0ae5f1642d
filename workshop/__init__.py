"""Focus groups for safeguarding children partnerships: from a QR code to a recommendation list."""
