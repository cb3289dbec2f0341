"""What every parameter means in Chinese, and what to keep in mind: pairs of the schema's English, by key.

An entry is a line: the key, the sentence, and the note where the schema has one, with bars between.
A sentence says what its English one says, with the same numbers. `parameter_texts` looks them up.
"""
