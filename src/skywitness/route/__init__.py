"""From sites to a plan, and from a plan to findings: who may fly where, and which route is worth most."""
