"""Every word on the page, in English and Chinese.

Imports nothing of `dashboard`; every folder of it may import it.
"""
