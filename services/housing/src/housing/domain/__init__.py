"""The rules of housing: nights that need a bed, who provides it, when money is committed, what it costs."""
