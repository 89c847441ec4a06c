"""What one Party recorded and another did not, did otherwise, or did too late; and who told two stories."""
