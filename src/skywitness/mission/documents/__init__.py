"""The notifications and reports that the Treaty asks for: typed, checked item by item, for people and machines."""
