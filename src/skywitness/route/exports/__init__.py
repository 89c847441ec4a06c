"""A plan in the forms that others read: maps, pilots' programs, air traffic control, paper.

``bundle.write_all`` writes them all.  The lossless form is ``route.files.plan_file``; every other form says what it
cannot carry.  The heavy libraries (matplotlib, typst, gpxpy, shapely) are imported when a form is asked for.
"""
