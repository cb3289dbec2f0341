"""What shipped scenarios say in Chinese: pairs of the descriptions, evidence and comments of their files.

A block is a scenario: its name, then a line for each text, with a bar after what it is. `description` and
`evidence` are the file's entries; `header`, `Represents`, `Evidence` and `Assumes` its first comment; a key
stands before the comment on that parameter.
"""
