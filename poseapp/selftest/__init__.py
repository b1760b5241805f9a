"""``poseapp --self-test``: does everything that this installation needs work here?

It stands above all rooms and may look into each of them: it is about what they are built on. Nobody but the command
line knows it.
"""
