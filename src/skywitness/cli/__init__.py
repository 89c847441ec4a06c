"""The command line: parse, call one service, show its answer.  Nothing is computed or judged here."""
