"""颐养: find every older person who needs care, say what they are due and why, and show that it arrived."""
