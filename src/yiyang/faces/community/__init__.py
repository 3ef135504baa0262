"""The phone of the community: who is due what, attempts, ability assessments, due lists."""
