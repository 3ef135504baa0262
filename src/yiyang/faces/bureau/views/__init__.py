"""Views of the bureau: the clock, a form, one service, one page."""
