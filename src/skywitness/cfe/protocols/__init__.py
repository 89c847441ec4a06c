"""Lists of types, trainers made unarmed, helicopters that change their kind, and declarations, from told facts."""
