"""What an agent does, whatever the channel: identification, talk, powers, verdict, transfer."""
