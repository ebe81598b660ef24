"""Evidence: compounds, studies and findings, and what they add up to. The lower of the two apps."""
