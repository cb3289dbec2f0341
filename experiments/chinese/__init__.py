"""What the command line says in Chinese: error lines, help and names of parameters.

The English text is where it is raised; here stands its pair, and a test holds that none is missing.
"""
