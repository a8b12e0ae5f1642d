"""The projector's pages."""
