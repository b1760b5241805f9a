"""What turns the checkout into an application that needs no Python: parts of poseapp.spec and of `make package`."""
