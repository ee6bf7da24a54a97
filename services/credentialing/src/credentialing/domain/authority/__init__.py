"""Where somebody may practise, on which day, and by what authority."""
