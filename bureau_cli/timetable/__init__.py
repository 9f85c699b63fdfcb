"""What is started by the clock: the user's crontab and systemd timers, and which commands of ours are in them."""
