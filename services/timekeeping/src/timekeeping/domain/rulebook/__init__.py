"""Dated tables of law and agency practice. (J) marks a judgement of the trade without a written source."""
