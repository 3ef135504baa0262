"""From what the rooms say to what a page of the bureau shows; words and links, no writing."""
