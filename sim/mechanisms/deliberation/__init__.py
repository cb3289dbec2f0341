"""The council: agenda from data, opinions, decisions."""
