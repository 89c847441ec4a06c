"""Joint planning: which flights and inspections together notice a build-up or a hidden holding, and at what cost."""
