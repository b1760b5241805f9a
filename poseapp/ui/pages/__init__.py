"""The pages of the window: each lays out widgets and turns what is pressed into signals."""
