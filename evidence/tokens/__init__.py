"""Figure tokens: `{{ finding:melatonin-01 }}` in a text is printed from the row it names."""
