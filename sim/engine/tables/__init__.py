"""The records that several mechanisms share; what one mechanism alone keeps is declared in its own folder."""
