"""What a formal meeting consists of: people, agenda, facts and the state they add up to.

Plain Python, standard library only. Nothing here reads a clock, a file or a screen.
"""
