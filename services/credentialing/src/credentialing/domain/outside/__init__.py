"""People who have no account here and know something: referees, past employers, schools."""
