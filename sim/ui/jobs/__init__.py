"""Long work, done beside the pages: waited for in lanes, told how far it is, cancelled, forgotten when nobody looks."""
