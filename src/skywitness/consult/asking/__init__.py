"""How questions of a case are asked of the rules of this house: one module for each asker."""
