"""The rules that judge a mission plan, one small function for each provision."""
