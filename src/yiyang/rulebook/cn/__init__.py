"""The nation: the data contract, every result (declared once, here) and the numbers in force everywhere."""
