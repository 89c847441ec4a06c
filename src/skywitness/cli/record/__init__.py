"""``skywitness record``: a record that Parties share and no Party can alter, hide, or show differently to another."""
