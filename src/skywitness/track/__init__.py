"""What was flown: tracks read from files, cleaned by named steps, compared with the plan, judged by the Treaty."""
