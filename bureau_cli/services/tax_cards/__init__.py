"""Tax cards (skattekort): where clients stand, ordering cards for many, what changed, and answers from files."""
