"""What several pages draw: widgets that keep the address, figures, tables, headline figures, mistakes."""
