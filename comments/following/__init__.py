"""New pieces by mail: who follows, what is news to them, and telling them.

links    private addresses of a follower          news     which pieces, and when it is time
follows  asking, confirming, changing, stopping   letter   the mail
sending  taking followers in hand, one by one
"""
