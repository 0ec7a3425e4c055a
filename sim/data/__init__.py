"""What a centre brings and takes home: interval reports, call logs, rosters, and histories in others' forms."""
