"""Files of people: sealed under a key of each person's own, in a folder or a bucket that can read none of them."""
