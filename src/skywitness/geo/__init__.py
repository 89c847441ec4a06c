"""Whose land is where: borders as several holders draw them, distances to them, planes, sun, terrain.

Two paths lead through this room and share no geometry.  ``plane`` and ``obstacles`` serve planners: everything is
projected once, and a leg is a straight line.  ``outline``, ``nearby`` and ``clearance`` serve rules: geodesics on the
ellipsoid, measured anew for each leg.
"""
