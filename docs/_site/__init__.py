"""What the site adds to Sphinx: reference pages from the code, and links that work in the repository too."""
