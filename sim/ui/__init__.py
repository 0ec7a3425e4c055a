"""The app's page: what is chosen, the work done beside it, and what is shown."""
