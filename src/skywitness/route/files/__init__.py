"""Files in and out: plans, sites, facts and readings, with every fault and its place."""
