"""Readers who log in with an account they have elsewhere: another way to prove a mailbox."""
