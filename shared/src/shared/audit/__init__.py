"""Who did what, why and on whose behalf: entries written with the act, chained so that no change stays unseen."""
