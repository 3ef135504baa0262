"""Views of the elder pages: the clock, a form, one service, one page."""
