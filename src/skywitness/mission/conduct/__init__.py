"""How a mission was conducted on the ground and on board: inspection, equipment, demonstration flight, people."""
