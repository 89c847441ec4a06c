"""What happens around a flight: hosting and its costs, the people who come, transport, the answer to the plan.

:mod:`~skywitness.route.host_facts` holds what is told, :mod:`~skywitness.route.files.facts_hosting` reads it from a
facts file, :mod:`~skywitness.route.hosting.registry` lists the rules that judge it beside those for the plan.
"""
