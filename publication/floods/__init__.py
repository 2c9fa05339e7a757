"""Floods of posts are turned away before the rest of the stack runs, so that readers never wait.

serving.py  the application that stands before the page cache
admission.py  who is taken now, and who has to wait how long
door.py  the forms at the newsroom’s door, one after the other
waiting.py  the page that says so and holds every word
"""
